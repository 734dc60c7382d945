// Attention that classes write out themselves. Sources: models/{gpt_neo,gptj,codegen,mpt,bloom}/modeling_*.py, forward
// and _attn (4.46–5.24).
#include <algorithm>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {

// Operands of a batched product: cast by autocast, copied into order where there are several sequences.
Var Program::batchedOperand(const Var& x) {
  const Var narrow = o_.autocast ? o_.cast(x, o_.compute, kQkv) : x;
  return q_.batch > 1 ? o_.copied(narrow, kQkv) : narrow;
}

Var Program::ownAttention(Var& queries, Var& keys, Var& values, Layer& layer) {
  const AttentionSpec& a = layer.kind->attention;
  const Extent scores = t_.extent({n_, modelDim("heads", a.heads), length_});
  const OwnAttention form = q_.ownAttention;
  if (form == OwnAttention::bias_summed && q_.batch > 1) {
    // Heads of all sequences in one dim: three copies take the place of the parts of the projection.
    queries = o_.copied(queries, kQkv), keys = o_.copied(keys, kQkv), values = o_.copied(values, kQkv);
  }
  const bool wide = form == OwnAttention::wide;
  const Var q = wide ? o_.cast(queries, 4, kQkv) : queries;
  const Var k = wide ? o_.cast(keys, 4, kQkv) : repeated(keys, a), v = repeated(values, a);
  const auto product = [&](const Var& left, const Var& right) {
    return t_.apply({.extent = scores,
                     .width = std::max(left.width(), right.width()),
                     .what = kScores,
                     .inputs = {{&left}, {&right}},
                     .saved = {&left, &right}});
  };
  const auto plus = [&](const Var& x, double width) {  // a mask or a bias that needs no gradient
    return t_.apply({.extent = scores,
                     .width = std::max(x.width(), width),
                     .what = kScores,
                     .inputs = {{&x, nullptr, x.width() < width ? Gradient::fresh : Gradient::pass}},
                     .saved = {}});
  };
  Var weights, held;
  {
    const bool ordered = form == OwnAttention::bias_summed;
    const Var left = ordered ? (o_.autocast ? o_.cast(q, o_.compute, kQkv) : q) : batchedOperand(q),
              right = ordered ? (o_.autocast ? o_.cast(k, o_.compute, kQkv) : k) : batchedOperand(k);
    weights = product(left, right);
  }
  if (form == OwnAttention::bias_summed) {
    held = weights;  // attention_scores outlives the sum with the mask
    weights = plus(weights, mask_.width());
  } else if (form == OwnAttention::bias_added) {
    weights = o_.unary(weights, Keep::nothing, kScores);  // × 1/√d
    weights = plus(weights, 4);
    weights = o_.unary(weights, Keep::nothing, kScores);  // masked_fill
    held = weights;
  } else {
    if (wide) weights = o_.unary(weights, Keep::nothing, kScores);  // the causal choice, or ÷ √d
    weights = plus(weights, mask_.width());
  }
  const bool narrow = form == OwnAttention::as_normed && !o_.autocast;
  weights = o_.unary(narrow ? weights : o_.cast(weights, 4, kScores), Keep::result, kScores);
  if (form != OwnAttention::as_normed)
    weights = o_.cast(weights, form == OwnAttention::bias_summed ? queries.width() : values.width(), kScores);
  weights = dropped(weights, q_.attentionDropout && form != OwnAttention::as_normed);
  // Blocks hold the scores and, since 4.54, give them to the model's loop, which holds them until the next block is
  // done. Without checkpointing the graph does at any rate.
  if (q_.checkpointing) t_.passing(weights), givenScores_ = weights;
  Var out;
  {
    const Var probabilities = o_.autocast ? o_.cast(weights, o_.compute, kScores) : weights;
    const Var value = form == OwnAttention::bias_summed ? (o_.autocast ? o_.cast(values, o_.compute, kQkv) : values)
                                                        : batchedOperand(v);
    out = t_.apply({.extent = attendedBy(queries, a),
                    .width = value.width(),
                    .what = kAttended,
                    .inputs = {{&probabilities}, {&value}},
                    .saved = {&probabilities, &value}});
  }
  return o_.copied(out, kAttended);
}

}  // namespace headroom::training::transformers
