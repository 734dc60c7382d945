#include "core/report/settings_json.h"

#include "core/open/engine_options_reader.h"
#include "core/report/ledger_json.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

struct Value {
  ordered_json operator()(std::monostate) const { return nullptr; }
  ordered_json operator()(bool v) const { return v; }
  ordered_json operator()(std::int64_t v) const { return v; }
  ordered_json operator()(double v) const { return numberJson(v); }
  ordered_json operator()(std::string_view v) const { return v; }
  ordered_json operator()(const WeightFormat& v) const { return idOf(v); }
  ordered_json operator()(const KvFormats& v) const {
    if (v.k == v.v) return info(v.k).id;
    return {{"k", info(v.k).id}, {"v", info(v.v).id}};
  }
  ordered_json operator()(const Targets* v) const {
    if (v->kind == Targets::Kind::named) return v->names;
    return v->kind == Targets::Kind::attention ? "attention" : "all-linear";
  }
  ordered_json operator()(const SideModel* v) const {
    if (!v->id.empty()) return v->id;
    return v->parameters > 0 ? numberJson(v->parameters) : ordered_json("none");
  }
  ordered_json operator()(const std::vector<std::string>* v) const { return *v; }
  ordered_json operator()(const std::vector<double>* v) const {
    ordered_json list = ordered_json::array();
    for (const double share : *v) list.push_back(numberJson(share));
    return list;
  }
  ordered_json operator()(const std::vector<AskedOption>* v) const { return engineOptionsJson(*v); }
};

}  // namespace

ordered_json settingValueJson(const SettingValue& value) {
  return std::visit(Value{}, value);
}

ordered_json settingsJson(const Scenario& scenario) {
  std::vector<Setting> settings;
  settingsOf(scenario, &settings);
  ordered_json out = ordered_json::object();
  for (const Setting& s : settings)
    out[std::string(s.key)] = {{"value", settingValueJson(s.value)}, {"origin", nameOf(s.origin)}, {"why", s.why}};
  return out;
}

}  // namespace headroom
