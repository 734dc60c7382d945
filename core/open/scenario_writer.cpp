// Scenario files out: what the user set, in the order of scenario_fields.h.
#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/open/engine_options_reader.h"
#include "core/open/resolved_model.h"
#include "core/open/scenario_fields.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

// A whole real is written as an integer: 4 GPUs' shares read [3, 1], not [3.0, 1.0].
ordered_json written(double value) {
  if (value == static_cast<double>(static_cast<std::int64_t>(value))) return static_cast<std::int64_t>(value);
  return value;
}
ordered_json written(const std::string& value) {
  return value;
}
ordered_json written(bool value) {
  return value;
}
ordered_json written(std::int64_t value) {
  return value;
}
ordered_json written(Bytes value) {
  return value.value();
}
template <typename E>
requires std::is_enum_v<E> ordered_json written(E value) {
  return nameOf(value);
}
ordered_json written(NumberFormat value) {
  return info(value).id;
}
ordered_json written(const WeightFormat& value) {
  return idOf(value);
}
ordered_json written(const std::variant<Precision::None, NumberFormat>& value) {
  const auto* format = std::get_if<NumberFormat>(&value);
  return format == nullptr ? ordered_json("none") : written(*format);
}
ordered_json written(const KvFormats& value) {
  if (value.k == value.v) return written(value.k);
  return {{"k", written(value.k)}, {"v", written(value.v)}};
}
ordered_json written(const Targets& value) {
  if (value.kind == Targets::Kind::named) return value.names;
  return value.kind == Targets::Kind::attention ? "attention" : "all-linear";
}
ordered_json written(const SideModel& value) {
  if (!value.id.empty()) return value.id;
  return value.parameters > 0 ? written(value.parameters) : ordered_json("none");
}
ordered_json written(SelectiveOption value) {
  return value.every > 0 ? written(value.every) : ordered_json("op");
}
ordered_json written(const std::vector<std::string>& value) {
  return value;
}
ordered_json written(const std::vector<double>& value) {
  ordered_json list = ordered_json::array();
  for (double share : value) list.push_back(written(share));
  return list;
}

ordered_json written(const std::vector<AskedOption>& value) {
  return engineOptionsJson(value);
}

ordered_json written(const std::vector<Calibration::Difference>& value) {
  ordered_json out = ordered_json::object();
  for (const Calibration::Difference& d : value) out[nameOf(d)] = written(d.bytes);
  return out;
}

ordered_json written(const std::shared_ptr<const Calibration>& value);
ordered_json written(const std::vector<DeviceRequest>& value);
ordered_json written(const ModelReference& value);

// A visitor of scenario_fields.h: writes the fields that differ from an untouched object's.
template <typename T>
class FieldWriter {
 public:
  FieldWriter(ordered_json& out, const T& object) : out_(out), object_(object) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*member, Range...) {
    if (object_.*member != untouched_.*member) put(key, object_.*member);
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) {
    if (object_.*member == kAllLayers)
      out_[std::string(key)] = "all";
    else
      field(key, member);
  }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) {
    if (object_.*member == -1)
      out_[std::string(key)] = "cpu";
    else
      field(key, member);
  }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*member, Describe describe) {
    ordered_json inner = ordered_json::object();
    describe(FieldWriter<M>(inner, object_.*member));
    if (!inner.empty()) out_[std::string(key)] = std::move(inner);
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*member, Describe describe) {
    if (!(object_.*member)) return;
    ordered_json inner = ordered_json::object();
    describe(FieldWriter<M>(inner, *(object_.*member)));
    out_[std::string(key)] = std::move(inner);
  }

 private:
  template <typename M>
  void put(std::string_view key, const M& value) {
    out_[std::string(key)] = written(value);
  }
  template <typename M>
  void put(std::string_view key, const std::optional<M>& value) {
    out_[std::string(key)] = written(*value);
  }

  ordered_json& out_;
  const T& object_;
  const T untouched_{};
};

ordered_json written(const std::vector<DeviceRequest>& value) {
  ordered_json list = ordered_json::array();
  for (const DeviceRequest& device : value) {
    ordered_json one = ordered_json::object();
    describeDevice(FieldWriter<DeviceRequest>(one, device));
    list.push_back(std::move(one));
  }
  return list;
}

ordered_json written(const std::shared_ptr<const Calibration>& value) {
  ordered_json out = ordered_json::object();
  describeCalibration(FieldWriter<Calibration>(out, *value));
  return out;
}

ordered_json written(const ModelReference& value) {
  struct Writer {
    ordered_json operator()(const CatalogueModel& m) const { return m.id; }
    ordered_json operator()(const FileModel& m) const { return {{"path", m.path}}; }
    ordered_json operator()(const HubModel& m) const { return {{"hub", m.id}, {"revision", m.revision}}; }
    ordered_json operator()(const ConfigModel& m) const {
      ordered_json out{{"config", ordered_json::parse(m.config, nullptr, false)}};
      if (!m.name.empty()) out["name"] = m.name;
      return out;
    }
    ordered_json operator()(const DimensionsModel& m) const {
      ordered_json dimensions = ordered_json::object();
      describeDimensions(FieldWriter<DimensionsModel>(dimensions, m));
      return {{"dimensions", std::move(dimensions)}};
    }
  };
  return std::visit(Writer{}, value);
}

// Inline configurations and dimensions are descriptions already.
bool needsDescription(const Model* model, const ModelReference& reference) {
  return model != nullptr && !std::holds_alternative<ConfigModel>(reference) &&
         !std::holds_alternative<DimensionsModel>(reference);
}

}  // namespace

std::string writeScenario(const Scenario& scenario) {
  ordered_json out{{"headroom", 1}};
  describeScenario(FieldWriter<Scenario>(out, scenario));
  if (needsDescription(scenario.model.get(), scenario.reference))
    out["resolved_model"] = writeResolvedModel(*scenario.model);
  if (const auto& s = scenario.speculative; s && s->reference && needsDescription(s->model.get(), *s->reference))
    out["resolved_draft_model"] = writeResolvedModel(*s->model);
  return jsonText(out, 2) + "\n";
}

Result<void> writeScenarioFile(const Scenario& scenario, const std::string& path) {
  return writeFileAtomically(path, writeScenario(scenario));
}

}  // namespace headroom
