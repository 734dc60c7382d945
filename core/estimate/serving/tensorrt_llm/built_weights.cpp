#include "core/estimate/serving/tensorrt_llm/built_weights.h"

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/common/served_tensor.h"

namespace headroom::tensorrt_llm {
namespace {

constexpr std::string_view kEmbedding =
    "tensorrt_llm/models: without use_parallel_embedding, the default, every rank has the whole embedding, and a tied "
    "head is a split copy of it (0.9 to 1.0)";
constexpr std::string_view kLatent =
    "tensorrt_llm/models/deepseek_v2/convert.py load_weights_from_hf_model: fused_q_proj, the product of q_b and the "
    "keys' part of kv_b, beside both (0.16 to 0.20)";
constexpr std::string_view kWide =
    "tensorrt_llm/models/deepseek_v2/convert.py: weight-only formats take the output projection and the MLPs; fused_a, "
    "q_b_proj and kv_b_proj stay in 16 bit (0.16 to 0.20)";

bool isWeightOnly(const WeightFormat& format) {
  const auto* f = std::get_if<NumberFormat>(&format);
  return f != nullptr && (*f == NumberFormat::int4 || *f == NumberFormat::int8);
}

bool staysWide(TensorRole role) {
  using enum TensorRole;
  return role == q_a_proj || role == kv_a_proj || role == q_b_proj || role == kv_b_proj || role == q_proj;
}

void addEmbedding(Ledger& l, const Model& m, const Settings& s, const RankPart& part) {
  if (part.tensorParallel <= 1 || !part.firstStage) return;
  const double ranks = d(part.tensorParallel);
  const double held = m.tiedHead && part.lastStage ? 1 : 1 - 1 / ranks;
  l.add(ComponentId::weights, "embedding, whole on every rank", kEmbedding,
        {fromModel("vocabulary", d(m.vocabulary), Unit::elements), fromModel("hidden", d(m.hidden), Unit::elements),
         asked("share beyond the rank's own rows", held, Unit::ratio), bytesOf(s.compute)});
}

// Latent projections in 16 bit where the rest is quantized.
void addWideLatents(Ledger& l, const Model& m, const Settings& s, const RankPart& part) {
  double elements = 0, bytes = 0;
  forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
    if (kind == nullptr || kind->attention.kind != AttentionKind::latent || !staysWide(t.role) || t.bias) return;
    const NumberFormat f = servedFormat(m, kind, t, s.weights);
    if (isPlainFloat(f)) return;
    const ServedSize size = servedSize(m, kind, t, f, s.weights, part);
    elements += d(layers) * size.elements, bytes += d(layers) * size.bytes;
  });
  if (elements <= 0) return;
  const Factor own = fromModel("bytes per element that were counted", bytes / elements, Unit::bytes_per_element);
  l.add(ComponentId::weights, "latent projections in 16 bit", kWide,
        {fromModel("elements on the rank", elements, Unit::elements),
         l.sum("bytes per element", Unit::bytes_per_element, {bytesOf(s.compute), less(own)})});
}

}  // namespace

void addBuiltWeights(Ledger& l, const Model& m, const Settings& s, const RankPart& part) {
  addEmbedding(l, m, s, part);
  if (isWeightOnly(s.weights)) addWideLatents(l, m, s, part);
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const AttentionSpec& a = m.kinds[k].attention;
    if (a.kind != AttentionKind::latent) continue;
    const std::int64_t from = a.qLoraRank > 0 ? a.qLoraRank : m.hidden;
    l.add(ComponentId::weights, "fused query projection", kLatent,
          {fromModel("layers", d(layersOfKind(m, k, part.layers)), Unit::layers),
           l.product("heads of a rank", Unit::heads,
                     {fromModel("heads", d(a.heads), Unit::heads),
                      over(asked("tensor-parallel ranks", d(part.tensorParallel), Unit::devices))},
                     Round::up),
           l.sum("latent rank and rotary part", Unit::elements,
                 {fromModel("latent rank", d(a.kvLoraRank), Unit::elements),
                  fromModel("rotary part", d(a.ropeDim), Unit::elements)}),
           fromModel("query rank", d(from), Unit::elements), bytesOf(s.compute)});
  }
}

}  // namespace headroom::tensorrt_llm
