#include "core/sources/safetensors.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

namespace headroom {
namespace {

namespace fs = std::filesystem;
namespace dom = simdjson::dom;

constexpr std::uintmax_t kMaxIndexBytes = 128 << 20;
constexpr std::size_t kMaxFiles = 2000;

// The dtypes of safetensors/src/tensor.rs (0.6): bits per element and our name for them.
struct Dtype {
  std::string_view name;
  NumberFormat format;
  int bits;
};
constexpr Dtype kDtypes[] = {{"BF16", NumberFormat::bf16, 16},   {"F16", NumberFormat::fp16, 16},   {"F32", NumberFormat::fp32, 32},
                             {"F64", NumberFormat::fp64, 64},    {"F8_E4M3", NumberFormat::fp8, 8}, {"F8_E5M2", NumberFormat::fp8, 8},
                             {"F8_E8M0", NumberFormat::int8, 8}, {"U8", NumberFormat::int8, 8},     {"I8", NumberFormat::int8, 8},
                             {"BOOL", NumberFormat::boolean, 8}, {"I16", NumberFormat::int16, 16},  {"U16", NumberFormat::int16, 16},
                             {"I32", NumberFormat::int32, 32},   {"U32", NumberFormat::int32, 32},  {"I64", NumberFormat::int64, 64},
                             {"U64", NumberFormat::int64, 64},   {"F4", NumberFormat::int4, 4},     {"C64", NumberFormat::int64, 64}};

const Dtype* dtypeOf(std::string_view name) {
  const auto found = std::ranges::find(kDtypes, name, &Dtype::name);
  return found == std::end(kDtypes) ? nullptr : found;
}

struct Entry {
  StoredTensor tensor;
  const Dtype* dtype = nullptr;
  std::uint64_t begin = 0, end = 0;
  bool hasShape = false, hasOffsets = false;
};

// What is wrong with the entry, or nothing.
std::optional<std::string> readEntry(dom::object object, Entry& entry) {
  for (const auto& [key, value] : object) {
    if (key == "dtype") {
      std::string_view dtype;
      if (value.get(dtype) != simdjson::SUCCESS) return "has no dtype";
      entry.dtype = dtypeOf(dtype);
      if (entry.dtype == nullptr) return fmt::format("has the unknown dtype \"{}\"", dtype.substr(0, 20));
    } else if (key == "shape") {
      dom::array shape;
      if (value.get(shape) != simdjson::SUCCESS) return "has a shape that is not a list";
      for (const dom::element dimension : shape) {
        std::int64_t size = 0;
        if (dimension.get(size) != simdjson::SUCCESS || size < 0) return "has a dimension that is not a count";
        if (entry.tensor.dimensions == StoredTensor::kMaxDimensions) return "has more dimensions than any tensor of a model";
        entry.tensor.shape[entry.tensor.dimensions++] = size;
      }
      entry.hasShape = true;
    } else if (key == "data_offsets") {
      dom::array offsets;
      if (value.get(offsets) != simdjson::SUCCESS) return "has data_offsets that are not a list";
      std::uint64_t* const ends[] = {&entry.begin, &entry.end};
      std::size_t count = 0;
      for (const dom::element offset : offsets) {
        if (count == 2 || offset.get(*ends[count]) != simdjson::SUCCESS) return "has data_offsets that are not two counts";
        ++count;
      }
      entry.hasOffsets = count == 2;
    }
  }
  if (entry.dtype == nullptr || !entry.hasShape || !entry.hasOffsets) return "lacks dtype, shape or data_offsets";
  return std::nullopt;
}

std::optional<std::string> checkEntry(Entry& entry, std::uint64_t dataBytes) {
  if (entry.begin > entry.end || entry.end > dataBytes)
    return fmt::format("lies at bytes {}–{}, but the file holds {} bytes of data", entry.begin, entry.end, dataBytes);
  std::int64_t elements = 1;
  for (std::size_t i = 0; i < entry.tensor.dimensions; ++i)
    if (__builtin_mul_overflow(elements, entry.tensor.shape[i], &elements)) return "has a shape of more elements than can be counted";
  std::int64_t bits = 0;
  if (__builtin_mul_overflow(elements, std::int64_t{entry.dtype->bits}, &bits)) return "has a shape of more bytes than can be counted";
  const std::uint64_t size = entry.end - entry.begin;
  if (static_cast<std::uint64_t>(bits / 8 + (bits % 8 != 0)) != size)
    return fmt::format("takes {} bytes, but its shape and dtype ask for {}", size, bits / 8);
  entry.tensor.dtype = entry.dtype->format;
  entry.tensor.bytes = Bytes(static_cast<std::int64_t>(size));
  return std::nullopt;
}

// Appends the tensors of one header. `text` has room for simdjson's padding behind its end.
Result<void> parse(const std::string& text, std::uint64_t dataBytes, const std::string& path, SafetensorsHeader& out) {
  dom::parser parser(kMaxSafetensorsHeaderBytes);
  const auto document = std::make_shared<dom::document>();
  dom::object root;
  dom::element element;
  if (parser.parse_into_document(*document, text.data(), text.size(), false).get(element) != simdjson::SUCCESS || element.get(root) != simdjson::SUCCESS)
    return fail(ErrorCode::syntax, "The header is not the JSON object that safetensors demands; the file is damaged.", path);
  out.tensors.reserve(out.tensors.size() + root.size());
  for (const auto& [name, value] : root) {
    if (name == "__metadata__") continue;
    Entry entry;
    entry.tensor.name = name;
    dom::object object;
    auto wrong = value.get(object) == simdjson::SUCCESS ? readEntry(object, entry) : std::optional<std::string>("is not described by an object");
    if (!wrong) wrong = checkEntry(entry, dataBytes);
    if (wrong) return fail(ErrorCode::syntax, fmt::format("Tensor \"{}\" {}.", name.substr(0, 120), *wrong), path);
    out.bytes += entry.tensor.bytes;
    out.tensors.push_back(entry.tensor);
  }
  out.owners.push_back(document);
  return {};
}

Result<void> appendFile(const std::string& path, SafetensorsHeader& out) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return fail(ErrorCode::not_found, "There is no such file.", path);
  std::ifstream in(path, std::ios::binary);
  unsigned char lengthBytes[8] = {};
  if (!in.read(reinterpret_cast<char*>(lengthBytes), 8)) return fail(ErrorCode::syntax, "The file is too short to be safetensors.", path);
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i) length = length << 8 | lengthBytes[i];
  if (length > kMaxSafetensorsHeaderBytes)
    return fail(ErrorCode::syntax, fmt::format("The file claims a header of {} bytes; safetensors allows {}. It is probably another kind of file.", length, kMaxSafetensorsHeaderBytes), path);
  if (length > size - 8)
    return fail(ErrorCode::syntax, fmt::format("The file ends inside its header: {} bytes of {} are there.", size - 8, length), path);
  std::string text;
  text.reserve(length + simdjson::SIMDJSON_PADDING);
  text.resize(length);
  if (!in.read(text.data(), static_cast<std::streamsize>(length))) return fail(ErrorCode::io, "The file cannot be read.", path);
  return parse(text, size - 8 - length, path, out);
}

Result<std::set<std::string>> filesOfIndex(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return fail(ErrorCode::not_found, "There is no such file.", path);
  if (size > kMaxIndexBytes) return fail(ErrorCode::syntax, "The index is larger than any model's.", path);
  dom::parser parser;
  dom::element document;
  dom::object map;
  std::set<std::string> files;
  if (parser.load(path).get(document) != simdjson::SUCCESS || document["weight_map"].get(map) != simdjson::SUCCESS)
    return fail(ErrorCode::syntax, "This is not an index of safetensors files: it has no weight_map.", path);
  for (const auto& [name, value] : map) {
    std::string_view file;
    if (value.get(file) != simdjson::SUCCESS)
      return fail(ErrorCode::syntax, fmt::format("The weight_map names no file for \"{}\".", name.substr(0, 120)), path);
    if (file.empty() || fs::path(file).is_absolute() || file.find("..") != std::string_view::npos)
      return fail(ErrorCode::value, "The index names a file outside its folder; it is not read.", path);
    files.emplace(file);
    if (files.size() > kMaxFiles) return fail(ErrorCode::value, "The index names more files than any model has.", path);
  }
  return files;
}

}  // namespace

Result<SafetensorsHeader> readSafetensorsFile(const std::string& path) {
  SafetensorsHeader header;
  if (auto read = appendFile(path, header); !read) return tl::unexpected(read.error());
  return header;
}

Result<SafetensorsHeader> readSafetensorsIndex(const std::string& path) {
  const auto files = filesOfIndex(path);
  if (!files) return tl::unexpected(files.error());
  SafetensorsHeader header;
  for (const std::string& file : *files)
    if (auto read = appendFile((fs::path(path).parent_path() / file).string(), header); !read) return tl::unexpected(read.error());
  return header;
}

Result<SafetensorsHeader> readSafetensorsFolder(const std::string& folder) {
  const fs::path index = fs::path(folder) / "model.safetensors.index.json";
  std::error_code error;
  if (fs::exists(index, error)) return readSafetensorsIndex(index.string());
  std::set<std::string> files;
  for (fs::directory_iterator at(folder, error), end; !error && at != end && files.size() < kMaxFiles; at.increment(error))
    if (at->path().extension() == ".safetensors") files.insert(at->path().string());
  SafetensorsHeader header;
  for (const std::string& file : files)
    if (auto read = appendFile(file, header); !read) return tl::unexpected(read.error());
  return header;
}

}  // namespace headroom
