#include "core/estimate/serving/common/served_weights.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/estimate/arithmetic.h"
#include "core/estimate/gguf_factors.h"
#include "core/estimate/serving/common/served_tensor.h"
#include "core/estimate/tensor_factors.h"
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
constexpr std::string_view kScalesSource =
    "sglang/srt/layers/quantization/mxfp4_marlin_moe.py and marlin_utils_fp4.py: w13/w2_weight_scale_inv in fp32 stay "
    "registered beside the repacked weight_scale (2026-07)";
constexpr std::string_view kAllocatorSource =
    "torch/c10/cuda/CUDACachingAllocator.cpp: from 10 MiB blocks of 2 MiB multiples, split only where more than 1 MiB "
    "is left (2.6)";

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

constexpr std::int64_t kLarge = 10 * kMiB, kRound = 2 * kMiB;

// What the allocator adds to a tensor of this size: the rest of its last 2 MiB where it is too small to be split off.
double remainder(double bytes) {
  const auto size = static_cast<std::int64_t>(bytes);
  if (size < kLarge) return 0;
  const std::int64_t left = ceilDiv(size, kRound) * kRound - size;
  return left <= kMiB ? static_cast<double>(left) : 0;
}

// The same of so many layers' tensors, opened.
void addRemainder(FactorTree& tree, FactorParts& sum, const Factor& size, double layers) {
  if (remainder(size.value) <= 0) return;
  const Factor block = constant("bytes of a step", static_cast<double>(kRound), Unit::bytes, kAllocatorSource);
  const Factor whole = tree.product("bytes handed out", Unit::bytes,
                                    {tree.product("steps", Unit::count, {size, over(block)}, Round::up), block});
  const Factor used = tree.sum("bytes used", Unit::bytes, {size}, Round::down);
  sum.add(tree.product(size.symbol, Unit::bytes,
                       {fromModel("layers", layers, Unit::layers),
                        tree.sum("rest of the last step", Unit::bytes, {whole, less(used)})}));
}

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
  if (sliding && full && m.windowRotary) tables = 2;
  const Factor longest = fromModel("positions", static_cast<double>(m.maxContext), Unit::tokens);
  const Factor positions = m.rotaryCacheScale == 1.0
                               ? longest
                               : ledger.product("positions held", Unit::tokens,
                                                {longest, fromModel("rotary cache scale", m.rotaryCacheScale)});
  ledger.add(ComponentId::weights, "rotary cos and sin tables", kRotarySource,
             {constant("tables", static_cast<double>(tables), Unit::copies, "one per distinct rotary embedding"),
              positions, fromModel("rotary dimension", static_cast<double>(dim), Unit::elements),
              bytesOf(latent ? NumberFormat::fp32 : s.compute)});
}

void addLatentCopies(Ledger& ledger, const Model& m, const RankPart& part, const ServedRules& rules,
                     const WeightFormat& format) {
  if (rules.latentCopies == LatentCopies::none) return;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const AttentionSpec& a = m.kinds[k].attention;
    if (a.kind != AttentionKind::latent) continue;
    const Factor layers = fromModel("layers", static_cast<double>(layersOfKind(m, k, part.layers)), Unit::layers);
    const Factor heads = ledger.product(
        "heads of a rank", Unit::heads,
        {fromModel("heads", static_cast<double>(a.heads), Unit::heads),
         over(asked("tensor-parallel ranks", static_cast<double>(part.split().ofAttention()), Unit::devices))},
        Round::up);
    const Factor perHead = fromModel("latent rank", static_cast<double>(a.kvLoraRank), Unit::elements);
    if (rules.latentCopies == LatentCopies::separate) {
      // Of a kv_b in 16 bit they are views, not copies; DeepSeek-V4 has no such projection.
      const auto up = std::ranges::find(m.kinds[k].tensors, TensorRole::kv_b_proj, &Tensor::role);
      if (up == m.kinds[k].tensors.end() || isPlainFloat(servedFormat(m, &m.kinds[k], *up, format))) continue;
      const Factor width = ledger.sum("key and value width", Unit::elements,
                                      {fromModel("key width", static_cast<double>(a.nopeDim), Unit::elements),
                                       fromModel("value width", static_cast<double>(a.valueDim), Unit::elements)});
      ledger.add(
          ComponentId::weights, "16-bit copies of the latent up-projections", kLatentSource,
          {layers, heads, width, perHead, constant("bytes per element", 2, Unit::bytes_per_element, kLatentSource)});
    } else {
      const auto* asked = std::get_if<NumberFormat>(&format);
      const double bytes = asked != nullptr && !isPlainFloat(*asked) ? 1.0 : 2.0;
      const Factor width = ledger.sum("query rank and hidden", Unit::elements,
                                      {fromModel("query rank", static_cast<double>(a.qLoraRank), Unit::elements),
                                       fromModel("hidden", static_cast<double>(m.hidden), Unit::elements)});
      ledger.add(ComponentId::weights, "absorbed latent projections", kAbsorbedSource,
                 {layers, heads, width, perHead,
                  constant("bytes per element", bytes, Unit::bytes_per_element, kAbsorbedSource)});
    }
  }
}

// The tensors of a rank that an engine loads, with what decides about each.
class Loaded {
 public:
  Loaded(const Model& m, const WeightFormat& format, const RankPart& part, const ServedRules& rules)
      : m_(m), format_(format), part_(part), rules_(rules) {}

  // visit(tensor, kind, layers, format on the device)
  template <typename Visit>
  void forEach(Visit&& visit) const {
    forEachTensor(m_, part_, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
      if (t.buffer || (!rules_.head && t.role == TensorRole::head) || (!rules_.vision && t.group == Group::vision))
        return;
      visit(t, kind, layers, servedFormat(m_, kind, t, format_));
    });
  }
  bool scaled(const Tensor& t, NumberFormat f) const {
    return rules_.wideScales && f == NumberFormat::mxfp4 && isRoutedExpert(t.role);
  }
  ServedSize size(const Tensor& t, const LayerKind* kind, NumberFormat f) const {
    return servedSize(m_, kind, t, f, format_, part_);
  }

  // The tensors that are chosen, each with its elements or else its bytes.
  template <typename Chosen>
  void open(FactorTree& tree, FactorParts& sum, bool elements, Chosen&& chosen) const {
    forEach([&](const Tensor& t, const LayerKind* kind, std::int64_t count, NumberFormat f) {
      if (!chosen(t, f)) return;
      const Factor layers = fromModel("layers", static_cast<double>(count), Unit::layers);
      const ServedFactors s = servedFactors(tree, m_, kind, t, f, format_, part_);
      sum.add(elements ? tensorElements(tree, t.name, layers, s.shard)
                       : tensorBytes(tree, t.name, layers, s.shard.copies, s.matrix));
    });
  }

  // What the allocator keeps behind the tensors: alone, and of matrices that the engine stores as one.
  void openRemainders(FactorTree& tree, FactorParts& sum) const {
    constexpr std::array<std::string_view, kFusedCount> kNames{"queries, keys and values", "latent down-projections",
                                                               "gate and up", "shared gate and up",
                                                               "gate and up of the experts"};
    std::array<std::vector<Factor>, kFusedCount> fused;
    const LayerKind* current = nullptr;
    double currentLayers = 0;
    const auto closeKind = [&] {
      for (std::size_t i = 0; i < kFusedCount; ++i) {
        if (fused[i].empty()) continue;
        FactorParts whole(tree, kNames[i], Unit::bytes);
        for (const Factor& part : fused[i]) whole.add(part);
        addRemainder(tree, sum, whole.close(), currentLayers);
        fused[i].clear();
      }
    };
    forEach([&](const Tensor& t, const LayerKind* kind, std::int64_t count, NumberFormat f) {
      if (kind != current) closeKind(), current = kind;
      currentLayers = static_cast<double>(count);
      const Factor body = servedBody(tree, t, f, servedFactors(tree, m_, kind, t, f, format_, part_).shard);
      if (const Fused into = fusedInto(t); into != Fused::none)
        fused[static_cast<std::size_t>(into)].push_back(body);
      else
        addRemainder(tree, sum, body, currentLayers);
    });
    closeKind();
  }

 private:
  const Model& m_;
  const WeightFormat& format_;
  const RankPart& part_;
  const ServedRules& rules_;
};

// A GGUF file's tensors as they are in the file: its mix is known for the whole model, and a rank has its share.
void addFileType(Ledger& ledger, const Model& m, GgufFileType type, double elements, const Loaded& loaded) {
  if (m.parameters.value() <= 0) return;
  const Factor file = ggufFileBytes(ledger, m, type);
  ledger.add(ComponentId::weights, "tensors of the GGUF file", kFileSource,
             {sumOf(ledger, "elements on this rank", Unit::elements, elements,
                    [&](FactorParts& sum) {
                      loaded.open(ledger, sum, true, [](const Tensor&, NumberFormat) { return true; });
                    }),
              ledger.product("average bytes per element", Unit::bytes_per_element,
                             {file, over(parametersFactor(ledger, m))})});
}

}  // namespace

Bytes addServedWeights(Ledger& ledger, const Model& m, const Settings& s, const RankPart& part,
                       const ServedRules& rules) {
  const Loaded loaded(m, s.weights, part, rules);
  std::array<std::array<TensorSum, 2>, kGroupCount> sums{};
  double remainders = 0, scaled = 0, elements = 0;
  std::array<double, kFusedCount> fused{};
  const LayerKind* current = nullptr;
  double currentLayers = 0;
  const auto closeKind = [&] {
    for (double& bytes : fused) remainders += currentLayers * remainder(bytes), bytes = 0;
  };
  loaded.forEach([&](const Tensor& t, const LayerKind* kind, std::int64_t layerCount, NumberFormat f) {
    if (kind != current) closeKind(), current = kind;
    const auto layers = static_cast<double>(layerCount);
    currentLayers = layers;
    const ServedSize size = loaded.size(t, kind, f);
    sums[static_cast<std::size_t>(t.group)][f == m.dtype ? 0 : 1].add(f, layers * size.elements, layers * size.bytes);
    elements += layers * size.elements;
    if (loaded.scaled(t, f)) scaled += layers * size.elements;
    if (!rules.caching) return;
    if (const Fused into = fusedInto(t); into != Fused::none)
      fused[static_cast<std::size_t>(into)] += size.body;
    else
      remainders += layers * remainder(size.body);
  });
  closeKind();

  const Bytes before = ledger.bytes(ComponentId::weights);
  if (const auto* file = std::get_if<GgufFileType>(&s.weights)) {
    addFileType(ledger, m, *file, elements, loaded);
    sums = {};
    remainders = 0;
  }
  for (std::size_t g = 0; g < kGroupCount; ++g)
    for (std::size_t own = 0; own < 2; ++own)
      addTensors(ledger, ComponentId::weights, weightLabel(static_cast<Group>(g)), kTensorSource, sums[g][own],
                 [&](FactorParts& parts, bool counts) {
                   loaded.open(ledger, parts, counts, [&](const Tensor& t, NumberFormat f) {
                     return static_cast<std::size_t>(t.group) == g && (f == m.dtype) == (own == 0);
                   });
                 });
  if (rules.rotaryTable) addRotary(ledger, m, s);
  addLatentCopies(ledger, m, part, rules, s.weights);
  if (scaled > 0)
    ledger.add(ComponentId::weights, "scales of the experts as they were loaded", kScalesSource,
               {sumOf(ledger, "elements of the experts", Unit::elements, scaled,
                      [&](FactorParts& sum) {
                        loaded.open(ledger, sum, true,
                                    [&](const Tensor& t, NumberFormat f) { return loaded.scaled(t, f); });
                      }),
                constant("bytes of a scale", 4, Unit::bytes, kScalesSource),
                over(constant("elements of a block", 32, Unit::elements, info(NumberFormat::mxfp4).source))});
  ledger.add(ComponentId::weights, "free memory lost while loading", rules.lostSource,
             {amountOf("loss", rules.lostBytes, Unit::bytes)});
  if (remainders > 0)
    ledger.add(ComponentId::weights, "remainders the allocator cannot split off", kAllocatorSource,
               {sumOf(ledger, "remainders of the tensors", Unit::bytes, remainders,
                      [&](FactorParts& sum) { loaded.openRemainders(ledger, sum); })});
  return ledger.bytes(ComponentId::weights) - before;
}

}  // namespace headroom
