#include "core/readers/status_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/json_text.h"
#include "core/hardware/accelerator.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/logs/log_lines.h"
#include "core/readers/scenario_check.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kLongest = 256 * 1024, kLongestLine = 4096, kMostDevices = 1024;

std::vector<std::string> split(std::string_view line, std::string_view at) {
  std::vector<std::string> out;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(at), line.size());
    if (const std::string_view part = trimmed(line.substr(0, end)); !part.empty() || at == ",") out.emplace_back(part);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return out;
}

// One model of `ollama ps` (cmd/cmd.go ListRunningHandler): "llama3.2:latest a80c4f17acd5 4.0 GB 100% GPU 8192 …".
std::optional<Reading> loadedModel(const std::vector<std::string>& words, bool hasContext, std::size_t line) {
  if (words.size() < 6 || words[0].find_first_of("/:") == words[0].npos) return std::nullopt;
  const auto size = logs::numberAt(words[2]);
  const double unit = words[3] == "GB" ? 1e9 : words[3] == "MB" ? 1e6 : 0;  // format/bytes.go HumanBytes
  const auto share = logs::numberAt(words[4]);
  if (!size || unit == 0 || !share || !share->rest.starts_with('%')) return std::nullopt;
  Json scenario{{"headroom", 1}, {"engine", "ollama"}};
  Reading out;
  out.recognised = "ollama ps";
  ModelOfName named = namedModel(words[0], Loader::ollama);
  if (named.catalogue || named.reference.is_object()) {
    scenario["model"] = std::move(named.reference);
    if (!named.weights.empty()) scenario["precision"]["weights"] = named.weights;
    out.remarks = std::move(named.remarks);
  } else {
    out.remarks.push_back(
        {"no-model", Severity::warning, fmt::format("Which model Ollama keeps as {} is not known here.", words[0])});
  }
  if (hasContext && words.size() > 6)
    if (const auto context = logs::numberAt(words[6]); context && context->rest.empty() && context->value >= 1)
      scenario["context"] = static_cast<std::int64_t>(context->value);
  // "31%/69% CPU/GPU": the second is the devices' share.
  double devices = words[5] == "GPU" ? share->value : 0;
  if (words[5] == "CPU/GPU" && share->rest.starts_with("%/"))
    if (const auto second = logs::numberAt(share->rest.substr(2))) devices = second->value;
  if (devices > 0)
    out.figures.push_back(
        {"device", {}, size->value * unit * devices / 100, size->step * unit * devices / 100, line, false});
  out.remarks.push_back({"log", Severity::note,
                         fmt::format("Ollama counts {} {} for it, {}% on the devices; of its length it keeps one cache "
                                     "a slot, whose number the table does not say.",
                                     words[2], words[3], devices)});
  takeScenario(out, std::move(scenario));
  return out;
}

struct SeenDevice {
  std::string name;
  double total = 0, used = -1;  // MiB; -1: not said
  std::size_t line = 0;
};

Reading ofDevices(const std::vector<SeenDevice>& seen, std::string recognised) {
  Reading out;
  out.recognised = std::move(recognised);
  Json devices = Json::array();
  constexpr auto kMi = static_cast<double>(kMiB);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Accelerator* known = seen[i].name.empty() ? nullptr : findAccelerator(seen[i].name);
    // Of several sizes of a card the table's total says which.
    for (const Accelerator* other : known != nullptr ? otherSizes(seen[i].name) : std::vector<const Accelerator*>())
      if (std::abs(static_cast<double>(other->capacity().bytes.value()) - seen[i].total * kMi) <
          std::abs(static_cast<double>(known->capacity().bytes.value()) - seen[i].total * kMi))
        known = other;
    Json device = Json::object();
    if (known != nullptr) device["accelerator"] = known->id;
    device["count"] = 1;
    if (known == nullptr && seen[i].total > 0) device["memory_bytes"] = static_cast<std::int64_t>(seen[i].total * kMi);
    if (known == nullptr && !seen[i].name.empty())
      out.remarks.push_back({"unknown-accelerator", Severity::warning, unknownAccelerator(seen[i].name)});
    if (seen[i].used >= 0)
      out.figures.push_back({"device", std::to_string(i), seen[i].used * kMi, kMi, seen[i].line, false});
    Json* last = devices.empty() ? nullptr : &devices.back();
    Json same = last != nullptr ? *last : Json();
    if (last != nullptr) same["count"] = 1;
    if (last != nullptr && same == device)
      (*last)["count"] = (*last)["count"].get<int>() + 1;
    else
      devices.push_back(std::move(device));
  }
  takeScenario(out, Json{{"headroom", 1}, {"devices", std::move(devices)}});
  return out;
}

// nvidia-smi --query-gpu=… --format=csv: by its header, by the command before it, or a name and sizes alone.
class SmiList {
 public:
  void line(std::string_view text, std::size_t number) {
    if (const std::size_t query = text.find("--query-gpu="); query != text.npos) {
      const std::string_view list = text.substr(query + 12);
      return void(columns_ = split(list.substr(0, list.find_first_of(" '\"")), ","));
    }
    const std::vector<std::string> fields = split(text, ",");
    if (fields.size() < 2 || fields.size() > 40) return;
    if (std::ranges::any_of(fields, [](const std::string& f) { return f.starts_with("memory."); }))
      return void(columns_ = fields);
    SeenDevice device;
    device.line = number;
    std::size_t sizes = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string column = fields.size() == columns_.size() ? columns_[i] : "";
      const auto n = logs::numberAt(fields[i]);
      // Without units ("nounits") a column that is known says them.
      const bool size = n && (n->rest.starts_with(" MiB") || (n->rest.empty() && column.starts_with("memory.")));
      if (size) {
        ++sizes;
        if (column.starts_with("memory.total") || (column.empty() && sizes == 1)) device.total = n->value;
        if (column.starts_with("memory.used")) device.used = n->value;
      } else if (column == "name" || column == "gpu_name" ||
                 (column.empty() && findAccelerator(fields[i]) != nullptr)) {
        device.name = fields[i];
      }
    }
    const bool named = !device.name.empty() && (findAccelerator(device.name) != nullptr || !columns_.empty());
    if (sizes > 0 && named && devices.size() < kMostDevices) devices.push_back(std::move(device));
  }
  std::vector<SeenDevice> devices;

 private:
  std::vector<std::string> columns_;
};

// nvidia-smi's table: a row with index and name, and one with "22134MiB / 24576MiB".
class SmiTable {
 public:
  void line(std::string_view text, std::size_t number) {
    text = trimmed(text);
    if (!text.starts_with("|")) return;
    if (const std::size_t slash = text.find("MiB / "); slash != text.npos) {
      if (trimmed(text.substr(1)).starts_with('|')) return;  // what the bus maps of a slice
      const auto used = logs::numberBefore(text.substr(0, slash)), total = logs::numberAt(text.substr(slash + 6));
      if (used && total && devices.size() < kMostDevices) devices.push_back({name_, total->value, used->value, number});
      return name_.clear();
    }
    std::string_view cell = trimmed(text.substr(1));
    const std::size_t index = cell.find_first_not_of("0123456789");
    if (index == 0 || index == cell.npos || index > 3 || cell[index] != ' ') return;
    cell = trimmed(cell.substr(index));
    cell = cell.substr(0, cell.find('|'));
    for (const char* end : {"  ", " On ", " Off ", " TCC", " WDDM", "..."}) cell = cell.substr(0, cell.find(end));
    if (cell.size() > 2 && std::isalpha(static_cast<unsigned char>(cell.front())) != 0) name_ = trimmed(cell);
  }
  std::vector<SeenDevice> devices;

 private:
  std::string name_;
};

// rocm-smi --showmeminfo vram: "GPU[0] : VRAM Total Memory (B): 536870912".
class RocmSmi {
 public:
  void line(std::string_view text, std::size_t number) {
    constexpr auto kMi = static_cast<double>(kMiB);
    const auto behind = [text](std::string_view words) {
      const std::size_t at = text.find(words);
      return at == text.npos ? std::nullopt : logs::numberAt(text.substr(at + words.size()));
    };
    if (const std::size_t series = text.find("Card series:"); series != text.npos)
      name_ = trimmed(text.substr(series + 12));
    if (const auto total = behind("VRAM Total Memory (B): "); total && devices.size() < kMostDevices)
      devices.push_back({name_, total->value / kMi, -1, number});
    if (const auto used = behind("VRAM Total Used Memory (B): "); used && !devices.empty())
      devices.back().used = used->value / kMi;
  }
  std::vector<SeenDevice> devices;

 private:
  std::string name_;
};

// Ollama's log of what it found (discover/types.go): "inference compute" id=… name="NVIDIA GeForce RTX 4090"
// total="23.6 GiB".
class OllamaDevices {
 public:
  void line(std::string_view text, std::size_t number) {
    if (text.find("\"inference compute\"") == text.npos || devices.size() >= kMostDevices) return;
    const auto valueOf = [text](std::string_view key) {
      const std::size_t at = text.find(key);
      if (at == text.npos) return std::string_view();
      const std::string_view rest = text.substr(at + key.size());
      return rest.substr(0, rest.find('"'));
    };
    std::string_view name = valueOf(" name=\"");
    if (name.empty() || name.find_first_not_of("0123456789:") == name.npos) name = valueOf(" description=\"");
    const auto total = logs::numberAt(valueOf(" total=\""));
    const auto unit = total ? logs::unitOf(total->rest) : std::nullopt;
    const std::string_view id = valueOf(" id=");
    if (!unit || name.empty() || (!seen_.empty() && id == seen_)) return;
    seen_ = id;
    devices.push_back({std::string(name), total->value * *unit / static_cast<double>(kMiB), -1, number});
  }
  std::vector<SeenDevice> devices;

 private:
  std::string seen_;
};

}  // namespace

std::optional<Reading> readStatus(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  std::optional<Reading> models;
  SmiList list;
  SmiTable table;
  RocmSmi rocm;
  OllamaDevices ollama;
  bool inModels = false, hasContext = false;
  std::size_t number = 0;
  eachLine(text, [&](std::string_view line) {
    ++number;
    line = line.substr(0, kLongestLine);
    if (line.find("NAME") != line.npos && line.find("PROCESSOR") != line.npos) {
      inModels = true, hasContext = line.find("CONTEXT") != line.npos;
      return;
    }
    if (inModels) {
      std::optional<Reading> model = loadedModel(split(line, " \t"), hasContext, number);
      inModels = model.has_value() || trimmed(line).empty();
      if (model && models)
        models->others.push_back(std::move(*model));
      else if (model)
        models = std::move(model);
      if (inModels) return;
    }
    list.line(line, number);
    table.line(line, number);
    rocm.line(line, number);
    ollama.line(line, number);
  });
  if (models && !models->others.empty())
    models->remarks.push_back({"several-servers", Severity::warning,
                               fmt::format("The table lists {} models; the first is taken, and the others do not count "
                                           "into its memory.",
                                           models->others.size() + 1)});
  if (models) return models;
  if (!table.devices.empty()) return ofDevices(table.devices, "nvidia-smi table");
  if (!list.devices.empty()) return ofDevices(list.devices, "nvidia-smi list");
  if (!rocm.devices.empty()) return ofDevices(rocm.devices, "rocm-smi list");
  if (!ollama.devices.empty()) {
    Reading out = ofDevices(ollama.devices, "ollama log");
    return out;
  }
  return std::nullopt;
}

}  // namespace headroom
