// Four published rules of thumb for transformer memory. They stand beside the detailed method so that a reader of such
// a text gets its numbers and sees where they differ (resources/help/methods.md). A user meets them under what they do,
// the code under the text they come from. Their constants are settings (Scenario::methodOptions); an absent one takes
// the text's own:
//   seven-tensors-per-layer     notebook: activation_factor 7: bytes ÷ (batch × tokens × layers × hidden × element)
//   fourteen-tensors-per-block  chapter: c 14: tensors kept per block
//   share-of-weights            table: k 3: what checkpointing divides activations by (2…4); preserved_layers: all;
//                               activation_share 0.2 of the weights in inference (0.1…0.3); workspace_share 0
//                               (0.05…0.2)
//   bytes-per-parameter         article: none
#pragma once

#include <cstdint>

#include "core/scenario/scenario.h"

namespace headroom {

constexpr double kNotebookActivationFactor = 7.0;
constexpr double kChapterTensorsPerBlock = 14.0;
constexpr double kTableCheckpointDivisor = 3.0;
constexpr double kTableActivationShare = 0.2;

// Parameters of a decoder with tied head counted by hand: V·D + L·12·D² + D — embedding, 4·D² attention and 8·D² gated
// MLP per layer, final norm; the per-layer norms are left out.
constexpr std::int64_t handCountedParameters(std::int64_t vocabulary, std::int64_t hidden, std::int64_t layers) {
  return vocabulary * hidden + layers * 12 * hidden * hidden + hidden;
}

// States an optimizer keeps per parameter: AdamW 2, SGD 0 (with momentum 1), Lion and RMSProp 1, Adafactor about 0.5.
double optimizerStatesPerParameter(Optimizer optimizer);

// Sequences that contribute to one optimizer step on one device.
constexpr std::int64_t effectiveBatch(std::int64_t batch, std::int64_t accumulation) {
  return batch * accumulation;
}

}  // namespace headroom
