#include "core/estimate/training/replay/litgpt_step.h"

#include <algorithm>
#include <vector>

#include "core/estimate/training/replay/litgpt_program.h"

namespace headroom::training {

std::vector<Var> LitGptStep::forward() {
  Var x;
  {
    const Var ids = t.make(t.extent({n}), 8, {"token ids"});
    labels_ = t.make(t.extent({n}), 8, {"token ids"});
    x = t.apply({.extent = perToken(hidden),
                 .width = q_.embeddingWidth,
                 .what = kStream,
                 .inputs = {{nullptr, &embedding_}},
                 .saved = {&ids}});
    if (q_.fourBit && h_.strayEmbedding) {
      NormModule norm;
      norm.width = hidden;
      x = o.layerNorm(x, norm, hidden, kStream);
    }
    if (m.layer(0).norm == NormKind::rms_gemma) x = o.scaled(x);  // × √hidden
    x = throughLayers(std::move(x), [this](const Var& in, LayerModules& layer) {
      if (!q_.checkpointing) return block(in, layer);
      return checkpointed(in, [this, &layer](const Var& again) { return block(again, layer); });
    });
    x = normed(x, finalNorm_, m.layer(0).norm);
    std::vector<Var> logits;
    const bool caps = m.layer(0).attention.logitSoftCap > 0;  // Gemma 2 has both
    if (inChunks()) {
      const Var parts = o.split(x);
      for (double at = 0; at < q_.context; at += q_.headChunkTokens) {
        const double rows = std::min(q_.headChunkTokens, q_.context - at);
        const Var part = t.view(parts, t.scaled(t.extent({batch, hidden}), rows));
        Var made = linear(part, head_, kLogits);
        if (caps && h_.capsChunks) made = capped(made, kLogits);
        logits.push_back(std::move(made));
      }
    } else {
      Var made = linear(x, head_, kLogits);
      if (caps) made = capped(made, kLogits);
      logits.push_back(std::move(made));
    }
    x.reset();
    // The precision plugin's convert_output.
    std::vector<Var> wide;
    for (const Var& each : logits) wide.push_back(o.cast(each, 4, kLogits));
    return wide;
  }
}

// utils.py, chunked_cross_entropy of whole logits: what the chunks' log-probabilities take becomes their gradient chunk
// by chunk, then the gradient is put together.
Var LitGptStep::chunkedLoss(const Var& logits) {
  const double rows = q_.batch * (q_.context - 1);
  const Extent whole = t.scaled(t.extent({vocabulary}), rows);
  Var shifted = o.slice(logits, whole);
  if (q_.batch > 1) shifted = o.copied(shifted, kLogits);
  const Extent chunk = t.scaled(t.extent({vocabulary}), std::min(q_.lossRows, rows));
  probabilities_ = t.make(whole, 4, kLogits);
  const Var loss = t.make(plain(rows), 4, kLogits);
  return t.custom(loss, shifted, {}, [this, chunk, whole](const Var&) {
    { const Var negative = t.make(chunk, 4, kLogits), soft = t.make(chunk, 4, kLogits); }
    probabilities_.reset();
    const Var parts = t.make(whole, 4, kLogits);
    return t.make(whole, 4, kLogits);
  });
}

Var LitGptStep::lossOf(std::vector<Var>& logits) {
  if (!inChunks()) return chunkedLoss(logits[0]);
  Var last = logits.back();
  const double width = t.valueOf(vocabulary);
  last = o.slice(last, t.scaled(last.extent(), 1 - q_.batch * width / last.extent().elements));
  logits.back() = last;
  if (q_.batch > 1) last = o.copied(last, kLogits);
  std::vector<Var> losses;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const Var& part = i + 1 < logits.size() ? logits[i] : last;
    const Extent rows = t.without(part.extent(), vocabulary);
    const Var soft = o.unary(part, Keep::result, kLogits);
    losses.push_back(t.apply({.extent = rows, .width = 4, .what = kLogits, .inputs = {{&soft}}, .saved = {&soft}}));
  }
  // A node that hands its gradient to every chunk's.
  Var sum = losses[0];
  for (std::size_t i = 1; i < losses.size(); ++i)
    sum = t.apply({.extent = plain(1),
                   .width = 4,
                   .what = kLogits,
                   .inputs = {{&sum, nullptr, Gradient::pass}, {&losses[i], nullptr, Gradient::pass}},
                   .saved = {}});
  return sum;
}

StepAnswer LitGptStep::run() {
  build();
  layOutGradients();
  // No optimizer knows the swapped embedding: its gradient is there from the first iteration on.
  if (q_.fourBit && h_.strayEmbedding && !embedding_.gradient)
    embedding_.gradient = t.make(embedding_.extent, embedding_.gradWidth, {"gradients", ComponentId::gradients});
  const AttentionSpec& a = m.layer(0).attention;
  const std::uint8_t turning = modelDim("rotary width", static_cast<double>(a.rotaryDim));
  cos_ = buffer(t.extent({length, turning}), 4), sin_ = buffer(t.extent({length, turning}), 4);
  index_ = buffer(plain(1), 8);
  // What the first iteration leaves: its logits and, with them, its graph.
  std::vector<Var> old;
  if (h_.productsHoldInputs && q_.fourBit) {
    old = forward();
    for (Var& each : old) each = t.detach(each);
  } else {
    old.push_back(t.make(t.extent({n, vocabulary}), 4, kLogits));
  }
  std::vector<Var> oldAttributes = std::move(attributes_);
  attributes_.clear();
  t.phase(Phase::forward);
  t.forgetPeaks();
  std::vector<Var> logits = forward();
  old.clear(), oldAttributes.clear();
  forgetCasts();
  t.phase(Phase::loss);
  Var loss = lossOf(logits);
  t.phase(Phase::backward);
  Var one = scalar(4);
  t.backward(loss, std::move(one));
  t.phase(Phase::step);
  optimizerStep();
  loss.reset();
  return answer_;
}

StepAnswer replayLitGpt(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  return LitGptStep(tape, shapes, question).run();
}

}  // namespace headroom::training
