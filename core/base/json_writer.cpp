#include "core/base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/base/json_text.h"

namespace headroom {
namespace {

// True where a byte of the eight is one that standsPlainInJson() refuses (the zero-byte test of "Bit Twiddling Hacks",
// https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord, for every such byte).
bool holdsOther(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = ~std::uint64_t{0} / 255, kHigh = kOnes << 7U;
  const auto zero = [](std::uint64_t x) { return (x - kOnes) & ~x; };
  const std::uint64_t steering = (eight - kOnes * 0x20) & ~eight;
  return ((steering | eight | zero(eight ^ kOnes * '"') | zero(eight ^ kOnes * '\\') | zero(eight ^ kOnes * 0x7F)) &
          kHigh) != 0;
}

// Nearly every text is plain to its end.
bool allPlain(std::string_view text) {
  if (text.size() < 8) return std::all_of(text.begin(), text.end(), standsPlainInJson);
  const auto eightAt = [&](std::size_t at) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    return eight;
  };
  for (std::size_t at = 0; at + 8 < text.size(); at += 8)
    if (holdsOther(eightAt(at))) return false;
  return !holdsOther(eightAt(text.size() - 8));  // some of them a second time
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

void JsonWriter::begin(char bracket) {
  next();
  put(bracket);
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (indent_ >= 0 && !first_) newLine();
  put(bracket);
  first_ = false;
}

void JsonWriter::key(JsonKey name) {
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
  next();
  std::array<char, 24> digits;
  put({digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr});
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
  if (allPlain(v)) {
    char* to = room(v.size() + 2);
    if (to == nullptr) return put('"'), put(v), put('"');
    *to = '"';
    std::memcpy(to + 1, v.data(), v.size());
    to[v.size() + 1] = '"';
    used_ += v.size() + 2;
    return;
  }
  const std::size_t spilled = out_.size(), start = used_;
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
    if (bytes == 0) {  // what is rare is left to the one that knows all of it
      if (out_.size() == spilled)
        used_ = start;
      else
        out_.resize(spilled + start), used_ = 0;
      return put(jsonText(nlohmann::json(v)));
    }
    put(v.substr(done, bytes)), done += bytes;
  }
  put('"');
}

}  // namespace headroom
