// What a page holds among other words: fenced and quoted pieces, a name in an assignment. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// Texts beyond it are looked at whole, or to here.
constexpr std::size_t kLongestPage = std::size_t{256} << 10;

// What stands between the fences of a text in Markdown, the last of which may be open, and, outside of them, between
// its backticks; then lines of a file, and an object, that stand among sentences. One after another; at most 16.
std::vector<std::string> quotedParts(std::string_view whole);

// Only what stands between fences.
std::vector<std::string> fencedParts(std::string_view whole);

// The new side of a patch, and what a reply quotes behind ">" on every line, as plain text; empty for any other text.
std::string withoutMarks(std::string_view text);

// The text with the patches in its fences as their new sides; empty where there are none.
std::string withNewSides(std::string_view text);

// The id of `model = "org/name"`, a line of a script, and of `"model": "org/name",`; empty for any other text.
std::string_view assignedName(std::string_view text);

// The cells of a notebook that hold code, or words, one below the other; empty for any other text.
std::string notebookText(std::string_view text, std::string_view kind = "code");

}  // namespace headroom
