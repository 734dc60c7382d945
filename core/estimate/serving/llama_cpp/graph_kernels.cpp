// What a CUDA device can run, and the room its attention kernels want (ggml/src/ggml-cuda/ggml-cuda.cu and fattn.cu).
#include "core/estimate/serving/llama_cpp/graph_schedule.h"

namespace headroom::llama {
namespace {

using F = NumberFormat;

bool isBlockFormat(F type) {
  return info(type).blockElements > 1;
}

enum class AttentionKernel { none, vector, wide };  // wide: tile and tensor-core kernels, which read fp16

// Formats with an attention kernel that reads both keys and values in them.
bool cacheFormatSupported(F type) {
  return type == F::fp32 || type == F::fp16 || type == F::q4_0 || type == F::q8_0 || type == F::bf16;
}

bool cacheSupported(const Node& k, const Node& v, const BuildRules& rules) {
  const auto block = [](F type) {
    return cacheFormatSupported(type) || type == F::q4_1 || type == F::q5_0 || type == F::q5_1;
  };
  if (rules.mixedCaches) return block(k.type) && block(v.type);
  return k.type == v.type && cacheFormatSupported(k.type);
}

// Whether several query heads can share one pass over their keys.
bool groupedQueries(const Graph& graph, const Node& n, std::int64_t ratio) {
  const Node& k = graph[n.src[1]];
  if (ratio < 2 || n.src[3] == kNone || k.ne[1] % 256 != 0) return false;
  for (std::size_t s = 0; s < 4; ++s) {
    const Node& t = graph[n.src[s]];
    if (isBlockFormat(t.type)) continue;
    for (std::size_t d = 1; d < 4; ++d)
      if (t.nb[d] % 16 != 0) return false;
  }
  return true;
}

bool headSizesSupported(std::int64_t keys, std::int64_t values, std::int64_t ratio, bool grouped) {
  switch (keys) {
    case 40:
    case 64:
    case 72:
    case 80:
    case 96:
    case 112:
    case 128:
    case 256:
      return values == keys;
    case 192:
      return values == 128 && grouped && ratio % 8 == 0;
    case 320:
      return values == 256 && grouped && ratio % 32 == 0;
    case 512:
      return values == keys && grouped;
    case 576:
      return values == 512 && grouped;
    default:
      return false;
  }
}

// Compute capabilities from which kernels are others.
constexpr double kVolta = 7.0, kTuring = 7.5, kAda = 8.9;

AttentionKernel kernelFor(const Graph& graph, const Node& n, const Backends& backends) {
  const Node &q = graph[n.src[0]], &k = graph[n.src[1]], &v = graph[n.src[2]];
  if (k.ne[2] <= 0) return AttentionKernel::none;
  const std::int64_t ratio = q.ne[2] / k.ne[2];
  const bool grouped = groupedQueries(graph, n, ratio);
  if (!headSizesSupported(k.ne[0], v.ne[0], ratio, grouped)) return AttentionKernel::none;
  if (!cacheSupported(k, v, backends.rules)) return AttentionKernel::none;
  const bool vector = q.ne[0] <= 256 && q.ne[0] % 64 == 0 && q.ne[0] != 192 && k.ne[1] % 256 == 0;
  const bool blocks = isBlockFormat(k.type) || isBlockFormat(v.type);
  const double cc = backends.computeCapability;
  if (!vector) return AttentionKernel::wide;
  if (cc >= kTuring) {
    if (blocks && q.ne[1] <= (cc >= kAda ? 2 : 1)) return AttentionKernel::vector;
    if (!blocks && cc >= kAda && q.ne[1] == 1 && q.ne[3] == 1 && !(ratio > 4 && k.ne[1] >= 8192))
      return AttentionKernel::vector;
    return !grouped && q.ne[1] == 1 ? AttentionKernel::vector : AttentionKernel::wide;
  }
  if (blocks) return q.ne[1] <= 2 ? AttentionKernel::vector : AttentionKernel::wide;
  return q.ne[1] == 1 && !grouped ? AttentionKernel::vector : AttentionKernel::wide;
}

// Kernels of 2025-02 (ggml-cuda.cu, supports_op).
bool oldAttentionSupported(const Graph& graph, const Node& n, const Backends& backends) {
  const Node &q = graph[n.src[0]], &k = graph[n.src[1]], &v = graph[n.src[2]];
  if (k.type == F::bf16 || v.type == F::bf16) return false;
  const bool half = k.type == F::fp16 && v.type == F::fp16;
  if ((q.ne[0] == 64 && k.type == F::fp16) || q.ne[0] == 128) return true;
  return half && (q.ne[0] == 256 || backends.computeCapability >= kVolta);
}

bool scanSupported(const Graph& graph, const Node& n) {
  const Node &state = graph[n.src[0]], &a = graph[n.src[3]];
  if (a.ne[0] == 1) return (state.ne[0] == 128 || state.ne[0] == 256) && state.ne[1] % 16 == 0;
  return state.ne[0] == 16 && state.ne[1] == 1 && state.ne[2] % 128 == 0 && graph[n.src[4]].ne[1] == 1;
}

bool rowsReadable(const Node& table) {
  if (table.type == F::iq4_nl || table.type == F::ggml_mxfp4) return table.ne[0] % 256 == 0;
  return table.type != F::tq1_0 && table.type != F::tq2_0 && table.type != F::ggml_nvfp4;
}

}  // namespace

bool deviceMultiplies(NumberFormat weights) {
  return weights != F::tq1_0 && weights != F::tq2_0;
}

double kernelClass(double computeCapability) {
  for (const double least : {kAda, kTuring, kVolta})
    if (computeCapability >= least) return least;
  return 0;
}

bool deviceSupports(const Graph& graph, const Node& n, int device, const Backends& backends) {
  for (const Id s : n.src) {
    if (s == kNone) continue;
    // Only memory that the tensor itself owns counts: views of a cache do not say where they lie.
    const Node& source = graph[s];
    if (source.home != Home::graph && source.homeBackend != backends.host() && source.homeBackend != device)
      return false;
  }
  const auto source = [&](std::size_t i) -> const Node& { return graph[n.src[i]]; };
  switch (n.op) {
    case Op::mul_mat:
    case Op::mul_mat_id:
      if (source(0).nb[0] != typeSize(source(0).type) || source(1).nb[0] != typeSize(source(1).type)) return false;
      return deviceMultiplies(source(0).type);
    case Op::get_rows:
      if (backends.rules.old)
        return !isBlockFormat(source(0).type) || (source(0).type >= F::q4_0 && source(0).type <= F::q8_0);
      return rowsReadable(source(0));
    case Op::unary:
      return backends.rules.looseKernels || isContiguous(source(0));
    case Op::glu:
      return isContiguous(source(0), 1);
    case Op::sum_rows:
      return backends.rules.looseKernels ? source(0).nb[0] == typeSize(source(0).type) : isContiguous(source(0));
    case Op::argsort:
      return backends.rules.looseKernels || source(0).ne[0] <= 1024;
    case Op::ssm_conv:
      return !backends.rules.old && source(0).ne[1] % 128 == 0;
    case Op::ssm_scan:
      return !backends.rules.old && scanSupported(graph, n);
    case Op::flash_attention:
      if (backends.metal) return metalAttends(graph, n);
      return backends.rules.old ? oldAttentionSupported(graph, n, backends)
                                : kernelFor(graph, n, backends) != AttentionKernel::none;
    default:
      return true;
  }
}

std::int64_t attentionBytes(const Graph& graph, const Node& n, const Backends& backends) {
  const auto padded = [](std::int64_t bytes) { return (bytes + 127) / 128 * 128; };
  std::int64_t bytes = bytesOf(n);
  const Node &k = graph[n.src[1]], &v = graph[n.src[2]];
  const AttentionKernel kernel = kernelFor(graph, n, backends);
  // The vector kernel reads one format for both; of two formats it wants fp16 copies (builds without all combinations).
  const bool direct = kernel == AttentionKernel::vector && k.type == v.type && cacheFormatSupported(k.type);
  if (kernel == AttentionKernel::none || direct) return bytes;
  constexpr std::int64_t kHalf = 2;
  if (k.type != F::fp16) bytes = padded(bytes) + k.elements() * kHalf;
  const bool valueIsKey = v.viewOf != kNone && (v.viewOf == n.src[1] || (v.viewOf == k.viewOf && v.offset == k.offset));
  if (v.type != F::fp16 && !valueIsKey) bytes = padded(bytes) + v.elements() * kHalf;
  return bytes;
}

}  // namespace headroom::llama
