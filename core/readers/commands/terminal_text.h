// What stands around a command where it was copied from a terminal or a thread. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// The text without what a terminal shows in front of a command, from the first line that names a server.
std::string withoutPrompts(std::string_view text);

// A line that a program printed: "INFO 01-30 03:18:12 …", "[2024-03-25 …", "(EngineCore pid=3) …", "ValueError: …".
bool isPrintedLine(std::string_view line);

// What blank lines, fences and printed lines ("INFO 01-30 …", "ValueError: …") divide, at most 64.
std::vector<std::string> paragraphs(std::string_view text);

// A file of YAML that breaks off, without its last `less` lines and with quotes and lists in brackets closed.
std::string closedFlow(std::string_view text, int less);

}  // namespace headroom
