#include "core/estimate/training/replay/litgpt_program.h"

namespace headroom::training {

// BitsandbytesPrecision packs halves: what a product unpacks is fp16 and then cast
// (lightning/fabric/plugins/precision/bitsandbytes.py).
Var LitGptStep::frozenOrPacked(const Var& x, LinearModule& module, const What& what) {
  if (!module.fourBit) return o.product(x, module, what);
  const Extent weight = module.weight.extent, in = x.extent();
  const double width = x.width();
  const auto written = [this, weight](double bytes) {
    constexpr What kWritten{"weights written out of 4 bits", ComponentId::workspace};
    const Var half = t.make(weight, 2, kWritten);
    return t.make(weight, bytes, kWritten);
  };
  Var out;
  {
    const Var unpacked = written(width);
    out = t.make(o.through(x, module.in, module.out), width, what);
  }
  if (h_.productsHoldInputs && t.recording()) attributes_.push_back(t.detach(x));
  if (!x.needsGrad()) return out;
  return t.custom(out, x, {}, [this, written, in, width](const Var&) {
    const Var unpacked = written(width);
    return t.make(in, width, {"gradients in flight"});
  });
}

// LoRALinear.forward.
Var LitGptStep::linear(const Var& x, LinearModule& module, const What& what) {
  const Var pretrained = frozenOrPacked(x, module, what);
  if (!module.adapted) return pretrained;
  Var low;
  {
    Var first;
    {
      const Var dropped = module.dropout ? o.dropout(x, kAdapter) : x;
      first = o.times(dropped, module.a, module.in, rank_, kAdapter, nullptr, false);
    }
    low = o.times(first, module.b, rank_, module.out, kAdapter, nullptr, false);
  }
  low = o.unary(low, Keep::nothing, kAdapter);  // × scaling
  return o.add(pretrained, low, what);
}

// LoRAQKVLinear.forward.
Var LitGptStep::fusedQkv(const Var& x, LayerModules& layer) {
  const QkvAdapter& adapter = adapters_[layer.place];
  const AttentionSpec& a = layer.kind->attention;
  const Var pretrained = frozenOrPacked(x, *layer.qkv, kQkv);
  if (adapter.parts == 0) return pretrained;
  Var afterA;
  {
    const Var dropped = q_.adapterDropout ? o.dropout(x, kAdapter) : x;
    afterA = o.times(dropped, *adapter.a, hidden, adapter.a->extent.dims[0], kAdapter);
  }
  const Extent low = perToken(rank_), chosen = t.scaled(t.extent({n}), adapter.columns);
  const auto convolved = [&](const Var& input, Parameter& b, const Extent& extent) {
    Var weight;
    if (o.autocast && b.width != o.compute)
      weight = t.apply({.extent = b.extent,
                        .width = o.compute,
                        .what = {"autocast copies of weights", ComponentId::weights},
                        .inputs = {{nullptr, &b}},
                        .saved = {}});
    return t.apply({.extent = extent,
                    .width = o.autocast ? o.compute : input.width(),
                    .what = kAdapter,
                    .inputs = {{&input}, {&weight}, {nullptr, weight ? nullptr : &b}},
                    .saved = {&input, &weight}});
  };
  Var afterB;
  if (a.heads == a.kvHeads) {  // one grouped convolution
    const Var input = o.reordered(afterA);
    afterB = convolved(input, *adapter.b[0], chosen);
  } else {
    const Var turned = o.reordered(afterA);
    const Var parts = o.split(turned);
    std::array<Var, 3> made;
    for (std::size_t i = 0; i < 3; ++i)
      if (adapter.b[i] != nullptr) {
        const Var input = t.view(parts, low);
        made[i] = convolved(input, *adapter.b[i], perToken(adapter.b[i]->extent.dims[0]));
      }
    afterB = o.joined({&made[0], &made[1], &made[2]}, chosen, afterA.width(), kAdapter);
  }
  // zero_pad: index_copy_ keeps the index and what it copies, which is kept for the shape alone.
  const Extent whole = pretrained.extent();
  Var lora;
  if (adapter.parts < 3) {
    Var index = index_;
    if (h_.indexPerCall) index = t.make(plain(adapter.columns), 8, kAdapter);
    const Var padded = t.apply({.extent = whole,
                                .width = afterB.width(),
                                .what = kAdapter,
                                .inputs = {{&afterB}},
                                .saved = {&index, &afterB}});
    index.reset();
    lora = o.unary(padded, Keep::nothing, kAdapter);
  } else {
    lora = o.unary(afterB, Keep::nothing, kAdapter);
  }
  return o.add(pretrained, lora, kQkv);
}

}  // namespace headroom::training
