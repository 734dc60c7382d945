// Multi-head latent attention (models/deepseek_v2, deepseek_v3, modeling_*.py, 4.57–5.24): queries and keys in two
// parts, of which one turns; keys and values come out of one latent vector of a token.
#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// The parts turn by themselves and are joined again.
Var Program::joinedHeads(const Var& still, const Var& turning, const Extent& extent) {
  const Var after = turned(turning, false);
  return t_.apply({.extent = extent,
                   .width = std::max(still.width(), after.width()),
                   .what = kQkv,
                   .inputs = {{&still, nullptr, Gradient::pass}, {&after, nullptr, Gradient::pass}},
                   .saved = {}});
}

Var Program::latent(const Var& x, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const auto heads = static_cast<double>(a.heads);
  const std::uint8_t queryWidth = modelDim("query width", a.heads * (a.nopeDim + a.ropeDim));
  const Extent whole = t_.extent({n_, queryWidth});
  const double width = heads * static_cast<double>(a.nopeDim + a.ropeDim);
  const double still = heads * static_cast<double>(a.nopeDim) / width, turns = 1 - still;
  Var queries;
  if (layer.queryDown != nullptr) {
    const Var small = linear(x, *layer.queryDown, kQkv);
    queries = linear(normed(small, *layer.queryNorm, *layer.kind), *layer.q, kQkv);
  } else {
    queries = linear(x, *layer.q, kQkv);
  }
  const Var queryParts = o_.split(queries);
  const Var compressed = o_.split(linear(x, *layer.latentDown, kQkv));
  const Var shared = t_.view(compressed, t_.extent({n_, modelDim("rotary size", a.ropeDim)}));
  const Var latentPart = t_.view(compressed, t_.extent({n_, modelDim("latent width", a.kvLoraRank)}));
  const Var between = normed(latentPart, *layer.latentNorm, *layer.kind);
  const Var expanded = o_.split(linear(between, *layer.latentUp, kQkv));
  Var q =
      joinedHeads(t_.view(queryParts, t_.scaled(whole, still)), t_.view(queryParts, t_.scaled(whole, turns)), whole);
  queries.reset();
  const Var spreadKey = t_.apply({.extent = t_.scaled(whole, turns),
                                  .width = shared.width(),
                                  .what = kQkv,
                                  .inputs = {{&shared, nullptr, Gradient::reduced}},
                                  .saved = {},
                                  .inPlace = true});
  Var k = t_.apply({.extent = whole,
                    .width = expanded.width(),
                    .what = kQkv,
                    .inputs = {{&expanded, nullptr, Gradient::fresh}, {&spreadKey, nullptr, Gradient::pass}},
                    .saved = {}});
  Var v = t_.view(expanded, t_.extent({n_, modelDim("values' width", a.heads * a.valueDim)}));
  const Var out = q_.attention == AttentionPath::eager ? eager(q, k, v, layer) : fused(q, k, v, layer, false);
  return linear(out, *layer.o, {"attention's projection"});
}

}  // namespace headroom::training::transformers
