#include "core/estimate/training/replay/torchtitan_step.h"

#include <cmath>
#include <memory>
#include <vector>

#include "core/estimate/training/replay/step_program.h"

namespace headroom::training {
namespace {

// What selective checkpointing kept of a block's forward pass, in order; the recomputation takes it up.
struct Kept {
  std::vector<Var> results;
  std::size_t next = 0;
  int products = 0;
  bool recomputing = false;
};

class TorchtitanStep : StepProgram {
 public:
  TorchtitanStep(Tape& tape, Shapes& shapes, const StepQuestion& q) : StepProgram(tape, shapes, q) {
    repeats_ = q.release < 200;  // models/llama3/model/model.py: repeat_kv until 0.1, grouped heads from 0.2
  }
  StepAnswer run();

 private:
  void build();
  Var linear(const Var& x, LinearModule& module, const What& what, Kept* kept = nullptr);
  Var normed(const Var& x, NormModule& norm);
  Var attention(const Var& x, LayerModules& layer, Kept* kept);
  Var mlp(const Var& x, LayerModules& layer, Kept* kept);
  Var block(const Var& x, LayerModules& layer, Kept* kept);
  Var layerOf(const Var& x, LayerModules& layer, bool wrapped);

  bool repeats_ = false;
  Var table_;
};

void TorchtitanStep::build() {
  makeLayers([&](LayerModules& layer) {
    const AttentionSpec& a = layer.kind->attention;
    const std::uint8_t queries = widthOf(a.heads * a.headDim, "query width"),
                       keys = widthOf(a.kvHeads * a.headDim, "key width"),
                       inner = widthOf(layer.kind->mlp.intermediate, "intermediate size");
    layer.q = addLinear(layer, hidden, queries, false), layer.k = addLinear(layer, hidden, keys, false);
    layer.v = addLinear(layer, hidden, keys, false), layer.o = addLinear(layer, queries, hidden, false);
    layer.gate = addLinear(layer, hidden, inner, false), layer.up = addLinear(layer, hidden, inner, false);
    layer.down = addLinear(layer, inner, hidden, false);
    layer.input = addNorm(layer, hidden, false), layer.post = addNorm(layer, hidden, false);
  });
  embedding_ = parameter({vocabulary, hidden}, q_.embeddingWidth, 1);
  head_.in = hidden, head_.out = vocabulary;
  head_.weight = parameter({vocabulary, hidden}, q_.weightWidth, 1);
  finalNorm_.width = hidden, finalNorm_.weight = parameter({hidden}, q_.normWidth, 1);
}

// Selective checkpointing by operators keeps the result of every second product
// (torchtitan/models/llama3/infra/parallelize.py; distributed/activation_checkpoint.py from 0.2).
Var TorchtitanStep::linear(const Var& x, LinearModule& module, const What& what, Kept* kept) {
  const bool stays = kept != nullptr && ++kept->products % 2 == 1;
  if (!stays) return o.product(x, module, what);
  if (kept->recomputing) {
    const Var stored = kept->results[kept->next++];
    return o.times(x, module.weight, module.in, module.out, what, nullptr, true, &stored);
  }
  const Var out = o.product(x, module, what);
  kept->results.push_back(t.detach(out));
  return out;
}

// nn.RMSNorm: the fused kernel.
Var TorchtitanStep::normed(const Var& x, NormModule& norm) {
  const Var deviation = t.make(t.without(x.extent(), norm.width), 4, {"statistics"});
  return t.apply({.extent = x.extent(),
                  .width = x.width(),
                  .what = kNorm,
                  .inputs = {{&x}, {nullptr, &norm.weight}},
                  .saved = {&x, &deviation}});
}

// Attention.forward and apply_rotary_emb: products of complex numbers, two fp32 each.
Var TorchtitanStep::attention(const Var& x, LayerModules& layer, Kept* kept) {
  const AttentionSpec& a = layer.kind->attention;
  const std::uint8_t heads = modelDim("heads", static_cast<double>(a.heads));
  Var q = linear(x, *layer.q, kQkv, kept), k = linear(x, *layer.k, kQkv, kept), v = linear(x, *layer.v, kQkv, kept);
  {
    const double table = q_.context * static_cast<double>(a.headDim) / 2 * 8;  // the conjugate, written out
    const auto turned = [&](const Var& wide) {
      return t.apply(
          {.extent = wide.extent(), .width = 4, .what = kRotary, .inputs = {{&wide}}, .saved = {}, .work = table});
    };
    const Var wideQ = o.cast(q, 4, kRotary), wideK = o.cast(k, 4, kRotary);
    const Var turnedQ = turned(wideQ), turnedK = turned(wideK);
    Var narrowQ = o.cast(turnedQ, q.width(), kQkv), narrowK = o.cast(turnedK, k.width(), kQkv);
    q = std::move(narrowQ), k = std::move(narrowK);
  }
  if (repeats_) {
    const double repeat = static_cast<double>(a.heads) / static_cast<double>(a.kvHeads);
    k = o.repeated(k, repeat, kQkv), v = o.repeated(v, repeat, kQkv);
  }
  const Extent rows = t.scaled(t.extent({batch, heads}), q.width() < 4 ? q_.context : std::ceil(q_.context / 32) * 32);
  if (kept == nullptr) return linear(o.fusedAttention(q, k, v, rows), *layer.o, {"attention's projection"});
  Var out;
  if (kept->recomputing) {
    const Var stored = kept->results[kept->next++];
    kept->next++;
    out = o.fusedAttention(q, k, v, rows, kept->results[kept->next - 1], &stored);
  } else {
    kept->results.push_back(Var());
    out = o.fusedAttention(q, k, v, rows);
    kept->results.back() = t.detach(out);
    kept->results.push_back(t.make(rows, 4, {"attention's log-sums"}));
  }
  return linear(out, *layer.o, {"attention's projection"}, kept);
}

// FeedForward.forward.
Var TorchtitanStep::mlp(const Var& x, LayerModules& layer, Kept* kept) {
  Var product;
  {
    Var active;
    {
      const Var gate = linear(x, *layer.gate, kMlp, kept);
      active = o.unary(gate, Keep::input, kMlp);
    }
    const Var up = linear(x, *layer.up, kMlp, kept);
    product = o.multiply(active, up, kMlp);
  }
  return linear(product, *layer.down, {"MLP's projection"}, kept);
}

// TransformerBlock.forward.
Var TorchtitanStep::block(const Var& x, LayerModules& layer, Kept* kept) {
  Var h;
  {
    Var attended;
    {
      const Var normal = normed(x, *layer.input);
      attended = attention(normal, layer, kept);
    }
    h = o.add(x, attended, kStream);
  }
  Var out;
  {
    const Var normal = normed(h, *layer.post);
    out = mlp(normal, layer, kept);
  }
  return o.add(h, out, kStream);
}

Var TorchtitanStep::layerOf(const Var& x, LayerModules& layer, bool wrapped) {
  if (!wrapped) return block(x, layer, nullptr);
  if (!q_.selective || q_.everyLayer > 0)
    return checkpointed(x, [this, &layer](const Var& in) { return block(in, layer, nullptr); });
  const auto kept = std::make_shared<Kept>();
  Var out = checkpointed(x, [this, &layer, kept](const Var& in) {
    kept->products = 0;
    return block(in, layer, kept.get());
  });
  kept->recomputing = true;
  return out;
}

StepAnswer TorchtitanStep::run() {
  build();
  layOutGradients();
  t.phase(Phase::forward);
  t.forgetPeaks();
  const Var ids = t.make(t.extent({n}), 8, {"token ids"}), labels = t.make(t.extent({n}), 8, {"token ids"});
  Var h = t.apply({.extent = perToken(hidden),
                   .width = q_.embeddingWidth,
                   .what = kStream,
                   .inputs = {{nullptr, &embedding_}},
                   .saved = {&ids}});
  h = throughLayers(std::move(h), [this](const Var& x, LayerModules& layer) {
    return layerOf(x, layer, q_.checkpointing && (q_.everyLayer <= 1 || variantOf(layer.index) == 1));
  });
  h = normed(h, finalNorm_);
  Var logits = o.product(h, head_, kLogits);
  h.reset();
  t.phase(Phase::loss);
  Var loss;
  {
    const Var wide = o.cast(logits, 4, kLogits);
    const Var soft = o.unary(wide, Keep::result, kLogits);
    loss = t.apply({.extent = plain(1), .width = 4, .what = kLogits, .inputs = {{&soft}}, .saved = {&soft, &labels}});
  }
  logits.reset();
  t.phase(Phase::backward);
  Var one = scalar(4);
  t.backward(loss, std::move(one));
  loss.reset();
  forgetCasts();
  t.phase(Phase::step);
  optimizerStep();
  return answer_;
}

}  // namespace

StepAnswer replayTorchtitan(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  return TorchtitanStep(tape, shapes, question).run();
}

}  // namespace headroom::training
