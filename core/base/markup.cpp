#include "core/base/markup.h"

#include "core/base/printable.h"

namespace headroom {

std::string markup(std::string_view text, std::size_t most) {
  std::string out;
  for (const char c : printable(text, most)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace headroom
