#include "core/estimate/training/replay/torchtune_step.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/estimate/training/replay/torchtune_program.h"

namespace headroom::training {

// RMSNorm and GemmaRMSNorm.forward (modules/rms_norm.py, models/gemma/rms_norm.py).
Var TorchtuneStep::normed(const Var& input, NormModule& norm) {
  const double width = input.width();
  const bool gemma = m.layer(0).norm == NormKind::rms_gemma;
  const Extent each = t.without(input.extent(), norm.width);
  if (!gemma && h_.torchNorm && width == 4) {  // one formats for all: the fused kernel
    const Var deviation = t.make(each, 4, {"statistics"});
    return t.apply({.extent = input.extent(),
                    .width = 4,
                    .what = kNorm,
                    .inputs = {{&input}, {nullptr, &norm.weight}},
                    .saved = {&input, &deviation}});
  }
  const Var x = o.cast(input, 4, kNorm);
  Var deviation;
  {
    Var mean;
    {
      const Var squares = o.squared(x);
      mean = o.mean(squares, each);
    }
    if (gemma || !h_.torchNorm) mean = o.unary(mean, Keep::nothing, kNorm);  // + epsilon, else in place
    deviation = o.unary(mean, Keep::result, kNorm);
  }
  Var y = o.multiply(x, deviation, kNorm);
  deviation.reset();
  if (!gemma && !h_.torchNorm) {
    y = o.cast(y, width, kNorm);
    return o.weighted(y, norm.weight, kNorm);
  }
  Var multiplier;
  if (gemma) {
    const Var wide = norm.weight.width < 4 ? t.make(norm.weight.extent, 4, kNorm) : Var();
    multiplier = t.make(norm.weight.extent, 4, kNorm);
  }
  y = t.apply({.extent = y.extent(),
               .width = 4,
               .what = kNorm,
               .inputs = {{&y}, {nullptr, &norm.weight, Gradient::reduced}},
               .saved = {y.needsGrad() ? &multiplier : nullptr, norm.weight.trains ? &y : nullptr}});
  return o.cast(y, width, kNorm);
}

// FeedForward.forward (modules/feed_forward.py).
Var TorchtuneStep::mlp(const Var& x, LayerModules& layer) {
  Var h;
  {
    const Var gate = linear(x, *layer.gate, kMlp);
    h = o.unary(gate, Keep::input, kMlp);
  }
  {
    const Var up = linear(x, *layer.up, kMlp);
    h = o.multiply(h, up, kMlp);
  }
  h = linear(h, *layer.down, {"MLP's projection"});
  return h;
}

// TransformerSelfAttentionLayer.forward (modules/transformer.py).
Var TorchtuneStep::block(const Var& x, LayerModules& layer) {
  Var h = normed(x, *layer.input);
  const Var attended = attention(h, layer);
  {
    const Var scaled = layer.afterAttention != nullptr ? normed(attended, *layer.afterAttention) : attended;
    h = o.add(scaled, x, kStream);
  }
  Var out;
  {
    const Var normal = normed(h, *layer.post);
    out = mlp(normal, layer);
  }
  const Var scaled = layer.afterMlp != nullptr ? normed(out, *layer.afterMlp) : out;
  return o.add(h, scaled, kStream);
}

std::vector<Var> TorchtuneStep::forward() {
  const Var ids = t.make(t.extent({n}), 8, {"token ids"});
  labels_ = t.make(t.extent({n}), 8, {"token ids"});
  t.offload(q_.offloadsActivations);
  Var h = t.apply({.extent = perToken(hidden),
                   .width = q_.embeddingWidth,
                   .what = kStream,
                   .inputs = {{nullptr, &embedding_}},
                   .saved = {&ids}});
  if (m.layer(0).norm == NormKind::rms_gemma) h = o.scaled(h);  // GemmaNormEmbeddings
  h = throughLayers(std::move(h), [this](const Var& in, LayerModules& layer) {
    if (!q_.checkpointing) return block(in, layer);
    return checkpointed(in, [this, &layer](const Var& again) { return block(again, layer); });
  });
  h = normed(h, finalNorm_);
  if (m.layer(0).attention.logitSoftCap > 0) {  // Gemma2FinalNorm caps its result
    h = o.unary(h, Keep::nothing, kNorm);
    h = o.unary(h, Keep::result, kNorm);
    h = o.unary(h, Keep::nothing, kNorm);
  }
  t.offload(false);  // the recipe leaves the head out
  std::vector<Var> logits;
  const Var parts = o.split(h);
  const double rows = std::ceil(q_.context / q_.lossChunks);
  for (double at = 0; at < q_.context; at += rows) {
    const Var part = t.view(parts, t.scaled(t.extent({batch, hidden}), std::min(rows, q_.context - at)));
    logits.push_back(linear(part, head_, kLogits));
  }
  return logits;
}

// CEWithChunkedOutputLoss (modules/loss/ce_chunked_output_loss.py).
Var TorchtuneStep::lossOf(const std::vector<Var>& logits) {
  const Var shifted = t.make(t.extent({n}), 8, {"token ids"});
  Var copies;
  if (q_.batch > 1) copies = t.make(t.extent({n}), 8, {"token ids"});
  const Var& target = copies ? copies : shifted;
  Var total;
  for (const Var& part : logits) {
    const Var wide = o.cast(part, 4, kLogits);
    const Var soft = o.unary(wide, Keep::result, kLogits);
    const Var weight = scalar(4);
    Var loss = t.apply(
        {.extent = plain(1), .width = 4, .what = kLogits, .inputs = {{&soft}}, .saved = {&soft, &target, &weight}});
    total = total ? t.apply({.extent = plain(1),
                             .width = 4,
                             .what = kLogits,
                             .inputs = {{&total, nullptr, Gradient::pass}, {&loss, nullptr, Gradient::pass}},
                             .saved = {}})
                  : std::move(loss);
  }
  return total;
}

StepAnswer TorchtuneStep::run() {
  build();
  layOutGradients();
  table_ = buffer(t.extent({length, modelDim("rotary width", static_cast<double>(m.layer(0).attention.headDim))},
                           h_.rotary == TorchtuneRotary::interleaved ? 0.5 : 1),
                  4);
  const auto& a = m.layer(0).attention;
  const double tables = (h_.tablePerLayer ? static_cast<double>(m.layers()) : 1) * static_cast<double>(h_.positions) *
                        static_cast<double>(a.headDim) * (h_.rotary == TorchtuneRotary::interleaved ? 1 : 2);
  const Var positions = t.make(plain(tables), 4, {"rotary tables", ComponentId::activations});
  t.phase(Phase::forward);
  t.forgetPeaks();
  std::vector<Var> logits = forward();
  t.phase(Phase::loss);
  Var loss = lossOf(logits);
  logits.clear();
  t.phase(Phase::backward);
  Var one = scalar(4);
  t.backward(loss, std::move(one));
  loss.reset();
  t.phase(Phase::step);
  optimizerStep();
  return answer_;
}

StepAnswer replayTorchtune(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  return TorchtuneStep(tape, shapes, question).run();
}

}  // namespace headroom::training
