// What sets one family of ordinary decoders apart from Llama: a row of a table.
#pragma once

#include "core/formats/config/families/experts.h"
#include "core/formats/config/families/layer_pattern.h"
#include "core/formats/config/families/linear_mixers.h"
#include "core/formats/config/families/names.h"
#include "core/formats/config/families/parts.h"
#include "core/model/model.h"

namespace headroom {

// A yes or no from the configuration: the value of `key`, or `absent` where the file does not say.
struct Flag {
  bool absent = false;
  std::string_view key = {};

  bool in(const Config& config) const { return key.empty() ? absent : config.flag(key, absent); }
};

// Where the norms over the hidden state stand.
enum class NormPlan : std::uint8_t {
  pre,           // before attention and before the MLP
  post,          // after attention and after the MLP (OLMo 2)
  sandwich,      // before and after both (Gemma 2)
  parallel_one,  // attention and MLP read the same norm (GPT-J)
  parallel_two,  // attention and MLP in parallel, a norm each (GPT-NeoX)
};

// Multi-token-prediction layers a checkpoint holds beside the model proper.
enum class NextToken : std::uint8_t {
  none,
  shared,  // a layer, two norms, a projection of two hidden states to one and a final norm; embedding and head shared
  own,     // with copies of embedding and head (DeepSeek-V3)
};

enum class Positions : std::uint8_t { rotary, learned, none, alibi };

struct DecoderTraits {
  std::string_view types;  // model_type spellings, parted by blanks
  Names names = {};
  NormKind norm = NormKind::rms;
  bool normBias = false;
  NormPlan plan = NormPlan::pre;
  std::string_view parallelKey = {};  // flag that makes the plan parallel_one (StableLM 2 12B)
  bool embeddingNorm = false;
  bool finalNorm = true;
  Flag qkvBias = {}, outputBias = {}, mlpBias = {}, headBias = {};
  QkNorm qkNorm = QkNorm::none;
  Flag qkNormIf = {true};
  bool qkNormBias = false;
  bool fusedQkv = false, fusedGateUp = false;
  bool gated = true;
  Flag tied = {false, "tie_word_embeddings"};
  Positions positions = Positions::rotary;
  std::int64_t positionOffset = 0;  // rows beyond maxContext (OPT: 2)
  double rotary = 1.0;              // part of the head that turns, where the file does not say
  WindowRule windows = WindowRule::never;
  std::int64_t windowPeriod = 0;
  std::string_view activation = "silu";
  // What transformers' code of the family does apart from others in training (4.57; see AttentionSpec, MlpSpec, Model).
  bool wideNorms = false, wideRotary = false;
  bool narrowSoftmax = false, narrowLogits = false;
  bool scalesEmbedding = false, scalesBranches = false, scalesLogits = false;
  double hiddenDropout = 0, attentionDropout = 0, embeddingDropout = 0;  // where the file does not say
  bool embeddingDropsAlike = false;                                      // as the hidden states do, by their key
  bool windowRotary = false, vocabularyAdapters = false;                 // see Model
  ReleaseRange recomputesNothing = {};                                   // see Model
  OwnLoss ownLoss = {};                                                  // see Model; modeling_*.py, forward()
  const ExpertTraits* experts = nullptr;                                 // of the layers that sparseLayers() names
  bool latent = false;           // multi-head latent attention where the configuration has kv_lora_rank
  bool indexer = false;          // with a sparse-attention indexer
  bool sinks = false;            // a learned logit per head (gpt-oss)
  bool outputGate = false;       // q_proj also gives a gate for the output (Qwen3-Next)
  LinearMixer linear = nullptr;  // the mixer of recurrent layers
  LinearMixer beside = nullptr;  // a recurrent mixer beside the attention of every layer (Falcon-H1)
  NextToken nextToken = NextToken::none;
  std::int64_t usualNextToken = 0;  // next-token layers of checkpoints whose configuration is silent (Qwen3-Next: 1)
  std::int64_t mlpScalars = 0;      // learned numbers in the MLP's activation (Apertus' xIELU: 2)
  // What no field above can say: changes the dimensions before, or one layer after it is built.
  void (*adjust)(const Config&, Dimensions&) = nullptr;
  void (*finishLayer)(LayerBuilder&, const Config&, const Dimensions&, std::int64_t layer) = nullptr;
};

}  // namespace headroom
