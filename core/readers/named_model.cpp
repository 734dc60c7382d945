#include "core/readers/named_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/base/printable.h"
#include "core/open/hub/hub.h"
#include "core/open/model_input.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom {

using nlohmann::ordered_json;

Reading readingOfModel(std::string recognised, ordered_json reference, std::string weights) {
  Reading out;
  out.recognised = std::move(recognised);
  ordered_json scenario{{"headroom", 1}, {"model", std::move(reference)}};
  // What runs GGUF files; the other engines dequantize or refuse them.
  std::string name;
  for (const char* key : {"hub", "path"})
    if (scenario["model"].is_object() && scenario["model"].contains(key))
      name = scenario["model"][key].get<std::string>();
  name = lowerCase(name);
  if (name.find("gguf") != name.npos || weights.starts_with('Q')) scenario["engine"] = "llama.cpp";
  if (!weights.empty()) scenario["precision"]["weights"] = std::move(weights);
  out.scenario = jsonText(scenario, 2);
  return out;
}

Result<Reading> readName(std::string_view name) {
  for (const std::string_view registry : {"ghcr.io/", "docker.io/", "nvcr.io/", "quay.io/"})
    if (name.starts_with(registry))
      return fail(ErrorCode::unknown_name, "This is a container's image, no model.", printable(name, 200));
  const ModelInput input = recogniseModel(name);
  // A file of the hub's without its host: "org/name-GGUF/name-Q4_K_M.gguf".
  const bool plainWords = name.find_first_of("\\:~") == name.npos && !name.starts_with('/') && !name.starts_with('.');
  if (input.kind == ModelInput::Kind::missing && name.ends_with(".gguf") && plainWords &&
      std::ranges::count(name, '/') == 2) {
    const std::size_t file = name.rfind('/');
    return readingOfModel(
        "hub model", {{"hub", std::string(name.substr(0, file)) + "/blob/main/" + std::string(name.substr(file + 1))},
                      {"revision", "main"}});
  }
  if (input.kind == ModelInput::Kind::missing)
    return fail(ErrorCode::not_found, "There is no such file.", input.detail);
  if (input.kind == ModelInput::Kind::catalogue)
    return readingOfModel("catalogue model", std::get<CatalogueModel>(*input.reference).id);
  if (input.kind == ModelInput::Kind::hub) {
    const auto& hub = std::get<HubModel>(*input.reference);
    return readingOfModel("hub model", {{"hub", hub.id}, {"revision", hub.revision}});
  }
  // "qwen3:8b", "https://ollama.com/library/qwen3:8b"
  std::string_view library = name;
  for (const std::string_view host : {"https://ollama.com/library/", "ollama.com/library/"})
    if (library.starts_with(host)) library.remove_prefix(host.size());
  const bool plain = std::ranges::all_of(
      library, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == ':'; });
  if (plain && (library.find(':') != library.npos || library.size() != name.size())) {
    ModelOfName model = namedModel(library, Loader::ollama);
    if (model.catalogue) {
      Reading out = readingOfModel("Ollama model", std::move(model.reference), std::move(model.weights));
      out.remarks = std::move(model.remarks);
      return out;
    }
    return fail(
        ErrorCode::unknown_name,
        fmt::format("Which model Ollama's library keeps as {} is not known here; open its GGUF file.", library));
  }
  // A name without its publisher: "Meta-Llama-3.1-8B-Instruct".
  if (plain && name.find('/') == name.npos)
    if (const std::string id = recipes::catalogueNameOf(name); !id.empty()) {
      Reading out = readingOfModel("catalogue model", id);
      out.remarks.push_back({"assumed-model", Severity::assumed, fmt::format("{} is taken for {}.", name, id)});
      return out;
    }
  return fail(input.kind == ModelInput::Kind::unknown && name.find("://") != name.npos ? ErrorCode::unsupported
                                                                                       : ErrorCode::unknown_name,
              input.detail.empty() ? "This is no model that is known here." : input.detail,
              printable(withoutUserInfo(name), 200));
}

}  // namespace headroom
