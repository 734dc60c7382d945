#include "core/formats/safetensors/safetensors.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "core/base/simdjson_text.h"
#include "core/base/text_file.h"
#include "core/formats/byte_source.h"
#include "core/formats/name_store.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
namespace od = simdjson::ondemand;
using simdjson::SUCCESS;

constexpr std::size_t kMaxFiles = 2000;

// A dtype of safetensors/src/tensor.rs (0.6): bits per element and our name for it.
struct Dtype {
  std::string_view name;
  NumberFormat format;
  int bits;
};
constexpr Dtype kDtypes[] = {
    {"BF16", NumberFormat::bf16, 16},   {"F16", NumberFormat::fp16, 16},   {"F32", NumberFormat::fp32, 32},
    {"F64", NumberFormat::fp64, 64},    {"F8_E4M3", NumberFormat::fp8, 8}, {"F8_E5M2", NumberFormat::fp8, 8},
    {"F8_E8M0", NumberFormat::int8, 8}, {"U8", NumberFormat::int8, 8},     {"I8", NumberFormat::int8, 8},
    {"BOOL", NumberFormat::boolean, 8}, {"I16", NumberFormat::int16, 16},  {"U16", NumberFormat::int16, 16},
    {"I32", NumberFormat::int32, 32},   {"U32", NumberFormat::int32, 32},  {"I64", NumberFormat::int64, 64},
    {"U64", NumberFormat::int64, 64},   {"F4", NumberFormat::int4, 4},     {"C64", NumberFormat::int64, 64}};

// One tensor's entry as it is read.
struct Entry {
  const Dtype* dtype = nullptr;
  std::int64_t elements = 1;         // product of the shape; below 0: more than can be counted
  std::uint64_t begin = 0, end = 0;  // in the data that follows the header
  bool hasShape = false, hasOffsets = false;
};

// What is wrong with an entry: "has no dtype"; nothing where it is right.
using Wrong = std::optional<std::string>;

Wrong readDtype(od::value value, Entry& entry) {
  std::string_view name;
  if (value.get(name) != SUCCESS) return "has no dtype";
  const auto* found = std::ranges::find(kDtypes, name, &Dtype::name);
  if (found == std::end(kDtypes)) return fmt::format("has the unknown dtype \"{}\"", name.substr(0, 20));
  entry.dtype = found;
  return {};
}

Wrong readShape(od::value value, Entry& entry) {
  od::array shape;
  if (value.get(shape) != SUCCESS) return "has a shape that is not a list";
  entry.elements = 1;
  for (auto dimension : shape) {
    std::int64_t size = 0;
    if (dimension.get(size) != SUCCESS || size < 0) return "has a dimension that is not a count";
    if (entry.elements >= 0 && __builtin_mul_overflow(entry.elements, size, &entry.elements)) entry.elements = -1;
  }
  entry.hasShape = true;
  return {};
}

Wrong readOffsets(od::value value, Entry& entry) {
  od::array offsets;
  if (value.get(offsets) != SUCCESS) return "has data_offsets that are not a list";
  std::uint64_t* const ends[] = {&entry.begin, &entry.end};
  std::size_t count = 0;
  for (auto offset : offsets) {
    if (count == 2 || offset.get(*ends[count]) != SUCCESS) return "has data_offsets that are not two counts";
    ++count;
  }
  entry.hasOffsets = count == 2;
  return {};
}

Wrong readEntry(od::value value, Entry& entry) {
  od::object object;
  if (value.get(object) != SUCCESS) return "is not described by an object";
  for (auto member : object) {
    od::field field;
    if (std::move(member).get(field) != SUCCESS) return "is not described by an object";
    Wrong wrong;
    if (const od::raw_json_string key = field.key(); key == "dtype")
      wrong = readDtype(field.value(), entry);
    else if (key == "shape")
      wrong = readShape(field.value(), entry);
    else if (key == "data_offsets")
      wrong = readOffsets(field.value(), entry);
    if (wrong) return wrong;
  }
  if (entry.dtype == nullptr || !entry.hasShape || !entry.hasOffsets) return "lacks dtype, shape or data_offsets";
  return {};
}

// Appends the entry's tensor to `out`, if its place is in the data and of the size that its shape and dtype ask for.
Wrong append(std::string_view name, const Entry& entry, std::uint64_t dataBytes, SafetensorsHeader& out) {
  if (entry.begin > entry.end || entry.end > dataBytes)
    return fmt::format("lies at bytes {}–{}, but the file holds {} bytes of data", entry.begin, entry.end, dataBytes);
  std::int64_t bits = 0;
  if (entry.elements < 0 || __builtin_mul_overflow(entry.elements, std::int64_t{entry.dtype->bits}, &bits))
    return "has a shape of more bytes than can be counted";
  const std::int64_t asked = bits / 8 + (bits % 8 != 0 ? 1 : 0);
  const auto stored = static_cast<std::int64_t>(entry.end - entry.begin);
  if (asked != stored) return fmt::format("takes {} bytes, but its shape and dtype ask for {}", stored, asked);
  out.tensors.push_back({name, entry.dtype->format, entry.elements, Bytes(stored)});
  out.bytes += Bytes(stored);
  return {};
}

// The text of a header, with the room behind it that simdjson reads into. The tensors' names point into it.
struct HeaderText {
  std::shared_ptr<char[]> bytes;
  std::size_t size = 0;

  explicit HeaderText(std::size_t length) : bytes(new char[length + simdjson::SIMDJSON_PADDING]), size(length) {
    std::memset(bytes.get() + length, 0, simdjson::SIMDJSON_PADDING);
  }
  simdjson::padded_string_view padded() const {
    return simdjson::padded_string_view(bytes.get(), size, size + simdjson::SIMDJSON_PADDING);
  }
};

// Appends the tensors of one header; false where its JSON is not right, with what is wrong with a tensor in `wrong`.
bool readTensors(const HeaderText& text, std::uint64_t dataBytes, SafetensorsHeader& out, std::string& wrong) {
  od::parser parser(kMaxSafetensorsHeaderBytes);
  od::document document;
  od::object root;
  if (parser.iterate(text.padded()).get(document) != SUCCESS || document.get(root) != SUCCESS) return false;
  // No entry is shorter than 64 bytes with a name worth the word, so this is less memory than the header's own size.
  out.tensors.reserve(out.tensors.size() + text.size / 64);
  const std::string_view whole(text.bytes.get(), text.size);
  NameStore unescaped(out.owners);
  out.owners.push_back(text.bytes);
  for (auto member : root) {
    od::field field;
    if (std::move(member).get(field) != SUCCESS) return false;
    std::string_view name = whole.substr(static_cast<std::size_t>(field.key().raw() - whole.data()));
    name = name.substr(0, name.find('"'));
    if (name.find('\\') != std::string_view::npos) {
      if (field.unescaped_key().get(name) != SUCCESS) return false;
      name = unescaped.keep(name);
    }
    if (name == "__metadata__") continue;
    Entry entry;
    Wrong said = readEntry(field.value(), entry);
    if (!said) said = append(name, entry, dataBytes, out);
    if (said) return wrong = fmt::format("Tensor \"{}\" {}.", name.substr(0, 120), *said), false;
  }
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing follows the object
}

Result<void> parse(const HeaderText& text, std::uint64_t dataBytes, const std::string& path, SafetensorsHeader& out) {
  std::string wrong;
  if (readTensors(text, dataBytes, out, wrong)) return {};
  // simdjson reads on demand, so what was met may be text that is no JSON at all: the whole of it decides.
  simdjson::dom::parser whole(kMaxSafetensorsHeaderBytes);
  simdjson::dom::object object;
  if (wrong.empty() || !isRead(whole.parse(text.bytes.get(), text.size, false).get(object)))
    wrong = "The header is not the JSON object that safetensors demands; the file is damaged.";
  return fail(ErrorCode::syntax, std::move(wrong), path);
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
  const HeaderText text(length);
  if (!in.read(kLengthBytes, {text.bytes.get(), text.size}))
    return fail(ErrorCode::io, "The file cannot be read.", path);
  return parse(text, room - length, path, out);
}

Result<void> appendFile(const std::string& path, SafetensorsHeader& out) {
  FileSource in(path);
  if (!in.ok()) return tl::unexpected(in.error());
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
  simdjson::dom::parser parser(kMaxSafetensorsIndexBytes);
  simdjson::dom::element document;
  simdjson::dom::object map;
  std::set<std::string> files;
  if (!isRead(parser.parse(text.data(), text.size()).get(document)) || document["weight_map"].get(map) != SUCCESS)
    return fail(ErrorCode::syntax, "This is not an index of safetensors files: it has no weight_map.", where);
  for (const auto& [name, value] : map) {
    std::string_view file;
    if (value.get(file) != SUCCESS)
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

Result<SafetensorsHeader> readSafetensorsFiles(const std::string& folder, const std::vector<std::string>& names) {
  SafetensorsHeader header;
  for (const std::string& name : names)
    if (auto read = appendFile((fs::path(folder) / name).string(), header); !read) return tl::unexpected(read.error());
  return header;
}

}  // namespace headroom
