// Names, options and endings of files, as they are compared where capitals mean nothing.
#pragma once

#include <string>
#include <string_view>

namespace headroom {

// The letters A to Z in small; every other byte, in whatever locale, as it is.
inline std::string lowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace headroom
