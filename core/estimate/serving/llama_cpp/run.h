// One llama.cpp run as the engine sees it: what was asked, with its own paddings and defaults applied.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/estimate/serving/llama_cpp/graph_allocator.h"
#include "core/estimate/serving/llama_cpp/tensor_overrides.h"
#include "core/estimate/serving/llama_cpp/traits.h"
#include "core/model/gguf_mix.h"
#include "core/scenario/settings.h"

namespace headroom::llama {

// A model's file: its tensors with their types. Made once per model and file type.
struct File {
  GgufInventory inventory;
  std::vector<GgufStored> tensors;        // globals first, then layer by layer
  std::vector<std::size_t> firstOfLayer;  // index into `tensors`; one more entry than layers
  Bytes bytes;                            // of all tensors
  Traits traits;
};

struct Run {
  const Model* model = nullptr;
  const File* file = nullptr;
  Backends backends;
  std::vector<std::int8_t> layerBackend;             // of each layer and, last, of the output
  std::int64_t expertLayersOnHost = 0;               // the first layers whose experts stay on the host
  std::int64_t denseLayersOnHost = 0;                // the first layers whose MLP proper does
  std::shared_ptr<const TensorOverrides> overrides;  // tensors placed by name; none: nobody asks
  int firstDevice = 0;                               // of the scenario's devices, the first that is used
  std::int64_t ubatch = 512, sequences = 1, outputs = 1;
  std::int64_t cells = 0, windowCells = 0;  // of one stream
  std::int64_t streams = 1;
  bool flash = true;
  bool transposed = false;  // values lie transposed in the cache, as attention without flash reads them
  bool kvOnHost = false, wholeOffload = true, latentHalves = true;
  // What is passed in lies in buffers of the caller's own, and masks come in fp32 and are narrowed by the graph
  // (Ollama's own engine, kvcache/causal.go and ml/backend/ggml/ggml.go).
  bool inputsOutside = false;
  std::int64_t windowKept = 0;  // tokens of a sequence that a window's cache keeps instead of the window; 0: the window
  KvFormats kv;
  // Drafting with the model's own next-token blocks: they are loaded, and a second context runs them alone.
  bool loadsNextToken = false, nextToken = false;
  std::int64_t rollback = 0;  // states kept besides the newest one, to go back to when drafted tokens are refused

  std::int64_t layers() const { return static_cast<std::int64_t>(layerBackend.size()) - 1; }
  const LayerKind& kind(std::size_t layer) const { return model->kinds[file->inventory.block(layer).kind]; }
  // A micro-batch may hold tokens and embeddings side by side.
  bool mixedBatches() const { return backends.rules.mixedBatches && file->traits.mixedInputs && !nextToken; }
  // Encoders give embeddings and have no head to tie.
  bool hasHead() const {
    return std::any_of(model->kinds.begin(), model->kinds.end(), [](const LayerKind& k) {
      return !k.encoder && k.attention.kind != AttentionKind::bidirectional;
    });
  }
  // The context has a cache, or a state, for the layer.
  bool holds(std::size_t layer) const {
    // What was encoded from an image lies in a cache of the caller's.
    if (inputsOutside && kind(layer).attention.kind == AttentionKind::cross) return false;
    const bool draft = file->inventory.block(layer).nextToken;
    return nextToken ? draft : !draft || !backends.rules.trunkCaches;
  }
  bool windowed(const LayerKind& kind) const { return file->traits.window && kind.attention.window > 0; }
};

// Where flash attention runs, as llama.cpp asks of a graph of one token per sequence: it is switched off, unless told,
// where that is not the device of every layer (llama-context.cpp, resolve_fused_ops).
enum class FlashPlace : std::uint8_t {
  with_layers,
  on_host,    // a device's layer has no kernel for it there
  on_device,  // of a layer on the host, whose products of 32 rows and more the device takes over with what follows them
};
FlashPlace flashPlace(const Run& run);

Run makeRun(const Scenario& scenario, const Settings& settings, const File& file);
// The same by the rules of another build than the one that is named.
Run makeRun(const Scenario& scenario, const Settings& settings, const File& file, const BuildRules& rules);

// The second context, which runs the next-token blocks of a run that loads them.
Run nextTokenRun(const Run& target);

// The backend whose memory holds a tensor: its layer's, or the host where the device has no kernel for it, where
// experts were asked to stay, and for the embedding table that tokens are looked up in.
int weightBackend(const Run& run, const GgufStored& tensor);

// The backend whose memory holds the norms of a layer, or with −1 of the model.
int normBackend(const Run& run, int layer);

// True for tensors of a next-token block, which the file holds but the loader leaves out (its cache is allocated).
bool isSkipped(const Run& run, const GgufStored& tensor);

// Bytes of keys and values of one layer: K and V separately; V is absent from a latent cache.
struct CacheShape {
  std::int64_t kRow = 0, vRow = 0;  // elements per cell
  // Of the indexer's keys, and of values that its cache holds besides, in a cache of their own.
  std::int64_t indexRow = 0, indexValueRow = 0;
  std::int64_t cells = 0, streams = 1;
  bool owns = false;
};
CacheShape cacheShape(const Run& run, std::size_t layer);

// Elements of one sequence's recurrent state: the convolution's last inputs and the state proper.
struct StateShape {
  std::int64_t convolution = 0, state = 0;
};
StateShape stateShape(const LayerKind& kind);

// The graph of one micro-batch of `tokens` tokens with `outputs` rows of logits; nothing where the model lacks a tensor
// that its architecture's graph needs.
std::optional<Graph> buildGraph(const Run& run, std::int64_t tokens, std::int64_t outputs);

// Compute buffers per backend, the host last: the larger of what prompt processing and generation reserve.
struct ComputeBuffers {
  std::vector<std::int64_t> bytes;
  std::vector<std::shared_ptr<const std::vector<Alive>>> alive;  // at the high-water mark; none where it is 0
  int splits = 0;
  bool replayed = true;  // false: the closed form, because no graph could be built
};
// What stands in for the replay where no graph can be built.
ComputeBuffers closedForm(const Run& run);
ComputeBuffers computeBuffers(const Run& run);

}  // namespace headroom::llama
