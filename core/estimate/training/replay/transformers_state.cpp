// Mamba-2 as Transformers computes it without its kernels (mamba_ssm, causal_conv1d): the scan in chunks, written out.
// Sources: torch_forward of bamba, granitemoehybrid and mamba2 (4.46–5.0), mamba2_chunk_scan of the same files (5.24).
#include <array>
#include <cmath>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {
namespace {

constexpr What kScan{"the scan's states and products"}, kConvolved{"the short convolution"};
// The first release seen whose scan is made of torch.einsum; products of four dims were written out and summed before.
constexpr int kEinsumScan = 52400;

}  // namespace

// A batched product that keeps both operands.
Var Program::batched(const Var& a, const Var& b, const Extent& extent) {
  return t_.apply({.extent = extent, .width = a.width(), .what = kScan, .inputs = {{&a}, {&b}}, .saved = {&a, &b}});
}

// torch.einsum of two: cast by autocast, copied into the order of a batched product.
Var Program::einsum(const Var& a, const Var& b, const Extent& extent, bool inOrder) {
  const auto narrow = [this](const Var& v) { return o_.autocast ? o_.cast(v, o_.compute, kScan) : v; };
  const Var first = narrow(a), second = narrow(b);
  const Var left = inOrder ? first : o_.copied(first, kScan), right = o_.copied(second, kScan);
  return batched(left, right, extent);
}

// The product of two that are spread over more dims, each with its own.
Var Program::outer(const Var& a, const Var& b, const Extent& extent) {
  return t_.apply({.extent = extent,
                   .width = std::max(a.width(), b.width()),
                   .what = kScan,
                   .inputs = {{&a, nullptr, Gradient::reduced}, {&b, nullptr, Gradient::reduced}},
                   .saved = {b.needsGrad() ? &a : nullptr, a.needsGrad() ? &b : nullptr}});
}

// A sum: its backward spreads the gradient as a view.
Var Program::summed(const Var& x, const Extent& extent) {
  return t_.apply(
      {.extent = extent, .width = x.width(), .what = kScan, .inputs = {{&x, nullptr, Gradient::pass}}, .saved = {}});
}

// By a parameter that is spread over the tensor.
Var Program::spread(const Var& x, Parameter& weight, double width) {
  return t_.apply({.extent = x.extent(),
                   .width = width,
                   .what = kScan,
                   .inputs = {{nullptr, &weight, Gradient::reduced}, {&x}},
                   .saved = {weight.trains ? &x : nullptr}});
}

// Sums along a dim; backward turns the gradient round, sums and turns it back.
Var Program::cumulated(const Var& x) {
  const double bytes = x.extent().elements * x.width();
  return t_.apply(
      {.extent = x.extent(), .width = x.width(), .what = kScan, .inputs = {{&x}}, .saved = {}, .work = 2 * bytes});
}

// exp(segment_sum(A)): spread and masked, cumulated, masked again.
Var Program::decays(const Var& a, const Extent& extent) {
  Var sums;
  {
    const Var masked = t_.apply(
        {.extent = extent, .width = 4, .what = kScan, .inputs = {{&a, nullptr, Gradient::reduced}}, .saved = {}});
    sums = cumulated(masked);
    sums = o_.unary(sums, Keep::nothing, kScan);
  }
  return o_.unary(sums, Keep::result, kScan);
}

// Variables of the Python function live until it returns.
Var Program::chunkScan(const Var& x, const Var& steps, const Var& keys, const Var& queries, Layer& layer) {
  const StateSpec& s = layer.kind->state;
  const bool products = q_.transformers >= kEinsumScan;
  const double length = s.chunk > 0 ? static_cast<double>(s.chunk) : 256, chunks = std::ceil(q_.context / length);
  const std::uint8_t padded = s_.dim(asked("tokens in whole chunks", q_.batch * chunks * length, Unit::tokens)),
                     chunk = modelDim("tokens of a chunk", static_cast<std::int64_t>(length)),
                     starts = s_.dim(asked("chunks", q_.batch * chunks)),
                     borders = s_.dim(asked("borders of chunks", q_.batch * (chunks + 1))),
                     ofSequence = s_.dim(asked("borders of a sequence's chunks", chunks + 1)),
                     heads = modelDim("state-space heads", s.heads), state = modelDim("state size", s.stateSize),
                     inner = modelDim("inner width", s.inner);
  const Extent wide = t_.extent({padded, inner}), perHead = t_.extent({padded, heads}),
               perState = t_.extent({padded, heads, state}), square = t_.extent({padded, heads, chunk}),
               atBorders = t_.extent({borders, inner, state}), atStarts = t_.extent({starts, inner, state}),
               outerState = t_.extent({padded, inner, state});

  Var h = o_.cast(x, 4, kScan);
  const auto repeatedFor = [&](const Var& v) {
    const Var all = o_.cast(v, 4, kScan);
    return t_.apply(
        {.extent = t_.extent({n_, heads, state}), .width = 4, .what = kScan, .inputs = {{&all}}, .saved = {}});
  };
  Var b = repeatedFor(keys), c = repeatedFor(queries);
  const auto filled = [&](const Var& v, const Extent& extent) {
    return t_.apply({.extent = extent, .width = v.width(), .what = kScan, .inputs = {{&v}}, .saved = {}});
  };
  Var skipped = filled(h, wide);
  skipped = spread(skipped, *layer.stateSkip, 4);
  h = o_.multiply(h, products ? o_.cast(steps, 4, kScan) : steps, kScan);
  Var a = spread(products ? o_.cast(steps, 4, kScan) : steps, *layer.stateDecay, 4);
  {
    std::array<Var, 4> whole{filled(h, wide), filled(a, perHead), filled(b, perState), filled(c, perState)};
    for (Var& v : whole) v = o_.reordered(v);
    h = std::move(whole[0]), a = std::move(whole[1]), b = std::move(whole[2]), c = std::move(whole[3]);
  }
  const Var sums = cumulated(a), decay = decays(a, square);

  // What the tokens of a chunk give each other.
  Var written, spreadOut;
  const Var scores =
      products ? einsum(c, b, square) : summed(written = outer(c, b, t_.extent({padded, chunk, heads, state})), square);
  Var mixed;
  if (products)
    mixed = o_.multiply(scores, decay, kScan);
  else
    mixed = summed(spreadOut = o_.multiply(scores, decay, kScan), square);
  const Var own =
      products ? einsum(mixed, h, wide, true) : summed(outer(mixed, h, t_.extent({padded, chunk, inner})), wide);

  // What a chunk leaves behind, and what of it reaches the next ones.
  Var remaining = o_.unary(sums, Keep::nothing, kScan);
  remaining = o_.unary(remaining, Keep::result, kScan);
  const Var weighted = o_.multiply(b, remaining, kScan);
  Var states = products ? einsum(weighted, h, atStarts) : summed(outer(weighted, h, outerState), atStarts);
  const Var first = t_.make(t_.extent({batch_, inner, state}), states.width(), kScan);
  states = t_.apply({.extent = atBorders,
                     .width = states.width(),
                     .what = kScan,
                     .inputs = {{&states, nullptr, Gradient::pass}},
                     .saved = {}});
  const Var between = decays(sums, t_.extent({borders, heads, ofSequence}));
  const Var reached = products
                          ? einsum(between, states, atBorders, true)
                          : summed(outer(between, states, t_.extent({borders, ofSequence, inner, state})), atBorders);
  states = o_.slice(reached, atStarts);
  const Var fading = o_.unary(sums, Keep::result, kScan);
  Var read;
  const Var given = products ? einsum(c, states, wide) : summed(read = outer(c, states, outerState), wide);
  const Var others = o_.multiply(given, fading, kScan);

  Var y = o_.add(own, others, kScan);
  if (products) y = o_.copied(y, kScan);
  y = o_.add(y, skipped, kScan);
  return t_.valueOf(padded) > t_.valueOf(n_) ? o_.slice(y, t_.extent({n_, inner})) : y;
}

// MambaRMSNormGated: the gate first, all in fp32.
Var Program::gatedNorm(const Var& x, const Var& gate, Layer& layer) {
  const std::uint8_t inner = modelDim("inner width", layer.kind->state.inner);
  Var y = o_.cast(x, 4, kNorm);
  {
    const Var wide = o_.cast(gate, 4, kNorm);
    y = o_.multiply(y, o_.unary(wide, Keep::input, kNorm), kNorm);
  }
  if (layer.stateNorm == nullptr) return y;
  Var root = o_.mean(o_.unary(y, Keep::input, {"norms' squares"}), t_.without(y.extent(), inner));
  root = o_.unary(root, Keep::nothing, kNorm);
  root = o_.unary(root, Keep::result, kNorm);
  y = o_.multiply(y, root, kNorm);
  return spread(o_.cast(y, x.width(), kNorm), *layer.stateNorm, std::max(x.width(), layer.stateNorm->width));
}

// A convolution over a few tokens, padded in front and behind; what is too much is cut off.
Var Program::convolved(const Var& x, Layer& layer) {
  const StateSpec& s = layer.kind->state;
  const std::uint8_t channels = modelDim("convolved channels", s.convChannels);
  const double longer = q_.context + static_cast<double>(s.convKernel) - 1;
  const std::uint8_t rows = s_.dim(asked("tokens and the convolution's padding", q_.batch * longer, Unit::tokens));
  Var y = t_.apply({.extent = t_.extent({rows, channels}),
                    .width = x.width(),
                    .what = kConvolved,
                    .inputs = {{&x}, {nullptr, layer.convWeight}, {nullptr, layer.convBias}},
                    .saved = {&x}});
  return o_.slice(y, t_.extent({n_, channels}));
}

// Lfm2ShortConv: gates before and after the convolution.
Var Program::shortConvolution(const Var& x, Layer& layer) {
  const Extent third = perToken(modelDim("convolved channels", layer.kind->state.convChannels));
  const Var parts = o_.split(o_.reordered(linear(x, *layer.stateIn, kConvolved)));
  const Var before = t_.view(parts, third), after = before, values = before;
  Var y = o_.multiply(before, values, kConvolved);
  y = convolved(y, layer);
  y = o_.multiply(after, y, kConvolved);
  return linear(y, *layer.stateOut, kStream);
}

Var Program::mamba2(const Var& x, Layer& layer) {
  const StateSpec& s = layer.kind->state;
  const std::uint8_t inner = modelDim("inner width", s.inner), heads = modelDim("state-space heads", s.heads),
                     group = modelDim("states of all groups", s.groups * s.stateSize),
                     channels = modelDim("convolved channels", s.convChannels);
  const Var projected = o_.split(linear(x, *layer.stateIn, kScan));
  const Var gate = t_.view(projected, t_.extent({n_, inner})), mixed = t_.view(projected, t_.extent({n_, channels}));
  Var steps = t_.view(projected, t_.extent({n_, heads}));
  const Var after = o_.unary(convolved(mixed, layer), Keep::input, kConvolved);
  const Var parts = o_.split(after);
  const Var hidden = t_.view(parts, t_.extent({n_, inner})), keys = t_.view(parts, t_.extent({n_, group})),
            queries = keys;
  steps = t_.apply({.extent = steps.extent(),
                    .width = std::max(steps.width(), layer.stepBias->width),
                    .what = kScan,
                    .inputs = {{&steps, nullptr, Gradient::pass}, {nullptr, layer.stepBias}},
                    .saved = {}});
  if (o_.autocast) steps = o_.cast(steps, 4, kScan);  // softplus is on its list
  steps = o_.unary(steps, Keep::input, kScan);
  steps = o_.unary(steps, Keep::input, kScan);  // clamp
  Var y = chunkScan(hidden, steps, keys, queries, layer);
  y = gatedNorm(y, gate, layer);
  return linear(o_.cast(y, x.width(), kScan), *layer.stateOut, kStream);
}

Var Program::state(const Var& x, Layer& layer) {
  switch (layer.kind->state.kind) {
    case StateKind::short_conv:
      return shortConvolution(x, layer);
    case StateKind::gated_delta_net:
      return deltaNet(x, layer);
    default:
      return mamba2(x, layer);
  }
}

void Program::buildState(Layer& layer) {
  if (layer.kind->state.kind == StateKind::none) return;
  const std::size_t before = layer.linears.size();
  layer.stateIn = linear(layer, TensorRole::state_in, {}, "projected width");
  if (layer.kind->state.kind == StateKind::gated_delta_net) {
    // One projection and that of the rates; or queries, keys and values, the gate, rates and steps.
    const std::size_t count = layer.linears.size() - before;
    LinearModule* const first = &layer.linears[before];
    layer.stateIn = first, layer.stateRates = &layer.linears[before + count / 2];
    if (count == 4) layer.stateGate = &layer.linears[before + 1], layer.stateSteps = &layer.linears[before + 3];
  }
  layer.stateOut = linear(layer, TensorRole::state_out, "inner width", {});
  const auto own = [&](std::string_view suffix) -> Parameter* {
    for (const Tensor& tensor : layer.kind->tensors) {
      if (tensor.group != Group::state || tensor.linear || !tensor.name.ends_with(suffix)) continue;
      const std::uint8_t rows = modelDim("state parameters", tensor.rows);
      return &layer.others.emplace_back(
          tensor.columns > 1
              ? parameter({rows, modelDim("kernel", tensor.columns)}, q_.normWidth, layer.times, q_.trainsWeights)
              : parameter({rows}, q_.normWidth, layer.times, q_.trainsWeights));
    }
    return nullptr;
  };
  const bool gated = layer.kind->state.kind == StateKind::short_conv;
  layer.convWeight = own(gated ? "conv.conv.weight" : "conv1d.weight");
  layer.convBias = own(gated ? "conv.conv.bias" : "conv1d.bias"), layer.stepBias = own("dt_bias");
  layer.stateDecay = own("A_log"), layer.stateSkip = own(".D"), layer.stateNorm = own(".norm.weight");
}

}  // namespace headroom::training::transformers
