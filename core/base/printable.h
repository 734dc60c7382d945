// Text of an input (a path, a model's name, a note, a line of a log) made fit to be shown: on a terminal, in a picture,
// in a label. What it may do there is decided here, once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace headroom {

// What a sentence shows of an input at most, in characters.
constexpr std::size_t kMostShown = 2000;

// The text as valid UTF-8 on one line that steers nothing. Control characters (C0, DEL, C1), line and paragraph
// separators, marks that turn the direction of writing, tags and noncharacters stand as escapes ("\n", "\x1b",
// "\u202e"), bytes that are no UTF-8 as "\xff"; beyond `most` characters "…" stands for the rest. A backslash stays
// what it is, so paths read as they are and the text cannot be read back. Printable text is returned unchanged.
std::string printable(std::string_view text, std::size_t most = kMostShown);

// JSON text with the same characters as \u escapes: the same value, which does not steer a terminal either. Controls
// below U+0020 are the writer's own, between the strings.
std::string withSteeringEscaped(std::string json);

}  // namespace headroom
