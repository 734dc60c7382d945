#include "core/readers/fragments.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/base/python_json.h"
#include "core/formats/model_source.h"
#include "core/open/model_input.h"
#include "core/readers/broken_json.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/printed_arguments.h"
#include "core/readers/recipes/printed_training.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recipes/training_script.h"
#include "core/readers/scenario_check.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

std::string brokenOff(const MendedJson& object) {
  return object.last.empty() ? "begins before it" : "breaks off behind " + printable(object.last, 60);
}

Result<Reading> ofConfiguration(const MendedJson& object, std::string_view where) {
  const Result<Model> model = modelFromConfig(object.text, "pasted configuration", where);
  if (!model)
    return fail(
        ErrorCode::unsupported,
        fmt::format("Of this configuration only a part is there: it {}. {}", brokenOff(object), model.error().message),
        std::string(where));
  Reading out;
  out.recognised = "model configuration";
  const std::string left =
      "what stands outside of the piece of the configuration that is there: it " + brokenOff(object);
  takeScenario(out, {{"headroom", 1},
                     {"model",
                      {{"config", ordered_json::parse(withoutPythonNumbers(object.text), nullptr, false)},
                       {"name", "pasted configuration"}}},
                     {"unmodelled", {left}}});
  out.leftOut.push_back({left, true});
  out.remarks.push_back({"part-of-file", Severity::warning,
                         fmt::format("Of the configuration only a part is there: it {}. What is missing is taken as "
                                     "its class has it by itself.",
                                     brokenOff(object))});
  return out;
}

Result<Reading> ofObject(const MendedJson& object, std::string_view where, const std::string& folder) {
  const nlohmann::json document = nlohmann::json::parse(withoutPythonNumbers(object.text), nullptr, false);
  if (looksLikeConfiguration(document)) return ofConfiguration(object, where);
  if (std::optional<Error> section = quantizationAlone(document, where)) return tl::unexpected(std::move(*section));
  if (!looksLikeRecipe(object.text)) return fail(ErrorCode::unknown_name, "", std::string(where));
  const Result<ReadRecipe> recipe = readRecipe(object.text, where, folder);
  if (!recipe) return tl::unexpected(recipe.error());
  Reading out = readingOf(*recipe);
  if (!object.last.empty() || !object.begun)
    out.remarks.push_back({"part-of-file", Severity::warning,
                           fmt::format("Of the file only a part is there: it {}.", brokenOff(object))});
  return out;
}

// A model as PyTorch prints it: "LlamaForCausalLM(" over "(layers): ModuleList(" or "Linear(in_features=…".
std::optional<std::string> printedModule(std::string_view text) {
  if (text.find("Linear(in_features=") == text.npos && text.find("Linear4bit(in_features=") == text.npos &&
      text.find("): ModuleList(") == text.npos)
    return std::nullopt;
  std::string name;
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    if (name.empty() && line.size() > 2 && line.ends_with('(') && line.find_first_of(" :.") == line.npos)
      name = line.substr(0, line.size() - 1);
  });
  return name.empty() ? "A model" : printable(name, 80);
}

// `ls` of a model's folder, or the hub's page of its files: how many hold weights.
std::size_t listedWeights(std::string_view text) {
  std::size_t weights = 0, others = 0;
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    // A file's name ends the line, or stands alone on it.
    const std::string_view name = line.substr(line.rfind(' ') == line.npos ? 0 : line.rfind(' ') + 1);
    for (const std::string_view end : {".safetensors", ".bin", ".gguf", ".pth"}) weights += name.ends_with(end) ? 1 : 0;
    for (const std::string_view end : {"config.json", "tokenizer.json", ".index.json", "tokenizer.model"})
      others += name.ends_with(end) ? 1 : 0;
  });
  return others > 0 ? weights : 0;
}

}  // namespace

std::optional<Error> quantizationAlone(const nlohmann::json& object, std::string_view where) {
  if (!object.is_object() || object.contains("model") || object.contains("scenario")) return std::nullopt;
  const auto inside = object.find("quantization_config");
  const nlohmann::json& section = inside != object.end() && inside->is_object() ? *inside : object;
  const bool tells = section.contains("quant_method") || section.contains("config_groups") ||
                     section.contains("quant_algo") || section.contains("bnb_4bit_quant_type") ||
                     (section.contains("bits") && section.contains("group_size")) ||
                     (section.contains("w_bit") && section.contains("q_group_size")) ||
                     (section.contains("producer") && section.contains("quantization"));
  if (!tells) return std::nullopt;
  std::string what;
  const auto add = [&](const char* key, std::string_view words) {
    const auto value = section.find(key);
    if (value != section.end() && !value->is_structured() && !value->is_null())
      what += (what.empty() ? "" : ", ") +
              fmt::format(fmt::runtime(words),
                          printable(value->is_string() ? value->get<std::string>() : value->dump(), 40));
  };
  add("quant_method", "{}"), add("quant_algo", "{}"), add("bits", "{} bits"), add("w_bit", "{} bits");
  add("group_size", "groups of {}"), add("q_group_size", "groups of {}"), add("format", "{}");
  return Error{ErrorCode::unsupported,
               fmt::format("This is the quantization section of a model's configuration alone{}; which model is stored "
                           "so, it does not say. Read the whole config.json, or the model's name.",
                           what.empty() ? "" : " (" + what + ")"),
               std::string(where)};
}

Result<Reading> readFragment(std::string_view text, std::string_view where, const std::string& folder) {
  Error known{ErrorCode::unknown_name, "", std::string(where)};
  for (const MendedJson& object : objectsIn(text, 8)) {
    Result<Reading> reading = ofObject(object, where, folder);
    if (reading) return reading;
    // Of several pieces the one that says most of what it is: a configuration's refusal behind a section's.
    if (reading.error().code == ErrorCode::unsupported) known = reading.error();
  }
  if (Result<Reading> reading = recipes::readPrinted(text, where, folder);
      reading || reading.error().code != ErrorCode::unknown_name)
    return reading;
  if (const std::optional<std::string> name = printedModule(text); name && known.code == ErrorCode::unknown_name)
    return fail(
        ErrorCode::unsupported,
        fmt::format("{} as PyTorch prints its modules: how many heads it has, and what its cache holds, does not "
                    "stand there. Read its config.json, or its name.",
                    *name),
        std::string(where));
  if (const std::size_t files = listedWeights(text); files > 0 && known.code == ErrorCode::unknown_name)
    return fail(
        ErrorCode::unsupported,
        fmt::format("This lists a model's folder ({} files of weights); what they hold does not stand there. Read "
                    "the folder, its config.json, or the model's name.",
                    files),
        std::string(where));
  return tl::unexpected(known);
}

}  // namespace headroom
