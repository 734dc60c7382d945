#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <system_error>
#include <thread>
#include <vector>

#include "core/formats/name_store.h"
#include "core/formats/safetensors/safetensors_entry.h"

namespace headroom::safetensors {
namespace {

constexpr std::size_t kWindow = 256 << 10;  // half of a usual second-level cache
constexpr std::size_t kSlack = 32;          // zero bytes behind the text: more than any literal is long

// Eight bytes, the first of them lowest.
std::uint64_t word(const char* at) {
  std::uint64_t bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  return bytes;
}

// How many bytes lie below the lowest that is set.
int bytesBelow(std::uint64_t set) {
  return std::countr_zero(set) / 8;
}

// The first byte from `at` on that is a quote, an escape, a control character or beyond ASCII. Sixteen bytes at a time,
// as names are most of a header; it stops at the zero bytes behind the text.
const char* endOfPlain(const char* at) {
  using Block = signed char __attribute__((vector_size(16)));
  for (;; at += sizeof(Block)) {
    Block text;
    std::memcpy(&text, at, sizeof text);
    const auto stops = (text < 0x20) | (text == '"') | (text == '\\');  // signed: beyond ASCII is below 0
    char found[sizeof(Block)];
    std::memcpy(found, &stops, sizeof found);
    if (const std::uint64_t low = word(found)) return at + bytesBelow(low);
    if (const std::uint64_t high = word(found + 8)) return at + 8 + bytesBelow(high);
  }
}

// Reads literals, numbers and plain strings from text that ends in zero bytes, which none of them contains: running
// out of text and finding something else are the same answer, false.
class Scan {
 public:
  explicit Scan(const char* at) : at_(at) {}
  const char* at() const { return at_; }
  char next() const { return *at_; }

  template <std::size_t N>
  bool literal(const char (&text)[N]) {
    static_assert(N <= kSlack);
    constexpr std::size_t size = N - 1;
    std::uint64_t differs = 0;  // by words: a call for a few bytes costs more than they do
    if constexpr (size >= 8) {
      for (std::size_t i = 0; i + 8 < size; i += 8) differs |= word(at_ + i) ^ word(text + i);
      differs |= word(at_ + size - 8) ^ word(text + size - 8);
    } else {
      for (std::size_t i = 0; i < size; ++i) differs |= static_cast<unsigned char>(at_[i] ^ text[i]);
    }
    if (differs != 0) return false;
    at_ += size;
    return true;
  }

  // A count of at most 16 digits, eight of them at a time: no file is larger.
  bool count(std::uint64_t& value) {
    if (isDigit(at_[0]) && !isDigit(at_[1])) return value = static_cast<std::uint64_t>(*at_++ - '0'), true;
    const int digits = eightDigits(value);
    if (digits == 0 || *at_ == '0') return false;
    at_ += digits;
    return digits < 8 || lowDigits(value);
  }

  // A string of printable ASCII without escapes.
  bool plainString(std::string_view& text) {
    if (*at_ != '"') return false;
    const char* const first = at_ + 1;
    const char* const last = endOfPlain(first);
    if (*last != '"') return false;
    text = {first, static_cast<std::size_t>(last - first)};
    at_ = last + 1;
    return true;
  }

 private:
  static bool isDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

  bool lowDigits(std::uint64_t& value) {
    std::uint64_t low = 0;
    const int digits = eightDigits(low);
    for (int i = 0; i < digits; ++i) value *= 10;
    if (digits > 0) value += low;
    at_ += digits;
    return !isDigit(*at_);
  }

  // Reads up to eight digits and returns how many; sums neighbours, then pairs, then fours, all in one word.
  int eightDigits(std::uint64_t& value) const {
    constexpr std::uint64_t kEach = 0x0101010101010101;
    std::uint64_t digits = word(at_) ^ ('0' * kEach);
    const std::uint64_t others = ((digits + (0x80 - 10) * kEach) | digits) & (0x80 * kEach);
    const int count = others == 0 ? 8 : bytesBelow(others);
    if (count == 0) return 0;
    digits <<= 64 - 8 * count;  // the missing ones are leading zeros
    digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
    digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFF;
    value = (digits * 10'000 + (digits >> 32)) & 0xFFFFFFFF;
    return count;
  }

  const char* at_;
};

bool readShape(Scan& in, Entry& entry) {
  if (entry.hasShape || !in.literal("\"shape\":[")) return false;
  entry.hasShape = true;
  std::uint64_t size = 0;
  for (int dimension = 0; in.next() != ']'; ++dimension) {
    if ((dimension > 0 && !in.literal(",")) || !in.count(size)) return false;
    addDimension(entry, static_cast<std::int64_t>(size));
  }
  return in.literal("]");
}

// `usual`: the dtype of the tensor before, which most tensors share.
bool readField(Scan& in, Entry& entry, const Dtype* usual) {
  if (in.next() != '"') return false;
  switch (in.at()[1]) {
    case 's':
      return readShape(in, entry);
    case 'd':
      if (in.at()[2] == 't') {
        std::string_view dtype;
        if (entry.dtype != nullptr || !in.literal("\"dtype\":") || !in.plainString(dtype)) return false;
        entry.dtype = usual != nullptr && usual->name == dtype ? usual : dtypeOf(dtype);
        return entry.dtype != nullptr;
      }
      if (entry.hasOffsets) return false;
      entry.hasOffsets = true;
      return in.literal("\"data_offsets\":[") && in.count(entry.begin) && in.literal(",") && in.count(entry.end) &&
             in.literal("]");
    default:
      return false;
  }
}

// "__metadata__": an object of texts. Nothing of it is needed.
bool skipMetadata(Scan& in) {
  std::string_view text;
  if (in.literal("{}")) return true;
  if (!in.literal("{")) return false;
  do {
    if (!in.plainString(text) || !in.literal(":") || !in.plainString(text)) return false;
  } while (in.literal(","));
  return in.literal("}");
}

bool readFields(Scan& in, Entry& entry, const Dtype* usual) {
  constexpr int kFields = 3;
  for (int field = 0; field < kFields; ++field)
    if (!in.literal(field == 0 ? "{" : ",") || !readField(in, entry, usual)) return false;
  return in.literal("}");
}

// One member of the header's object; where it ends, at the comma or brace behind it, or null. Flat, so that the place
// stays in a register: each step waits for the one before to know it.
[[gnu::flatten]] const char* readMember(const char* at, Entry& entry, const Dtype* usual) {
  Scan in(at);
  if (!in.plainString(entry.name) || !in.literal(":")) return nullptr;
  if (!(entry.name == "__metadata__" ? skipMetadata(in) : readFields(in, entry, usual))) return nullptr;
  return in.next() == ',' || in.next() == '}' ? in.at() : nullptr;
}

// Text not yet read of a stretch of the source, ended by zero bytes.
class Window {
 public:
  Window(ByteSource& source, std::uint64_t first, std::uint64_t last)
      : source_(source), next_(first), last_(last), text_(new char[kWindow + kSlack]) {
    fill(text_.get());
  }
  const char* at() const { return at_; }
  const char* end() const { return end_; }
  bool empty() const { return at_ == end_ && next_ == last_; }
  void advance(const char* to) { at_ = to; }
  // Moves the unread text to the front and reads behind it; false when there is nothing more or no room.
  bool more() {
    const auto unread = static_cast<std::size_t>(end_ - at_);
    if (unread == kWindow) return false;
    std::memmove(text_.get(), at_, unread);
    return fill(text_.get() + unread);
  }

 private:
  bool fill(char* from) {
    const auto room = static_cast<std::size_t>(text_.get() + kWindow - from);
    std::size_t got = static_cast<std::size_t>(std::min<std::uint64_t>(room, last_ - next_));
    if (!source_.read(next_, {from, got})) got = 0;
    next_ += got;
    at_ = text_.get(), end_ = from + got;
    std::memset(from + got, 0, kSlack);
    return got > 0;
  }
  ByteSource& source_;
  std::uint64_t next_, last_;  // what of the source is not yet in the window
  std::unique_ptr<char[]> text_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

// Behind the object only the blanks follow that align the data.
bool onlyBlanks(Window& window) {
  do {
    for (const char* c = window.at(); c != window.end(); ++c)
      if (*c != ' ') return false;
    window.advance(window.end());
  } while (window.more());
  return true;
}

// A stretch of the header that begins at a member and ends behind a comma, or with the header.
struct Part {
  std::uint64_t first = 0, last = 0;
  bool isLast = false;
  bool read = false;
  SafetensorsHeader header;
};

// Reads the members of a part; false where the text is not laid out as expected or an entry is not right.
bool readMembers(Window& window, std::uint64_t dataBytes, Part& part) {
  NameStore names(part.header.owners);
  const Dtype* usual = nullptr;
  while (!window.empty()) {
    Entry entry;
    const char* const after = readMember(window.at(), entry, usual);
    if (after == nullptr) {
      if (!window.more()) return false;
      continue;
    }
    if (entry.name != "__metadata__") {
      entry.name = names.keep(entry.name);
      if (!append(entry, dataBytes, part.header)) return false;
      usual = entry.dtype;
    }
    window.advance(after + 1);
    if (*after == '}') return part.isLast && onlyBlanks(window);
  }
  return !part.isLast;  // behind the last member is a brace
}

void readPart(ByteSource& bytes, std::uint64_t dataBytes, Part& part) {
  Window window(bytes, part.first, part.last);
  part.read = readMembers(window, dataBytes, part);
}

// Where the first member begins that follows `from`: behind "},", before its quote. A name that holds these characters
// is cut in two, which neither part then reads: the caller is told that the header is not laid out as expected.
std::optional<std::uint64_t> memberAfter(ByteSource& bytes, std::uint64_t from, std::uint64_t last) {
  std::array<char, 4096> text;  // longer than any real entry
  const std::span<char> near(text.data(), static_cast<std::size_t>(std::min<std::uint64_t>(text.size(), last - from)));
  if (!bytes.read(from, near)) return std::nullopt;
  const auto found = std::string_view(near.data(), near.size()).find("},\"");
  if (found == std::string_view::npos) return std::nullopt;
  return from + found + 2;
}

std::vector<Part> partsOf(ByteSource& bytes, std::uint64_t first, std::uint64_t last) {
  constexpr std::uint64_t kPart = 1 << 20;  // less is read before a thread has started
  constexpr std::uint64_t kMostParts = 8;
  const std::uint64_t count = std::clamp<std::uint64_t>(
      std::min<std::uint64_t>((last - first) / kPart, std::thread::hardware_concurrency()), 1, kMostParts);
  std::vector<Part> parts(1);
  parts[0].first = first;
  for (std::uint64_t i = 1; i < count; ++i) {
    const auto member = memberAfter(bytes, first + (last - first) / count * i, last);
    if (!member || *member <= parts.back().first) continue;
    parts.back().last = *member;
    parts.emplace_back().first = *member;
  }
  parts.back().last = last;
  parts.back().isLast = true;
  // No entry is shorter than 64 bytes with a name worth the word, so this is less memory than the header's own size.
  // The first part has room for all: the others are appended to it.
  for (Part& part : parts) part.header.tensors.reserve(((&part == parts.data() ? last : part.last) - part.first) / 64);
  return parts;
}

void readParts(ByteSource& bytes, std::uint64_t dataBytes, std::vector<Part>& parts) {
  std::vector<std::jthread> others;  // joined at the end
  others.reserve(parts.size());
  for (Part& part : std::span(parts).subspan(1)) {
    try {
      others.emplace_back([&bytes, dataBytes, &part] { readPart(bytes, dataBytes, part); });
    } catch (const std::system_error&) {  // no more threads to be had
      readPart(bytes, dataBytes, part);
    }
  }
  readPart(bytes, dataBytes, parts.front());
}

}  // namespace

bool scanCompactHeader(ByteSource& bytes, std::uint64_t first, std::uint64_t last, std::uint64_t dataBytes,
                       SafetensorsHeader& out) {
  std::array<char, 2> opening{};
  if (last - first < opening.size() || !bytes.read(first, opening) || opening[0] != '{') return false;
  if (opening[1] == '}') {
    Window rest(bytes, first + opening.size(), last);
    return onlyBlanks(rest);
  }
  std::vector<Part> parts = partsOf(bytes, first + 1, last);
  readParts(bytes, dataBytes, parts);
  if (!std::ranges::all_of(parts, &Part::read)) return false;
  for (Part& part : parts) {
    if (out.tensors.empty()) {
      out = std::move(part.header);
      continue;
    }
    out.tensors.insert(out.tensors.end(), part.header.tensors.begin(), part.header.tensors.end());
    std::ranges::move(part.header.owners, std::back_inserter(out.owners));
    out.bytes += part.header.bytes;
  }
  return true;
}

}  // namespace headroom::safetensors
