#include "core/base/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace headroom {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: no UTF-8 begins here
};

// The first character of a text (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
Character first(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (bytes == 0 || lead >= 0xF5 || text.size() < bytes) return {};
  char32_t code = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[bytes] || surrogate || code > 0x10FFFF) return {};
  return {code, bytes};
}

struct Span {
  char32_t from, to;
};
// Beside the controls: what moves or turns what stands around it (Unicode 15, properties Bidi_Control,
// Line_Separator, Paragraph_Separator), the byte order mark, interlinear annotations and tags.
constexpr Span kSteering[] = {{0x00, 0x1F},       {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200E, 0x200F},
                              {0x2028, 0x202E},   {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
                              {0xE0000, 0xE007F}, {0xFDD0, 0xFDEF}};

bool steers(char32_t code) {
  return std::ranges::any_of(kSteering, [&](const Span& s) { return code >= s.from && code <= s.to; }) ||
         (code & 0xFFFE) == 0xFFFE;
}

std::string escape(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  const auto number = static_cast<unsigned>(code);
  if (number < 0x80) return fmt::format("\\x{:02x}", number);
  return number < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string out;
  out.reserve(std::min(text.size(), most));
  std::size_t shown = 0;
  while (!text.empty()) {
    if (shown++ == most) return out + "…";
    const Character c = first(text);
    if (c.bytes == 0)
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    else if (steers(c.code))
      out += escape(c.code);
    else
      out += text.substr(0, c.bytes);
    text.remove_prefix(std::max<std::size_t>(1, c.bytes));
  }
  return out;
}

std::string withSteeringEscaped(std::string json) {
  const auto unusual = [](char c) { return static_cast<unsigned char>(c) >= 0x7F; };
  if (std::ranges::none_of(json, unusual)) return json;
  std::string out;
  out.reserve(json.size());
  for (std::string_view text = json; !text.empty();) {
    const Character c = first(text);
    if (c.bytes == 0 || c.code < 0x7F || !steers(c.code))
      out += text.substr(0, std::max<std::size_t>(1, c.bytes));
    else if (c.code < 0x10000)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.code));
    else  // two halves, as UTF-16 writes it
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD7C0 + (static_cast<unsigned>(c.code) >> 10),
                         0xDC00 + (static_cast<unsigned>(c.code) & 0x3FF));
    text.remove_prefix(std::max<std::size_t>(1, c.bytes));
  }
  return out;
}

}  // namespace headroom
