#include "core/estimate/serving/common/served_tensor.h"

#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kTileSource = "vllm quantization/mxfp4.py: a width the kernels cannot tile (0.11)";

bool hasState(const Model& m, StateKind kind) {
  return std::ranges::any_of(m.kinds, [kind](const LayerKind& k) { return k.state.kind == kind; });
}

std::int64_t vocabulary(PlainNumbers, std::int64_t rows) {
  return paddedVocabulary(rows, 1);
}
Factor vocabulary(OpenedNumbers n, const Factor& rows) {
  return paddedVocabulary(n.tree, rows, 1);
}
Shard shardOf(PlainNumbers, const Tensor& t, const LayerKind* kind, const WeightSplit& split) {
  return headroom::shardOf(t, kind, split);
}
ShardFactors shardOf(OpenedNumbers n, const Tensor& t, const LayerKind* kind, const WeightSplit& split) {
  return shardFactors(n.tree, t, kind, split);
}

// vllm quantization/mxfp4.py (0.11): an expert's width on the rank that the kernels cannot tile is padded to a multiple
// of 256. gpt-oss: 2880 to 3072; DeepSeek-V4's 384 stays as it is.
template <typename Numbers>
typename Numbers::Value paddedWidth(const Numbers& n, const typename Numbers::Value& width) {
  if (Numbers::of(width) % 128 == 0) return width;
  const auto tile = n.leaf(Origin::constant, "a multiple", 256, Unit::elements, kTileSource);
  return n.times("width, filled up", Unit::elements, n.wholes("multiples", Unit::count, width, tile), tile);
}

// What a rank holds of a tensor: its share, with what the engine fills it up to.
template <typename Numbers>
auto served(const Numbers& n, const Model& m, const LayerKind* kind, const Tensor& t, NumberFormat f,
            const RankPart& part) {
  const std::int64_t tp = part.tensorParallel;
  if (t.group == Group::vision) {
    // A tower of plain modules lies on every rank (vllm/model_executor/models/pixtral.py); the others split their
    // linears, projectors and mergers stay whole (qwen2_5_vl.py, 0.11).
    auto s = shardOf(n, t, kind, WeightSplit{});
    if (!m.visionOnEveryRank && t.linear && !t.bias && t.role == TensorRole::vision && tp > 1)
      s.rows = n.wholes("rows of a rank", Unit::rows, s.rows,
                        n.leaf(Origin::user, "tensor-parallel ranks", tp, Unit::devices));
    return s;
  }
  auto s = shardOf(n, t, kind, part.split());
  if ((t.role == TensorRole::token_embedding || t.role == TensorRole::head) && tp <= 1) s.rows = vocabulary(n, s.rows);
  // The padded width of an MXFP4 expert: rows of gate and up, columns of down.
  if (f == NumberFormat::mxfp4 && isRoutedExpert(t.role)) {
    const auto two = n.leaf(Origin::constant, "gate and up", 2, Unit::count, "two matrices in one");
    if (t.role == TensorRole::expert_down)
      s.columns = paddedWidth(n, s.columns);
    else if (t.role == TensorRole::expert_gate_up)
      s.rows = n.times("rows, filled up", Unit::rows, two,
                       paddedWidth(n, n.wholes("rows of gate or up", Unit::rows, s.rows, two)));
    else
      s.rows = paddedWidth(n, s.rows);
  }
  return s;
}

// A checkpoint's tensor as the engine keeps it, unless the engine computes with it in another format.
bool asStored(const Model& m, const Tensor& t, NumberFormat f, const WeightFormat& format) {
  return std::holds_alternative<AsStored>(format) && f == formatOf(m, t, format, Holder::engine);
}

// fp8 and int8 come with one fp32 scale per output channel (compressed-tensors), or per matrix where the checkpoint
// says so (fp8, modelopt).
constexpr double kScaleBytes = 4;
bool hasScales(const Model& m, const Tensor& t, NumberFormat f, const WeightFormat& format) {
  return t.linear && (f == NumberFormat::fp8 || f == NumberFormat::int8) &&
         layoutOf(m, t, format, Holder::engine) == nullptr;  // a checkpoint's layout counts its own
}
bool scalesPerMatrix(const Model& m) {
  return m.quantization && (m.quantization->method == "fp8" || m.quantization->method == "modelopt");
}

// Bytes of an element without scales and zero points, which are tensors of their own.
double bodyWidth(NumberFormat f) {
  if (isPlainFloat(f)) return bytesPerElement(f);
  return bytesPerElement(f) < 0.75 ? 0.5 : 1.0;
}

}  // namespace

NumberFormat servedFormat(const Model& m, const LayerKind* kind, const Tensor& t, const WeightFormat& format) {
  // Mamba-2 hybrids route in fp32 (vllm/model_executor/models/nemotron_h.py: params_dtype of the gate, 0.18).
  const bool mamba = hasState(m, StateKind::mamba2);
  if (t.role == TensorRole::router && mamba) return NumberFormat::fp32;
  const NumberFormat f = formatOf(m, t, format, Holder::engine);
  if (std::holds_alternative<AsStored>(format) || kind == nullptr) return f;
  const bool eight = f == NumberFormat::fp8 || f == NumberFormat::int8;
  if (!eight && f != NumberFormat::nvfp4) return f;
  // Released fp8 and nvfp4 checkpoints leave recurrent mixers in 16 bit
  // (RedHatAI/Qwen3-Next-80B-A3B-Instruct-FP8-dynamic, ignore: linear_attn), Mamba-2 hybrids their attention and the
  // experts' latent projections as well (nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8, exclude_modules); nvfp4 leaves
  // latent attention (nvidia/DeepSeek-R1-FP4).
  if (t.group == Group::state) return m.dtype;
  if (mamba && (t.group == Group::attention || t.role == TensorRole::other)) return m.dtype;
  if (f == NumberFormat::nvfp4 && t.group == Group::attention && kind->attention.kind == AttentionKind::latent)
    return m.dtype;
  return f;
}

ServedSize servedSize(const Model& m, const LayerKind* kind, const Tensor& t, NumberFormat f,
                      const WeightFormat& format, const RankPart& part) {
  const Shard s = served(PlainNumbers{}, m, kind, t, f, part);
  ServedSize out;
  out.elements = static_cast<double>(s.elements());
  const Bytes each = asStored(m, t, f, format) ? partBytes(m, t, format, s.rows, s.columns, Holder::engine)
                                               : bytesFor(f, s.rows, s.columns);
  out.bytes = static_cast<double>((each * s.copies).value());
  if (hasScales(m, t, f, format))
    out.bytes += kScaleBytes * static_cast<double>(s.copies) * (scalesPerMatrix(m) ? 1.0 : static_cast<double>(s.rows));
  out.body = out.elements * bodyWidth(f);
  return out;
}

ServedFactors servedFactors(FactorTree& tree, const Model& m, const LayerKind* kind, const Tensor& t, NumberFormat f,
                            const WeightFormat& format, const RankPart& part) {
  constexpr std::string_view kScales = "fp32 per output channel (compressed-tensors), or per matrix (fp8, modelopt)";
  ServedFactors out{served(OpenedNumbers{tree}, m, kind, t, f, part), {}};
  const ShardFactors& s = out.shard;
  out.matrix = asStored(m, t, f, format) ? partBytes(tree, m, t, format, s.rows, s.columns, Holder::engine)
                                         : matrixBytes(tree, f, s.rows, s.columns);
  if (!hasScales(m, t, f, format)) return out;
  const Factor scale = constant("bytes of a scale", kScaleBytes, Unit::bytes, kScales);
  out.matrix =
      tree.sum("bytes of one", Unit::bytes,
               {out.matrix, scalesPerMatrix(m) ? scale : tree.product("scales", Unit::bytes, {scale, s.rows})});
  return out;
}

Factor servedBody(FactorTree& tree, const Tensor& t, NumberFormat f, const ShardFactors& shard) {
  const Factor one = constant("layer", 1, Unit::layers, "of one layer");
  return tree.product(t.name, Unit::bytes,
                      {tensorElements(tree, "elements", one, shard),
                       constant("bytes per element", bodyWidth(f), Unit::bytes_per_element, info(f).id)});
}

}  // namespace headroom
