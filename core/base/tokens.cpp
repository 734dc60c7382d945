#include "core/base/tokens.h"

#include <fmt/format.h>

#include "core/base/format.h"

namespace headroom {

std::string formatTokens(std::int64_t tokens) {
  constexpr std::int64_t kK = 1024, kM = kK * kK;
  if (tokens >= kM && tokens % kM == 0) return fmt::format("{}M", tokens / kM);
  if (tokens >= kK && tokens % kK == 0) return fmt::format("{}K", tokens / kK);
  return formatCount(tokens);
}

}  // namespace headroom
