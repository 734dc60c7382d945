// Texts around a shell's words. Internal to core/readers/commands.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace headroom {

// What word processors and chat windows put in place of plain characters. Says whether anything was replaced.
bool plainCharacters(std::string& text);

// The text in quotes, as one word of a script.
std::string shellQuoted(std::string text);

// What stands behind ":-", without its quotes, its own names replaced: ${MODEL:-"${ROOT}/qwen"}. Names that `valueOf`
// has no value for stay as written.
std::string resolvedDefault(std::string_view text, const std::function<const std::string*(std::string_view)>& valueOf,
                            int depth = 0);

// Variables that a server may read; the others of a script are its own.
bool isServersVariable(std::string_view name);

// The bracket that closes the one at `from`, past others inside; npos where none does within 500 letters.
std::size_t bracketEnd(std::string_view text, std::size_t from);

// Lines that a backslash continues, as one.
std::string continuedLine(std::string_view lines);

}  // namespace headroom
