// The lines of a llama.cpp estimate, one function per kind of memory and backend. Internal to the engine.
#pragma once

#include <functional>
#include <vector>

#include "core/estimate/estimate_context.h"
#include "core/estimate/gguf_factors.h"
#include "core/estimate/serving/llama_cpp/run.h"

namespace headroom::llama {

// What llama.cpp takes, of a run that another engine over the same library lays out in its own way.
using Arrange = std::function<void(Run&)>;
void estimateRun(EstimateContext& context, const Arrange& arrange);

// One buffer of weights: elements per format, what alignment adds, and the tensors where they are asked for.
struct WeightBuffer {
  std::array<double, kNumberFormatCount> elements{};
  double padding = 0;
  std::vector<GgufTensors> tensors;
};

// The host maps the file from its first to its last tensor that stays there, whatever lies between: bytes of devices'
// tensors and of what fills up the host's, and the tensors of both where they are asked for.
struct MappedBesides {
  double bytes = 0;
  std::vector<GgufTensors> devices, filledUp;
};

// Where the file's tensors lie: a buffer for every backend, the host last.
struct PlacedWeights {
  std::vector<WeightBuffer> buffers;
  MappedBesides mapped;
};

// keep: with their tensors.
PlacedWeights placedWeights(const Run& run, bool keep);
void addWeightLines(Ledger& ledger, const WeightBuffer& buffer, bool device);
void addMapped(Ledger& host, const MappedBesides& mapped);
// Adapters lie where the tensors they change do.
void addAdapters(Ledger& ledger, const ServedAdapters& lora, NumberFormat format, const Run& run, int backend);

// Keys and values on one backend: a line per kind of cell. Returns bytes per token of the layers that hold every token.
double addCaches(Ledger& ledger, const Settings& settings, const Run& run, int backend);
void addStates(Ledger& ledger, const Run& run, int backend);
// The same of an architecture whose cached keys stand for several tokens (compressed_caches.cpp).
double addCompressedCaches(Ledger& ledger, const Settings& settings, const Run& run, int backend);
void addCompressorStates(Ledger& ledger, const Run& run, int backend);

// The compute buffer: what is alive at the largest moment of the replayed graph.
void addWorkspace(Ledger& ledger, const Run& run, const ComputeBuffers& buffers, int backend);

}  // namespace headroom::llama
