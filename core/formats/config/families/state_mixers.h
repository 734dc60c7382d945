// Recurrent token mixers: what they hold per layer and the state they keep for one sequence.
#pragma once

#include <optional>

#include "core/formats/config/families/dimensions.h"
#include "core/formats/config/families/layer_builder.h"

namespace headroom {

// Mamba (https://arxiv.org/abs/2312.00752). `innerNorms`: norms of dt, B and C (Jamba).
struct Mamba1 {
  std::int64_t inner = 0, state = 0, kernel = 0, rank = 0;
  bool convBias = true, projectionBias = false, innerNorms = false;
};
void addMamba1(LayerBuilder& layer, std::string_view module, std::int64_t hidden, const Mamba1& m);

// Mamba-2 (https://arxiv.org/abs/2405.21060).
struct Mamba2 {
  std::int64_t inner = 0, heads = 0, headDim = 0, groups = 1, state = 0, kernel = 0;
  bool convBias = true, projectionBias = false, norm = true;
  std::optional<bool> outputBias;  // of out_proj where it does not follow in_proj (Falcon-H1)
};
void addMamba2(LayerBuilder& layer, std::string_view module, std::int64_t hidden, const Mamba2& m);

// Gated delta net (https://arxiv.org/abs/2412.06464); `split`: z, b and a in projections of their own (Qwen3.5);
// `apart`: q, k and v too (OLMo Hybrid).
struct DeltaNet {
  std::int64_t keyHeads = 0, keyDim = 0, valueHeads = 0, valueDim = 0, kernel = 0;
  bool split = false, apart = false;
};
void addGatedDeltaNet(LayerBuilder& layer, std::int64_t hidden, const DeltaNet& n);

// Kimi delta attention (https://arxiv.org/abs/2510.26692): short convolutions over q, k and v, low-rank gates.
void addKimiDelta(LayerBuilder& layer, std::int64_t hidden, std::int64_t heads, std::int64_t headDim,
                  std::int64_t kernel, bool fullRankGate);

// Lightning attention (https://arxiv.org/abs/2501.08313).
void addLightning(LayerBuilder& layer, std::int64_t hidden, std::int64_t heads, std::int64_t headDim);

// A gated short convolution (LFM2).
void addShortConv(LayerBuilder& layer, std::int64_t hidden, std::int64_t kernel, bool bias);

// RG-LRU of Griffin (https://arxiv.org/abs/2402.19427).
void addRgLru(LayerBuilder& layer, std::int64_t hidden, std::int64_t width, std::int64_t heads, std::int64_t kernel);

}  // namespace headroom
