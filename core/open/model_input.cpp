#include "core/open/model_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/python_json.h"
#include "core/formats/config/config_document.h"
#include "core/formats/config/native_params.h"
#include "core/open/catalogue.h"
#include "core/open/hub/hub.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Kind = ModelInput::Kind;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(kBlank) - first + 1);
  const bool quoted = text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// What a pasted configuration is called: the name it carries, else its type.
std::string nameOf(const nlohmann::json& config) {
  const auto text = [&](const char* key) {
    const auto at = config.find(key);
    return at != config.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  std::string name = text("_name_or_path");
  while (!name.empty() && name.back() == '/') name.pop_back();
  if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) name.erase(0, slash + 1);
  const bool plain = std::ranges::all_of(name, [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
  if (!name.empty() && name.size() <= 96 && name != "." && plain) return name;
  const std::string type = text("model_type");
  return type.empty() || type.size() > 96 ? "pasted configuration" : "pasted " + type;
}

ModelInput ofJson(std::string_view text) {
  const auto document = ConfigDocument::parse(text, "pasted text");
  if (!document) return {Kind::unfinished, {}, document.error().where + ": " + document.error().message};
  const nlohmann::json config = nlohmann::json::parse(withoutPythonNumbers(text), nullptr, false);
  if (config.contains("headroom")) return {Kind::scenario, {}, {}};
  // As a scenario file keeps it, so that what is saved and opened again is the same.
  std::string plain = jsonText(config);
  return {Kind::configuration, ConfigModel{std::move(plain), nameOf(config)}, nameOf(config)};
}

fs::path pathOf(std::string_view text) {
  if (text.starts_with("file://")) text.remove_prefix(7);
  const char* const home = std::getenv("HOME");
  if (home != nullptr && (text == "~" || text.starts_with("~/")))
    return fs::path(std::string(home) + std::string(text.substr(1)));
  return fs::path(text);
}

bool looksLikePath(std::string_view text) {
  if (text.starts_with("hf.co/") || text.starts_with("huggingface.co/") || text.starts_with("hf://")) return false;
  for (const std::string_view start : {"/", "./", "../", "~/", "file://"})
    if (text.starts_with(start)) return true;
  for (const std::string_view end : {".json", ".gguf", ".safetensors"})
    if (text.ends_with(end) && text.find("://") == std::string_view::npos) return true;
  return text.find('\\') != std::string_view::npos;
}

ModelInput ofHub(std::string_view text) {
  const auto id = parseHubId(text);
  if (!id) return {Kind::unknown, {}, id.error().message};
  const std::string revision = id->revision.empty() ? "main" : id->revision;
  HubModel model{id->tag.empty() ? id->id : id->id + ":" + id->tag, revision};
  // Of the files a page may show only a GGUF file is a model of its own.
  if (id->file.ends_with(".gguf")) model.id = fmt::format("{}/blob/{}/{}", id->id, revision, id->file);
  return {Kind::hub, model, id->id};
}

}  // namespace

bool looksLikeConfiguration(const nlohmann::json& document) {
  constexpr const char* kTells[] = {"model_type", "architectures", "hidden_size", "num_hidden_layers"};
  return document.is_object() && !document.contains("model") && !document.contains("headroom") &&
         (isNativeParams(document) ||
          std::ranges::any_of(kTells, [&](const char* key) { return document.contains(key); }));
}

ModelInput recogniseModel(std::string_view given) {
  const std::string_view text = trimmed(given);
  if (text.empty()) return {};
  if (text.front() == '{' || text.front() == '[') return ofJson(text);
  if (text.find('\n') != std::string_view::npos) return {Kind::unknown, {}, "This is neither one name nor JSON."};
  if (const CatalogueEntry* entry = findCatalogueModel(text))
    return {Kind::catalogue, CatalogueModel{entry->id}, entry->label};
  const fs::path path = pathOf(text);
  std::error_code error;
  if (text.find("://") == std::string_view::npos || text.starts_with("file://")) {
    if (fs::is_directory(path, error))
      return {Kind::folder, FileModel{fs::absolute(path, error).string()}, path.string()};
    if (fs::exists(path, error)) return {Kind::file, FileModel{fs::absolute(path, error).string()}, path.string()};
    if (looksLikePath(text)) return {Kind::missing, {}, path.string()};
  }
  return ofHub(text);
}

}  // namespace headroom
