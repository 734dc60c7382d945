#include "core/base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/json_text.h"

namespace headroom {
namespace {

// Characters of ASCII that stand in a string as they are.
bool plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
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
  if (indent_ < 0) return;
  out_ += '\n';
  out_.append(static_cast<std::size_t>(indent_ * depth_), ' ');
}

void JsonWriter::next() {
  if (named_) return void(named_ = false);
  if (!first_) out_ += ',';
  if (depth_ > 0) newLine();
  first_ = false;
}

void JsonWriter::begin(char bracket) {
  next();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!first_) newLine();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  next();
  text(name);
  out_ += indent_ < 0 ? ":" : ": ";
  named_ = true;
}

void JsonWriter::null() {
  next();
  out_ += "null";
}

void JsonWriter::value(bool v) {
  next();
  out_ += v ? "true" : "false";
}

void JsonWriter::value(std::int64_t v) {
  next();
  std::array<char, 24> digits;
  out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr);
}

void JsonWriter::value(double v) {
  if (v == std::floor(v) && std::abs(v) < 9e15) return value(static_cast<std::int64_t>(v));
  if (!std::isfinite(v)) return null();
  next();
  std::array<char, 32> digits;
  out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr);
}

void JsonWriter::value(std::string_view v) {
  next();
  text(v);
}

void JsonWriter::json(std::string_view text) {
  next();
  out_ += text;
}

void JsonWriter::text(std::string_view v) {
  const std::size_t start = out_.size();
  out_ += '"';
  for (std::size_t done = 0; done < v.size();) {
    std::size_t end = done;
    while (end < v.size() && plain(v[end])) ++end;
    if (end < v.size() && v[end] != '"' && v[end] != '\\') {
      const std::size_t bytes = harmless(v.substr(end));
      if (bytes == 0) {  // what is rare is left to the one that knows all of it
        out_.resize(start);
        out_ += jsonText(nlohmann::json(v));
        return;
      }
      end += bytes;
      out_ += v.substr(done, end - done);
    } else {
      out_ += v.substr(done, end - done);
      if (end < v.size()) (out_ += '\\') += v[end++];
    }
    done = end;
  }
  out_ += '"';
}

}  // namespace headroom
