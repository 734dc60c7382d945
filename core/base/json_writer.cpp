#include "core/base/json_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/base/json_text.h"

namespace headroom {
namespace {

// Marks the highest bit of each byte of the eight that standsPlainInJson() refuses (the zero-byte test of "Bit
// Twiddling Hacks", https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord, for every such byte). What it
// marks first is one; behind it a borrow may mark another.
constexpr std::uint64_t markedOf(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = ~std::uint64_t{0} / 255, kHigh = kOnes << 7U;
  const auto zero = [](std::uint64_t x) { return (x - kOnes) & ~x; };
  return (((eight - kOnes * 0x20) & ~eight) | eight | zero(eight ^ kOnes * '"') | zero(eight ^ kOnes * '\\') |
          zero(eight ^ kOnes * 0x7F)) &
         kHigh;
}

// Moves as many bytes as a T has, and gives them.
template <typename T>
T moved(char* to, const char* from) {
  T bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  std::memcpy(to, &bytes, sizeof bytes);
  return bytes;
}

// Sixteen characters at a time, as every compiler of ours maps them to the processor's own.
using Sixteen = signed char __attribute__((vector_size(16)));
using TwoWords = std::uint64_t __attribute__((vector_size(16)));
constexpr Sixteen all(signed char c) {
  return Sixteen{c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
}

// Signed, those beyond ASCII lie below 0.
Sixteen markedOf(Sixteen text) {
  return (text < all(0x20)) | (text == all('"')) | (text == all('\\')) | (text == all(0x7F));
}

// Copies the text; false where a character of it does not stand plain, as nearly no text has one. What is no whole
// number of words is copied in words that overlap.
bool copyPlain(char* to, std::string_view text) {
  const char* const from = text.data();
  const std::size_t size = text.size();
  if (size >= 16) {
    Sixteen marked = markedOf(moved<Sixteen>(to + size - 16, from + size - 16));
    for (std::size_t at = 0; at + 16 < size; at += 16) marked |= markedOf(moved<Sixteen>(to + at, from + at));
    TwoWords words;
    std::memcpy(&words, &marked, sizeof words);
    return (words[0] | words[1]) == 0;
  }
  if (size >= 8)
    return (markedOf(moved<std::uint64_t>(to, from)) |
            markedOf(moved<std::uint64_t>(to + size - 8, from + size - 8))) == 0;
  if (size >= 4)
    return markedOf(std::uint64_t{moved<std::uint32_t>(to, from)} << 32U |
                    moved<std::uint32_t>(to + size - 4, from + size - 4)) == 0;
  bool plain = true;
  for (std::size_t i = 0; i < size; ++i) to[i] = from[i], plain &= standsPlainInJson(from[i]);
  return plain;
}

// Copies up to the first character that does not stand plain and says how many that are.
std::size_t copyRun(char* to, std::string_view text) {
  std::size_t at = 0;
  if constexpr (std::endian::native == std::endian::little)
    for (; at + 8 <= text.size(); at += 8) {
      const std::uint64_t marked = markedOf(moved<std::uint64_t>(to + at, text.data() + at));
      if (marked != 0) return at + static_cast<std::size_t>(std::countr_zero(marked)) / 8;
    }
  for (; at < text.size() && standsPlainInJson(text[at]); ++at) to[at] = text[at];
  return at;
}

// Letters beyond ASCII that texts of ours hold, in UTF-8: Latin and the signs of Greek (U+00A0 to U+05FF), and
// punctuation and symbols that steer nothing (U+2010 to U+2027, U+2030 to U+205F and U+2070 to U+2FFF).
std::size_t harmless(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xD7 && follows(1)) return lead > 0xC2 || byte(1) >= 0xA0 ? 2 : 0;
  if (lead != 0xE2 || !follows(1) || !follows(2)) return 0;
  const unsigned code = 0x2000U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  const bool shown =
      (code >= 0x2010 && code <= 0x2027) || (code >= 0x2030 && code <= 0x205F) || (code >= 0x2070 && code <= 0x2FFF);
  return shown ? 3 : 0;
}

}  // namespace

void JsonWriter::newLine() {
  put('\n');
  for (int blanks = indent_ * depth_; blanks > 0; --blanks) put(' ');
}

void JsonWriter::keyOf(JsonKey name) {
  next();
  named_ = true;
  const std::string_view text = name.name_;
  char* to = name.checked_ ? room(text.size() + 4) : nullptr;
  if (to == nullptr) {
    this->text(text);
    return put(indent_ < 0 ? std::string_view(":") : std::string_view(": "));
  }
  const char* const begin = to;
  *to++ = '"';
  std::memcpy(to, text.data(), text.size()), to += text.size();
  *to++ = '"', *to++ = ':';
  if (indent_ >= 0) *to++ = ' ';
  used_ += static_cast<std::size_t>(to - begin);
}

void JsonWriter::null() {
  next();
  put("null");
}

void JsonWriter::value(bool v) {
  next();
  put(v ? std::string_view("true") : std::string_view("false"));
}

void JsonWriter::value(std::int64_t v) {
  constexpr std::size_t kMostDigits = 24;
  next();
  char* const to = room(kMostDigits);
  used_ += static_cast<std::size_t>(std::to_chars(to, to + kMostDigits, v).ptr - to);
}

void JsonWriter::value(double v) {
  if (v == std::floor(v) && std::abs(v) < 9e15) return value(static_cast<std::int64_t>(v));
  if (!std::isfinite(v)) return null();
  next();
  std::array<char, 32> digits;
  put({digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr});
}

void JsonWriter::value(std::string_view v) {
  next();
  text(v);
}

void JsonWriter::json(std::string_view text) {
  next();
  put(text);
}

void JsonWriter::text(std::string_view v) {
  // Every character may need a backslash.
  char* const to = room(2 * v.size() + 2);
  if (to == nullptr) return textWithEscapes(v);
  char* end = to;
  *end++ = '"';
  if (copyPlain(end, v)) {
    end += v.size();
  } else {
    for (std::size_t done = 0; done < v.size();) {
      const std::size_t plain = copyRun(end, v.substr(done));
      done += plain, end += plain;
      if (done == v.size()) break;
      if (v[done] == '"' || v[done] == '\\') {
        *end++ = '\\', *end++ = v[done++];
        continue;
      }
      const std::size_t bytes = harmless(v.substr(done));
      if (bytes == 0) return put(jsonText(nlohmann::json(v)));  // what is rare is left to the one that knows all of it
      std::memcpy(end, v.data() + done, bytes), done += bytes, end += bytes;
    }
  }
  *end++ = '"';
  used_ = static_cast<std::size_t>(end - block_.data());
}

// The same for a text that is larger than the block.
void JsonWriter::textWithEscapes(std::string_view v) {
  spill();
  const std::size_t start = out_.size();
  put('"');
  for (std::size_t done = 0; done < v.size();) {
    std::size_t end = done;
    while (end < v.size() && standsPlainInJson(v[end])) ++end;
    put(v.substr(done, end - done));
    if ((done = end) == v.size()) break;
    if (v[done] == '"' || v[done] == '\\') {
      put('\\'), put(v[done++]);
      continue;
    }
    const std::size_t bytes = harmless(v.substr(done));
    if (bytes == 0) {
      used_ = 0, out_.resize(start);
      return put(jsonText(nlohmann::json(v)));
    }
    put(v.substr(done, bytes)), done += bytes;
  }
  put('"');
}

}  // namespace headroom
