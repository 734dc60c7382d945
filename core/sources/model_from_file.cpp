#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/sources/config/config_document.h"
#include "core/sources/gguf.h"
#include "core/sources/model_source.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

Result<std::string> textOf(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return fail(ErrorCode::not_found, "There is no such file.", path.string());
  if (size > ConfigDocument::kMostBytes)
    return fail(ErrorCode::syntax, fmt::format("A configuration of {} bytes is too long; the most is {}.", size, ConfigDocument::kMostBytes), path.string());
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::io, "The file cannot be opened.", path.string());
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return fail(ErrorCode::io, "The file cannot be read.", path.string());
  return text;
}

// By its content, as Ollama keeps GGUF files under a digest.
bool isGguf(const fs::path& path) {
  std::array<char, 4> magic{};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  return std::string_view(magic.data(), magic.size()) == "GGUF" || path.extension() == ".gguf";
}

// What a configuration in this place is called: its folder, or the file's own name.
std::string nameOf(const fs::path& path) {
  const fs::path folder = fs::absolute(path).parent_path();
  return path.filename() == "config.json" && !folder.filename().empty() ? folder.filename().string() : path.stem().string();
}

}  // namespace

Result<Model> modelFromFile(const std::string& name) {
  fs::path path(name);
  std::error_code error;
  if (fs::is_directory(path, error)) path /= "config.json";
  if (!fs::exists(path, error)) return fail(ErrorCode::not_found, "There is no such file.", path.string());
  if (!fs::is_regular_file(path, error)) return fail(ErrorCode::io, "This is not a regular file.", path.string());
  if (isGguf(path)) return modelFromGgufFile(path.string());
  const auto text = textOf(path);
  if (!text) return tl::unexpected(text.error());
  return modelFromConfig(*text, nameOf(path), path.string());
}

}  // namespace headroom
