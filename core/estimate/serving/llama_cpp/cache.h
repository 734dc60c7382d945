// What the llama.cpp engine works out once per model and once per shape of a run: the file's tensors, where they
// lie, and the replayed compute buffers. Bounded, shared between threads; results do not depend on it.
#pragma once

#include <memory>

#include "core/estimate/serving/llama_cpp/run.h"
#include "core/estimate/serving/llama_cpp/terms.h"

namespace headroom::llama {

// The model's tensors in the asked format. halves: latent attention's up-projection stored in halves; nextToken: with
// the blocks that draft.
std::shared_ptr<const File> fileOf(const std::shared_ptr<const Model>& model, const WeightFormat& format, bool halves,
                                   bool nextToken);

// computeBuffers(), remembered by the run's shape.
ComputeBuffers cachedComputeBuffers(const std::shared_ptr<const File>& file, const Run& run);

// flashPlace(), remembered likewise.
FlashPlace cachedFlashPlace(const std::shared_ptr<const File>& file, const Run& run);

// placedWeights() without the tensors, likewise.
std::shared_ptr<const PlacedWeights> cachedPlacedWeights(const std::shared_ptr<const File>& file, const Run& run);

}  // namespace headroom::llama
