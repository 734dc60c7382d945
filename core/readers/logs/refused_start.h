// Why a server says it did not start, where that is about memory. Internal to core/readers/logs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headroom::logs {

// "The server did not start: a length of 251136 tokens would fit."
std::optional<std::string> refusedStart(std::string_view line);

// The tokens that a sequence was to have, of the last such line; nothing where none says it.
std::optional<std::int64_t> refusedLength(std::string_view log);

}  // namespace headroom::logs
