// The first step of every planned pool: layers become specifications of what they cache, and equal ones are counted
// together. vLLM groups them into pages, SGLang sums them into cells.
#pragma once

#include <cstdint>

#include "core/base/inline_vector.h"
#include "core/estimate/factor.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom {

// Bytes per element of recurrent states, as a release decides them.
struct StateFormats {
  std::int64_t convolution = 2;  // inputs that a short convolution keeps
  std::int64_t silent = 2;       // the state, where the model says nothing
  std::int64_t decided = 2;      // ... of a class that the engine has a rule for (StateSpec::engineDecides)
  bool heedsStated = true;       // what such a class's configuration says wins over that rule
  std::int64_t asked = 0;        // by an option of the engine; 0: not asked
  std::string_view source = {};

  std::int64_t of(const StateSpec& state) const;
};

// How an engine's release reads a layer.
struct CacheHabits {
  bool windowsApart = true;       // windowed layers have pages of their own
  bool chunksApart = false;       // so do layers of chunked attention
  bool crossApart = false;        // keys and values of an encoder's output lie in the same pool
  bool paddedValues = false;      // values take the width of keys
  std::int64_t indexerOfAll = 0;  // elements of an indexer's key in layers that go by another's too; 0: none there
  bool scaledSparse = false;      // sparse latent attention in 8 bit keeps block scales and a 16-bit rotary part
  StateFormats states = {};
  std::int64_t draftTokens = 0;  // proposed per step: short convolutions keep that many inputs more
  DraftLayers draft = {};        // layers of a draft, in the same pool
};

// Layers of one rank that share a page size and a rule for how long tokens stay.
struct CacheType {
  enum class Kind : std::uint8_t { full, sliding, state, cross } kind = Kind::full;
  std::int64_t layers = 0;                                      // of all stages
  std::int64_t stageLayers = 0;                                 // of this rank's
  std::int64_t draftLayers = 0;                                 // of these, those of a draft
  Factor token = fromModel("bytes per token and layer", 0);     // of one layer on one rank
  Factor state = fromModel("bytes per sequence and layer", 0);  // of one layer, one sequence and one rank
  std::int64_t window = 0;
  std::int64_t overlap = 1;  // windows that a layer keeps (DeepSeek-V4's partial sums)
  std::int64_t chunk = 0;    // state: tokens of a step of the scan
  bool mamba = false;        // state: Mamba-1 or Mamba-2
  bool latent = false;
  std::int64_t groups = 1;
  std::int64_t blockSize = 16;
  double ownBytes = 0;  // packed layouts: of one page in every layer of the type

  double bytesPerToken() const { return token.value; }
  double stateBytes() const { return state.value; }
};
using CacheTypes = InlineVector<CacheType, 8>;

// Everything the model's layers cache, those of the draft included; what a stage holds is counted apart.
CacheTypes cacheTypes(FactorTree& tree, const Model& model, const RankPart& part, const KvFormats& formats,
                      const CacheHabits& habits);
// The draft's alone.
CacheTypes draftTypes(FactorTree& tree, const RankPart& part, const KvFormats& formats, const CacheHabits& habits);

// Bytes of one recurrent layer's state for one sequence on one tensor-parallel rank: what short convolutions keep, and
// the recurrent state (vllm/model_executor/layers/mamba/mamba_utils.py, 0.18).
Factor stateFactor(FactorTree& tree, const StateSpec& state, std::int64_t tensorParallel,
                   const StateFormats& formats = {}, std::int64_t draftTokens = 0);

// Layers of a type on this rank, those of a draft apart.
Factor layersFactor(FactorTree& tree, const CacheType& type);

}  // namespace headroom
