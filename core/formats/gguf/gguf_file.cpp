#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/formats/gguf/gguf.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

Result<GgufHeader> readPart(const fs::path& path) {
  FileSource source(path.string());
  if (!source.ok()) return tl::unexpected(source.error());
  return readGguf(source, path.string());
}

// "model-00002-of-00005.gguf": the text before the numbers (llama.cpp src/llama.cpp, llama_split_prefix).
std::string splitPrefix(const std::string& name) {
  constexpr std::size_t kTail = std::string_view("-00001-of-00001.gguf").size();
  if (name.size() <= kTail) return {};
  const std::string tail = name.substr(name.size() - kTail);
  const bool shaped = tail[0] == '-' && tail.substr(6, 4) == "-of-" && tail.ends_with(".gguf") &&
                      tail.substr(1, 5).find_first_not_of("0123456789") == std::string::npos &&
                      tail.substr(10, 5).find_first_not_of("0123456789") == std::string::npos;
  return shaped ? name.substr(0, name.size() - kTail) : std::string();
}

}  // namespace

Result<GgufHeader> readGgufFile(const std::string& name) {
  const fs::path path(name);
  auto given = readPart(path);
  if (!given) return given;
  const std::int64_t parts = given->integer("split.count").value_or(1);
  if (parts <= 1) return given;
  constexpr std::int64_t kMostParts = 99'999;
  const std::string prefix = splitPrefix(path.filename().string());
  if (parts > kMostParts || prefix.empty())
    return fail(ErrorCode::value,
                fmt::format("The file is one of {} parts, but its name does not say which (…-00001-of-{:05}.gguf).",
                            parts, parts),
                name);
  GgufHeader whole;
  for (std::int64_t part = 1; part <= parts; ++part) {
    auto header = readPart(path.parent_path() / fmt::format("{}-{:05}-of-{:05}.gguf", prefix, part, parts));
    if (!header) return header;
    if (part == 1) {
      whole = std::move(*header);
      continue;
    }
    whole.tensors.insert(whole.tensors.end(), header->tensors.begin(), header->tensors.end());
    std::ranges::move(header->owners, std::back_inserter(whole.owners));
  }
  const auto expected = whole.integer("split.tensors.count");
  if (expected && *expected != static_cast<std::int64_t>(whole.tensors.size()))
    return fail(ErrorCode::value,
                fmt::format("The parts hold {} tensors instead of {}.", whole.tensors.size(), *expected), name);
  return whole;
}

Result<Model> modelFromGgufFile(const std::string& path) {
  const auto header = readGgufFile(path);
  if (!header) return tl::unexpected(header.error());
  return modelFromGguf(*header, fs::path(path).stem().string(), path);
}

}  // namespace headroom
