// How many bytes a model's tensors take in a weight format: what a scheme quantizes, what it leaves, and its scales.
#pragma once

#include "core/model/model.h"

namespace headroom {

// The number format one tensor gets under a scheme. Quantized formats apply to the Linear layers of the blocks; token
// embeddings, head, norms, biases, routers and the vision tower stay in the model's dtype, as every released scheme
// leaves them (transformers quantizers: modules_to_not_convert, 4.57). AsStored: the tensor's own format.
// GGUF file types are not answered here (core/model/gguf_mix.h): they give the file type's default format.
NumberFormat formatOf(const Model& model, const Tensor& tensor, const WeightFormat& format);

// Exact bytes of all copies of one tensor in one layer.
Bytes tensorBytes(const Model& model, const Tensor& tensor, const WeightFormat& format);

// Bytes of the whole model: every layer, globals and vision; tied heads once; next-token layers left out.
Bytes weightBytes(const Model& model, const WeightFormat& format);

}  // namespace headroom
