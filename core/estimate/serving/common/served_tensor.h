// One tensor as a serving engine holds it on one rank: its number format, its share with what the engine fills it up
// to, and its bytes with the scales a loader makes.
#pragma once

#include "core/estimate/tensor_factors.h"
#include "core/estimate/weights.h"

namespace headroom {

// What a loader does with one tensor: its number format on the device. Beside core/model/weight_bytes.h this knows what
// the released quantized checkpoints of hybrid and latent-attention models leave in 16 bit.
NumberFormat servedFormat(const Model& model, const LayerKind* kind, const Tensor& tensor, const WeightFormat& format);

// Of all copies in one layer. format: what was asked of the weights; f: what this tensor is held in.
struct ServedSize {
  double elements = 0, bytes = 0;
  double body = 0;  // bytes without scales and zero points, which are tensors of their own
};
ServedSize servedSize(const Model& model, const LayerKind* kind, const Tensor& tensor, NumberFormat f,
                      const WeightFormat& format, const RankPart& part);

// The same as factors: rows, columns and copies on the rank, and the bytes of one copy.
struct ServedFactors {
  ShardFactors shard;
  Factor matrix;
};
ServedFactors servedFactors(FactorTree& tree, const Model& model, const LayerKind* kind, const Tensor& tensor,
                            NumberFormat f, const WeightFormat& format, const RankPart& part);
Factor servedBody(FactorTree& tree, const Tensor& tensor, NumberFormat f, const ShardFactors& shard);

}  // namespace headroom
