#include "core/estimate/training/replay/torchtune_program.h"

#include <cmath>

namespace headroom::training {

void TorchtuneStep::build() {
  using enum TensorRole;
  const auto adaptAs = [&](LinearModule& module, double times) {
    adapt(module, times);
    if (!q_.dora) return;
    module.magnitude = parameter({module.out}, q_.adapterWidth, times);
    module.magnitude.trains = true;
  };
  makeLayers([&](LayerModules& layer) {
    const LayerKind& kind = *layer.kind;
    const AttentionSpec& a = kind.attention;
    const auto linear = [&](std::uint8_t in, std::uint8_t out, bool bias, bool adapted) {
      LinearModule* made = addLinear(layer, in, out, bias);
      made->fourBit = q_.fourBit && (adapted || h_.packsUnadapted);
      if (adapted) adaptAs(*made, layer.times);
      return made;
    };
    const std::uint8_t queries = widthOf(a.heads * a.headDim, "query width"),
                       keys = widthOf(a.kvHeads * a.headDim, "key width"),
                       inner = widthOf(kind.mlp.intermediate, "intermediate size");
    const bool biased = hasBias(kind, {q_proj});
    layer.q = linear(hidden, queries, biased, adapts(q_proj));
    layer.k = linear(hidden, keys, biased, adapts(k_proj));
    layer.v = linear(hidden, keys, biased, adapts(v_proj));
    layer.o = linear(queries, hidden, false, adapts(o_proj));
    layer.gate = linear(hidden, inner, false, adapts(gate_proj));
    layer.up = linear(hidden, inner, false, adapts(gate_proj));
    layer.down = linear(inner, hidden, false, adapts(gate_proj));
    layer.input = addNorm(layer, hidden, false), layer.post = addNorm(layer, hidden, false);
    if (kind.normsPerLayer > 2)
      layer.afterAttention = addNorm(layer, hidden, false), layer.afterMlp = addNorm(layer, hidden, false);
  });
  embedding_ = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  head_.in = hidden, head_.out = vocabulary;
  if (m.tiedHead) {
    head_.tied = &embedding_;
  } else {
    head_.weight = parameter({vocabulary, hidden}, q_.weightWidth, 1);
    if (adapts(head)) {
      adaptAs(head_, 1);
      head_.dropout = head_.dropout && h_.dropsHead;
    }
  }
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);
  const double chunks = std::ceil(q_.context / std::ceil(q_.context / q_.lossChunks));
  head_.matrix().uses = static_cast<int>(chunks) + (m.tiedHead ? 1 : 0);
}

// torchao/dtypes/nf4tensor.py (0.9), NF4Tensor.to: two 64-bit indices, the looked-up halves, their scaled copies and
// the joined weight are alive at once: 14 bytes per element and the blocks' scales.
Var TorchtuneStep::unpacked(const Extent& weight) {
  constexpr What kWritten{"weights written out of 4 bits", ComponentId::workspace};
  const Var work = t.make(t.scaled(weight, 12 + 2.0 / 64), 1, kWritten);
  return t.make(weight, q_.computeWidth, kWritten);
}

Var TorchtuneStep::packed(const Var& x, LinearModule& module, const What& what) {
  const Extent weight = module.weight.extent, in = x.extent();
  const double width = x.width();
  Var out;
  {
    const Var written = unpacked(weight);
    out = t.make(o.through(x, module.in, module.out), width, what);
  }
  if (x.needsGrad()) {
    const Var parameter = buffer(weight, 0.5);
    out = t.custom(out, x, {&parameter}, [this, weight, in, width](const Var&) {
      const Var written = unpacked(weight);
      return t.make(in, width, {"gradients in flight"});
    });
  }
  return module.hasBias ? o.copied(out, what) : out;
}

// LoRALinear.forward (modules/peft/lora.py).
Var TorchtuneStep::linear(const Var& x, LinearModule& module, const What& what) {
  if (module.adapted && q_.dora) return dora(x, module, what);
  const Var out = module.fourBit ? packed(x, module, what) : o.product(x, module, what);
  if (!module.adapted) return out;
  Var low;
  {
    const Var dropped = module.dropout ? o.dropout(x, kAdapter) : x;
    low = o.times(dropped, module.a, module.in, rank_, kAdapter);
  }
  {
    const Var wide = o.times(low, module.b, rank_, module.out, kAdapter);
    low = o.unary(wide, Keep::nothing, kAdapter);
  }
  return o.add(out, low, what);
}

// DoRALinear.forward (modules/peft/dora.py).
Var TorchtuneStep::dora(const Var& input, LinearModule& module, const What& what) {
  const Var base = module.fourBit ? packed(input, module, what) : o.product(input, module, what);
  const Var x = module.dropout ? o.dropout(input, kAdapter) : input;
  Var low;
  {
    const Var first = o.times(x, module.a, module.in, rank_, kAdapter);
    low = o.times(first, module.b, rank_, module.out, kAdapter);
  }
  constexpr What kDense{"adapters' dense product", ComponentId::workspace};
  const double width = x.width();
  const Var eye = t.make(t.extent({module.in, module.in}), width, kDense);
  const Var first = t.make(t.extent({module.in, rank_}), width, kDense);
  const Var dense = t.make(t.extent({module.in, module.out}), width, kDense);
  Var weight;
  if (module.fourBit) weight = unpacked(module.weight.extent);
  {
    Var sum;
    {
      const Var scaled = t.make(module.weight.extent, width, kDense);
      sum = t.make(module.weight.extent, width, kDense);
    }
  }
  const Extent each = t.extent({module.out});
  const Var norm = t.make(each, width, kAdapter);
  const Var scale = t.apply(
      {.extent = each, .width = width, .what = kAdapter, .inputs = {{nullptr, &module.magnitude}}, .saved = {&norm}});
  Var out;
  {
    Var less, more;
    {
      const Var minus = o.unary(scale, Keep::nothing, kAdapter);
      less = o.multiply(minus, base, kAdapter);
    }
    {
      const Var times = o.multiply(scale, low, kAdapter);
      more = o.unary(times, Keep::nothing, kAdapter);
    }
    out = o.add(less, more, kAdapter);
  }
  return o.add(out, base, what);
}

}  // namespace headroom::training
