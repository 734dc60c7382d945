// How many bytes a model's tensors take in a weight format: what a scheme quantizes, what it leaves, and its scales.
#pragma once

#include <optional>

#include "core/model/model.h"

namespace headroom {

// The number format one tensor gets under a scheme. Quantized formats apply to the Linear layers of the blocks; token
// embeddings, head, norms, biases, routers and the vision tower stay in the model's dtype, as every released scheme
// leaves them (transformers quantizers: modules_to_not_convert, 4.57). AsStored: the tensor's own format.
// GGUF file types are not answered here (core/model/gguf_mix.h): they give the file type's default format.
// `holder` matters to AsStored alone.
NumberFormat formatOf(const Model& model, const Tensor& tensor, const WeightFormat& format,
                      Holder holder = Holder::file);

// How the holder has a tensor of a checkpoint that is taken as stored; nullptr where its format says it all.
const WeightLayout* layoutOf(const Model& model, const Tensor& tensor, const WeightFormat& format, Holder holder);

// True for the weights that quantization schemes convert: Linears of the layers, but not routers, shared-expert gates,
// token embeddings, heads, norms, biases and the vision tower.
bool isQuantizable(const Tensor& tensor);

// Exact bytes of a rows × columns part of a tensor in the format; a checkpoint that is taken as stored is counted as
// the holder has it.
Bytes partBytes(const Model& model, const Tensor& tensor, const WeightFormat& format, std::int64_t rows,
                std::int64_t columns, Holder holder = Holder::file);

// Exact bytes of all copies of one tensor in one layer.
Bytes tensorBytes(const Model& model, const Tensor& tensor, const WeightFormat& format);

// Bytes of the whole model: every layer, globals and vision; tied heads once; next-token layers left out.
Bytes weightBytes(const Model& model, const WeightFormat& format);

}  // namespace headroom
