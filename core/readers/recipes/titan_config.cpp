#include "core/readers/recipes/titan_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/readers/recipes/launchers.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/training_command.h"
#include "core/readers/scenario_check.h"

namespace headroom {
namespace {

using recipes::Json;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

// As much of TOML as such files use: [sections], key = value on one line; text, numbers, booleans and lists are JSON's
// but for single quotes and underscores in numbers.
Json valueOf(std::string_view text) {
  std::string plain;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && c == '#') break;
    if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
      quote = quote == 0 ? c : '\0';
      plain += '"';
    } else if (!(quote == 0 && c == '_')) {
      plain += c;
    }
  }
  Json value = Json::parse(trimmed(plain), nullptr, false);
  return value.is_discarded() ? Json(std::string(trimmed(plain))) : value;
}

Json tomlOf(std::string_view text) {
  constexpr std::size_t kMost = 2000;
  Json root = Json::object();
  std::string section;
  std::size_t keys = 0;
  while (!text.empty() && keys < kMost) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      section = std::string(trimmed(line.substr(1, line.find(']') - 1)));
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == line.npos) continue;
    ++keys;
    root[(section.empty() ? "" : section + ".") + std::string(trimmed(line.substr(0, equals)))] =
        valueOf(line.substr(equals + 1));
  }
  return root;
}

bool hasSection(std::string_view text, std::string_view name) {
  const std::string line = "[" + std::string(name) + "]";
  return text.starts_with(line) || text.find("\n" + line) != text.npos;
}

Reading ofKeys(Json keys, std::string recognised) {
  Reading out;
  out.recognised = std::move(recognised);
  Json scenario{{"headroom", 1}, {"workload", "full"}, {"framework", "torchtitan"}, {"engine", "fsdp"}};
  scenario["parallel"]["sharding"] = "fsdp2";
  const auto take = [&](const char* key) {
    Json value = keys.contains(key) ? keys[key] : Json(nullptr);
    keys.erase(key);
    return value;
  };
  const auto number = [&](const char* key, const char* pointer) {
    const Json value = take(key);
    if (value.is_number_integer() && value > 0) scenario[Json::json_pointer(pointer)] = value;
  };
  const Json name = take("model.name"), flavor = take("model.flavor");
  if (name.is_string() && flavor.is_string()) {
    const std::string called = name.get<std::string>() + "-" + flavor.get<std::string>();
    std::string id = recipes::catalogueNameOf(called);
    if (id.empty() && name == "llama3") id = recipes::catalogueNameOf("Llama-3.1-" + flavor.get<std::string>());
    if (id.empty()) {
      out.remarks.push_back(
          {"unknown-model", Severity::warning, fmt::format("Which model {} is, is not known here.", called)});
    } else {
      scenario["model"] = id;
      out.remarks.push_back({"assumed-model", Severity::assumed, fmt::format("{} is taken for {}.", called, id)});
    }
  }
  number("training.batch_size", "/batch");
  number("training.local_batch_size", "/batch");
  number("training.seq_len", "/context");
  for (const char* section : {"parallelism", "training", "experimental"}) {
    const auto in = [&](const char* key) { return std::string(section) + "." + key; };
    number(in("data_parallel_shard_degree").c_str(), "/parallel/data");
    number(in("tensor_parallel_degree").c_str(), "/parallel/tensor");
    number(in("pipeline_parallel_degree").c_str(), "/parallel/pipeline");
    number(in("context_parallel_degree").c_str(), "/parallel/context");
    number(in("expert_parallel_degree").c_str(), "/parallel/expert");
    number(in("expert_tensor_parallel_degree").c_str(), "/parallel/expert_tensor");
    if (take(in("enable_cpu_offload").c_str()) == true) scenario["offload"]["parameters"] = "cpu";
  }
  const Json mode = take("activation_checkpoint.mode");
  if (mode.is_string())
    scenario["training"]["checkpointing"] = mode == "selective" || mode == "full" ? mode : Json("none");
  for (const char* key : {"compile.enable", "training.compile"})
    if (const Json on = take(key); on.is_boolean()) scenario["training"]["compile"] = on;
  if (const Json optimizer = take("optimizer.name"); optimizer.is_string()) {
    const std::string word = lowerCase(optimizer.get<std::string>());
    if (const auto known = optimizerOf(word))
      scenario["training"]["optimizer"] = nameOf(*known);
    else
      keys["optimizer.name"] = word;
  }
  if (const Json early = take("optimizer.early_step_in_backward"); early == true)
    scenario["training"]["optimizer_in_backward"] = true;
  if (const Json dtype = take("training.dtype"); dtype == "bfloat16") scenario["precision"]["weights"] = "bf16";
  // What is left: of the sections that shape memory it matters unless it is off.
  constexpr std::string_view kMatter[] = {
      "training.mixed_precision", "parallelism.",   "activation_checkpoint.", "float8.",          "quantize.",
      "optimizer.implementation", "optimizer.name", "memory_estimation.",     "model.converters", "model.attn"};
  for (const auto& [key, value] : keys.items()) {
    const bool off = value == false || value == 1 || value == -1 || value == "" || value == "none" ||
                     value == "bfloat16" || (value.is_structured() && value.empty()) || value == "float32";
    const bool matters =
        !off && std::ranges::any_of(kMatter, [&key = key](std::string_view start) { return key.starts_with(start); });
    const std::string what = key + " = " + jsonText(value).substr(0, 200);
    if (matters) scenario["unmodelled"].push_back(what);
    out.leftOut.push_back({what, matters});
  }
  takeScenario(out, std::move(scenario));
  return out;
}

}  // namespace

bool looksLikeTitan(std::string_view text) {
  return hasSection(text, "training") &&
         (hasSection(text, "model") || hasSection(text, "parallelism") || hasSection(text, "job"));
}

Result<Reading> readTitan(std::string_view text, std::string_view where) {
  if (!looksLikeTitan(text))
    return fail(ErrorCode::unknown_name, "This is no configuration of torchtitan.", std::string(where));
  return ofKeys(tomlOf(text), "torchtitan configuration");
}

Result<Reading> readTitanCommand(std::string_view text, std::string_view where) {
  const Error nothing{ErrorCode::unknown_name, "torchtitan is not started here.", std::string(where)};
  const auto holds = [&](std::string_view words) { return text.find(words) != text.npos; };
  if (!holds("titan") && !holds("run_train.sh") && !holds("--job.config_file")) return tl::unexpected(nothing);
  const Result<ShellScript> script = shellScript(text);
  if (!script) return tl::unexpected(nothing);
  for (const ShellCommand& command : script->commands) {
    recipes::CommandKeys said = recipes::commandKeys(command, 0);
    Json keys = Json::object();
    for (const auto& [key, value] : said.keys.items())
      if (key.find('.') != key.npos) keys[key] = value;
    const bool titan = std::ranges::any_of(keys.items(), [](const auto& one) {
      return one.key().starts_with("training.") || one.key().starts_with("parallelism.");
    });
    std::string file = keys.value("job.config_file", Json()).is_string() ? keys["job.config_file"].get<std::string>()
                                                                         : recipes::variable(command, "CONFIG_FILE");
    const bool starts = std::ranges::any_of(command.words, [](const std::string& word) {
      return word.find("run_train.sh") != word.npos || word.find("torchtitan") != word.npos ||
             word == "--job.config_file";
    });
    if (!starts || (!titan && file.empty())) continue;
    keys.erase("job.config_file");
    // "…/llama3_8b.toml": the name and the flavor of the model.
    const std::string stem = recipes::programOf(file).substr(0, recipes::programOf(file).find('.'));
    if (const std::size_t at = stem.find('_'); at != stem.npos && !keys.contains("model.flavor"))
      if (keys.value("model.name", Json(stem.substr(0, at))) == stem.substr(0, at))
        keys["model.name"] = stem.substr(0, at), keys["model.flavor"] = stem.substr(at + 1);
    Reading out = ofKeys(std::move(keys), "torchtitan command");
    // torchtitan 0.3's names in place of a file
    if (const Json named = said.keys.value("config", Json()); file.empty() && named.is_string())
      file = named.get<std::string>();
    {
      Json scenario = Json::parse(out.scenario, nullptr, false);
      const std::string what =
          "what the configuration " + (file.empty() ? "that the script names" : file) + " says beside this command";
      scenario["unmodelled"].push_back(what);
      out.leftOut.push_back({what, true});
      takeScenario(out, std::move(scenario));
    }
    if (const Json ranks = recipes::wordValue(recipes::variable(command, "NGPU"));
        ranks.is_number_integer() && ranks > 0)
      said.launch.devices = ranks.get<std::int64_t>();
    if (said.launch.devices && *said.launch.devices < 1'000'000) recipes::setRanks(out, *said.launch.devices);
    return out;
  }
  return tl::unexpected(nothing);
}

}  // namespace headroom
