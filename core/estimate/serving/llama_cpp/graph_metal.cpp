// Apple's devices: which attention they have kernels for (ggml/src/ggml-metal/ggml-metal-device.m, supports_op) and
// what kernels keep behind their results, always for the largest they may need (ggml-metal.cpp get_alloc_size,
// ggml-metal-ops .cpp, b11549).
#include <algorithm>
#include <array>

#include "core/estimate/serving/llama_cpp/graph_schedule.h"

namespace headroom::llama {
namespace {

using F = NumberFormat;

constexpr std::int64_t kHalf = 2, kFloat = 4, kIndex = 4;

std::int64_t padded(std::int64_t bytes, std::int64_t multiple) {
  return (bytes + multiple - 1) / multiple * multiple;
}

// Keys and values past the last whole chunk, which queries' blocks have cells, partial results of 32 groups, and fp16
// copies of keys and values, made of any cache since August 2026.
std::int64_t attentionScratch(const Graph& graph, const Node& n, const BuildRules& rules) {
  constexpr std::int64_t kChunk = 64, kQueries = 8, kGroups = 32, kMostQueries = 32;
  const Node &q = graph[n.src[0]], &k = graph[n.src[1]], &v = graph[n.src[2]];
  const bool shared = v.viewOf != kNone && (v.viewOf == n.src[1] || (v.viewOf == k.viewOf && v.offset == k.offset));
  const bool widens = rules.metalWidens || info(k.type).blockElements > 1;
  const std::int64_t kRow = widens ? kHalf * k.ne[0] : k.nb[1],
                     vRow = widens ? kHalf * (shared ? k.ne[0] : v.ne[0]) : v.nb[1];
  std::int64_t rows = kRow * k.ne[2] * k.ne[3] + vRow * v.ne[2] * v.ne[3], bytes = 0;
  if (n.src[3] != kNone) {
    const Node& mask = graph[n.src[3]];
    rows += kHalf * mask.ne[1] * mask.ne[2] * mask.ne[3];
    const std::int64_t blocks = (q.ne[1] + kQueries - 1) / kQueries, chunks = (mask.ne[0] + kChunk - 1) / kChunk;
    bytes += padded(blocks * chunks * mask.ne[2] * mask.ne[3], 32);
  }
  bytes += kChunk * rows + kFloat * std::min(q.ne[1], kMostQueries) * q.ne[2] * q.ne[3] * kGroups * (v.ne[0] + 2);
  if (!widens) return bytes;
  bytes += padded(kHalf * k.elements(), 16);
  return shared ? bytes : bytes + padded(kHalf * v.elements(), 16);
}

}  // namespace

std::int64_t metalScratch(const Graph& graph, const Node& n, const BuildRules& rules) {
  switch (n.op) {
    case Op::mul_mat_id: {
      const std::int64_t experts = graph[n.src[0]].ne[2];
      return kIndex * experts * (1 + graph[n.src[2]].ne[1]);
    }
    case Op::flash_attention:
      return attentionScratch(graph, n, rules);
    case Op::argsort:
      return bytesOf(n);
    case Op::top_k:
      return std::max<std::int64_t>(0, 2 * kIndex * graph[n.src[0]].elements() - bytesOf(n));
    default:
      return 0;
  }
}

bool metalAttends(const Graph& graph, const Node& n) {
  constexpr std::array<std::int64_t, 14> kHeads{32, 40, 48, 64, 72, 80, 96, 112, 128, 192, 256, 320, 512, 576};
  constexpr std::pair<std::int64_t, std::int64_t> kUnequal[] = {
      {96, 64}, {128, 96}, {192, 128}, {320, 256}, {576, 512}};
  const Node &k = graph[n.src[1]], &v = graph[n.src[2]];
  if (std::ranges::find(kHeads, k.ne[0]) == kHeads.end() || k.type != v.type) return false;
  if (k.ne[0] != v.ne[0] && std::ranges::find(kUnequal, std::pair(k.ne[0], v.ne[0])) == std::end(kUnequal))
    return false;
  constexpr std::array kFormats{F::fp32, F::fp16, F::bf16, F::q8_0, F::q4_0, F::q4_1, F::q5_0, F::q5_1};
  return std::ranges::find(kFormats, k.type) != kFormats.end();
}

}  // namespace headroom::llama
