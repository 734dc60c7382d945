#include "core/readers/recognise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/pickle.h"
#include "core/base/python_json.h"
#include "core/base/text_file.h"
#include "core/formats/model_source.h"
#include "core/open/catalogue.h"
#include "core/open/model_input.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/commands/logged_start.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/downloads.h"
#include "core/readers/embedded_scenarios.h"
#include "core/readers/fragments.h"
#include "core/readers/input_text.h"
#include "core/readers/joined.h"
#include "core/readers/logged_reading.h"
#include "core/readers/logs/log_reader.h"
#include "core/readers/logs/memory_snapshot.h"
#include "core/readers/logs/refused_start.h"
#include "core/readers/named_model.h"
#include "core/readers/page_check.h"
#include "core/readers/page_parts.h"
#include "core/readers/python_calls.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/shared_run.h"
#include "core/readers/recipes/training_script.h"
#include "core/readers/scenario_check.h"
#include "core/readers/scenario_link.h"
#include "core/readers/shared_scenarios.h"
#include "core/readers/status_tables.h"
#include "core/readers/template_text.h"
#include "core/readers/told_beside.h"
#include "core/readers/told_in_words.h"
#include "core/readers/unsaid.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

// A text inside a text inside a text, fences of a quoted patch; and how many of them are looked at.
constexpr int kDeepest = 4, kMostInside = 32;

Result<Reading> recogniseInside(std::string_view text, std::string_view where, const std::string& folder, int depth,
                                int& left);

Result<Reading> ofRecipe(std::string_view text, std::string_view where, const std::string& folder) {
  const Result<ReadRecipe> recipe = readRecipe(text, where, folder);
  if (!recipe) return tl::unexpected(recipe.error());
  return readingOf(*recipe);
}

// The script, command or recipe whose run printed the log, pasted beside it.
void joinTraining(Reading& log, std::string_view text, std::string_view where, const std::string& folder, int depth,
                  int& left) {
  if (trains(log) || text.size() > kLongestPage || depth >= kDeepest) return;
  Result<Reading> beside = readTrainingScript(text, where, folder);
  for (const std::string& part : quotedParts(text)) {
    if ((beside && trains(*beside)) || --left < 0) break;
    if (Result<Reading> inside = recogniseInside(part, where, folder, depth + 1, left); inside && trains(*inside))
      beside = std::move(inside);
  }
  if (beside && trains(*beside)) {
    ordered_json scenario = ordered_json::parse(log.scenario, nullptr, false);
    const ordered_json said = ordered_json::parse(beside->scenario, nullptr, false);
    for (const auto& [key, value] : said.items()) scenario[key] = value;
    log.scenario = jsonText(scenario, 2);
    log.leftOut.insert(log.leftOut.end(), beside->leftOut.begin(), beside->leftOut.end());
    log.remarks.insert(log.remarks.end(), beside->remarks.begin(), beside->remarks.end());
  } else if (!beside && beside.error().code == ErrorCode::unsupported) {
    log.remarks.push_back({"other-training", Severity::warning, beside.error().message});
  }
}

// JSON that stands for itself: a scenario, a configuration, a recipe.
Result<Reading> ofJson(std::string_view text, std::string_view where, const std::string& folder) {
  const Result<nlohmann::json> document = parseJson(withoutPythonNumbers(text), where);
  if (!document) {
    // An editor's file with comments in it.
    if (text.find("//") != text.npos)
      if (const auto plain = ordered_json::parse(text, nullptr, false, true); !plain.is_discarded())
        return ofJson(jsonText(plain), where, folder);
    if (Result<Reading> command = readLaunchCommand(text)) return command;
    if (Result<LogReading> log = readLog(text, where)) return readingOf(std::move(*log), text);  // {'loss': 0.6, …
    if (Result<Reading> script = readTrainingScript(text, where, folder);
        !script && script.error().code == ErrorCode::unsupported)
      return script;
    if (Result<Reading> part = readFragment(text, where, folder); part || part.error().code != ErrorCode::unknown_name)
      return part;
    // What Python prints of a dictionary.
    for (const PythonCall& call : pythonCalls("printed(**" + std::string(text) + ")"))
      if (const std::string json = jsonText(call.named); call.name == "printed" && looksLikeRecipe(json))
        return ofRecipe(json, where, folder);
    return tl::unexpected(document.error());
  }
  if (document->is_object() && document->contains("headroom")) {
    Reading out;
    out.recognised = "scenario";
    out.scenario = std::string(text);
    return out;
  }
  // A training code's file that says a model's sizes too.
  if (document->contains("pipe-parallel-size") || document->contains("pipe_parallel_size"))
    return readTrainingScript(text, where, folder);
  const bool configuration = looksLikeConfiguration(*document);
  if (!configuration && looksLikeRecipe(text)) return ofRecipe(text, where, folder);
  if (!configuration)
    if (Result<Reading> command = readLaunchCommand(text); command || command.error().code == ErrorCode::unsupported)
      return command;
  const ModelInput input = recogniseModel(text);
  // Any object may be a configuration of remote code; one that names no class must at least say a model.
  const bool counts = configuration || modelFromConfig(std::string(text), "pasted configuration", where).has_value();
  if (input.kind == ModelInput::Kind::configuration && counts) {
    const auto& model = std::get<ConfigModel>(*input.reference);
    return readingOfModel("model configuration",
                          {{"config", ordered_json::parse(model.config, nullptr, false)}, {"name", model.name}});
  }
  if (Result<Reading> script = readTrainingScript(text, where, folder);
      !script && script.error().code == ErrorCode::unsupported)
    return script;
  if (std::optional<Error> section = quantizationAlone(*document, where)) return tl::unexpected(std::move(*section));
  return fail(ErrorCode::unknown_name, "This JSON is no scenario, configuration, recipe or command that is known here.",
              std::string(where));
}

std::string adapterFileOf(const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(folder / "config.json", failed)) return {};
  const fs::path adapter = folder / "adapter_config.json";
  return fs::is_regular_file(adapter, failed) ? adapter.string() : std::string();
}

Result<Reading> recogniseInside(std::string_view text, std::string_view where, const std::string& folder, int depth,
                                int& left) {
  std::string_view bare = trimmed(text);
  if (depth < kDeepest && bare.size() < kLongestPage)
    for (const auto plain : {withoutMarks, withNewSides})
      if (const std::string inner = plain(text); !inner.empty())
        return recogniseInside(inner, where, folder, depth + 1, left);
  // One name in quotes of any kind.
  if (bare.size() > 2 && std::string_view("\"'`").find(bare.front()) != std::string_view::npos &&
      bare.back() == bare.front() && bare.substr(1, bare.size() - 2).find_first_of(" \n\"'`") == bare.npos)
    bare = bare.substr(1, bare.size() - 2);
  // A command between backticks, as it is written in the midst of a sentence.
  if (bare.size() > 2 && bare.front() == '`' && bare.find('`', 1) == bare.size() - 1)
    return recogniseInside(bare.substr(1, bare.size() - 2), where, folder, depth + 1, left);
  if (const std::string_view name = assignedName(bare); !name.empty()) bare = name;
  if (bare.empty()) return fail(ErrorCode::value, "There is nothing to read.", std::string(where));
  if (bare.size() < 200)
    if (const CatalogueEntry* const entry = findCatalogueModel(bare))
      return readingOfModel("catalogue model", entry->id);
  if (bare.front() == '{') {
    if (const std::string script = notebookText(bare); !script.empty() && depth < kDeepest) {
      Result<Reading> notebook = recogniseInside(script, where, folder, depth + 1, left);
      // What its shell trains is what it is for; its calls may only load what came of it.
      if (!notebook || !trains(*notebook)) {
        if (Result<Reading> shell = readTrainingScript(shellLines(script), where, folder); shell && trains(*shell)) {
          if (notebook) shell->remarks.push_back({"page-rest", Severity::warning, otherPart(*notebook)});
          return shell;
        }
        // Commands in its words, to be run elsewhere.
        std::optional<Reading> told =
            partOf(notebookText(bare, "markdown"), [&](std::string_view part) -> Result<Reading> {
              if (--left < 0) return fail(ErrorCode::unsupported, "There are more parts than are read.", "");
              return recogniseInside(part, where, folder, depth + 1, left);
            });
        if (told && (!notebook || trains(*told))) {
          if (notebook) told->remarks.push_back({"page-rest", Severity::warning, otherPart(*notebook)});
          return *std::move(told);
        }
      }
      if (notebook) noteScriptsRun(*notebook, script);
      return notebook;
    }
    return ofJson(bare, where, folder);
  }
  if (isScenarioLink(bare) && !holdsScenarios(bare)) return readLink(bare, where);
  const bool oneWord = std::ranges::none_of(bare, [](unsigned char c) { return std::isspace(c) != 0; });
  if (oneWord && bare.front() != '[' && bare.find('(') == bare.npos) return readName(bare);
  if (const std::string name = downloaded(bare); !name.empty()) return readName(name);
  if (holdsScenarios(bare)) return readReport(bare, where);
  if (Pickle::begins(text)) {
    Result<LogReading> snapshot = readSnapshot(text, where);
    if (!snapshot) return tl::unexpected(snapshot.error());
    Reading out = readingOf(*std::move(snapshot), {});
    out.recognised = "memory snapshot log";
    return out;
  }
  // A table of what is in use alone says nothing of what uses it: a command beside it may.
  std::optional<Reading> table;
  if (Result<LogReading> log = readLog(text, where)) {
    const bool inUse = !log->figures.empty() &&
                       std::ranges::all_of(log->figures, [](const LogFigure& f) { return f.name == "device"; });
    if (inUse) table = readStatus(text);
    if (!table) {
      const bool torchs = std::ranges::any_of(
          log->figures, [](const LogFigure& f) { return f.name == "allocated" || f.name == "reserved"; });
      Reading reading = readingOf(std::move(*log), text);
      // `ollama ps` below its log.
      if (const std::optional<Reading> status = readStatus(text); status && status->recognised == "ollama ps")
        join(reading, *status);
      if (torchs) joinTraining(reading, text, where, folder, depth, left);
      return reading;
    }
  }
  // A Modelfile that the script makes a model of says more than the name it is run by.
  if (text.find("ollama create ") != text.npos && bare.size() < kLongestPage)
    for (const std::string& part : quotedParts(bare))
      if (part.starts_with("FROM ") || part.find("\nFROM ") != part.npos)
        if (Result<Reading> modelfile = readModelfile(part)) return modelfile;
  Result<Reading> command = readLaunchCommand(text);
  if (command) {
    if (table) join(*command, *table);
    // What the server printed of its own arguments below the command that started it.
    if (const std::optional<Reading> started = loggedStart(text)) {
      const auto engineOf = [](const Reading& r) {
        return ordered_json::parse(r.scenario, nullptr, false).value("engine", "");
      };
      if (engineOf(*started) == engineOf(*command)) join(*command, *started);
    }
    // A script that serves and trains: a rollout's server beside its trainer.
    if (command->recognised.find(" command") != std::string::npos)
      if (Result<Reading> trains = readTrainingScript(text, where, folder)) {
        command->remarks.push_back({"other-training", Severity::warning,
                                    "The text trains too (" + trains->recognised +
                                        "); the server is taken, and the training does not count into its memory."});
        command->others.push_back(std::move(*trains));
      }
    return command;
  }
  for (const std::string_view mark : {"[TensorRT-LLM]", "[TRT-LLM]"})
    if (text.find(mark) != text.npos)
      return fail(ErrorCode::unsupported, "This is a log of TensorRT-LLM without a line of what its parts take.",
                  std::string(where));
  // A log that breaks off before it says what anything takes.
  if (std::optional<Reading> started = loggedStart(text)) {
    started->recognised.replace(started->recognised.rfind(' ') + 1, std::string::npos, "log");
    started->remarks.push_back(
        {"log-part", Severity::warning, "This part of a log holds no line of what anything takes."});
    if (std::optional<Reading> status = readStatus(text)) join(*started, *status);
    return std::move(*started);
  }
  // Of a page with code and a command that trains, the command says what is run.
  if (depth == 0 && text.find("from_pretrained") != text.npos && text.find("\n```") != text.npos &&
      bare.size() < kLongestPage)
    for (const std::string& part : quotedParts(bare)) {
      if (part.find("from_pretrained") != std::string::npos || part.find("--") == std::string::npos) continue;
      Result<Reading> beside = readTrainingScript(part, where, folder);
      if (beside && trains(*beside) && beside->recognised.ends_with(" command") &&
          beside->scenario.find("\"model\"") != std::string::npos)
        return beside;
    }
  if (Result<Reading> script = readTrainingScript(text, where, folder);
      script || script.error().code != ErrorCode::unknown_name) {
    // The file that the command trains by, pasted below it.
    if (!script && script.error().code == ErrorCode::usage && depth < kDeepest)
      for (const std::string& part : quotedParts(bare.substr(0, kLongestPage)))
        if (looksLikeRecipe(part)) {
          Result<Reading> recipe = readTrainingScript(text, where, folder, part);
          if (recipe)
            recipe->remarks.push_back(
                {"recipe", Severity::assumed, "What stands beside the command is taken for the file that it names."});
          return recipe;
        }
    // A page of literal blocks without fences: a command over several lines says more than words of the page.
    if (!script && script.error().code == ErrorCode::unsupported && depth == 0 && text.find("```") == text.npos) {
      std::optional<Reading> run = runOf(bare.substr(0, kLongestPage), [&](std::string_view part) -> Result<Reading> {
        if (--left < 0) return fail(ErrorCode::unsupported, "There are more parts than are read.", "");
        return recogniseInside(part, where, folder, depth + 1, left);
      });
      if (run) return *std::move(run);
    }
    const bool files = text.find("distributed_type") != text.npos || text.find("zero_optimization") != text.npos;
    if (script && files && bare.size() < kLongestPage) recipes::takeSharedBeside(*script, quotedParts(bare));
    if (script && table) join(*script, *table);
    if (script || !table) return script;
  }
  if (!table) table = readStatus(text);
  if (table) return std::move(*table);
  if (looksLikeRecipe(text)) return ofRecipe(text, where, folder);
  if (Result<Reading> modelfile = readModelfile(text)) return modelfile;
  // A page that holds it among other words.
  std::optional<Error> known;
  std::optional<Reading> nameless;  // a training of a model that its piece of the page does not name
  std::optional<Reading> recipe;    // the one that says most, of several
  if (depth < kDeepest)
    for (const std::string& part : quotedParts(bare.substr(0, kLongestPage))) {
      if (trimmed(part).size() >= bare.size() || --left < 0) continue;
      Result<Reading> inside = recogniseInside(part, where, folder, depth + 1, left);
      const bool named = inside && inside->scenario.find("\"model\"") != std::string::npos;
      if (named && trains(*inside) && inside->recognised.ends_with(" recipe")) {
        if (!recipe || recipe->scenario.size() < inside->scenario.size()) recipe = std::move(*inside);
        continue;
      }
      if (inside && recipe) break;
      if (inside && (!trains(*inside) || named)) return inside;
      if (inside && !nameless)
        nameless = std::move(*inside);
      else if (!inside && !known && inside.error().code == ErrorCode::unsupported)
        known = inside.error();
    }
  if (recipe) return std::move(*recipe);
  if (nameless) return std::move(*nameless);
  if (bare.size() < kLongestPage) {
    Result<Reading> part = readFragment(bare, where, folder);
    if (part) return part;
    if (!known && part.error().code != ErrorCode::unknown_name) known = part.error();
  }
  if (known) return tl::unexpected(*known);
  // A quote that a page of several parts leaves open is none of a command's.
  constexpr std::string_view kPages[] = {"```", "\n# ", "\n## ", "\n|"};
  const bool quotes = command.error().code == ErrorCode::syntax &&
                      std::ranges::any_of(kPages, [&](std::string_view mark) { return bare.find(mark) != bare.npos; });
  if (command.error().code != ErrorCode::unknown_name && !quotes) return command;
  return fail(ErrorCode::unknown_name,
              "This is nothing that is known here: no launch command, log, recipe, scenario, configuration, model's id "
              "or address.",
              std::string(where));
}

}  // namespace

Result<Reading> recognise(std::string_view text, std::string_view where, const std::string& folder) {
  int left = kMostInside;
  const auto inside = [&](std::string_view part) { return recogniseInside(part, where, folder, 0, left); };
  const auto ofPage = [&](std::string_view page) {
    Result<Reading> whole = inside(page);
    left = kMostInside;
    return checkedByParts(std::move(whole), page, [&](std::string_view part) -> Result<Reading> {
      if (--left < 0) return fail(ErrorCode::unsupported, "The page has more parts than are read.", std::string(where));
      return recogniseInside(part, where, folder, 1, left);
    });
  };
  const std::optional<TemplateText> unfilled = templateOf(text);
  Result<Reading> reading = unfilled ? inWordsOf(*unfilled, ofPage(unfilled->plain)) : ofPage(text);
  if (reading && !unfilled) takeTold(*reading, text);
  if (!reading && reading.error().code == ErrorCode::unknown_name)
    if (std::optional<Reading> told = readTold(text)) reading = std::move(*told);
  if (reading) noteWords(*reading, text), noteUnsaid(*reading);
  return reading;
}

Result<Reading> recogniseInput(const std::string& argument, std::string* read) {
  std::error_code failed;
  const fs::path path(argument);
  if (argument.size() > 4000 || !fs::exists(path, failed)) return recognise(argument, "text");
  const std::string absolute = fs::absolute(path, failed).string();
  if (fs::is_directory(path, failed)) {
    if (const std::string adapter = adapterFileOf(path); !adapter.empty()) return recogniseInput(adapter, read);
    return readingOfModel("model folder", {{"path", absolute}});
  }
  for (const char* end : {".gguf", ".safetensors", ".safetensors.index.json"})
    if (argument.ends_with(end)) return readingOfModel("model file", {{"path", absolute}});
  Result<InputText> input = readInputText(argument);
  if (!input) return tl::unexpected(input.error());
  const std::string& text = input->text;
  if (text.starts_with("GGUF")) return readingOfModel("model file", {{"path", absolute}});
  if (!input->whole) {
    Result<LogReading> log = readLog(text, argument);
    if (!log) return fail(ErrorCode::io, fmt::format("It is larger than {} MiB.", kMaxTextFile >> 20), argument);
    log->notes.emplace_back(kFirstPart);
    return readingOf(std::move(*log), text);
  }
  Result<Reading> reading = recognise(text, argument, path.parent_path().string());
  // A configuration's own file says it better than a copy of it, with what stands beside it.
  if (reading && reading->recognised == "model configuration")
    return readingOfModel(reading->recognised, {{"path", absolute}});
  if (read != nullptr) *read = std::move(input->text);
  return reading;
}

}  // namespace headroom
