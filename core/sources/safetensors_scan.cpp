#include <algorithm>
#include <cstring>
#include <memory>

#include "core/sources/name_store.h"
#include "core/sources/safetensors_entry.h"

namespace headroom::safetensors {
namespace {

constexpr std::size_t kWindow = 256 << 10;  // half of a usual second-level cache
constexpr std::size_t kSlack = 32;          // zero bytes behind the text: more than any literal is long

// True for text without control characters, escapes and anything beyond ASCII. Eight bytes at a time, as names are most
// of a header: the top bit of a byte of the result is set where one is found (or above one that was).
bool isPlain(std::string_view text) {
  constexpr std::uint64_t kEach = 0x0101010101010101, kTop = 0x80 * kEach;
  std::uint64_t found = 0;
  const auto look = [&found](const char* at) {
    std::uint64_t bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    const std::uint64_t escape = bytes ^ ('\\' * kEach);
    found |= bytes | (bytes - 0x20 * kEach) | ((escape - kEach) & ~escape);
  };
  if (text.size() < 8)
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c - 0x20) >= 0x60 || c == '\\'; });
  const char* const last = text.data() + text.size() - 8;
  for (const char* at = text.data(); at < last; at += 8) look(at);
  look(last);
  return (found & kTop) == 0;
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
    if (std::memcmp(at_, text, N - 1) != 0) return false;
    at_ += N - 1;
    return true;
  }

  bool count(std::uint64_t& value) {
    constexpr int kMostDigits = 18;  // what 64 bits hold for certain
    const char* at = at_;
    std::uint64_t sum = 0;
    for (; static_cast<unsigned char>(*at - '0') < 10; ++at) sum = sum * 10 + static_cast<std::uint64_t>(*at - '0');
    const auto digits = at - at_;
    if (digits == 0 || digits > kMostDigits || (*at_ == '0' && digits > 1)) return false;
    value = sum;
    at_ = at;
    return true;
  }

  // A string of printable ASCII without escapes.
  bool plainString(std::string_view& text, const char* end) {
    if (*at_ != '"') return false;
    const char* const first = at_ + 1;
    const auto* last = static_cast<const char*>(std::memchr(first, '"', static_cast<std::size_t>(end - first)));
    if (last == nullptr) return false;
    text = {first, static_cast<std::size_t>(last - first)};
    at_ = last + 1;
    return isPlain(text);
  }

 private:
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

bool readField(Scan& in, Entry& entry, const char* end) {
  if (in.next() != '"') return false;
  switch (in.at()[1]) {
    case 's':
      return readShape(in, entry);
    case 'd':
      if (in.at()[2] == 't') {
        std::string_view dtype;
        if (entry.dtype != nullptr || !in.literal("\"dtype\":") || !in.plainString(dtype, end)) return false;
        entry.dtype = dtypeOf(dtype);
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
bool skipMetadata(Scan& in, const char* end) {
  std::string_view text;
  if (in.literal("{}")) return true;
  if (!in.literal("{")) return false;
  do {
    if (!in.plainString(text, end) || !in.literal(":") || !in.plainString(text, end)) return false;
  } while (in.literal(","));
  return in.literal("}");
}

// One member of the header's object and the comma or brace behind it.
bool readMember(Scan& in, Entry& entry, const char* end) {
  if (!in.plainString(entry.name, end) || !in.literal(":")) return false;
  if (entry.name == "__metadata__") {
    if (!skipMetadata(in, end)) return false;
  } else if (!in.literal("{") || !readField(in, entry, end) || !in.literal(",") || !readField(in, entry, end) ||
             !in.literal(",") || !readField(in, entry, end) || !in.literal("}")) {
    return false;
  }
  return in.next() == ',' || in.next() == '}';
}

// The window: text not yet read, ended by zero bytes.
class Window {
 public:
  explicit Window(HeaderBytes& bytes) : bytes_(bytes), text_(new char[kWindow + kSlack]) { fill(text_.get()); }
  const char* at() const { return at_; }
  const char* end() const { return end_; }
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
    const std::size_t got = bytes_.read(from, static_cast<std::size_t>(text_.get() + kWindow - from));
    at_ = text_.get(), end_ = from + got;
    std::memset(from + got, 0, kSlack);
    return got > 0;
  }
  HeaderBytes& bytes_;
  std::unique_ptr<char[]> text_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

// Reads all members; false where the text is not laid out as expected or an entry is not right.
bool readMembers(Window& window, std::uint64_t dataBytes, SafetensorsHeader& out) {
  NameStore names(out.owners);
  if (*window.at() != '{') return false;
  window.advance(window.at() + 1);
  if (*window.at() == '}') return window.advance(window.at() + 1), true;
  while (true) {
    Entry entry;
    Scan in(window.at());
    if (!readMember(in, entry, window.end())) {
      if (!window.more()) return false;
      continue;
    }
    const char after = in.next();
    if (entry.name != "__metadata__") {
      entry.name = names.keep(entry.name);
      if (append(entry, dataBytes, out)) return false;
    }
    window.advance(in.at() + 1);
    if (after == '}') return true;
  }
}

// Behind the object only the blanks follow that align the data.
bool onlyBlanks(Window& window) {
  do {
    for (const char* c = window.at(); c != window.end(); ++c)
      if (*c != ' ') return false;
    window.advance(window.end());
  } while (window.more());
  return true;
}

}  // namespace

bool scanCompactHeader(HeaderBytes& bytes, std::uint64_t dataBytes, SafetensorsHeader& out) {
  const std::size_t tensors = out.tensors.size(), owners = out.owners.size();
  const Bytes before = out.bytes;
  // No entry is shorter than 64 bytes with a name worth the word, so this is less memory than the header's own size.
  const std::size_t expected = tensors + bytes.size() / 64;
  if (expected > out.tensors.capacity()) out.tensors.reserve(std::max(expected, 2 * tensors));
  Window window(bytes);
  if (readMembers(window, dataBytes, out) && onlyBlanks(window)) return true;
  out.tensors.resize(tensors);
  out.owners.resize(owners);
  out.bytes = before;
  return false;
}

}  // namespace headroom::safetensors
