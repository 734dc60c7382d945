#include "core/readers/recipes/told_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/embedded_resource.h"
#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/printed_arguments.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/training_command.h"
#include "core/readers/scenario_check.h"

namespace headroom::recipes {
namespace {

constexpr const char* kCodes[] = {"autotrain", "oumi", "litgpt", "verl_sft", "verl", "openrlhf", "megatron"};

const Json& tableOf(const std::string& code) {
  static const Json kTables = [] {
    Json all = Json::object();
    for (const char* name : kCodes)
      all[name] = Json::parse(embeddedResource(std::string("training_commands/") + name + ".json"), nullptr, false);
    return all;
  }();
  return kTables[code];
}

template <typename Take>
void eachWord(std::string_view words, Take take) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) take(std::string(words.substr(0, end)));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

std::string written(const Json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

void mergeInto(Json& scenario, const Json& more) {
  for (const auto& [key, value] : more.items()) {
    if (value.is_object())
      mergeInto(scenario[key], value);
    else
      scenario[key] = value;
  }
}

// One command's keys, read by its code's table.
class ToldReader {
 public:
  ToldReader(const Json& table, Json keys, std::int64_t ranks = 1)
      : table_(table), keys_(std::move(keys)), ranks_(ranks) {
    scenario_["headroom"] = 1;
    mergeInto(scenario_, table["scenario"]);
  }

  Reading read(std::string_view programs) {
    reading_.recognised = table_["label"].get<std::string>() + " command";
    const Json own = table_.value("programs", Json::object());
    for (const auto& [word, does] : own.items())
      if (programs.find(word) != programs.npos) mergeInto(scenario_, does);
    eachWord(table_.value("ranks", ""), [&](const std::string& name) {
      if (const auto n = whole(keys_.value(name, Json()))) ranks_ = std::min<std::int64_t>(ranks_ * *n, 1'000'000);
      keys_.erase(name);
    });
    for (const Json& row : table_["options"]) option(row);
    for (const auto& [key, value] : keys_.items()) {
      if (value.is_null()) continue;
      const std::string_view last = std::string_view(key).substr(key.rfind('.') == key.npos ? 0 : key.rfind('.') + 1);
      if ((soundsOfMemory(last) || namesModel(key, value)) && value != false && value != 1 && value != 0 &&
          value != -1 && value != "")
        matters(key, value);
      else
        reading_.leftOut.push_back({key + " " + written(value).substr(0, 200), false});
    }
    finish();
    if (ranks_ > 1) setRanks(reading_, ranks_);
    return std::move(reading_);
  }

 private:
  static std::optional<std::int64_t> whole(const Json& value) {
    if (value.is_number_integer() && value > 0 && value < 1'000'000'000'000) return value.get<std::int64_t>();
    return std::nullopt;
  }

  Json& at(std::string_view pointer) {
    // A model that is named wins over the dimensions that stand beside it.
    const bool named = scenario_.contains("model") && !dimensions() && pointer.starts_with("/model/dimensions/");
    return (named ? beside_ : scenario_)[Json::json_pointer(std::string(pointer))];
  }
  Json* dimensions() {
    const auto model = scenario_.find("model");
    if (model == scenario_.end() || !model->is_object()) return nullptr;
    const auto found = model->find("dimensions");
    return found == model->end() ? nullptr : &*found;
  }

  void matters(const std::string& name, const Json& value) {
    const std::string text = name + " " + written(value).substr(0, 200);
    scenario_["unmodelled"].push_back(text);
    reading_.leftOut.push_back({text, true});
  }

  // "reward_model.prime_model.path": another model that the run holds.
  static bool namesModel(std::string_view key, const Json& value) {
    constexpr std::string_view kEnds[] = {"model.path", "model_path", "_pretrain", "model_name_or_path"};
    return value.is_string() && std::ranges::any_of(kEnds, [key](std::string_view end) { return key.ends_with(end); });
  }

  void option(const Json& row) {
    bool found = false;
    eachWord(row["names"].get_ref<const std::string&>(), [&](const std::string& name) {
      if (!keys_.contains(name)) return;
      const Json value = keys_[name];
      keys_.erase(name);
      found = true;
      if (!value.is_null() && !take(row, name, value)) matters(name, value);
    });
    if (!found && row.contains("default")) take(row, "", row["default"]);
  }

  // False: the value is to be listed.
  bool take(const Json& row, const std::string& name, const Json& value) {
    const std::string reads = row.value("reads", ""), key = row.value("key", "");
    const auto quiet = row.find("quiet");
    if (value == false && !row.contains("means") && reads != "flag") return true;
    if (quiet != row.end() && std::ranges::find(*quiet, value) != quiet->end()) return true;
    if (row.value("memory", false)) return value == 0;
    if (const auto means = row.find("means"); means != row.end()) {
      const std::string word = lowerCase(written(value));
      const auto meaning = means->find(word);
      if (meaning == means->end()) return value == false;
      if (meaning->is_object())
        mergeInto(scenario_, *meaning);
      else
        at(key) = *meaning;
      if (row.contains("with")) mergeInto(scenario_, row["with"]);
      return true;
    }
    if (reads == "model") return !value.is_string() || model(row, written(value));
    if (reads == "flag") return value.is_boolean() && (at(key) = value, true);
    if (reads == "real") return value.is_number() && (at(key) = value, true);
    if (reads == "format") return at(key) = written(value), true;
    if (reads == "modules") return modules(key, value);
    if (reads == "target") {
      if (value == true || value == 1) targets_.insert(targets_.end(), row["target"].begin(), row["target"].end());
      return value.is_boolean() || value == 1;
    }
    const auto n = whole(value);
    if (reads == "lora-rank") {
      if (value == 0) return true;
      if (!n) return false;
      scenario_["workload"] = "lora";
      scenario_["training"]["rank"] = *n;
      return true;
    }
    if (!n) return value == 0 || name.empty();
    if (reads == "global-batch") {  // of all ranks and micro-batches together
      at(key) = std::max<std::int64_t>(1, *n / (scenario_.value("batch", std::int64_t{1}) * ranks_));
      return true;
    }
    const Json before = reads == "plus" && scenario_.contains(Json::json_pointer(key)) ? at(key) : Json(0);
    at(key) = *n + before.get<std::int64_t>();
    if (row.contains("also")) at(row["also"].get<std::string>()) = *n;
    return true;
  }

  bool model(const Json& row, std::string name) {
    const std::string folder = row.value("folder", "");
    if (!folder.empty() && name.starts_with(folder)) name.erase(0, folder.size());
    const std::string id = catalogueNameOf(name);
    // A name that only the code knows is no hub's.
    if (id.empty() && row.value("own_names", false) && name.find('/') == name.npos) return false;
    if (!id.empty()) {
      scenario_["model"] = id;
      if (id != name)
        reading_.remarks.push_back(
            {"assumed-model", Severity::assumed, fmt::format("{} is taken for {}, whose shape it has.", name, id)});
    } else {
      scenario_["model"] = namedModel(name, Loader::hub).reference;
    }
    return true;
  }

  bool modules(const std::string& key, const Json& value) {
    if (value == "all-linear" || value == "all") return at(key) = "all-linear", true;
    if (value.is_array()) return at(key) = value, true;
    return false;
  }

  void finish() {
    // What the code builds where nothing is said.
    const Json usual = table_.value("dimensions", Json::object());
    if (Json* bare = dimensions())
      for (const auto& [name, value] : usual.items())
        if (!bare->contains(name)) (*bare)[name] = value;
    if (!targets_.empty() && scenario_.value("workload", "") != "full") at("/training/targets") = targets_;
    // A model that is named wins over the dimensions that stand beside it.
    if (Json& model = scenario_["model"];
        model.is_object() && model.contains("dimensions") && !model["dimensions"].contains("layers"))
      scenario_.erase("model");
    if (scenario_.contains("model") && scenario_["model"].is_null()) scenario_.erase("model");
    if (!scenario_.contains("model"))
      reading_.remarks.push_back({"no-model", Severity::warning, "The command names no model."});
    Json& reinforcement = scenario_["reinforcement"];
    if (reinforcement.is_object() && !reinforcement.contains("method")) scenario_.erase("reinforcement");
    if (scenario_.contains("reinforcement") && scenario_["reinforcement"].is_null()) scenario_.erase("reinforcement");
    if (scenario_.contains("batch")) return takeScenario(reading_, std::move(scenario_));
    reading_.remarks.push_back(
        {"assumed-batch", Severity::assumed, "The command does not say how many sequences a device holds at once."});
    takeScenario(reading_, std::move(scenario_));
  }

  const Json& table_;
  Json keys_, scenario_ = Json::object(), targets_ = Json::array(), beside_;
  std::int64_t ranks_;
  Reading reading_;
};

bool tells(const Json& table, std::string_view text) {
  bool yes = false;
  eachWord(table["tells"].get_ref<const std::string&>(), [&](const std::string& words) {
    bool all = true;
    for (std::size_t from = 0; from < words.size() && all;) {
      const std::size_t end = std::min(words.find('&', from), words.size());
      all = text.find(std::string_view(words).substr(from, end - from)) != text.npos;
      from = end + 1;
    }
    yes = yes || all;
  });
  return yes;
}

// `litgpt finetune_lora MODEL`: the word behind a program's is a key of its own.
void takeBehind(const Json& table, const std::vector<std::string>& words, Json& keys) {
  if (!table.contains("behind")) return;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    eachWord(table["behind"]["words"].get_ref<const std::string&>(), [&](const std::string& word) {
      if (words[i] == word && !words[i + 1].starts_with('-'))
        keys[table["behind"]["is"].get<std::string>()] = words[i + 1];
    });
}

// The keys of a file as a command would say them: "optim.name"; the table's `sections` keep no names of their own.
void flatten(const Json& value, const std::string& path, const std::string& sections, Json& keys) {
  constexpr std::size_t kMostKeys = 2000;
  for (const auto& [name, inner] : value.items()) {
    const bool section =
        path.empty() && (" " + sections + " ").find(" " + name + " ") != std::string::npos && inner.is_object();
    const std::string key = section ? "" : path.empty() ? name : path + "." + name;
    if (keys.size() > kMostKeys) return;
    if (inner.is_object())
      flatten(inner, key, sections, keys);
    else
      keys[key] = inner;
  }
}

// Words of a text that is no command: the value of a variable that a script hands over, cut off or not.
ShellCommand looseWords(std::string_view text) {
  constexpr std::size_t kMostWords = 2000;
  ShellCommand out;
  std::string word;
  // From the first line with an option to the first blank one: what follows is another's words.
  const std::size_t option = text.find("--");
  if (const std::size_t line = option == text.npos ? option : text.rfind('\n', option); line != text.npos)
    text.remove_prefix(line + 1);
  for (const std::string_view blank : {"\n\n", "\n\r\n", "\n \n"}) text = text.substr(0, text.find(blank));
  const auto end = [&] {
    if (!word.empty() && word != "\\" && out.words.size() < kMostWords) out.words.push_back(word);
    word.clear();
  };
  for (const char c : text.substr(0, std::size_t{64} << 10)) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '"' || c == '\'')
      end();
    else
      word += c;
  }
  end();
  return out;
}

// "use --adam_offload": a sentence below the command.
bool isAdvice(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  const std::string first = lowerCase(words.front());
  for (const std::string_view verb : {"use", "add", "try", "with", "please", "pass", "remove", "without"})
    if (first == verb) return true;
  return false;
}

// A code's own file, Hydra's or NeMo's.
std::optional<Reading> ofFile(const Json& table, std::string_view text) {
  const Result<RecipeTree> tree = parseRecipe(text, "");
  if (!tree || !tree->root.is_object()) return std::nullopt;
  Json keys = Json::object();
  flatten(tree->root, "", table.value("sections", ""), keys);
  // trainer.devices × trainer.num_nodes
  std::int64_t devices = 1;
  for (const char* name : {"devices", "num_nodes"})
    if (keys.contains(name) && keys[name].is_number_integer() && keys[name] > 0 && keys[name] < 100'000)
      devices *= keys[name].get<std::int64_t>();
  for (const char* name : {"devices", "num_nodes"}) keys.erase(name);
  if (keys.size() < 3) return std::nullopt;
  Reading reading = ToldReader(table, std::move(keys), devices).read(text);
  reading.recognised = table["label"].get<std::string>() + " configuration";
  return reading;
}

}  // namespace

Result<Reading> readToldCode(std::string_view text, std::string_view where) {
  const Error nothing{ErrorCode::unknown_name, "No training code is started here.", std::string(where)};
  for (const char* code : kCodes) {
    const Json& table = tableOf(code);
    if (!tells(table, text)) continue;
    if (std::optional<Reading> reading = ofFile(table, text)) return std::move(*reading);
    // Scripts keep a command's words in arrays, variables and here-documents: all of them together are one command.
    Result<ShellScript> script = shellScript(text);
    if (!script) script = ShellScript();  // a quote that the text breaks off inside of
    Json keys = Json::object();
    std::optional<std::int64_t> devices;
    for (const ShellCommand& command : script->commands) {
      if (isAdvice(command.words)) continue;
      CommandKeys said = commandKeys(command, 0);
      if (said.launch.devices) devices = said.launch.devices;
      takeBehind(table, command.words, said.keys);
      for (const auto& [key, value] : said.keys.items()) {
        const std::size_t plus = std::min(key.find_first_not_of('+'), key.size());  // Hydra's +key=value
        keys[key.substr(plus)] = value;
      }
    }
    // What the program printed of its arguments says what the command left to it.
    if (table.value("prints", false))
      for (const Json printed = printedDictionary(text, 8); const auto& [key, value] : printed.items())
        if (!keys.contains(key)) keys[key] = value;
    constexpr std::size_t kTelling = 8;  // so many options of one code are no chance
    const std::size_t least = table.contains("behind") ? 2 : 3;
    const bool loose = keys.size() < least;
    if (loose) {
      keys = commandKeys(looseWords(text), 0).keys;
      if (keys.size() < kTelling) continue;
    }
    Reading reading = ToldReader(table, std::move(keys)).read(text);
    // Words that only look like a command: a log that repeats one as a list.
    if (!loose && !Json::parse(reading.scenario, nullptr, false).contains("model")) continue;
    if (devices) setRanks(reading, *devices);
    return reading;
  }
  return tl::unexpected(nothing);
}

Reading readToldKeys(const char* code, Json keys, std::string_view recognised) {
  std::optional<std::int64_t> devices;
  if (keys.contains("world_size") && keys["world_size"].is_number_integer() && keys["world_size"] > 0 &&
      keys["world_size"] < 1'000'000)
    devices = keys["world_size"].get<std::int64_t>();
  for (const char* name : {"world_size", "data_parallel_size"}) keys.erase(name);
  Reading reading = ToldReader(tableOf(code), std::move(keys)).read("");
  reading.recognised = recognised;
  if (devices) setRanks(reading, *devices);
  return reading;
}

}  // namespace headroom::recipes
