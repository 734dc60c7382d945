#include "core/open/local_models.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <tuple>

#include "core/base/text_file.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Models = std::vector<LocalModel>;

constexpr int kMaxDepth = 6;  // of folders below a store
constexpr std::size_t kMaxEntries = 200'000;
constexpr std::int64_t kMaxManifest = 1 << 20;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool isWeightFile(const fs::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".safetensors" || extension == ".gguf" || extension == ".bin" || extension == ".pth" ||
         extension == ".pt";
}

Bytes sizeOf(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? Bytes(0) : Bytes(static_cast<std::int64_t>(std::min<std::uintmax_t>(size, INT64_MAX)));
}

// Calls visit(path) for every regular file below the folder, within the limits.
template <typename Visit>
void eachFile(const fs::path& folder, const std::stop_token& stop, Visit visit) {
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
  for (std::size_t seen = 0; !error && at != end && seen < kMaxEntries && !stop.stop_requested();
       at.increment(error), ++seen) {
    if (at.depth() >= kMaxDepth) at.disable_recursion_pending();
    std::error_code ignored;
    if (at->is_regular_file(ignored)) visit(at->path());
  }
}

void add(Models& models, LocalModel model) {
  if (models.size() < kMaxLocalModels) models.push_back(std::move(model));
}

// models--org--name/snapshots/<commit>/: the commit refs/main names, else any.
void findHuggingFace(const fs::path& hub, const std::stop_token& stop, Models& models) {
  std::error_code error;
  for (fs::directory_iterator at(hub, error), end; !error && at != end && !stop.stop_requested(); at.increment(error)) {
    std::string name = at->path().filename().string();
    if (!name.starts_with("models--")) continue;
    name.erase(0, 8);
    if (const std::size_t dashes = name.find("--"); dashes != std::string::npos) name.replace(dashes, 2, "/");
    std::string commit = readTextFile((at->path() / "refs" / "main").string(), kMaxManifest).value_or("");
    commit.resize(std::min(commit.find('\n'), commit.size()));
    fs::path snapshot = at->path() / "snapshots" / fs::path(commit).filename();
    std::error_code ignored;
    if (commit.empty() || !fs::is_directory(snapshot, ignored)) {
      fs::directory_iterator any(at->path() / "snapshots", ignored);
      if (ignored || any == fs::directory_iterator()) continue;
      snapshot = any->path();
    }
    Bytes size;
    bool known = false;
    fs::path onlyGguf;
    eachFile(snapshot, stop, [&](const fs::path& file) {
      known = known || file.filename() == "config.json";
      if (file.extension() == ".gguf") onlyGguf = file;
      if (isWeightFile(file)) size += sizeOf(file);
    });
    if (known || !onlyGguf.empty())
      add(models, {LocalStore::hugging_face, name, (known ? snapshot : onlyGguf).string(), size});
  }
}

bool isDigest(std::string_view digest) {
  return digest.starts_with("sha256:") && digest.size() == 71 &&
         std::ranges::all_of(digest.substr(7), [](unsigned char c) { return std::isxdigit(c); });
}

// manifests/<host>/<namespace>/<model>/<tag> names the blob that is the GGUF file.
void findOllama(const fs::path& folder, const std::stop_token& stop, Models& models) {
  const fs::path manifests = folder / "manifests";
  eachFile(manifests, stop, [&](const fs::path& file) {
    std::error_code error;
    const nlohmann::json manifest =
        nlohmann::json::parse(readTextFile(file.string(), kMaxManifest).value_or(""), nullptr, false);
    if (!manifest.is_object() || !manifest.contains("layers") || !manifest["layers"].is_array()) return;
    for (const auto& layer : manifest["layers"]) {
      if (!layer.is_object() || layer.value("mediaType", nlohmann::json()) != "application/vnd.ollama.image.model")
        continue;
      const nlohmann::json digest = layer.value("digest", nlohmann::json());
      if (!digest.is_string() || !isDigest(digest.get_ref<const std::string&>())) continue;
      std::string blob = digest.get<std::string>();
      blob[6] = '-';
      const fs::path path = folder / "blobs" / blob;
      if (!fs::is_regular_file(path, error)) continue;
      std::string space = file.parent_path().parent_path().filename().string();
      space = space == "library" ? "" : space + "/";
      add(models, {LocalStore::ollama, space + file.parent_path().filename().string() + ":" + file.filename().string(),
                   path.string(), sizeOf(path)});
    }
  });
}

// Of a split file only the first part is a model: "…-00002-of-00003.gguf" belongs to it.
bool isLaterPart(const std::string& name) {
  const std::size_t of = name.rfind("-of-");
  return of != std::string::npos && of >= 5 && name.substr(of - 5, 5) != "00001" &&
         std::ranges::all_of(name.substr(of - 5, 5), [](unsigned char c) { return std::isdigit(c); });
}

void findGguf(const fs::path& folder, LocalStore store, const std::stop_token& stop, Models& models) {
  eachFile(folder, stop, [&](const fs::path& file) {
    const std::string name = file.filename().string();
    if (file.extension() != ".gguf" || name.find("mmproj") != std::string::npos || isLaterPart(name)) return;
    add(models, {store, file.lexically_relative(folder).generic_string(), file.string(), sizeOf(file)});
  });
}

}  // namespace

std::string_view nameOf(LocalStore store) {
  constexpr std::array<std::string_view, 4> kNames{"Hugging Face cache", "Ollama", "LM Studio", "llama.cpp"};
  return kNames[static_cast<std::size_t>(store)];
}

LocalFolders localFoldersFromEnvironment() {
  const std::string home = environment("HOME");
  std::string cache = environment("XDG_CACHE_HOME");
  if (cache.empty() && !home.empty()) cache = home + "/.cache";
  const auto orElse = [](const std::string& first, const std::string& second) {
    return first.empty() ? second : first;
  };
  LocalFolders folders;
  const std::string huggingFaceHome = orElse(environment("HF_HOME"), cache.empty() ? "" : cache + "/huggingface");
  folders.huggingFace = {orElse(environment("HF_HUB_CACHE"), huggingFaceHome.empty() ? "" : huggingFaceHome + "/hub")};
  if (const std::string ollama = environment("OLLAMA_MODELS"); !ollama.empty())
    folders.ollama = {ollama};
  else
    folders.ollama = {home.empty() ? "" : home + "/.ollama/models", "/usr/share/ollama/.ollama/models"};
  if (!home.empty()) folders.lmStudio = {home + "/.lmstudio/models", cache + "/lm-studio/models"};
  folders.llamaCpp = {orElse(environment("LLAMA_CACHE"), cache.empty() ? "" : cache + "/llama.cpp")};
  return folders;
}

std::vector<LocalModel> localModels(const LocalFolders& folders, const std::stop_token& stop) {
  Models models;
  for (const std::string& folder : folders.huggingFace)
    if (!folder.empty()) findHuggingFace(folder, stop, models);
  for (const std::string& folder : folders.ollama)
    if (!folder.empty()) findOllama(folder, stop, models);
  for (const std::string& folder : folders.lmStudio)
    if (!folder.empty()) findGguf(folder, LocalStore::lm_studio, stop, models);
  for (const std::string& folder : folders.llamaCpp)
    if (!folder.empty()) findGguf(folder, LocalStore::llama_cpp, stop, models);
  std::ranges::sort(models, {}, [](const LocalModel& m) { return std::tie(m.store, m.name, m.path); });
  return models;
}

}  // namespace headroom
