// Programs that number their builds instead of their releases: llama.cpp.
#pragma once

#include <optional>
#include <string_view>

namespace headroom {

// "b11549" as a number.
std::optional<int> buildNumber(std::string_view printed);

}  // namespace headroom
