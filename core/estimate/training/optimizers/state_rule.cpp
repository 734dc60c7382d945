#include "core/estimate/training/optimizers/state_rule.h"

namespace headroom::training {
namespace {

// bitsandbytes keeps fp32 states for tensors below 4096 elements and one fp32 scale per 256 elements.
constexpr double kSmallTensor = 4096;
constexpr std::string_view kBitsandbytes = "bitsandbytes/optim/optimizer.py, min_8bit_size and blocksize (0.44)";
constexpr std::string_view kSmall =
    "tensors below 4096 elements keep fp32 states (bitsandbytes/optim/optimizer.py, 0.44)";
constexpr std::string_view kTorchao = "4-bit states, one fp32 scale per 128 (torchao/optim/subclass_4bit.py)";
constexpr std::string_view kMoments = "AdamW: first and second moment (https://arxiv.org/abs/1711.05101)";
constexpr std::string_view kOne = "one running average of gradients or of their squares";
constexpr std::string_view kFactored =
    "Adafactor: one row and one column of second moments per matrix (https://arxiv.org/abs/1804.04235)";
constexpr std::string_view kVector =
    "Adafactor: second moments of what is no matrix (https://arxiv.org/abs/1804.04235)";
constexpr std::string_view kMuon = "Muon: momentum of hidden matrices (https://kellerjordan.github.io/posts/muon)";
constexpr std::string_view kBeside = "Muon leaves embeddings, head and vectors to AdamW: first and second moment";

StateRule plainStates(double states, std::string_view symbol, std::string_view why, const Settings& s) {
  StateRule rule;
  rule.states = states, rule.symbol = symbol, rule.why = why;
  const NumberFormat f = isPlainFloat(s.optimizerStates) ? s.optimizerStates : NumberFormat::fp32;
  rule.each = info(f).blockBytes, rule.eachWhy = info(f).id;
  return rule;
}

StateRule quantizedMoments(double elements, double each, double scaleBytes, double scaleBlock, std::string_view why) {
  StateRule rule;
  rule.states = 2, rule.symbol = "moments", rule.why = kMoments;
  if (elements < kSmallTensor) return rule.eachWhy = kSmall, rule;
  rule.each = each, rule.scaleBytes = scaleBytes, rule.scaleBlock = scaleBlock, rule.eachWhy = why;
  return rule;
}

}  // namespace

StateShape shapeOf(const Tensor& t) {
  const bool matrix = t.columns > 1 && !t.bias;
  return {matrix, matrix && t.role != TensorRole::token_embedding && t.role != TensorRole::head &&
                      t.role != TensorRole::position_embedding};
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
  switch (s.optimizer) {
    case Optimizer::adamw:
    case Optimizer::adam:
    case Optimizer::paged_adamw:
      if (isPlainFloat(s.optimizerStates)) return plainStates(2, "moments", kMoments, s);
      // States asked for in 8 or 4 bit (torchao low-bit states under a plain AdamW).
      return quantizedMoments(elements, bytesPerElement(s.optimizerStates), 0, 1, info(s.optimizerStates).id);
    case Optimizer::adamw_8bit:
    case Optimizer::paged_adamw_8bit:
      return quantizedMoments(elements, 1, 4, 256, kBitsandbytes);
    case Optimizer::adamw_4bit:
      return quantizedMoments(elements, 0.5, 4, 128, kTorchao);
    case Optimizer::sgd:
      return {};
    case Optimizer::sgd_momentum:
    case Optimizer::lion:
    case Optimizer::rmsprop:
      return plainStates(1, "averages", kOne, s);
    case Optimizer::adafactor: {
      StateRule rule;
      rule.states = 1, rule.symbol = "second moments", rule.factored = shape.matrix;
      rule.why = shape.matrix ? kFactored : kVector, rule.eachWhy = "fp32";
      return rule;
    }
    case Optimizer::muon:
      return shape.hidden ? plainStates(1, "momentum", kMuon, s) : plainStates(2, "moments", kBeside, s);
  }
  return {};
}

bool statesAreUniform(const Settings& s) {
  switch (s.optimizer) {
    case Optimizer::adamw:
    case Optimizer::adam:
    case Optimizer::paged_adamw:
      return isPlainFloat(s.optimizerStates);
    case Optimizer::sgd:
    case Optimizer::sgd_momentum:
    case Optimizer::lion:
    case Optimizer::rmsprop:
      return true;
    default:
      return false;
  }
}

}  // namespace headroom::training
