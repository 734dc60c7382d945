// Codes and programs that are recognised by their words and whose configurations are read nowhere here. Internal to
// core/readers/recipes.
#pragma once

#include <string>
#include <string_view>

namespace headroom::recipes {

// The code whose file the text is, by a pair of keys; empty where it is none of them.
std::string_view unreadFile(std::string_view text);
// The code whose program or module the text names.
std::string_view unreadWord(std::string_view text);
// The words of a program that makes another model of one, and trains nothing.
std::string_view converts(std::string_view text);
// The text without the lines that hold the words, and those that go on behind them.
std::string withoutLines(std::string_view text, std::string_view words);

// Whether a page quotes more than one piece.
bool severalFences(std::string_view text);
// The lines that begin with a program that starts trainings, and those that go on behind them.
std::string launchLines(std::string_view text);

}  // namespace headroom::recipes
