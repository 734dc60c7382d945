// From which llama.cpp build on a rule of its graphs and caches holds.
#pragma once

#include <optional>
#include <string_view>

#include "core/scenario/engine_version.h"

namespace headroom::llama {

// The rules of one build; without a version those of the newest known one (b11549) hold.
struct BuildRules {
  bool old = false;          // graphs of 2025-02: fp32 masks, one cache, views copied
  bool mixedBatches = true;  // one micro-batch may hold tokens and embeddings, so the graph is laid out for both
  bool rollsBack = true;     // recurrent states are kept for every drafted token
  bool trunkCaches = true;   // next-token blocks have caches in their own context only
  bool oneGather = true;     // states are read by one look-up for all, and projections around a scan stay flat
  bool earlyRows = true;     // rows without output are dropped inside the last layer, whatever reads hidden states
  // A file's tensors stand in the order in which the library asks for them. Files as published come from
  // llama-quantize, whichever build reads them, so this holds only where such a build is named.
  bool filesAsLoaded = false;
  bool embedsAllRows = true;  // servers of embeddings lay the graph out for an output of every token
  bool keepsSums = true;      // CUDA's fused sum of experts keeps what it reads until it ran,
  bool keepsRouters = true;   // and so does the fused router;
  bool fusesShared = true;    // the shared expert runs beside the routed ones
  bool everyInputCopied =
      true;                 // a pipeline keeps copies of all inputs, read or not, and splits take any number of them
  bool mixedCaches = true;  // CUDA's attention reads keys and values of any two formats of 32-element blocks
  bool looseKernels =
      true;                // CUDA's unary, sum-of-rows and sorting kernels take rows with gaps, and any number of them
  bool allRows = false;    // the graph is laid out for logits of every token of a micro-batch
  bool wideMasks = false;  // masks come in fp32 and are narrowed in the graph where flash attention reads them
  bool countsScratch = true;     // room to widen a quantized cache lies in the compute buffer, not in CUDA's pool
  bool outputIsLayer = true;     // of the layers asked to a device the output counts as one
  bool rotatesCaches = true;     // keys and values of quantized caches are rotated
  bool latentKeysOnly = true;    // a latent cache keeps no values beside its keys, which hold them
  bool metalWidens = true;       // Metal keeps room to widen keys and values of any cache, not of quantized ones alone
  bool evenCells = true;         // a cache's cells fill up 256, with flash attention or without
  bool fits = true;              // --fit: what does not fit is shortened, and left to the host
  bool fitInterpolates = true;   // a length lies between two trials, not where the cache's bytes say
  bool fitFirstAlone = true;     // of a device's parted layers the first alone may lie with the next device
  bool fitPerSequence = true;    // lengths are of one sequence where sequences have caches of their own
  bool fitDoublesStates = true;  // recurrent states count twice among what a trial takes
  friend bool operator==(const BuildRules&, const BuildRules&) = default;
};

// Whether a build, a date or a release is named.
bool namesBuild(std::string_view printed, const EngineVersion& version);

BuildRules rulesOf(std::string_view printed, const EngineVersion& version);

}  // namespace headroom::llama
