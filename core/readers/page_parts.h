// What a page holds among other words: fenced and quoted pieces, a name in an assignment. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// What stands between the fences of a text in Markdown, or between its backticks where options or an object stand
// there, one after another. At most 16.
std::vector<std::string> quotedParts(std::string_view text);

// The id of `model = "org/name"`, a line of a script, and of `"model": "org/name",`; empty for any other text.
std::string_view assignedName(std::string_view text);

}  // namespace headroom
