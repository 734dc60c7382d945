// Model: what a checkpoint is. Distinct kinds of layers with their tensors, the order they stand in, and what surrounds
// them. A plain value, built by core/formats (config.json, safetensors, GGUF, dimensions) and never changed afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/quantity.h"
#include "core/model/layer.h"
#include "core/model/mlx_modules.h"
#include "core/numerics/weight_format.h"

namespace headroom {

// What a checkpoint's quantization_config says in short; Tensor::layout says it for every tensor.
struct CheckpointQuantization {
  std::string method;  // "fp8", "awq", "gptq", "bitsandbytes", "compressed-tensors", "mxfp4", "modelopt"
  NumberFormat format = NumberFormat::fp8;  // of most of the converted modules
  std::optional<NumberFormat> kvCache;      // what the checkpoint brings scales for: engines keep their cache in it
};

// The vision tower and projector of a vision-language model, as far as memory is concerned.
struct VisionSpec {
  std::int64_t hidden = 0, intermediate = 0, layers = 0, heads = 0;
  std::int64_t imageSize = 0, patchSize = 0;
  std::int64_t imageTokens = 0;  // language-model tokens of one image at full size; 0: unknown
};

// Releases of a package, the last one not included; empty: none.
struct ReleaseRange {
  std::string_view from, before;
};

// The loss that a family's class in Transformers writes out itself, before the release that calls the library's own
// (loss/loss_utils.py: an upcast beside the logits that the class holds).
struct OwnLoss {
  std::string_view before = "4.46";
  bool narrow = false;  // over logits in the compute dtype; else their upcast takes the logits' place
};

struct Model {
  std::string id;      // "meta-llama/Llama-3.1-8B", a file name, or "dimensions"
  std::string family;  // Hugging Face model_type
  std::string named;   // the class its configuration names first ("Qwen3ForCausalLM"); empty: none
  std::string label;   // what people call it; empty: the id
  std::int64_t hidden = 0;
  std::int64_t vocabulary = 0;
  std::int64_t maxContext = 0;  // max_position_embeddings; 0: unlimited or unknown
  bool tiedHead = false;        // the head is the token embedding, counted once
  bool encoderDecoder = false;
  std::int64_t encoderTokens = 0;  // of the encoder's output, as many always (Whisper: 30 s); 0: as the input is long
  bool encoderOnly = false;
  NumberFormat dtype = NumberFormat::bf16;  // torch_dtype of the configuration
  bool dtypeStated = false;                 // the configuration names one; else bf16 is assumed
  bool scalesEmbedding = false;             // the code multiplies the embedding by a number (Gemma)
  bool scalesLogits = false;                // and the logits (Cohere, Granite)
  bool alibi = false;  // positions are added to the attention scores (https://arxiv.org/abs/2108.12409)
  // A training step of its class is not what its tensors say, or nobody has traced one: layers that run more than once
  // (hrm_text), products that are quantized as they go, a layout that is read as another's.
  bool ownForward = false;
  double logitSoftCap = 0;  // of the head's logits (Gemma 2); 0: none
  // Dropout probabilities of the configuration, in effect while training.
  double hiddenDropout = 0, attentionDropout = 0, embeddingDropout = 0;
  bool narrowLogits = false;        // the model's code hands the loss logits in the compute dtype (Qwen-1)
  double rotaryCacheScale = 1.0;    // multiples of maxContext the rotary cache of vLLM holds (multimodal rope: 4)
  bool windowRotary = false;        // window layers rotate by a table of their own (Gemma 3)
  bool visionOnEveryRank = false;   // the tower is made of plain modules, which no engine splits (Pixtral)
  bool vocabularyAdapters = false;  // embedding and head take adapters in vLLM (embedding_modules of its class, 0.11)
  ReleaseRange recomputesNothing;   // of Transformers, whose code of the family drops gradient checkpointing
  OwnLoss ownLoss;
  MlxTraits mlx;  // what mlx-lm's class of it decides by itself

  std::vector<LayerKind> kinds;
  std::vector<std::uint8_t> order;   // kinds index of each layer, decoder layers after encoder layers
  std::vector<Tensor> globals;       // embeddings, final norm, head, …
  std::vector<Tensor> vision;        // tower and projector
  std::vector<Tensor> nextToken;     // multi-token-prediction layers: stored, not in `parameters`
  std::int64_t nextTokenLayers = 0;  // of them; also where their tensors are not listed
  std::optional<VisionSpec> visionSpec;
  std::optional<CheckpointQuantization> quantization;
  std::vector<WeightLayout> layouts;  // what Tensor::layout points at

  // Set where the source is a file with its own tensor list: bytes of all stored tensors, buffers and scales included.
  std::optional<Bytes> storedBytes;
  // Set for `dimensions` with a given parameter count, which wins over the count of the tensors.
  std::optional<Parameters> givenParameters;

  std::string source;  // address or path the description comes from
  std::string config;  // the Hugging Face configuration it was built from (JSON); what resolved_model stores
  std::vector<std::string> notes;   // what was assumed while reading; becomes diagnostics
  std::vector<std::string> doubts;  // what is not known of the weights' bytes; becomes warnings the verdict speaks of

  // Derived by finish(): exact parameter counts (tied heads once, no MTP, no buffers).
  Parameters parameters;
  Parameters activeParameters;  // used for one token: of the experts only expertsPerToken
  Parameters nextTokenParameters;
  std::array<Parameters, kGroupCount> groups{};

  // Counts everything and merges nothing; call once after filling the fields above.
  void finish();

  std::int64_t layers() const { return static_cast<std::int64_t>(order.size()); }
  const LayerKind& layer(std::size_t index) const { return kinds[order[index]]; }
  Parameters group(Group g) const { return groups[static_cast<std::size_t>(g)]; }
};

// True for a file that holds ggml's block formats (a quantized GGUF); its configuration does not say how.
bool storesGgmlBlocks(const Model& model);

}  // namespace headroom
