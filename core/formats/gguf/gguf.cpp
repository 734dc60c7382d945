#include "core/formats/gguf/gguf.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <memory>

namespace headroom {
namespace {

// Longest key or tensor name that is believed; llama.cpp writes at most 63 characters for tensors.
constexpr std::uint64_t kMostName = 65'535;
// Longest text kept of a metadata value; chat templates are the longest real ones.
constexpr std::uint64_t kMostText = 16 << 20;
// Numbers kept of an array; per-layer settings have a few hundred.
constexpr std::uint64_t kMostNumbers = 4096;
constexpr std::uint64_t kMostAlignment = 1 << 20;

// ggml/include/ggml.h, enum ggml_type. 31–33 and 36–38 were interleaved copies of q4_0 and iq4_nl with the same sizes.
struct TensorType {
  std::uint32_t id;
  NumberFormat format;
};
using F = NumberFormat;
constexpr TensorType kTensorTypes[] = {
    {0, F::fp32},    {1, F::fp16},        {2, F::q4_0},        {31, F::q4_0},   {32, F::q4_0},   {33, F::q4_0},
    {3, F::q4_1},    {6, F::q5_0},        {7, F::q5_1},        {8, F::q8_0},    {9, F::q8_1},    {10, F::q2_k},
    {11, F::q3_k},   {12, F::q4_k},       {13, F::q5_k},       {14, F::q6_k},   {15, F::q8_k},   {16, F::iq2_xxs},
    {17, F::iq2_xs}, {18, F::iq3_xxs},    {19, F::iq1_s},      {20, F::iq4_nl}, {36, F::iq4_nl}, {37, F::iq4_nl},
    {38, F::iq4_nl}, {21, F::iq3_s},      {22, F::iq2_s},      {23, F::iq4_xs}, {24, F::int8},   {25, F::int16},
    {26, F::int32},  {27, F::int64},      {28, F::fp64},       {29, F::iq1_m},  {30, F::bf16},   {34, F::tq1_0},
    {35, F::tq2_0},  {39, F::ggml_mxfp4}, {40, F::ggml_nvfp4}, {41, F::q1_0},   {42, F::q2_0}};

// What the size of a tensor of one type follows from.
struct TypeSize {
  NumberFormat format = NumberFormat::fp32;
  int blockShift = -1;  // log2 of the elements in a block; below 0: no such type
  std::int64_t blockBytes = 0;
};
using TypeSizes = std::array<TypeSize, 43>;

// By id, so that a tensor's format is one look.
const TypeSizes& typeSizes() {
  static const TypeSizes kSizes = [] {
    TypeSizes sizes;
    for (const TensorType& type : kTensorTypes) {
      const FormatInfo& f = info(type.format);
      assert(std::has_single_bit(static_cast<std::uint64_t>(f.blockElements)));
      sizes[type.id] = {type.format, std::countr_zero(static_cast<std::uint64_t>(f.blockElements)),
                        static_cast<std::int64_t>(f.blockBytes)};
    }
    return sizes;
  }();
  return kSizes;
}

enum class Type : std::uint32_t { u8, i8, u16, i16, u32, i32, f32, boolean, string, array, u64, i64, f64 };
constexpr std::uint32_t kTypes = 13;

std::uint64_t widthOf(Type type) {
  constexpr std::array<std::uint64_t, kTypes> kWidths{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
  return kWidths[static_cast<std::size_t>(type)];
}

// Reads forward through a source by way of a window, counting and checking what is left. The first failure sticks.
class Cursor {
 public:
  Cursor(ByteSource& source, std::string_view where)
      : source_(source), where_(where), size_(source.size()), window_(std::min(kWindow, size_)) {}

  std::uint64_t at() const { return start_ + next_; }
  std::uint64_t left() const { return size_ - at(); }
  bool failed() const { return error_.has_value(); }
  Error error() const { return *error_; }
  void setBigEndian(bool big) { swap_ = big != (std::endian::native == std::endian::big); }

  void fail(std::string message, ErrorCode code = ErrorCode::syntax) {
    if (!error_) error_ = Error{code, std::move(message), fmt::format("{} at byte {}", where_, at())};
    filled_ = next_;
  }

  bool bytes(char* to, std::uint64_t count) {
    if (failed()) return false;
    if (count > left()) return fail("The file ends inside its header."), false;
    while (count > 0) {
      const char* const from = take(1);
      if (from == nullptr) return false;
      const std::uint64_t n = std::min(count, filled_ - next_ + 1);
      std::memcpy(to, from, n);
      to += n, next_ += n - 1, count -= n;
    }
    return true;
  }

  void skip(std::uint64_t count) {
    if (failed()) return;
    if (count > left()) return fail("The file ends inside its header.");
    if (count <= filled_ - next_) {
      next_ += count;
    } else {
      start_ = at() + count;
      next_ = filled_ = 0;
    }
  }

  template <typename T>
  T number() {
    const char* const from = take(sizeof(T));
    if (from == nullptr) return T{};
    std::array<char, sizeof(T)> raw;
    std::memcpy(raw.data(), from, sizeof(T));
    if (swap_) std::ranges::reverse(raw);
    return std::bit_cast<T>(raw);
  }

  std::string string(std::uint64_t most, std::string_view what) {
    std::string text(lengthOf(most, what), '\0');
    bytes(text.data(), text.size());
    return text;
  }
  std::string_view name(NameStore& store) {
    static_assert(kMostName <= kWindow);
    const std::uint64_t length = lengthOf(kMostName, "tensor name");
    const char* const from = take(length);
    return from == nullptr ? std::string_view() : store.keep({from, length});
  }

 private:
  // The length that precedes a text, checked; 0 after a failure.
  std::uint64_t lengthOf(std::uint64_t most, std::string_view what) {
    const auto length = number<std::uint64_t>();
    if (!failed() && length > left()) fail(fmt::format("A {} of {} bytes does not fit into the file.", what, length));
    if (!failed() && length > most)
      fail(fmt::format("A {} of {} bytes is too long; the most is {}.", what, length, most));
    return failed() ? 0 : length;
  }

  // The next bytes, in one piece, or null after a failure.
  const char* take(std::uint64_t count) {
    if (filled_ - next_ < count && !refill(count)) return nullptr;
    const char* const from = window_.data() + next_;
    next_ += count;
    return from;
  }

  // Moves the unread bytes to the window's front and fills it behind them.
  bool refill(std::uint64_t wanted) {
    if (failed()) return false;
    if (wanted > left()) return fail("The file ends inside its header."), false;
    const std::uint64_t unread = filled_ - next_;
    std::memmove(window_.data(), window_.data() + next_, unread);
    start_ = at(), next_ = 0, filled_ = unread;
    const std::uint64_t more = std::min<std::uint64_t>(window_.size() - unread, size_ - start_ - unread);
    if (!source_.read(start_ + unread, std::span(window_.data() + unread, more)))
      return fail("The file cannot be read.", ErrorCode::io), false;
    filled_ = unread + more;
    return true;
  }

  static constexpr std::uint64_t kWindow = 256 << 10;  // half of a usual second-level cache
  ByteSource& source_;
  std::string_view where_;
  std::uint64_t size_;
  std::uint64_t start_ = 0;              // where in the source the window begins
  std::uint64_t next_ = 0, filled_ = 0;  // in the window
  std::vector<char> window_;
  bool swap_ = std::endian::native == std::endian::big;
  std::optional<Error> error_;
};

double asDouble(Cursor& in, Type type) {
  switch (type) {
    case Type::u8:
      return in.number<std::uint8_t>();
    case Type::i8:
      return in.number<std::int8_t>();
    case Type::u16:
      return in.number<std::uint16_t>();
    case Type::i16:
      return in.number<std::int16_t>();
    case Type::u32:
      return in.number<std::uint32_t>();
    case Type::i32:
      return in.number<std::int32_t>();
    case Type::f32:
      return static_cast<double>(in.number<float>());
    case Type::boolean:
      return in.number<std::uint8_t>() != 0 ? 1 : 0;
    case Type::u64:
      return static_cast<double>(in.number<std::uint64_t>());
    case Type::i64:
      return static_cast<double>(in.number<std::int64_t>());
    case Type::f64:
      return in.number<double>();
    default:
      return 0;
  }
}

Type readType(Cursor& in) {
  const auto id = in.number<std::uint32_t>();
  if (!in.failed() && id >= kTypes) in.fail(fmt::format("Metadata of the unknown type {}.", id));
  return in.failed() ? Type::u8 : static_cast<Type>(id);
}

GgufArray readArray(Cursor& in) {
  GgufArray out;
  const Type type = readType(in);
  out.count = in.number<std::uint64_t>();
  if (in.failed()) return out;
  if (type == Type::array) return in.fail("An array of arrays is not part of the format."), out;
  if (type == Type::string) {
    if (out.count > in.left() / 8)
      return in.fail(fmt::format("An array of {} strings does not fit into the file.", out.count)), out;
    for (std::uint64_t i = 0; i < out.count && !in.failed(); ++i) in.skip(in.number<std::uint64_t>());
    return out;
  }
  if (out.count > in.left() / widthOf(type))
    return in.fail(fmt::format("An array of {} numbers does not fit into the file.", out.count)), out;
  if (out.count > kMostNumbers) return in.skip(out.count * widthOf(type)), out;
  for (std::uint64_t i = 0; i < out.count && !in.failed(); ++i) out.numbers.push_back(asDouble(in, type));
  return out;
}

GgufValue readValue(Cursor& in) {
  const Type type = readType(in);
  switch (type) {
    case Type::string:
      return in.string(kMostText, "text");
    case Type::array:
      return readArray(in);
    case Type::boolean:
      return in.number<std::uint8_t>() != 0;
    case Type::f32:
    case Type::f64:
      return asDouble(in, type);
    case Type::u64:
      return static_cast<std::int64_t>(std::min<std::uint64_t>(in.number<std::uint64_t>(), INT64_MAX));
    case Type::i64:
      return in.number<std::int64_t>();
    default:
      return static_cast<std::int64_t>(asDouble(in, type));
  }
}

void readMetadata(Cursor& in, std::uint64_t count, GgufHeader& header) {
  for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
    std::string key = in.string(kMostName, "key");
    GgufValue value = readValue(in);
    if (in.failed()) return;
    if (!header.metadata.try_emplace(key, std::move(value)).second)
      in.fail(fmt::format("The key '{}' stands in the file twice.", key));
  }
}

// Shape and format give the size; all of it is checked before anything is multiplied.
bool sizeTensor(Cursor& in, GgufFileTensor& t, const TypeSizes& sizes, std::uint32_t type) {
  if (type >= sizes.size() || sizes[type].blockShift < 0)
    return in.fail(fmt::format("The tensor '{}' has the type {}, which is unknown or was removed from the format.",
                               t.name, type),
                   ErrorCode::unsupported),
           false;
  const TypeSize& size = sizes[type];
  t.format = size.format;
  std::int64_t elements = 1;
  for (const std::int64_t n : t.ne)
    if (n < 0 || __builtin_mul_overflow(elements, n, &elements) || elements > INT64_MAX / 64)
      return in.fail(fmt::format("The tensor '{}' has an impossible shape.", t.name)), false;
  if ((t.ne[0] & ((std::int64_t{1} << size.blockShift) - 1)) != 0)
    return in.fail(fmt::format("Rows of {} elements of the tensor '{}' are no whole blocks of {}.", t.ne[0], t.name,
                               info(t.format).label)),
           false;
  t.bytes = Bytes((elements >> size.blockShift) * size.blockBytes);
  return true;
}

// Where in the data the tensor ends; the largest count where that is beyond counting.
std::uint64_t endOf(const GgufFileTensor& t) {
  std::uint64_t end = 0;
  return __builtin_add_overflow(t.offset, static_cast<std::uint64_t>(t.bytes.value()), &end) ? UINT64_MAX : end;
}

// Returns the end of the tensor that ends last.
std::uint64_t readTensors(Cursor& in, std::uint64_t count, GgufHeader& header) {
  std::uint64_t end = 0;
  NameStore names(header.owners);
  const TypeSizes& sizes = typeSizes();
  header.tensors.reserve(count);
  for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
    GgufFileTensor& t = header.tensors.emplace_back();
    t.name = in.name(names);
    const auto dimensions = in.number<std::uint32_t>();
    if (dimensions > 4)
      in.fail(fmt::format("The tensor '{}' has {} dimensions; the most is 4.", t.name, dimensions));
    else
      for (std::uint32_t d = 0; d < dimensions; ++d) t.ne[d] = in.number<std::int64_t>();
    const auto type = in.number<std::uint32_t>();
    t.offset = in.number<std::uint64_t>();
    if (in.failed() || !sizeTensor(in, t, sizes, type)) break;
    if ((t.offset & (header.alignment - 1)) != 0)  // a power of two, which was checked
      in.fail(
          fmt::format("The tensor '{}' begins at {}, which is no multiple of {}.", t.name, t.offset, header.alignment));
    end = std::max(end, endOf(t));
  }
  return end;
}

void readPreamble(Cursor& in, GgufHeader& header) {
  std::array<char, 4> magic{};
  if (in.left() < 24) return in.fail("The file is too short for a GGUF header.");
  in.bytes(magic.data(), magic.size());
  if (std::string_view(magic.data(), 4) != "GGUF")
    return in.fail("This is not a GGUF file: it does not begin with 'GGUF'.");
  header.version = in.number<std::uint32_t>();
  if ((header.version & 0xFFFF) == 0) {
    header.bigEndian = true;
    in.setBigEndian(true);
    header.version = __builtin_bswap32(header.version);
  }
  if (header.version == 1)
    return in.fail("GGUF version 1 is no longer read by llama.cpp; convert the file again.", ErrorCode::unsupported);
  if (header.version < 2 || header.version > 3)
    in.fail(fmt::format("GGUF version {} is not known; 2 and 3 are.", header.version), ErrorCode::unsupported);
}

}  // namespace

Result<GgufHeader> readGguf(ByteSource& source, std::string_view where, bool wholeFile) {
  Cursor in(source, where);
  GgufHeader header;
  readPreamble(in, header);
  const auto tensors = in.number<std::uint64_t>(), entries = in.number<std::uint64_t>();
  // The least a tensor and an entry take: an empty name, no dimensions, type and offset; an empty key, type and a byte.
  if (!in.failed() && tensors > in.left() / 24) in.fail(fmt::format("{} tensors do not fit into the file.", tensors));
  if (!in.failed() && entries > in.left() / 13)
    in.fail(fmt::format("{} metadata entries do not fit into the file.", entries));
  readMetadata(in, entries, header);
  const auto alignment = header.integer("general.alignment").value_or(32);
  if (!in.failed() && (alignment <= 0 || !std::has_single_bit(static_cast<std::uint64_t>(alignment)) ||
                       static_cast<std::uint64_t>(alignment) > kMostAlignment))
    in.fail(fmt::format("An alignment of {} is impossible.", alignment));
  std::uint64_t end = 0;
  if (!in.failed()) {
    header.alignment = static_cast<std::uint64_t>(alignment);
    end = readTensors(in, tensors, header);
  }
  if (in.failed()) return tl::unexpected(in.error());
  header.dataStart = (in.at() + header.alignment - 1) / header.alignment * header.alignment;
  const std::uint64_t room = source.size() < header.dataStart ? 0 : source.size() - header.dataStart;
  if (wholeFile && end > room) {
    const auto cut = std::ranges::find_if(header.tensors, [room](const GgufFileTensor& t) { return endOf(t) > room; });
    return fail(
        ErrorCode::syntax,
        fmt::format("The tensor '{}' ends beyond the end of the file; it was not downloaded completely.", cut->name),
        std::string(where));
  }
  return header;
}

Result<GgufHeader> readGguf(std::string_view bytes, std::string_view where, bool wholeFile) {
  MemorySource source(bytes);
  return readGguf(source, where, wholeFile);
}

}  // namespace headroom
