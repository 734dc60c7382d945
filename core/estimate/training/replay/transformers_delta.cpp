// The gated delta net as Transformers computes it without flash-linear-attention: torch_chunk_gated_delta_rule of
// models/qwen3_next and qwen3_5, modeling_*.py (5.24).
#include <cmath>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {
namespace {

constexpr What kScan{"the scan's states and products"};
constexpr double kChunk = 64;  // tokens, the function's own default

}  // namespace

// l2norm: x · rsqrt(Σ x² + ε).
Var Program::unitLength(const Var& x, std::uint8_t perHead) {
  const Extent rows = t_.extent({n_, perHead});
  Var length;
  {
    const Var square = o_.multiply(x, x, kScan);
    length = summed(square, rows);
  }
  length = o_.unary(length, Keep::nothing, kScan);
  length = o_.unary(length, Keep::result, kScan);
  return o_.multiply(x, length, kScan);
}

// A triangular system solved for `values`: keeps the matrix and the solution.
Var Program::solved(const Var& matrix, const Var& values) {
  return t_.apply({.extent = values.extent(),
                   .width = 4,
                   .what = kScan,
                   .inputs = {{&matrix}, {&values}},
                   .saved = {&matrix},
                   .savesResult = true,
                   .work = 2 * matrix.extent().elements * 4});
}

// All of them in fp32; chunk after chunk goes through a loop, whose steps keep the state they begin with and the values
// that are new to it. Backward lays out the gradient of a whole tensor for every chunk of it.
Var Program::deltaRule(const Var& queries, const Var& keys, const Var& values, const Var& rates, const Var& decay,
                       Layer& layer) {
  const StateSpec& s = layer.kind->state;
  const double chunks = std::ceil(q_.context / kChunk);
  const std::uint8_t padded = s_.dim(asked("tokens in whole chunks", q_.batch * chunks * kChunk, Unit::tokens)),
                     chunk = modelDim("tokens of a chunk", static_cast<std::int64_t>(kChunk)),
                     starts = s_.dim(asked("chunks", q_.batch * chunks)),
                     heads = modelDim("state-space heads", s.heads), inner = modelDim("inner width", s.inner),
                     keyWidth = modelDim("keys' width", s.heads * s.keyDim),
                     state = modelDim("elements of a state", s.stateElements);
  const Extent ofValues = t_.extent({padded, inner}), ofKeys = t_.extent({padded, keyWidth}),
               perHead = t_.extent({padded, heads}), square = t_.extent({padded, heads, chunk});
  Var q, k, v, rate;
  {
    const double shared = static_cast<double>(s.heads) / static_cast<double>(s.keyHeads);
    const Var manyQueries = o_.repeated(queries, shared, kScan), manyKeys = o_.repeated(keys, shared, kScan);
    q = o_.cast(manyQueries, 4, kScan), k = o_.cast(manyKeys, 4, kScan), v = o_.cast(values, 4, kScan);
    rate = o_.cast(rates, 4, kScan);
  }
  q = unitLength(q, heads), k = unitLength(k, heads);
  q = o_.unary(q, Keep::nothing, kScan);
  const auto filled = [&](const Var& x, const Extent& extent) {
    return t_.apply({.extent = extent, .width = 4, .what = kScan, .inputs = {{&x}}, .saved = {}});
  };
  Var sums;
  {
    Var q2 = filled(q, ofKeys), k2 = filled(k, ofKeys), v2 = filled(v, ofValues), r2 = filled(rate, perHead);
    sums = filled(decay, perHead);
    q = std::move(q2), k = std::move(k2), v = std::move(v2), rate = std::move(r2);
  }
  const Var ratedValues = o_.multiply(v, rate, kScan);
  Var ratedKeys = o_.multiply(k, rate, kScan);
  q = o_.reordered(q), k = o_.reordered(k);
  sums = cumulated(sums);
  Var pairwise = t_.apply(
      {.extent = square, .width = 4, .what = kScan, .inputs = {{&sums, nullptr, Gradient::reduced}}, .saved = {}});
  pairwise = o_.unary(pairwise, Keep::nothing, kScan);
  pairwise = o_.unary(pairwise, Keep::result, kScan);
  const auto decayed = [&](const Var& left) {
    const Var product = batched(left, k, square);
    return o_.multiply(product, pairwise, kScan);
  };
  const Var system = decayed(ratedKeys), own = decayed(q);
  const Var fadingKeys = o_.multiply(ratedKeys, o_.unary(sums, Keep::result, kScan), kScan);
  const Var fresh = solved(system, ratedValues), known = solved(system, fadingKeys);
  Var y = t_.make(ofValues, 4, kScan);
  q = o_.multiply(q, o_.unary(sums, Keep::result, kScan), kScan);
  {
    const Var rest = o_.unary(sums, Keep::nothing, kScan);
    k = o_.multiply(k, o_.unary(rest, Keep::result, kScan), kScan);
  }
  const Var begun = t_.make(t_.extent({starts, state}), 4, kScan), added = t_.make(ofValues, 4, kScan);
  y = t_.apply({.extent = ofValues,
                .width = 4,
                .what = kScan,
                .inputs = {{&y, nullptr, Gradient::none}, {&fresh}, {&known}, {&own}, {&q}, {&k}},
                .saved = {&begun, &added, &known, &own, &q, &k},
                .work = ofValues.elements * 4,
                .inPlace = true});
  y = o_.copied(y, kScan);
  if (t_.valueOf(padded) > t_.valueOf(n_)) y = o_.slice(y, t_.extent({n_, inner}));
  return o_.cast(y, values.width(), kScan);
}

Var Program::deltaNet(const Var& x, Layer& layer) {
  const StateSpec& s = layer.kind->state;
  const std::uint8_t heads = modelDim("state-space heads", s.heads), inner = modelDim("inner width", s.inner),
                     keyWidth = modelDim("keys of all groups", s.keyHeads * s.keyDim);
  const Extent ofValues = t_.extent({n_, inner}), ofKeys = t_.extent({n_, keyWidth}), perHead = t_.extent({n_, heads});
  Var all, gate, rates, steps, projected, small;
  if (layer.stateGate == nullptr) {  // Qwen3-Next: one projection for four, whose parts are put in order
    projected = linear(x, *layer.stateIn, kScan), small = linear(x, *layer.stateRates, kScan);
    const Var parts = o_.split(projected), pair = o_.split(small);
    const Var values = o_.copied(t_.view(parts, ofValues), kScan);
    gate = o_.copied(t_.view(parts, ofValues), kScan);
    rates = o_.copied(t_.view(pair, perHead), kScan), steps = o_.copied(t_.view(pair, perHead), kScan);
    const Var queries = o_.copied(t_.view(parts, ofKeys), kScan), keys = o_.copied(t_.view(parts, ofKeys), kScan);
    all = o_.joined({&queries, &keys, &values}, perToken(modelDim("convolved channels", s.convChannels)),
                    values.width(), kScan);
  } else {
    all = o_.reordered(linear(x, *layer.stateIn, kScan));
    gate = linear(x, *layer.stateGate, kScan);
    rates = linear(x, *layer.stateRates, kScan), steps = linear(x, *layer.stateSteps, kScan);
  }
  const Var after = o_.split(o_.unary(convolved(all, layer), Keep::input, kScan));
  all.reset();
  const Var queries = t_.view(after, ofKeys), keys = t_.view(after, ofKeys), values = t_.view(after, ofValues);
  const Var rate = o_.unary(rates, Keep::result, kScan);
  Var decay;
  {
    const Var wide = o_.cast(steps, 4, kScan);
    Var biased = t_.apply({.extent = perHead,
                           .width = 4,
                           .what = kScan,
                           .inputs = {{&wide, nullptr, Gradient::pass}, {nullptr, layer.stepBias}},
                           .saved = {}});
    biased = o_.unary(biased, Keep::input, kScan);
    decay = spread(biased, *layer.stateDecay, 4);
  }
  Var y = deltaRule(queries, keys, values, rate, decay, layer);
  // Qwen3NextRMSNormGated: the norm first, over a head.
  const double width = y.width();
  {
    Var wide = o_.cast(y, 4, kNorm);
    Var root = o_.mean(o_.unary(wide, Keep::input, {"norms' squares"}), perHead);
    root = o_.unary(root, Keep::nothing, kNorm);
    root = o_.unary(root, Keep::result, kNorm);
    wide = o_.multiply(wide, root, kNorm);
    wide = spread(o_.cast(wide, width, kNorm), *layer.stateNorm, std::max(width, layer.stateNorm->width));
    const Var open = o_.unary(o_.cast(gate, 4, kNorm), Keep::input, kNorm);
    y = o_.cast(o_.multiply(wide, open, kNorm), width, kNorm);
  }
  return linear(y, *layer.stateOut, kStream);
}

}  // namespace headroom::training::transformers
