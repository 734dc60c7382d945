#include "ui/document/work_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/open/scenario_json.h"
#include "ui/document/asked_json.h"

namespace headroom::ui {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostScenarios = 64, kMostDevices = 64, kMostPanels = 64;

ordered_json jsonOf(const Scenario& scenario) {
  return ordered_json::parse(writeScenario(scenario), nullptr, false);
}

ordered_json jsonOf(const std::vector<DeviceRequest>& devices) {
  ordered_json list = ordered_json::array();
  for (const DeviceRequest& d : devices) {
    ordered_json one{{"accelerator", d.accelerator}};
    if (d.count != 1) one["count"] = d.count;
    if (d.accelerator.empty()) one.erase("accelerator");
    if (d.memory) one["memory_bytes"] = d.memory->value();
    if (d.computeCapability) one["compute_capability"] = *d.computeCapability;
    list.push_back(std::move(one));
  }
  return list;
}

Error at(const std::string& where, const char* pointer, const char* message) {
  return {ErrorCode::value, message, where + ", " + pointer};
}

// The scenarios of one list, read as a file of its own each.
Result<void> readList(const ordered_json& window, const char* key, const std::string& where, const std::string& folder,
                      const HubOptions* hub, std::vector<ScenarioPointer>& out) {
  if (!window.contains(key)) return {};
  const ordered_json& list = window[key];
  if (!list.is_array() || list.size() > kMostScenarios)
    return tl::unexpected(at(where, "/window", "A list of scenarios was expected."));
  for (std::size_t i = 0; i < list.size(); ++i) {
    Result<Scenario> scenario =
        readScenario(jsonText(list[i]), fmt::format("{}, /window/{}/{}", where, key, i), folder, nullptr, hub);
    if (!scenario) return tl::unexpected(scenario.error());
    out.push_back(std::make_shared<const Scenario>(std::move(*scenario)));
  }
  return {};
}

// The scenario's own reader knows devices; what it says of them is said here too.
Result<void> readDevices(const ordered_json& list, const std::string& where, std::vector<DeviceRequest>& out) {
  if (!list.is_array() || list.size() > kMostDevices)
    return tl::unexpected(at(where, "/window/devices", "A list of devices was expected."));
  const ordered_json carrier{{"model", {{"dimensions", {{"layers", 1}, {"hidden", 64}, {"heads", 1}}}}},
                             {"devices", list}};
  Result<Scenario> read = readScenario(jsonText(carrier), where + ", /window");
  if (!read) return tl::unexpected(read.error());
  out = std::move(read->devices);
  return {};
}

Result<void> readWindow(const ordered_json& window, const std::string& where, const std::string& folder,
                        const HubOptions* hub, Work& work) {
  if (!window.is_object()) return tl::unexpected(at(where, "/window", "An object was expected."));
  std::vector<ScenarioPointer> before, after;
  if (Result<void> read = readList(window, "before", where, folder, hub, before); !read) return read;
  if (Result<void> read = readList(window, "after", where, folder, hub, after); !read) return read;
  work.current = before.size();
  work.scenarios.insert(work.scenarios.begin(), before.begin(), before.end());
  work.scenarios.insert(work.scenarios.end(), after.begin(), after.end());
  if (window.contains("devices"))
    if (Result<void> read = readDevices(window["devices"], where, work.compared); !read) return read;
  if (window.contains("baseline")) {
    const ordered_json& n = window["baseline"];
    if (!n.is_number_unsigned() || n.get<std::size_t>() >= work.scenarios.size())
      return tl::unexpected(at(where, "/window/baseline", "The number of one of the scenarios was expected, from 0."));
    work.baseline = n.get<std::size_t>();
  }
  if (window.contains("asked")) {
    Result<Asked> asked = readAsked(window["asked"], where);
    if (!asked) return tl::unexpected(asked.error());
    work.asked = std::move(*asked);
  }
  if (window.contains("panels") && window["panels"].is_array() && window["panels"].size() <= kMostPanels) {
    work.panels.clear();
    for (const ordered_json& name : window["panels"])
      if (name.is_string()) work.panels << QString::fromStdString(name.get<std::string>()).left(64);
  }
  return {};
}

}  // namespace

std::vector<DeviceRequest> devicesNamed(const QStringList& ids) {
  std::vector<DeviceRequest> devices;
  for (const QString& id : ids) {
    const Accelerator* a = findAccelerator(id.toStdString());
    if (a == nullptr) continue;
    DeviceRequest& d = devices.emplace_back();
    d.accelerator = a->id;
    d.entry = a;
  }
  return devices;
}

std::string writeWork(const Work& work, const Work& usual) {
  ordered_json window = ordered_json::object();
  const auto list = [&](const char* key, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) window[key].push_back(jsonOf(*work.scenarios[i]));
  };
  list("before", 0, work.current);
  list("after", work.current + 1, work.scenarios.size());
  if (work.baseline) window["baseline"] = *work.baseline;
  if (work.compared != usual.compared) window["devices"] = jsonOf(work.compared);
  if (!work.panels.isEmpty())
    for (const QString& panel : work.panels) window["panels"].push_back(panel.toStdString());
  if (ordered_json asked = jsonOf(work.asked); !asked.empty()) window["asked"] = std::move(asked);
  if (window.empty()) return writeScenario(work.shown());
  ordered_json out = jsonOf(work.shown());
  out["window"] = std::move(window);
  return jsonText(out, 2) + "\n";
}

Result<Work> readWork(std::string_view text, const std::string& where, const std::string& folder, const Work& usual,
                      const HubOptions* hub) {
  Result<Scenario> shown = readScenario(text, where, folder, nullptr, hub);
  if (!shown) return tl::unexpected(shown.error());
  Work work;
  work.compared = usual.compared;
  work.panels = usual.panels;
  work.scenarios.push_back(std::make_shared<const Scenario>(std::move(*shown)));
  const ordered_json document = ordered_json::parse(text, nullptr, false);
  if (document.is_object() && document.contains("window"))
    if (const Result<void> read = readWindow(document["window"], where, folder, hub, work); !read)
      return tl::unexpected(read.error());
  return work;
}

Result<Work> readWorkFile(const std::string& path, const Work& usual, const HubOptions* hub) {
  std::optional<FileStamp> stamp;
  const Result<std::string> text = readTextFile(path, kMaxTextFile, &stamp);
  if (!text) return tl::unexpected(text.error());
  Result<Work> work = readWork(*text, path, std::filesystem::path(path).parent_path().string(), usual, hub);
  if (work) work->file = stamp;
  return work;
}

}  // namespace headroom::ui
