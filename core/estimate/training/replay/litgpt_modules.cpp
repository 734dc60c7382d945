#include "core/estimate/training/replay/litgpt_program.h"

#include <algorithm>

namespace headroom::training {

LitGptHabits litGptHabits(int release) {
  LitGptHabits h;
  h.splitsPlainly = release >= 504;
  h.indexPerCall = release >= 513;
  h.strayEmbedding = release >= 500;
  h.productsHoldInputs = release < 513;
  h.addsResidualLast = h.onesForWindow = release < 504;
  h.capsChunks = release >= 504;
  h.clonesExpertsInput = release >= 509;
  return h;
}

void LitGptStep::build() {
  using enum TensorRole;
  makeLayers([&](LayerModules& layer) {
    const LayerKind& kind = *layer.kind;
    const AttentionSpec& a = kind.attention;
    const std::uint8_t heads = widthOf(a.heads * a.headDim, "query width");
    const auto columns = static_cast<double>((a.heads + 2 * a.kvHeads) * a.headDim);
    layer.qkv =
        addLinear(layer, hidden, modelDim("query, key and value columns", columns), hasBias(kind, {q_proj, qkv_proj}));
    QkvAdapter& adapter = adapters_.emplace_back();
    layer.place = adapters_.size() - 1;
    const std::array<TensorRole, 3> roles{q_proj, k_proj, v_proj};
    for (std::size_t i = 0; i < 3; ++i) {
      if (!adapts(roles[i])) continue;
      const std::int64_t out = (i == 0 ? a.heads : a.kvHeads) * a.headDim;
      ++adapter.parts, adapter.columns += static_cast<double>(out);
      if (a.heads != a.kvHeads) adapter.b[i] = addMatrix(layer, widthOf(out, "adapted columns"), rank_);
    }
    if (adapter.parts > 0) {
      adapter.a = addMatrix(layer, modelDim("adapters' ranks together", adapter.parts * q_.rank), hidden);
      // The index that pads is made by the first forward pass and stays.
      if (adapter.parts < 3 && h_.indexPerCall)
        indices_.push_back(
            t.make(plain(adapter.columns * layer.times), 8, {"adapters' indices", ComponentId::weights}));
      if (a.heads == a.kvHeads) adapter.b[0] = addMatrix(layer, modelDim("adapted columns", adapter.columns), rank_);
    }
    layer.o = addLinear(layer, heads, hidden, hasBias(kind, {o_proj}));
    if (adapts(o_proj)) adapt(*layer.o, layer.times);
    const bool sparse = kind.mlp.kind == MlpKind::experts;
    const std::uint8_t inner =
        widthOf(sparse ? kind.mlp.expertIntermediate : kind.mlp.intermediate, "intermediate size");
    const bool biased = hasBias(kind, {up_proj, down_proj});
    if (sparse)
      layer.router = addLinear(layer, hidden, modelDim("experts", static_cast<double>(kind.mlp.experts)), false);
    if (kind.mlp.kind != MlpKind::plain) layer.gate = addLinear(layer, hidden, inner, biased);
    layer.up = addLinear(layer, hidden, inner, biased);
    layer.down = addLinear(layer, inner, hidden, biased);
    for (std::int64_t i = 0; sparse && i < kind.mlp.experts; ++i)
      layer.experts.push_back(i == 0 ? std::array{layer.gate, layer.up, layer.down}
                                     : std::array{addLinear(layer, hidden, inner, biased),
                                                  addLinear(layer, hidden, inner, biased),
                                                  addLinear(layer, inner, hidden, biased)});
    if (adapts(gate_proj)) {
      for (LinearModule* l : {layer.router, layer.gate, layer.up, layer.down})
        if (l != nullptr) adapt(*l, layer.times);
      for (const auto& expert : layer.experts)
        for (LinearModule* l : expert)
          if (!l->adapted) adapt(*l, layer.times);
    }
    const bool plainNorm = kind.norm == NormKind::layer;
    const bool after = named(kind, "post_feedforward") != nullptr;  // OLMo 2 has only those behind, Gemma 2 both
    if (!after || kind.normsPerLayer > 2) {
      layer.input = addNorm(layer, hidden, plainNorm);
      if (kind.normsPerLayer > 1) layer.post = addNorm(layer, hidden, plainNorm);
    }
    if (after)
      layer.afterAttention = addNorm(layer, hidden, plainNorm), layer.afterMlp = addNorm(layer, hidden, plainNorm);
    if (a.qkNorm) {
      const auto width = [&](std::string_view name) {
        const Tensor* norm = named(kind, name);
        return norm == nullptr || norm->rows == a.headDim ? modelDim("head size", static_cast<double>(a.headDim))
                                                          : widthOf(norm->rows, "normalized width");
      };
      layer.qNorm = addNorm(layer, width("q_norm"), plainNorm),
      layer.kNorm = addNorm(layer, width("k_norm"), plainNorm);
    }
  });
  embedding_ = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  if (q_.fourBit && h_.strayEmbedding) embedding_.trains = true;
  head_.in = hidden, head_.out = vocabulary, head_.fourBit = q_.fourBit;
  head_.weight = parameter({vocabulary, hidden}, q_.weightWidth, 1);
  head_.hasBias = std::ranges::any_of(m.globals, [](const Tensor& g) { return g.role == TensorRole::head && g.bias; });
  if (head_.hasBias) head_.bias = parameter({vocabulary}, q_.weightWidth, 1);
  if (adapts(head)) adapt(head_, 1);
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);
  finalNorm_.hasBias = m.layer(0).norm == NormKind::layer;
  if (finalNorm_.hasBias) finalNorm_.bias = parameter({hidden}, q_.normWidth, 1);
}

}  // namespace headroom::training
