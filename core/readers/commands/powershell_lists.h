// Arguments that a script of PowerShell keeps in a list. Internal to core/readers/commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// The words of the first list that begins with an option, `@('--model', $path, "--ctx-size", "$size")`, with what the
// script sets its names to; empty where there is none. What is computed stays as it is written.
std::vector<std::string> powershellWords(std::string_view script);

}  // namespace headroom
