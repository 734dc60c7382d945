#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/text_file.h"
#include "core/formats/config/config_document.h"
#include "core/formats/gguf/gguf.h"
#include "core/formats/model_source.h"
#include "core/formats/quantization/section_file.h"
#include "core/formats/safetensors/safetensors.h"
#include "core/open/catalogue.h"
#include "core/open/weight_files.h"

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
  std::error_code error;  // a working folder that is gone
  const fs::path folder = fs::absolute(path, error).parent_path();
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

// What the model's safetensors store, whatever else lies beside them.
Result<SafetensorsHeader> storedIn(const fs::path& folder, const std::vector<std::string>& names) {
  std::error_code error;
  const fs::path index = folder / "model.safetensors.index.json";
  const bool whole = fs::exists(folder / "model.safetensors", error);
  if (fs::exists(index, error) && !whole) return readSafetensorsIndex(index.string());
  const auto files = modelSafetensors(names);
  if (!files) return fail(files.error().code, files.error().message, folder.string());
  return readSafetensorsFiles(folder.string(), *files);
}

// The names of a folder's files.
std::vector<std::string> namesIn(const fs::path& folder) {
  constexpr std::size_t kMost = 20'000;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end && names.size() < kMost; at.increment(error))
    if (!at->is_directory(error)) names.push_back(at->path().filename().string());
  return names;
}

bool hasEnding(const std::vector<std::string>& names, std::string_view ending) {
  return std::ranges::any_of(names, [ending](const std::string& name) { return name.ends_with(ending); });
}

Result<Model> modelFromGgufs(const fs::path& folder, const std::vector<std::string>& names) {
  const Result<ChosenGguf> chosen = modelGguf(names);
  if (!chosen) return fail(chosen.error().code, chosen.error().message, folder.string());
  Result<Model> model = modelFromGgufFile((folder / chosen->file).string());
  if (const std::string note = choiceNote(*chosen); model && !note.empty()) model->notes.push_back(note);
  return model;
}

// A folder with an adapter alone: the model it was made for.
Result<Model> modelUnderAdapter(const fs::path& adapter) {
  const auto text = textOf(adapter);
  if (!text) return tl::unexpected(text.error());
  const nlohmann::json config = nlohmann::json::parse(*text, nullptr, false);
  const auto base = config.is_object() ? config.find("base_model_name_or_path") : config.end();
  if (base == config.end() || !base->is_string())
    return fail(ErrorCode::unsupported, "The folder holds an adapter that does not name its model.", adapter.string());
  const auto known = catalogueModel(base->get<std::string>());
  if (!known)
    return fail(ErrorCode::not_found,
                fmt::format("The folder holds an adapter alone; open its model, {}.", base->get<std::string>()),
                adapter.string());
  Model model = **known;
  model.notes.push_back(
      fmt::format("The folder holds an adapter of {}; the model is described without it.", base->get<std::string>()));
  return model;
}

// The snapshot a hub's cache folder ("models--org--name") stands for: the one of main, else the only one.
std::optional<fs::path> snapshotOf(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder / "snapshots", error)) return std::nullopt;
  if (const auto commit = readTextFile((folder / "refs" / "main").string(), 200))
    if (commit->find_first_of("/\\") == commit->npos && fs::is_directory(folder / "snapshots" / *commit, error))
      return folder / "snapshots" / *commit;
  std::optional<fs::path> first;
  for (fs::directory_iterator at(folder / "snapshots", error), end; !error && at != end; at.increment(error))
    if (at->is_directory(error) && (!first || at->path() < *first)) first = at->path();
  return first;
}

// A folder: its configuration, with what its weight files store.
Result<Model> modelFromFolder(const fs::path& folder) {
  const fs::path config = folder / "config.json";
  std::error_code error;
  const std::vector<std::string> names = namesIn(folder);
  const bool configured = fs::exists(fs::symlink_status(config, error));  // a link that leads nowhere is said so
  if (!configured) {
    if (const auto snapshot = snapshotOf(folder)) return modelFromFolder(*snapshot);
    if (hasEnding(names, ".gguf")) return modelFromGgufs(folder, names);
    if (fs::exists(folder / "adapter_config.json", error)) return modelUnderAdapter(folder / "adapter_config.json");
    return fail(ErrorCode::not_found, "The folder holds neither a config.json nor a GGUF file.", folder.string());
  }
  // A configuration beside GGUF files and nothing else says what they were made from; they hold the weights.
  if (hasEnding(names, ".gguf") && !hasEnding(names, ".safetensors") && !hasEnding(names, ".bin") &&
      !hasEnding(names, ".pth"))
    if (const auto chosen = modelGguf(names)) return modelFromGgufs(folder, names);
  auto model = modelFromConfigOf(folder);
  if (!model) return model;
  const auto stored = storedIn(folder, names);
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
  if (const FileSource file(name); !file.ok()) return tl::unexpected(file.error());
  if (isGguf(path)) return modelFromGgufFile(path.string());
  if (name.ends_with(".safetensors")) return modelFromSafetensors(path, false);
  if (name.ends_with(".safetensors.index.json")) return modelFromSafetensors(path, true);
  return modelFromConfigFile(path);
}

}  // namespace headroom
