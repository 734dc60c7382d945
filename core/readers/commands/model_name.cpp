#include "core/readers/commands/model_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "core/base/lower_case.h"
#include "core/numerics/gguf_file_type.h"
#include "core/open/catalogue.h"
#include "core/open/hub/hub.h"
#include "core/open/local_models.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

bool isPath(std::string_view name) {
  for (const std::string_view start : {"/", "./", "../", "~", ".\\", "..\\", "\\\\", "file://"})
    if (name.starts_with(start)) return true;
  const bool drive = name.size() > 2 && std::isalpha(static_cast<unsigned char>(name[0])) && name[1] == ':' &&
                     (name[2] == '\\' || name[2] == '/');
  // A folder beside: no id of a hub ends so.
  const bool folder = name.ends_with('/') && name.find("://") == name.npos;
  return drive || folder || name.find('\\') != name.npos || (name.ends_with(".gguf") && name.find("://") == name.npos);
}

std::string_view lastPart(std::string_view path) {
  while (path.ends_with('/') || path.ends_with('\\')) path.remove_suffix(1);
  const std::size_t slash = path.find_last_of("/\\");
  return slash == path.npos ? path : path.substr(slash + 1);
}

// The name without its file type and without "GGUF".
std::string withoutFormat(std::string_view name) {
  std::string out(name);
  if (out.ends_with(".gguf")) out.resize(out.size() - 5);
  if (const auto type = ggufTypeIn(out)) {
    const std::string text = lowerCase(out), word = lowerCase(*type);
    if (const std::size_t at = text.rfind(word); at != text.npos) out.erase(at, word.size());
  }
  for (const char* word : {"-of-", "gguf"})
    if (const std::size_t at = lowerCase(out).find(word); at != out.npos)
      out.erase(word[0] == '-' && at >= 6 ? at - 6 : at, word[0] == '-' ? 15 : 4);
  while (!out.empty() && std::string_view("-._").find(out.back()) != std::string_view::npos) out.pop_back();
  return out;
}

ordered_json hubReference(std::string id, std::string_view revision) {
  return {{"hub", std::move(id)}, {"revision", std::string(revision.empty() ? "main" : revision)}};
}

// Whether GGUF files have the weights as the checkpoint stores them, whatever type their name says: the converter keeps
// mxfp4's blocks (gpt-oss) and writes others out (DeepSeek-V3 in fp8; llama.cpp convert_hf_to_gguf.py).
bool storesItself(std::string_view id) {
  const CatalogueEntry* const entry = findCatalogueModel(id);
  const std::size_t at = entry == nullptr ? std::string::npos : entry->config.find("\"quantization_config\"");
  return at != std::string::npos && entry->config.find("\"mxfp4\"", at) != std::string::npos;
}

void takeCatalogue(ModelOfName& out, std::string id, std::string_view called) {
  out.catalogue = true;
  if (id != called)
    out.remarks.push_back({"assumed-model", Severity::assumed,
                           fmt::format("{} is taken for {}, whose shape its name says it has.", called, id)});
  out.reference = std::move(id);
}

ModelOfName ofPath(std::string_view name, Loader loader) {
  ModelOfName out;
  if (name.starts_with("file://")) name.remove_prefix(7);
  out.reference = {{"path", std::string(name)}};
  std::error_code failed;
  if (fs::exists(fs::path(std::string(name)), failed)) return out;
  // Of a hub's cache the folder says which repository it is.
  if (const std::size_t at = name.find("models--"); at != name.npos) {
    std::string id(name.substr(at + 8, name.find_first_of("/\\", at) - at - 8));
    if (const std::size_t dashes = id.find("--"); dashes != id.npos) {
      id.replace(dashes, 2, "/");
      // The file among several of the repository, by the type its name says.
      if (const auto type = ggufTypeIn(lastPart(name)); type && name.ends_with(".gguf") && parseHubId(id))
        id += ":" + *type;
      if (parseHubId(id)) return namedModel(id, loader);
    }
  }
  const std::string_view file = lastPart(name);
  const auto type = ggufTypeIn(file);
  if (saysQuantized(withoutFormat(file)) || (name.ends_with(".gguf") && !type)) return out;
  const std::string id = recipes::catalogueNameOf(withoutFormat(file));
  if (id.empty()) return out;
  takeCatalogue(out, id, name);
  if (type && !storesItself(id)) out.weights = *type;
  return out;
}

// "org/name-GGUF:Q4_K_M" of the hub.
ModelOfName ofRepository(std::string_view name, std::string_view revision) {
  ModelOfName out;
  const std::size_t colon = name.rfind(':');
  const std::string_view repository = name.substr(0, colon);
  std::string tag(colon == name.npos ? std::string_view() : name.substr(colon + 1));
  if (lowerCase(tag) == "latest") tag.clear();
  const auto type = ggufTypeIn(tag);
  const std::string id = recipes::catalogueNameOf(withoutFormat(lastPart(repository)));
  const bool whole = tag.empty() || (type && lowerCase(*type) == lowerCase(tag));
  if (!id.empty() && whole && !saysQuantized(withoutFormat(lastPart(repository)))) {
    takeCatalogue(out, id, repository);
    if (storesItself(id)) return out;
    out.weights = type ? *type : "Q4_K_M";
    if (tag.empty())
      out.remarks.push_back(
          {"assumed-format", Severity::assumed, "No file of the repository is named; Q4_K_M is what is taken first."});
    return out;
  }
  out.reference = hubReference(std::string(repository) + (tag.empty() ? "" : ":" + tag), revision);
  return out;
}

// Whether a tag that begins with a size ("7b", "1.5b-q8_0") says that of the catalogue's model; one that does not
// begin so says nothing against it.
bool hasSize(std::string_view id, std::string_view tag) {
  double size = 0;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), size);
  if (error != std::errc()) return true;
  const std::size_t unit = static_cast<std::size_t>(end - tag.data());
  if (unit >= tag.size() || (tag[unit] != 'b' && tag[unit] != 'B' && tag[unit] != 'x')) return true;
  const CatalogueEntry* const entry = findCatalogueModel(id);
  constexpr double kNear = 0.2;
  return entry != nullptr && tag[unit] != 'x' &&
         std::abs(static_cast<double>(entry->parameters.value()) - size * 1e9) <= kNear * size * 1e9;
}

// "qwen3:8b", "llama3.2:3b-instruct-q8_0" of Ollama's library.
ModelOfName ofLibrary(std::string_view name) {
  ModelOfName out;
  for (const std::string_view host : {"registry.ollama.ai/library/", "ollama.com/library/", "library/"})
    if (name.starts_with(host)) name.remove_prefix(host.size());
  const std::size_t colon = std::min(name.rfind(':'), name.size());
  std::string tag(name.substr(std::min(colon + 1, name.size())));
  const auto type = ggufTypeIn(tag);
  std::string bare = std::string(name.substr(0, colon));
  if (lowerCase(tag) != "latest") bare += "-" + withoutFormat(tag);
  std::string id = recipes::catalogueNameOf(bare);
  if (id.empty()) {
    // The name alone, where the tag's size is that model's: deepseek-r1:7b is no DeepSeek-R1.
    id = recipes::catalogueNameOf(name.substr(0, colon));
    if (!id.empty() && !hasSize(id, tag)) id.clear();
  }
  if (id.empty()) {
    for (const LocalModel& local : localModels(localFoldersFromEnvironment()))
      if (local.store == LocalStore::ollama && lowerCase(local.name) == lowerCase(name))
        return out.reference = {{"path", local.path}}, out;
    out.reference = std::string(name.substr(0, colon));
    out.weights = type ? *type : "Q4_K_M";
    out.remarks.push_back({"unknown-model", Severity::warning,
                           fmt::format("Which model the library keeps as {} is not known here; open its GGUF "
                                       "file, or name the model.",
                                       name)});
    return out;
  }
  takeCatalogue(out, id, name);
  if (storesItself(id)) return out;
  out.weights = type ? *type : "Q4_K_M";
  if (!type)
    out.remarks.push_back({"assumed-format", Severity::assumed,
                           "Q4_K_M is assumed, which the library holds under a tag that names no format."});
  return out;
}

}  // namespace

bool saysQuantized(std::string_view name) {
  const std::string text = lowerCase(name);
  for (const std::string_view word : {"bnb", "4bit", "8bit", "awq", "gptq", "fp8", "fp4", "int4", "int8", "w4a16",
                                      "w8a8", "exl2", "exl3", "mlx", "hqq", "aqlm"})
    if (text.find(word) != text.npos) return true;
  return false;
}

std::optional<std::string> ggufTypeIn(std::string_view name) {
  const std::string text = lowerCase(name);
  std::optional<std::string> best;
  const auto edge = [&](std::size_t i) {
    return i >= text.size() || std::isalnum(static_cast<unsigned char>(text[i])) == 0;
  };
  for (const GgufFileTypeInfo& type : allGgufFileTypes()) {
    const std::string word = lowerCase(type.name);
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const bool starts = at == 0 || edge(at - 1);
      const bool ends = edge(at + word.size()) && (at + word.size() >= text.size() || text[at + word.size()] != '_');
      if (starts && ends && (!best || best->size() < word.size())) best = std::string(type.name);
    }
  }
  return best;
}

ModelOfName namedModel(std::string_view name, Loader loader, std::string_view revision) {
  while (!name.empty() && std::isspace(static_cast<unsigned char>(name.back()))) name.remove_suffix(1);
  while (!name.empty() && std::isspace(static_cast<unsigned char>(name.front()))) name.remove_prefix(1);
  ModelOfName out;
  if (isPath(name)) return ofPath(name, loader);
  bool ofHub = false;
  for (const std::string_view host :
       {"hf.co/", "huggingface.co/", "hf://", "https://huggingface.co/", "https://hf.co/"})
    if (name.starts_with(host)) {
      name.remove_prefix(host.size()), ofHub = true;
      break;
    }
  if (loader == Loader::ollama && !ofHub) return ofLibrary(name);
  const bool gguf = loader != Loader::hub || lowerCase(name).find("gguf") != std::string::npos;
  if (gguf && name.find('/') != name.npos && name.find("/blob/") == name.npos) return ofRepository(name, revision);
  if (const CatalogueEntry* const entry = findCatalogueModel(name); entry != nullptr && revision.empty()) {
    out.catalogue = true;
    out.reference = entry->id;
    return out;
  }
  if (revision.empty() && !saysQuantized(lastPart(name)) && name.find('@') == name.npos)
    if (std::string id = recipes::catalogueNameOf(name); !id.empty())
      return takeCatalogue(out, std::move(id), name), out;
  if (name.find('/') == name.npos && loader == Loader::gguf) return out.reference = {{"path", std::string(name)}}, out;
  out.reference = hubReference(std::string(name), revision);
  return out;
}

}  // namespace headroom
