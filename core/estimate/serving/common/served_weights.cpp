#include "core/estimate/serving/common/served_weights.h"

#include <algorithm>
#include <array>

#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kTensorSource =
    "tensors sharded as vllm/model_executor/layers/linear.py, fused_moe/layer.py and vocab_parallel_embedding.py do "
    "(0.11)";
constexpr std::string_view kRotarySource =
    "vllm/model_executor/layers/rotary_embedding/base.py: cos and sin of every position (0.11)";
constexpr std::string_view kLatentSource =
    "vllm/v1/attention/backends/mla/common.py process_weights_after_loading: W_UK, W_UV (0.11)";
constexpr std::string_view kAbsorbedSource = "vllm/attention/backends/mla/common.py: W_Q_UK and W_UV_O (0.7)";
constexpr std::string_view kFileSource =
    "llama.cpp src/llama-quant.cpp: the file type's mix over the tensors (2026-08)";
constexpr std::string_view kBlocksSource =
    "fitted: DeepSeek-R1 in fp8 blocks on 8 × H200 and B200, vLLM 0.11.2 to 0.20, against 0.11.0";
constexpr std::string_view kScalesSource =
    "sglang/srt/layers/quantization/mxfp4_marlin_moe.py and marlin_utils_fp4.py: w13/w2_weight_scale_inv in fp32 stay "
    "registered beside the repacked weight_scale (2026-07)";
constexpr std::string_view kAllocatorSource =
    "torch/c10/cuda/CUDACachingAllocator.cpp: from 10 MiB blocks of 2 MiB multiples, split only where more than 1 MiB "
    "is left (2.6)";

constexpr std::int64_t ceilDiv(std::int64_t a, std::int64_t b) {
  return a / b + (a % b != 0);
}
constexpr std::int64_t roundUp(std::int64_t a, std::int64_t b) {
  return ceilDiv(a, b) * b;
}
constexpr std::int64_t kVocabularyPad = 64;  // vocab_parallel_embedding.py DEFAULT_VOCAB_PADDING_SIZE

// vllm quantization/mxfp4.py (0.11): an expert's width on the rank that the kernels cannot tile is padded to a multiple
// of 256. gpt-oss: 2880 to 3072; DeepSeek-V4's 384 stays as it is.
std::int64_t paddedWidth(std::int64_t width) {
  return width % 128 == 0 ? width : roundUp(width, 256);
}

bool isFp8Block(const WeightFormat& format) {
  const auto* f = std::get_if<NumberFormat>(&format);
  return f != nullptr && *f == NumberFormat::fp8_block;
}

bool isExpert(TensorRole r) {
  return r == TensorRole::expert_gate || r == TensorRole::expert_up || r == TensorRole::expert_gate_up ||
         r == TensorRole::expert_down;
}

bool hasState(const Model& m, StateKind kind) {
  return std::ranges::any_of(m.kinds, [kind](const LayerKind& k) { return k.state.kind == kind; });
}

// Matrices the engine stores as one: their sizes count together where the allocator rounds.
enum class Fused : std::uint8_t { qkv, latentDown, gateUp, sharedGateUp, experts, none };
constexpr std::size_t kFusedCount = 5;

Fused fusedInto(const Tensor& t) {
  if (t.bias || !t.linear) return Fused::none;
  switch (t.role) {
    case TensorRole::q_proj:
    case TensorRole::k_proj:
    case TensorRole::v_proj:
      return Fused::qkv;
    case TensorRole::q_a_proj:
    case TensorRole::kv_a_proj:
      return Fused::latentDown;
    case TensorRole::gate_proj:
    case TensorRole::up_proj:
      return Fused::gateUp;
    case TensorRole::shared_gate:
    case TensorRole::shared_up:
      return Fused::sharedGateUp;
    case TensorRole::expert_gate:
    case TensorRole::expert_up:
      return Fused::experts;
    default:
      return Fused::none;
  }
}

// What the allocator adds to a tensor of this size: the rest of its last 2 MiB where it is too small to be split off.
double remainder(double bytes) {
  constexpr std::int64_t kLarge = 10 * kMiB, kRound = 2 * kMiB;
  const auto size = static_cast<std::int64_t>(bytes);
  if (size < kLarge) return 0;
  const std::int64_t left = roundUp(size, kRound) - size;
  return left <= kMiB ? static_cast<double>(left) : 0;
}

// Pixtral's tower is a plain module on every rank (vllm/model_executor/models/pixtral.py); the others split their
// linears, projectors and mergers stay whole (qwen2_5_vl.py, 0.11).
Shard visionShard(const Model& m, const Tensor& t, std::int64_t tp) {
  Shard s{t.rows, t.columns, t.copies};
  const bool replicated = m.family == "mistral3" || m.family == "pixtral" || m.family == "llava";
  if (!replicated && t.linear && !t.bias && t.role == TensorRole::vision) s.rows = ceilDiv(t.rows, tp);
  return s;
}

struct Size {
  double elements = 0, bytes = 0;
  double body = 0;  // without scales and zero points, which are tensors of their own
};

double bodyBytes(NumberFormat f, double elements) {
  if (isPlainFloat(f)) return elements * bytesPerElement(f);
  return bytesPerElement(f) < 0.75 ? elements / 2.0 : elements;
}

Size sizeOf(const Model& m, const LayerKind* kind, const Tensor& t, NumberFormat f, const WeightFormat& format,
            const RankPart& part) {
  Shard s = t.group == Group::vision ? visionShard(m, t, part.tensorParallel)
                                     : shardOf(t, kind, part.tensorParallel, part.expertParallel);
  if (t.role == TensorRole::token_embedding || t.role == TensorRole::head)
    s.rows = ceilDiv(roundUp(t.rows, kVocabularyPad), part.tensorParallel);
  // The padded width of an MXFP4 expert: rows of gate and up, columns of down.
  if (f == NumberFormat::mxfp4 && isExpert(t.role)) {
    if (t.role == TensorRole::expert_down)
      s.columns = paddedWidth(s.columns);
    else if (t.role == TensorRole::expert_gate_up)
      s.rows = 2 * paddedWidth(ceilDiv(s.rows, 2));
    else
      s.rows = paddedWidth(s.rows);
  }
  Size out;
  out.elements = static_cast<double>(s.elements());
  const bool stored = std::holds_alternative<AsStored>(format) && f == t.stored;
  const Bytes each = stored ? partBytes(m, t, format, s.rows, s.columns) : bytesFor(f, s.rows, s.columns);
  out.bytes = static_cast<double>((each * s.copies).value());
  // fp8 and int8 come with one fp32 scale per output channel (compressed-tensors), or per matrix where the checkpoint
  // says so (fp8, modelopt).
  if (t.linear && (f == NumberFormat::fp8 || f == NumberFormat::int8)) {
    const bool perMatrix = m.quantization && (m.quantization->method == "fp8" || m.quantization->method == "modelopt");
    out.bytes += 4.0 * static_cast<double>(s.copies) * (perMatrix ? 1.0 : static_cast<double>(s.rows));
  }
  out.body = bodyBytes(f, out.elements);
  return out;
}

}  // namespace

NumberFormat servedFormat(const Model& m, const LayerKind* kind, const Tensor& t, const WeightFormat& format) {
  // Mamba-2 hybrids route in fp32 (vllm/model_executor/models/nemotron_h.py: params_dtype of the gate, 0.18).
  const bool mamba = hasState(m, StateKind::mamba2);
  if (t.role == TensorRole::router && mamba) return NumberFormat::fp32;
  const NumberFormat f = formatOf(m, t, format);
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

namespace {

// Cos and sin tables: one per distinct rotary embedding, in the compute type; latent attention's is fp32.
void addRotary(Ledger& ledger, const Model& m, const Settings& s) {
  std::int64_t dim = 0, tables = 0;
  bool latent = false, sliding = false, full = false;
  for (const LayerKind& k : m.kinds) {
    if (k.attention.rotaryDim <= 0 && k.attention.ropeDim <= 0) continue;
    latent |= k.attention.kind == AttentionKind::latent;
    sliding |= k.attention.kind == AttentionKind::sliding;
    full |= k.attention.kind == AttentionKind::full;
    dim = std::max(dim, latent ? k.attention.ropeDim : k.attention.rotaryDim);
    tables = 1;
  }
  if (tables == 0 || m.maxContext <= 0) return;
  // Gemma 3 and later rotate local and global layers differently (transformers modeling_gemma3.py).
  if (sliding && full && m.family.starts_with("gemma")) tables = 2;
  ledger.add(ComponentId::weights, "rotary cos and sin tables", kRotarySource,
             {derived("tables", static_cast<double>(tables), Unit::copies),
              fromModel("positions", static_cast<double>(m.maxContext) * m.rotaryCacheScale, Unit::tokens),
              fromModel("rotary dimension", static_cast<double>(dim)),
              derived("bytes per element", latent ? 4.0 : bytesPerElement(s.compute), Unit::bytes_per_element)});
}

void addLatentCopies(Ledger& ledger, const Model& m, const RankPart& part, const ServedRules& rules,
                     const WeightFormat& format) {
  if (rules.latentCopies == LatentCopies::none) return;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const AttentionSpec& a = m.kinds[k].attention;
    if (a.kind != AttentionKind::latent) continue;
    const auto layers = static_cast<double>(layersOfKind(m, k, part.layers));
    const auto heads = static_cast<double>(ceilDiv(a.heads, part.tensorParallel));
    const Factor perHead = fromModel("latent rank", static_cast<double>(a.kvLoraRank));
    if (rules.latentCopies == LatentCopies::separate) {
      // Of a kv_b in 16 bit they are views, not copies; DeepSeek-V4 has no such projection.
      const auto up = std::ranges::find(m.kinds[k].tensors, TensorRole::kv_b_proj, &Tensor::role);
      if (up == m.kinds[k].tensors.end() || isPlainFloat(servedFormat(m, &m.kinds[k], *up, format))) continue;
      ledger.add(ComponentId::weights, "16-bit copies of the latent up-projections", kLatentSource,
                 {fromModel("layers", layers, Unit::layers), derived("heads per rank", heads, Unit::heads),
                  fromModel("key and value width", static_cast<double>(a.nopeDim + a.valueDim)), perHead,
                  constant("bytes per element", 2, Unit::bytes_per_element)});
    } else {
      const auto* asked = std::get_if<NumberFormat>(&format);
      const double bytes = asked != nullptr && !isPlainFloat(*asked) ? 1.0 : 2.0;
      ledger.add(ComponentId::weights, "absorbed latent projections", kAbsorbedSource,
                 {fromModel("layers", layers, Unit::layers), derived("heads per rank", heads, Unit::heads),
                  fromModel("query rank and hidden", static_cast<double>(a.qLoraRank + m.hidden)), perHead,
                  derived("bytes per element", bytes, Unit::bytes_per_element)});
    }
  }
}

struct Sum {
  double elements = 0, bytes = 0;
};
using Sums = std::array<std::array<Sum, 2>, kGroupCount>;

// A GGUF file's tensors as they are in the file: its mix is known for the whole model, and a rank has its share.
void addFileType(Ledger& ledger, const Model& m, GgufFileType type, const Sums& sums) {
  double elements = 0;
  for (const auto& group : sums)
    for (const Sum& sum : group) elements += sum.elements;
  const double all = static_cast<double>(std::max<std::int64_t>(1, m.parameters.value()));
  ledger.add(ComponentId::weights, "tensors of the GGUF file", kFileSource,
             {fromModel("elements on this rank", elements, Unit::elements),
              derived("average bytes per element", static_cast<double>(weightBytes(m, type).value()) / all,
                      Unit::bytes_per_element)});
}

}  // namespace

Bytes addServedWeights(Ledger& ledger, const Model& m, const Settings& s, const RankPart& part,
                       const ServedRules& rules) {
  Sums sums{};
  double remainders = 0, scaled = 0;
  std::array<double, kFusedCount> fused{};
  const LayerKind* current = nullptr;
  double currentLayers = 0;
  const auto closeKind = [&] {
    for (double& bytes : fused) remainders += currentLayers * remainder(bytes), bytes = 0;
  };
  forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layerCount) {
    if (t.buffer || (!rules.head && t.role == TensorRole::head) || (!rules.vision && t.group == Group::vision)) return;
    if (kind != current) closeKind(), current = kind;
    const auto layers = static_cast<double>(layerCount);
    currentLayers = layers;
    const NumberFormat f = servedFormat(m, kind, t, s.weights);
    const Size size = sizeOf(m, kind, t, f, s.weights, part);
    Sum& sum = sums[static_cast<std::size_t>(t.group)][f == m.dtype ? 0 : 1];
    sum.elements += layers * size.elements;
    sum.bytes += layers * size.bytes;
    if (rules.wideScales && f == NumberFormat::mxfp4 && isExpert(t.role)) scaled += layers * size.elements;
    if (!rules.caching) return;
    if (const Fused into = fusedInto(t); into != Fused::none)
      fused[static_cast<std::size_t>(into)] += size.body;
    else
      remainders += layers * remainder(size.body);
  });
  closeKind();

  const Bytes before = ledger.bytes(ComponentId::weights);
  if (const auto* file = std::get_if<GgufFileType>(&s.weights)) {
    addFileType(ledger, m, *file, sums);
    sums = {};
    remainders = 0;
  }
  for (std::size_t g = 0; g < kGroupCount; ++g)
    for (const Sum& sum : sums[g])
      if (sum.elements > 0)
        ledger.add(ComponentId::weights, weightLabel(static_cast<Group>(g)), kTensorSource,
                   {fromModel("elements on this rank", sum.elements, Unit::elements),
                    derived("bytes per element", sum.bytes / sum.elements, Unit::bytes_per_element)});
  if (rules.rotaryTable) addRotary(ledger, m, s);
  addLatentCopies(ledger, m, part, rules, s.weights);
  if (rules.latentBlockBytes > 0 && isFp8Block(s.weights) && std::ranges::any_of(m.kinds, [](const LayerKind& k) {
        return k.attention.kind == AttentionKind::latent && k.mlp.kind == MlpKind::experts;
      }))
    ledger.add(ComponentId::weights, "latent attention with fp8 blocks: tensors made while loading", kBlocksSource,
               {constant("bytes", rules.latentBlockBytes, Unit::bytes)});
  if (scaled > 0)
    ledger.add(ComponentId::weights, "scales of the experts as they were loaded", kScalesSource,
               {fromModel("elements of the experts", scaled, Unit::elements),
                constant("bytes per element", 4.0 / 32.0, Unit::bytes_per_element)});
  ledger.add(ComponentId::weights, "free memory lost while loading", rules.lostSource,
             {constant("loss", rules.lostBytes, Unit::bytes)});
  if (remainders > 0)
    ledger.add(ComponentId::weights, "remainders the allocator cannot split off", kAllocatorSource,
               {derived("sum over tensors", remainders, Unit::bytes)});
  return ledger.bytes(ComponentId::weights) - before;
}

}  // namespace headroom
