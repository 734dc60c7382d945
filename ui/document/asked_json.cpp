#include "ui/document/asked_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/open/scenario_json.h"

namespace headroom::ui {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMost = 512, kLongestName = 128;
constexpr double kLargest = 1e15;
constexpr std::int64_t kMostGb = 1'000'000, kMostWatts = 1'000'000, kLastYear = 9999;

ordered_json jsonOf(const AskedRange& range) {
  ordered_json json{{"field", range.field}};
  if (range.from) json["from"] = *range.from;
  if (range.to) json["to"] = *range.to;
  return json;
}

ordered_json jsonOf(const DevicesFilter& f) {
  ordered_json json = ordered_json::object();
  const auto name = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  const auto count = [&](const char* key, const std::optional<std::int64_t>& value) {
    if (value) json[key] = *value;
  };
  name("words", f.words), name("vendor", f.vendor), name("class", f.segment);
  count("memory_gb", f.leastGb), count("watts", f.mostWatts), count("since", f.sinceYear);
  for (const auto& [key, on] : {std::pair("fits", f.fits), {"here", f.here}, {"parts", f.parts}, {"nodes", f.nodes}})
    if (on) json[key] = true;
  return json;
}

// Reads one object; what is not of the form expected is an error with its place.
class Reader {
 public:
  Reader(const ordered_json& json, std::string where) : json_(json), where_(std::move(where)) {}

  std::string error;

  void count(const char* key, std::optional<std::int64_t>& out, std::int64_t most) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_number_unsigned() || value->get<std::uint64_t>() < 1 ||
        value->get<std::uint64_t>() > static_cast<std::uint64_t>(most))
      return wrong(key);
    out = value->get<std::int64_t>();
  }
  void name(const char* key, std::string& out) {
    if (const ordered_json* value = at(key)) text(*value, key, out);
  }
  void flag(const char* key, bool& out) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_boolean()) return wrong(key);
    out = value->get<bool>();
  }
  void names(const char* key, std::vector<std::string>& out) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_array() || value->size() > kMost) return wrong(key);
    out.clear();
    for (const ordered_json& one : *value) text(one, key, out.emplace_back());
  }
  void counts(const char* key, std::vector<std::pair<std::string, std::int64_t>>& out) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_object() || value->size() > kMost) return wrong(key);
    out.clear();
    for (const auto& item : value->items()) {
      std::optional<std::int64_t> n;
      Reader(*value, where_).count(item.key().c_str(), n, kMaxDevices);
      if (!n || item.key().size() > kLongestName) return wrong(key);
      out.emplace_back(item.key(), *n);
    }
  }
  void filter(const char* key, DevicesFilter& out) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_object()) return wrong(key);
    Reader inner(*value, where_ + "/" + key);
    inner.name("words", out.words), inner.name("vendor", out.vendor), inner.name("class", out.segment);
    inner.count("memory_gb", out.leastGb, kMostGb);
    inner.count("watts", out.mostWatts, kMostWatts);
    inner.count("since", out.sinceYear, kLastYear);
    inner.flag("fits", out.fits), inner.flag("here", out.here);
    inner.flag("parts", out.parts), inner.flag("nodes", out.nodes);
    if (!inner.error.empty()) error = inner.error;
  }
  void range(const char* key, AskedRange& out) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_object()) return wrong(key);
    out = {};
    Reader inner(*value, where_ + "/" + key);
    inner.name("field", out.field);
    inner.number("from", out.from);
    inner.number("to", out.to);
    if (!inner.error.empty()) error = inner.error;
  }

 private:
  const ordered_json* at(const char* key) const {
    return json_.is_object() && json_.contains(key) ? &json_[key] : nullptr;
  }
  void wrong(const char* key) { error = where_ + "/" + key; }
  void text(const ordered_json& value, const char* key, std::string& out) {
    if (!value.is_string() || value.get_ref<const std::string&>().size() > kLongestName) return wrong(key);
    out = value.get<std::string>();
  }
  void number(const char* key, std::optional<double>& out) {
    const ordered_json* value = at(key);
    if (value == nullptr) return;
    if (!value->is_number() || !(std::abs(value->get<double>()) <= kLargest)) return wrong(key);
    out = value->get<double>();
  }

  const ordered_json& json_;
  std::string where_;
};

}  // namespace

ordered_json jsonOf(const Asked& a) {
  const Asked usual;
  ordered_json json = ordered_json::object();
  if (a.devices.users) json["users"] = *a.devices.users;
  for (const auto& [machine, count] : a.devices.counts) json["counts"][machine] = count;
  if (a.devices.filter != usual.devices.filter) json["filter"] = jsonOf(a.devices.filter);
  if (a.compare != usual.compare) json["compared"] = a.compare.component;
  if (a.sweep.along != usual.sweep.along) json["along"] = jsonOf(a.sweep.along);
  if (a.sweep.series != usual.sweep.series) json["series"] = jsonOf(a.sweep.series);
  if (a.sweep.figure != usual.sweep.figure) json["figure"] = a.sweep.figure;
  if (a.sweep.across != usual.sweep.across) json["across"] = jsonOf(a.sweep.across);
  if (a.sweep.down != usual.sweep.down) json["down"] = jsonOf(a.sweep.down);
  if (a.plan.globalBatch) json["global_batch"] = *a.plan.globalBatch;
  if (!a.plan.kept.empty()) json["kept"] = a.plan.kept;
  if (a.plan.formats) json["formats"] = true;
  return json;
}

Result<Asked> readAsked(const ordered_json& json, const std::string& where) {
  Asked a;
  Reader r(json, "/window/asked");
  if (!json.is_object()) return fail(ErrorCode::value, "An object was expected.", where + ", /window/asked");
  r.count("users", a.devices.users, kMaxBatch);
  r.counts("counts", a.devices.counts);
  r.filter("filter", a.devices.filter);
  r.name("compared", a.compare.component);
  r.range("along", a.sweep.along);
  r.range("series", a.sweep.series);
  r.name("figure", a.sweep.figure);
  r.range("across", a.sweep.across);
  r.range("down", a.sweep.down);
  r.count("global_batch", a.plan.globalBatch, kMaxBatch);
  r.names("kept", a.plan.kept);
  r.flag("formats", a.plan.formats);
  if (!r.error.empty()) return fail(ErrorCode::value, "This is not what a window asks.", where + ", " + r.error);
  return a;
}

}  // namespace headroom::ui
