// Texts around a shell's words. Internal to core/readers/commands.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// What word processors and chat windows put in place of plain characters. Says whether anything was replaced.
bool plainCharacters(std::string& text);

// The text in quotes, as one word of a script.
std::string shellQuoted(std::string text);

// What stands behind ":-", without its quotes, its own names replaced: ${MODEL:-"${ROOT}/qwen"}. Names that `valueOf`
// has no value for stay as written.
std::string resolvedDefault(std::string_view text, const std::function<const std::string*(std::string_view)>& valueOf,
                            int depth = 0);

// "NAME=value" of cmd.exe's `if not defined NAME set "NAME=value"`; empty for any other command.
std::string setIn(const std::vector<std::string>& words);

// Variables that a server may read; the others of a script are its own.
bool isServersVariable(std::string_view name);

// The bracket that closes the one at `from`, past others inside; npos where none does within 500 letters.
std::size_t bracketEnd(std::string_view text, std::size_t from);

// Lines that a backslash continues, as one.
std::string continuedLine(std::string_view lines);

// What a variable's name begins with and what it goes on with.
bool isNameStart(char c);
bool isNameChar(char c);

// "NAME" of "NAME=value" and of "NAME+=more"; empty where the word is no assignment.
std::string_view variableIn(std::string_view word);

}  // namespace headroom
