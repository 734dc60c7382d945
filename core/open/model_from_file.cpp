#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>

#include "core/base/text_file.h"
#include "core/formats/config/config_document.h"
#include "core/formats/gguf/gguf.h"
#include "core/formats/model_source.h"
#include "core/formats/quantization/section_file.h"
#include "core/formats/safetensors/safetensors.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

Result<std::string> textOf(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (!error && size > ConfigDocument::kMostBytes)
    return fail(
        ErrorCode::syntax,
        fmt::format("A configuration of {} bytes is too long; the most is {}.", size, ConfigDocument::kMostBytes),
        path.string());
  return readTextFile(path.string(), static_cast<std::int64_t>(ConfigDocument::kMostBytes));
}

// By its content, as Ollama keeps GGUF files under a digest.
bool isGguf(const fs::path& path) {
  std::array<char, 4> magic{};
  FileSource file(path.string());
  const bool read = file.ok() && file.read(0, magic);
  return (read && std::string_view(magic.data(), magic.size()) == "GGUF") || path.extension() == ".gguf";
}

// What a configuration in this place is called: its folder, or the file's own name. In a Hugging Face cache the folder
// is a commit, and the model's name stands two levels up (models--org--name/snapshots/<commit>).
std::string nameOf(const fs::path& path) {
  const fs::path folder = fs::absolute(path).parent_path();
  const std::string model = folder.parent_path().parent_path().filename().string();
  if (folder.parent_path().filename() == "snapshots" && model.starts_with("models--")) {
    std::string name = model.substr(8);
    if (const std::size_t dashes = name.find("--"); dashes != std::string::npos) name.replace(dashes, 2, "/");
    return name;
  }
  return path.filename() == "config.json" && !folder.filename().empty() ? folder.filename().string()
                                                                        : path.stem().string();
}

Result<Model> modelFromConfigFile(const fs::path& path) {
  const auto text = textOf(path);
  if (!text) return tl::unexpected(text.error());
  return modelFromConfig(*text, nameOf(path), path.string());
}

// A folder's configuration with the quantization that a file beside it holds.
Result<Model> modelFromConfigOf(const fs::path& folder) {
  const fs::path path = folder / "config.json";
  const auto text = textOf(path);
  if (!text) return tl::unexpected(text.error());
  std::error_code error;
  for (const std::string_view name : kSectionFiles) {
    const fs::path beside = folder / name;
    if (!fs::is_regular_file(beside, error) || hasQuantization(*text)) continue;
    const auto section = textOf(beside);
    const auto whole = section ? withSection(*text, *section, beside.string()) : section;
    auto model = modelFromConfig(whole ? *whole : *text, nameOf(path), path.string());
    if (!model) return model;
    if (whole)
      model->notes.push_back(fmt::format("The quantization is the one in {}.", name));
    else
      model->doubts.push_back(fmt::format("{} cannot be read: {}", name, whole.error().message));
    return model;
  }
  return modelFromConfig(*text, nameOf(path), path.string());
}

// The first GGUF file of a folder, by name (a split model's first part); nothing where there is none.
std::optional<fs::path> onlyGgufOf(const fs::path& folder) {
  std::optional<fs::path> first;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".gguf" && (!first || at->path() < *first)) first = at->path();
  return first;
}

// A folder: its configuration, with what its weight files store.
Result<Model> modelFromFolder(const fs::path& folder) {
  const fs::path config = folder / "config.json";
  std::error_code error;
  if (!fs::exists(config, error)) {
    if (const auto gguf = onlyGgufOf(folder)) return modelFromGgufFile(gguf->string());
    return fail(ErrorCode::not_found, "The folder holds neither a config.json nor a GGUF file.", folder.string());
  }
  auto model = modelFromConfigOf(folder);
  if (!model) return model;
  const auto stored = readSafetensorsFolder(folder.string());
  if (!stored) return tl::unexpected(stored.error());
  applyStored(*model, *stored);
  return model;
}

// A weight file is described by the configuration beside it.
Result<Model> modelFromSafetensors(const fs::path& path, bool index) {
  const fs::path config = path.parent_path() / "config.json";
  std::error_code error;
  if (!fs::exists(config, error))
    return fail(ErrorCode::not_found,
                "There is no config.json beside the file; safetensors says nothing of layers and heads. Open its "
                "folder's config.json, or put one beside it.",
                path.string());
  const auto stored = index ? readSafetensorsIndex(path.string()) : readSafetensorsFile(path.string());
  if (!stored) return tl::unexpected(stored.error());
  auto model = modelFromConfigOf(path.parent_path());
  if (model) applyStored(*model, *stored);
  return model;
}

}  // namespace

Result<Model> modelFromFile(const std::string& name) {
  const fs::path path(name);
  std::error_code error;
  if (fs::is_directory(path, error)) return modelFromFolder(path);
  if (!fs::exists(path, error)) return fail(ErrorCode::not_found, "There is no such file.", path.string());
  if (!fs::is_regular_file(path, error)) return fail(ErrorCode::io, "This is not a regular file.", path.string());
  if (isGguf(path)) return modelFromGgufFile(path.string());
  if (name.ends_with(".safetensors")) return modelFromSafetensors(path, false);
  if (name.ends_with(".safetensors.index.json")) return modelFromSafetensors(path, true);
  return modelFromConfigFile(path);
}

}  // namespace headroom
