#include "core/estimate/training/optimizers/state_rule.h"

#include "core/scenario/optimizers.h"
#include "core/scenario/step_defaults.h"

namespace headroom::training {
namespace {

constexpr std::string_view kSmall =
    "small tensors keep fp32 states (bitsandbytes/optim/optimizer.py, min_8bit_size, 0.44)";
constexpr std::string_view kBeside = "Muon leaves embeddings, head and vectors to AdamW: first and second moment";

constexpr std::string_view kWide =
    "the Trainer has bitsandbytes keep embeddings' states in fp32 (transformers/trainer.py, create_optimizer, since "
    "4.52; before, it asked for a class of another name)";

// Flat and partitioned parameters are none of the modules' own, which it looks for.
bool keepsEmbeddingsWide(const Settings& s) {
  const bool own = s.parallel.sharding == Sharding::none || s.parallel.sharding == Sharding::fsdp2;
  return own && makesTrainersOptimizer(s.code) && !versionOf(s.packages, Package::transformers).before(4, 52);
}

}  // namespace

StateShape shapeOf(const Tensor& t) {
  const bool matrix = t.columns > 1 && !t.bias;
  const bool embedding = matrix && (t.role == TensorRole::token_embedding || t.role == TensorRole::position_embedding);
  return {matrix, matrix && !embedding && t.role != TensorRole::head, embedding};
}

Factor StateRule::eachFactor(FactorTree& tree) const {
  if (scaleBytes == 0) return constant("bytes per state", each, Unit::bytes, eachWhy);
  return tree.sum("bytes per state", Unit::bytes,
                  {constant("value", each, Unit::bytes, eachWhy),
                   tree.product("scale", Unit::bytes,
                                {constant("bytes of a scale", scaleBytes, Unit::bytes, eachWhy),
                                 over(constant("elements of a scale", scaleBlock, Unit::elements, eachWhy))})});
}

StateRule stateRuleOf(const Settings& s, const StateShape& shape, double elements) {
  const OptimizerRow& row = rowOf(s.optimizer);
  StateRule rule;
  const auto* const weights = std::get_if<NumberFormat>(&s.weights);
  const NumberFormat trained = shape.adapter || weights == nullptr ? s.adapters : *weights;
  const bool narrow = isPlainFloat(trained) && info(trained).blockBytes < 4;
  rule.states = row.states + (narrow ? row.narrowStates : 0), rule.symbol = row.symbol, rule.why = row.why;
  rule.factored = row.factored && shape.matrix;
  if (row.orthogonal && !shape.hidden) rule.states = 2, rule.symbol = "moments", rule.why = kBeside;
  const bool small = elements < row.smallTensor;
  if (row.stateBytes > 0) {
    if (small) return rule.eachWhy = kSmall, rule;
    if (row.wideEmbeddings && shape.embedding && keepsEmbeddingsWide(s)) return rule.eachWhy = kWide, rule;
    rule.each = row.stateBytes, rule.scaleBytes = row.scaleBytes, rule.scaleBlock = row.scaleBlock;
    return rule.eachWhy = row.formatWhy, rule;
  }
  const bool plain = isPlainFloat(s.optimizerStates);
  if (!plain && row.lowBit) {
    // States asked for in 8 or 4 bit (torchao low-bit states under a plain AdamW).
    const OptimizerRow& blocks = rowOf(Optimizer::adamw_8bit);
    if (elements < blocks.smallTensor) return rule.eachWhy = kSmall, rule;
    rule.each = bytesPerElement(s.optimizerStates);
    return rule.eachWhy = info(s.optimizerStates).id, rule;
  }
  const NumberFormat f = plain ? s.optimizerStates : NumberFormat::fp32;
  rule.each = info(f).blockBytes, rule.eachWhy = info(f).id;
  return rule;
}

bool statesAreUniform(const Settings& s) {
  const OptimizerRow& row = rowOf(s.optimizer);
  if (row.factored || row.orthogonal || row.smallTensor > 0) return false;
  return !row.lowBit || isPlainFloat(s.optimizerStates);
}

}  // namespace headroom::training
