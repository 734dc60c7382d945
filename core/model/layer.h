// What one kind of decoder (or encoder) layer is: its token mixer, its MLP, its norms and its tensors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/tensor.h"

namespace headroom {

enum class AttentionKind : std::uint8_t {
  none,
  full,           // multi-head, grouped-query or multi-query attention over the whole context
  sliding,        // the last `window` tokens
  chunked,        // the current chunk of `window` tokens (Llama 4)
  latent,         // multi-head latent attention: the cache holds kvLoraRank + ropeDim per token (DeepSeek-V2, arXiv
                  // 2405.04434)
  cross,          // keys and values of an encoder or an image, not of the context
  bidirectional,  // encoders: no cache
};

struct AttentionSpec {
  AttentionKind kind = AttentionKind::none;
  std::int64_t heads = 0;
  std::int64_t kvHeads = 0;
  std::int64_t headDim = 0;   // of queries and keys
  std::int64_t valueDim = 0;  // of values; equals headDim in most models
  std::int64_t window = 0;    // tokens; 0: unlimited
  bool ownsCache = true;      // false where the layer reads another layer's keys and values (Gemma 3n, Gemma 4)
  bool keyIsValue = false;    // one tensor serves as both (Gemma 4 global layers)
  bool qkNorm = false;
  bool outputGate = false;  // q_proj is twice as wide (Qwen3-Next)
  bool sinks = false;
  bool fusedQkv = false;
  std::int64_t rotaryDim = 0;  // 0: no rotary embedding
  bool wideRotary = false;     // turns in fp32 (OLMo)
  double logitSoftCap = 0;     // Gemma 2
  bool narrowSoftmax = false;  // eager attention computes its softmax in the compute dtype, not in fp32 (GPT-2)
  // latent attention
  std::int64_t qLoraRank = 0;  // 0: one full q_proj
  std::int64_t kvLoraRank = 0;
  std::int64_t nopeDim = 0;
  std::int64_t ropeDim = 0;
  bool windowIsMask = false;      // the window only masks: a cache keeps the keys outside it too (GPT-Neo)
  std::int64_t indexerHeads = 0;  // sparse attention (DeepSeek-V3.2); 0: none
  std::int64_t indexerDim = 0;
  std::int64_t indexerTopK = 0;
  std::int64_t compressRatio = 0;  // tokens that one cached entry stands for (DeepSeek-V4); 0: every token has its own
};

enum class StateKind : std::uint8_t {
  none,
  mamba1,
  mamba2,
  gated_delta_net,
  lightning,
  rg_lru,
  rwkv,
  short_conv,
  kimi_delta,
  mlstm
};

// A recurrent mixer's state for one sequence: convElements in the model's dtype, stateElements in `stateFormat`.
struct StateSpec {
  StateKind kind = StateKind::none;
  std::int64_t inner = 0;         // d_inner
  std::int64_t convChannels = 0;  // channels the short convolution runs over
  std::int64_t convKernel = 0;
  std::int64_t stateElements = 0;  // recurrent state of one sequence
  std::int64_t heads = 0;
  std::int64_t headDim = 0;
  std::int64_t groups = 0;
  std::int64_t stateSize = 0;             // d_state
  std::int64_t keyHeads = 0, keyDim = 0;  // gated delta net
  std::int64_t chunk = 0;                 // tokens of a step of the scan (mamba_chunk_size); 0: not stated
  // Bytes per state element that the configuration (mamba_ssm_dtype) or the class asks for; 0: neither says.
  std::int64_t statedBytes = 0;
  bool engineDecides = false;  // serving engines have a rule of their own for this class's state (Nemotron-H)
  bool innerNorms = false;     // Mamba's dt, B and C are normalised (Jamba, Falcon-Mamba)
};

enum class MlpKind : std::uint8_t { none, gated, plain, experts };

struct MlpSpec {
  MlpKind kind = MlpKind::none;
  std::int64_t intermediate =
      0;  // dense width; in an experts layer the width of a dense MLP beside the experts (0: none)
  std::int64_t experts = 0;
  std::int64_t expertsPerToken = 0;
  std::int64_t expertIntermediate = 0;
  std::int64_t sharedIntermediate = 0;  // summed width of shared experts; 0: none
  bool gatedExperts = true;
  bool fusedGateUp = false;
  bool gelu = false;          // activation function is a GELU (else SiLU, ReLU²)
  bool relu = false;          // activation function is a ReLU, squared or not
  bool squaredRelu = false;   // its square is an operator of its own
  bool learntShape = false;   // the activation has learned numbers, written out of operators (Apertus' xIELU)
  bool clampedGates = false;  // gates and values are clamped, the router chooses before its softmax (gpt-oss)
  bool wideRouter = false;    // the router computes in fp32 (DeepSeek)
  bool composedGelu = false;  // written out of separate operators, not one kernel (transformers NewGELUActivation)
};

enum class NormKind : std::uint8_t { rms, rms_gemma, layer, non_parametric };

struct LayerKind {
  std::string label;  // "full attention, dense MLP"
  int count = 0;      // layers of this kind
  bool encoder = false;
  AttentionSpec attention;
  AttentionSpec crossAttention;  // beside self-attention (encoder–decoder); kind none where absent
  StateSpec state;
  MlpSpec mlp;
  NormKind norm = NormKind::rms;
  bool wideNorms = false;  // norms multiply by their weight in fp32, layer norms operator by operator (OLMo 2, Cohere)
  int normsPerLayer = 2;   // norms over the hidden size
  bool parallelBlock = false;   // attention and MLP read the same norm (GPT-J, Falcon, Cohere)
  bool postNorms = false;       // attention and MLP read the stream itself, their results are normed (OLMo 2)
  bool scalesBranches = false;  // their results are multiplied by a number (Granite)
  bool wideResidual = false;    // the residual stream is fp32 (Mamba)
  // A decoder without its encoder has projections that nothing reads and that get no gradient (Model::finish).
  bool unreadTensors = false;
  std::vector<Tensor> tensors;  // of one layer

  std::int64_t parameters() const;  // of one layer, buffers left out
};

}  // namespace headroom
