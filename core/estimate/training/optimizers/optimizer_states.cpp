#include "core/estimate/training/step/rank_tensors.h"

namespace headroom::training {
namespace {

// Block-quantized states: bitsandbytes keeps one fp32 scale per 256 elements and fp32 states for tensors below 4096
// elements (bitsandbytes/optim/optimizer.py, min_8bit_size and blocksize, 0.44); torchao's 4-bit states one fp32 scale
// per 128 (torchao/optim/subclass_4bit.py).
constexpr double kSmallTensor = 4096;
constexpr double kScale8 = 4.0 / 256, kScale4 = 4.0 / 128;

double quantizedState(double elements, double copies, double bytes) {
  return elements * copies * (elements < kSmallTensor ? 4.0 : bytes);
}

}  // namespace

double stateBytes(const Settings& settings, const Tensor& t, double rows, double columns, double copies) {
  const double elements = rows * columns;
  const bool plain = isPlainFloat(settings.optimizerStates);
  const double state = plain ? info(settings.optimizerStates).blockBytes : 4.0;
  const bool matrix = t.columns > 1 && !t.bias;
  switch (settings.optimizer) {
    case Optimizer::adamw:
    case Optimizer::adam:
    case Optimizer::paged_adamw:
      // States asked for in 8 or 4 bit (torchao low-bit states under a plain AdamW).
      return 2 * (plain ? elements * copies * state
                        : quantizedState(elements, copies, bytesPerElement(settings.optimizerStates)));
    case Optimizer::adamw_8bit:
    case Optimizer::paged_adamw_8bit:
      return 2 * quantizedState(elements, copies, 1 + kScale8);
    case Optimizer::adamw_4bit:
      return 2 * quantizedState(elements, copies, 0.5 + kScale4);
    case Optimizer::sgd:
      return 0;
    case Optimizer::sgd_momentum:
    case Optimizer::lion:
    case Optimizer::rmsprop:
      return elements * copies * state;
    case Optimizer::adafactor:  // one row and one column of second moments per matrix
                                // (https://arxiv.org/abs/1804.04235)
      return (matrix ? rows + columns : elements) * copies * 4;
    case Optimizer::muon: {  // momentum for hidden matrices, AdamW for the rest
                             // (https://kellerjordan.github.io/posts/muon)
      const bool hidden = matrix && t.role != TensorRole::token_embedding && t.role != TensorRole::head &&
                          t.role != TensorRole::position_embedding;
      return (hidden ? 1 : 2) * elements * copies * state;
    }
  }
  return 0;
}

}  // namespace headroom::training
