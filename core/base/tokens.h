// A number of tokens as people say it.
#pragma once

#include <cstdint>
#include <string>

namespace headroom {

// "512", "8K", "128K", "1M": 1024 a K, where it divides; else as formatCount.
std::string formatTokens(std::int64_t tokens);

}  // namespace headroom
