#include "core/estimate/kv_cache.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::int64_t ceilDiv(std::int64_t a, std::int64_t b) {
  return a / b + (a % b != 0);
}

}  // namespace

KvElements kvElementsPerToken(const AttentionSpec& a, std::int64_t tp) {
  if (!a.ownsCache) return {};
  switch (a.kind) {
    case AttentionKind::none:
    case AttentionKind::bidirectional:
      return {};
    case AttentionKind::latent:
      return {ceilDiv(a.kvLoraRank + a.ropeDim, std::max<std::int64_t>(1, a.compressRatio)), 0};
    default: {
      const std::int64_t heads = std::max<std::int64_t>(1, ceilDiv(a.kvHeads, std::max<std::int64_t>(1, tp)));
      return {heads * a.headDim, heads * (a.valueDim > 0 ? a.valueDim : a.headDim)};
    }
  }
}

double kvBytesPerToken(const AttentionSpec& a, const KvFormats& formats, std::int64_t tp) {
  const KvElements e = kvElementsPerToken(a, tp);
  double bytes =
      static_cast<double>(e.k) * bytesPerElement(formats.k) + static_cast<double>(e.v) * bytesPerElement(formats.v);
  // DeepSeek-V3.2: an fp8 key of the indexer with one fp32 scale per 128 (vllm/v1/attention/backends/mla/indexer.py).
  if (a.indexerDim > 0 && a.ownsCache)
    bytes += (static_cast<double>(a.indexerDim) + 4.0 * static_cast<double>(ceilDiv(a.indexerDim, 128))) /
             static_cast<double>(std::max<std::int64_t>(1, a.compressRatio));
  return bytes;
}

std::int64_t cachedTokens(const AttentionSpec& a, std::int64_t context) {
  return growsWithContext(a) ? context : std::min(context, a.window);
}

bool growsWithContext(const AttentionSpec& a) {
  const bool windowed = (a.kind == AttentionKind::sliding || a.kind == AttentionKind::chunked) && a.window > 0;
  return !windowed && a.kind != AttentionKind::none && a.kind != AttentionKind::bidirectional &&
         a.kind != AttentionKind::cross;
}

}  // namespace headroom
