#include "core/formats/safetensors/safetensors.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>

#include "core/base/text_file.h"
#include "core/formats/safetensors/safetensors_entry.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
namespace dom = simdjson::dom;

constexpr std::size_t kMaxFiles = 2000;

// What is wrong with the entry, or nothing.
std::optional<std::string> readEntry(dom::object object, safetensors::Entry& entry) {
  for (const auto& [key, value] : object) {
    if (key == "dtype") {
      std::string_view dtype;
      if (value.get(dtype) != simdjson::SUCCESS) return "has no dtype";
      entry.dtype = safetensors::dtypeOf(dtype);
      if (entry.dtype == nullptr) return fmt::format("has the unknown dtype \"{}\"", dtype.substr(0, 20));
    } else if (key == "shape") {
      dom::array shape;
      if (value.get(shape) != simdjson::SUCCESS) return "has a shape that is not a list";
      entry.elements = 1;
      for (const dom::element dimension : shape) {
        std::int64_t size = 0;
        if (dimension.get(size) != simdjson::SUCCESS || size < 0) return "has a dimension that is not a count";
        safetensors::addDimension(entry, size);
      }
      entry.hasShape = true;
    } else if (key == "data_offsets") {
      dom::array offsets;
      if (value.get(offsets) != simdjson::SUCCESS) return "has data_offsets that are not a list";
      std::uint64_t* const ends[] = {&entry.begin, &entry.end};
      std::size_t count = 0;
      for (const dom::element offset : offsets) {
        if (count == 2 || offset.get(*ends[count]) != simdjson::SUCCESS)
          return "has data_offsets that are not two counts";
        ++count;
      }
      entry.hasOffsets = count == 2;
    }
  }
  if (entry.dtype == nullptr || !entry.hasShape || !entry.hasOffsets) return "lacks dtype, shape or data_offsets";
  return std::nullopt;
}

// Appends the tensors of one header, whatever its layout. `text` has room for simdjson's padding behind its end.
Result<void> parse(const std::string& text, std::uint64_t dataBytes, const std::string& path, SafetensorsHeader& out) {
  dom::parser parser(kMaxSafetensorsHeaderBytes);
  const auto document = std::make_shared<dom::document>();
  dom::object root;
  dom::element element;
  if (parser.parse_into_document(*document, text.data(), text.size(), false).get(element) != simdjson::SUCCESS ||
      element.get(root) != simdjson::SUCCESS)
    return fail(ErrorCode::syntax, "The header is not the JSON object that safetensors demands; the file is damaged.",
                path);
  out.tensors.reserve(out.tensors.size() + root.size());
  for (const auto& [name, value] : root) {
    if (name == "__metadata__") continue;
    safetensors::Entry entry;
    entry.name = name;
    dom::object object;
    auto wrong = value.get(object) == simdjson::SUCCESS ? readEntry(object, entry)
                                                        : std::optional<std::string>("is not described by an object");
    if (!wrong && !safetensors::append(entry, dataBytes, out)) wrong = safetensors::wrongWith(entry, dataBytes);
    if (wrong) return fail(ErrorCode::syntax, fmt::format("Tensor \"{}\" {}.", name.substr(0, 120), *wrong), path);
  }
  out.owners.push_back(document);
  return {};
}

// Appends the tensors of one file.
Result<void> appendFrom(ByteSource& in, const std::string& path, SafetensorsHeader& out) {
  constexpr std::uint64_t kLengthBytes = 8;
  std::array<char, kLengthBytes> lengthBytes{};
  if (!in.read(0, lengthBytes)) return fail(ErrorCode::syntax, "The file is too short to be safetensors.", path);
  std::uint64_t length = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | static_cast<unsigned char>(lengthBytes[i]);
  if (length > kMaxSafetensorsHeaderBytes)
    return fail(ErrorCode::syntax,
                fmt::format("The file claims a header of {} bytes; safetensors allows {}. It is probably another kind "
                            "of file.",
                            length, kMaxSafetensorsHeaderBytes),
                path);
  const std::uint64_t room = in.size() - kLengthBytes;
  if (length > room)
    return fail(ErrorCode::syntax,
                fmt::format("The file ends inside its header: {} bytes of {} are there.", room, length), path);
  if (safetensors::scanCompactHeader(in, kLengthBytes, kLengthBytes + length, room - length, out)) return {};
  std::string text;
  text.reserve(length + simdjson::SIMDJSON_PADDING);
  text.resize(length);
  if (!in.read(kLengthBytes, text)) return fail(ErrorCode::io, "The file cannot be read.", path);
  return parse(text, room - length, path, out);
}

Result<void> appendFile(const std::string& path, SafetensorsHeader& out) {
  std::error_code error;
  if (!fs::exists(path, error)) return fail(ErrorCode::not_found, "There is no such file.", path);
  FileSource in(path);
  if (!in.ok()) return fail(ErrorCode::io, "The file cannot be opened.", path);
  return appendFrom(in, path, out);
}

Result<std::set<std::string>> filesOfIndexFile(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > kMaxSafetensorsIndexBytes)
    return fail(ErrorCode::syntax, "The index is larger than any model's.", path);
  const Result<std::string> text = readTextFile(path, static_cast<std::int64_t>(kMaxSafetensorsIndexBytes));
  if (!text) return tl::unexpected(text.error());
  return filesOfSafetensorsIndex(*text, path);
}

}  // namespace

Result<std::set<std::string>> filesOfSafetensorsIndex(std::string_view text, const std::string& where) {
  dom::parser parser(kMaxSafetensorsIndexBytes);
  dom::element document;
  dom::object map;
  std::set<std::string> files;
  if (parser.parse(text.data(), text.size()).get(document) != simdjson::SUCCESS ||
      document["weight_map"].get(map) != simdjson::SUCCESS)
    return fail(ErrorCode::syntax, "This is not an index of safetensors files: it has no weight_map.", where);
  for (const auto& [name, value] : map) {
    std::string_view file;
    if (value.get(file) != simdjson::SUCCESS)
      return fail(ErrorCode::syntax, fmt::format("The weight_map names no file for \"{}\".", name.substr(0, 120)),
                  where);
    if (file.empty() || fs::path(file).is_absolute() || file.find("..") != std::string_view::npos)
      return fail(ErrorCode::value, "The index names a file outside its folder; it is not read.", where);
    files.emplace(file);
    if (files.size() > kMaxFiles)
      return fail(ErrorCode::value, "The index names more files than any model has.", where);
  }
  return files;
}

Result<SafetensorsHeader> readSafetensorsFile(const std::string& path) {
  SafetensorsHeader header;
  if (auto read = appendFile(path, header); !read) return tl::unexpected(read.error());
  return header;
}

Result<SafetensorsHeader> readSafetensors(std::string_view bytes, const std::string& where) {
  MemorySource in(bytes);
  SafetensorsHeader header;
  if (auto read = appendFrom(in, where, header); !read) return tl::unexpected(read.error());
  return header;
}

Result<SafetensorsHeader> readSafetensorsIndex(const std::string& path) {
  const auto files = filesOfIndexFile(path);
  if (!files) return tl::unexpected(files.error());
  SafetensorsHeader header;
  for (const std::string& file : *files)
    if (auto read = appendFile((fs::path(path).parent_path() / file).string(), header); !read)
      return tl::unexpected(read.error());
  return header;
}

Result<SafetensorsHeader> readSafetensorsFolder(const std::string& folder) {
  const fs::path index = fs::path(folder) / "model.safetensors.index.json";
  std::error_code error;
  if (fs::exists(index, error)) return readSafetensorsIndex(index.string());
  std::set<std::string> files;
  for (fs::directory_iterator at(folder, error), end; !error && at != end && files.size() < kMaxFiles;
       at.increment(error))
    if (at->path().extension() == ".safetensors") files.insert(at->path().string());
  SafetensorsHeader header;
  for (const std::string& file : files)
    if (auto read = appendFile(file, header); !read) return tl::unexpected(read.error());
  return header;
}

}  // namespace headroom
