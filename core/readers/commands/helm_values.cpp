#include "core/readers/commands/helm_values.h"

#include <algorithm>
#include <cctype>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kMostItems = 64;

Json scalarOf(const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  if (text == "null" || text.empty()) return nullptr;
  const Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_number() ? parsed : Json(text);
}

// "servingEngineSpec.modelSpec[0].modelURL": the place in the values, made where it is not there.
Json* placeOf(Json& root, std::string_view path) {
  constexpr int kDeepest = 12;
  Json* at = &root;
  for (int depth = 0; !path.empty() && depth < kDeepest; ++depth) {
    const std::size_t end = std::min(path.find('.'), path.size());
    std::string_view name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    std::string_view index;
    if (const std::size_t open = name.find('['); open != name.npos && name.ends_with(']'))
      index = name.substr(open + 1, name.size() - open - 2), name = name.substr(0, open);
    if (!at->is_object()) *at = Json::object();
    at = &(*at)[std::string(name)];
    if (index.empty()) continue;
    if (index.size() > 2 || index.find_first_not_of("0123456789") != index.npos) return nullptr;
    const auto i = static_cast<std::size_t>(std::stoi(std::string(index)));
    if (i >= kMostItems) return nullptr;
    if (!at->is_array()) *at = Json::array();
    while (at->size() <= i) at->push_back(nullptr);
    at = &(*at)[i];
  }
  return at;
}

// "a=1,b.c=two": what stands before a comma, unless a backslash or a brace keeps it.
void takePairs(Json& values, std::string_view pairs, bool text) {
  std::string pair;
  int depth = 0;
  const auto end = [&] {
    const std::size_t equals = pair.find('=');
    if (equals != pair.npos && equals > 0) {
      const std::string value = pair.substr(equals + 1);
      if (Json* const at = placeOf(values, std::string_view(pair).substr(0, equals)))
        *at = text ? Json(value) : scalarOf(value);
    }
    pair.clear();
  };
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const char c = pairs[i];
    if (c == '\\' && i + 1 < pairs.size()) {
      pair += pairs[++i];
      continue;
    }
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    if (c == ',' && depth == 0)
      end();
    else
      pair += c;
  }
  end();
}

void merge(Json& into, const Json& more) {
  for (const auto& [key, value] : more.items())
    if (value.is_object() && into.contains(key) && into[key].is_object())
      merge(into[key], value);
    else
      into[key] = value;
}

// "maxModelLen", "max_model_len", "MAX_MODEL_LEN": "--max-model-len".
std::string optionOf(std::string_view key) {
  const bool loud = std::ranges::none_of(key, [](unsigned char c) { return std::islower(c) != 0; });
  std::string name = "--";
  for (const char c : key) {
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    if (upper && !loud && name.size() > 2) name += '-';
    name += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name;
}

void takeSettings(const Json& value, const OptionTable& table, ServerCall& call, std::string& model, int depth) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest || !value.is_structured()) return;
  for (const auto& [key, inner] : value.items()) {
    // [{"name": "QUANTIZATION", "value": "awq"}] of a container
    const bool variable = inner.is_object() && inner.contains("name") && inner["name"].is_string() &&
                          inner.contains("value") && !inner["value"].is_structured();
    const std::string name = variable ? inner["name"].get<std::string>() : key;
    const Json& said = variable ? inner["value"] : inner;
    constexpr std::string_view kModels[] = {"model",    "modelname", "modelid",
                                            "modelurl", "modelpath", "modelnameorpath"};
    std::string plain = lowerCase(name);
    std::erase_if(plain, [](char c) { return c == '_' || c == '-'; });
    const bool names = std::ranges::find(kModels, plain) != std::end(kModels);
    if (names && said.is_object())
      for (const char* part : {"name", "id", "repo", "repository", "path"})
        if (model.empty() && said.contains(part) && said[part].is_string()) model = said[part].get<std::string>();
    if (said.is_string() && names) {
      if (model.empty()) model = said.get<std::string>();
    } else if (said.is_structured()) {
      if ((key == "args" || key == "extraArgs") && said.is_array()) {
        for (const Json& word : said)
          if (word.is_string()) call.arguments.push_back(word.get<std::string>());
      } else {
        takeSettings(said, table, call, model, depth + 1);
      }
    } else if (!said.is_null() && table.find(optionOf(name)).option != nullptr) {
      const std::string text = said.is_string() ? said.get<std::string>() : jsonText(said);
      call.arguments.push_back(said == true    ? optionOf(name)
                               : said == false ? optionOf(name) + "=false"
                                               : optionOf(name) + "=" + text);
    }
  }
}

}  // namespace

Json helmValues(const ShellCommand& command, const ShellScript& script) {
  const std::vector<std::string>& words = command.words;
  const auto helm = std::ranges::find(words, "helm");
  if (helm == words.end() || helm + 1 == words.end()) return nullptr;
  const std::string& does = *(helm + 1);
  if (does != "install" && does != "upgrade" && does != "template") return nullptr;
  Json values = Json::object();
  for (auto word = helm + 2; word != words.end(); ++word) {
    std::string name = *word, value;
    if (const std::size_t equals = name.find('='); name.starts_with("--") && equals != name.npos)
      value = name.substr(equals + 1), name.resize(equals);
    else if (name.starts_with('-') && word + 1 != words.end())
      value = *(word + 1);
    if (name == "-f" || name == "--values")
      for (const auto& [file, text] : script.files)
        if (file == value)
          if (const Result<recipes::RecipeTree> tree = recipes::parseRecipe(text, ""); tree && tree->root.is_object())
            merge(values, tree->root);
    if (name == "--set" || name == "--set-string") takePairs(values, value, name == "--set-string");
    if (name == "--set-json")
      if (const std::size_t equals = value.find('='); equals != value.npos)
        if (Json* const at = placeOf(values, std::string_view(value).substr(0, equals))) {
          const Json parsed = Json::parse(value.substr(equals + 1), nullptr, false);
          if (!parsed.is_discarded()) *at = parsed;
        }
  }
  return values;
}

std::optional<ServerCall> callOfChart(const Json& values, const ShellCommand& command) {
  if (!values.is_object() || values.empty()) return std::nullopt;
  ServerCall call;
  std::string model;
  for (const std::string& word : command.words)
    for (const std::string_view engine : {"vllm", "sglang"})
      if (!word.starts_with('-') && word.find('=') == word.npos && word.find(engine) != word.npos &&
          call.engine.empty())
        call.engine = engine;
  if (call.engine.empty()) return std::nullopt;
  call.program = "helm";
  takeSettings(values, *optionTable(call.engine), call, model, 0);
  if (model.empty()) return std::nullopt;
  call.arguments.insert(call.arguments.begin(), {call.engine == "vllm" ? "--model" : "--model-path", model});
  return call;
}

std::optional<ServerCall> callOfValues(const Json& values) {
  if (!values.is_object() || values.contains("services") || values.contains("kind")) return std::nullopt;
  const auto image = values.find("image");
  std::string name;
  if (image != values.end() && image->is_object())
    for (const char* part : {"registry", "repository", "name", "tag"})
      if (image->contains(part) && (*image)[part].is_string())
        name += (name.empty() ? "" : part == std::string_view("tag") ? ":" : "/") + (*image)[part].get<std::string>();
  ServerCall call = callOfImage(name);
  bool section = false;
  for (const char* engine : {"vllm", "sglang"})
    if (values.contains(engine) && values[engine].is_object()) section = true, call.engine = engine;
  if ((call.engine != "vllm" && call.engine != "sglang") || (name.empty() && !section)) return std::nullopt;
  std::string model;
  call.program = "Helm values";
  takeSettings(section ? values[call.engine] : values, *optionTable(call.engine), call, model, 0);
  if (model.empty()) return std::nullopt;
  call.arguments.insert(call.arguments.begin(), {call.engine == "vllm" ? "--model" : "--model-path", model});
  return call;
}

}  // namespace headroom
