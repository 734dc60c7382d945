// Nemotron-H and Nemotron 3: one mixer per layer, spelled as a string of letters (https://arxiv.org/abs/2504.03624).
#include <fmt/format.h>

#include "core/formats/config/families/experts.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/linear_mixers.h"
#include "core/formats/config/families/state_mixers.h"

namespace headroom {
namespace {

constexpr Names kNames{.embedding = "backbone.embeddings",
                       .finalNorm = "backbone.norm_f",
                       .layer = "backbone.layers.{}.",
                       .q = "mixer.q_proj",
                       .k = "mixer.k_proj",
                       .v = "mixer.v_proj",
                       .o = "mixer.o_proj",
                       .up = "mixer.up_proj",
                       .down = "mixer.down_proj"};
constexpr ExpertNames kExpertNames{.router = "mixer.gate",
                                   .correction = "mixer.gate.e_score_correction_bias",
                                   .expert = "mixer.experts.{e}.",
                                   .shared = "mixer.shared_experts.",
                                   .latentDown = "mixer.fc1_latent_proj",
                                   .latentUp = "mixer.fc2_latent_proj"};
constexpr ExpertTraits kExperts{
    .names = kExpertNames, .latentWidth = "moe_latent_size", .gated = false, .routerBias = RouterBias::buffer};

// M Mamba-2, * attention, - MLP, E experts.
std::string lettersOf(const Config& config, std::string_view listKeys, std::string_view textKeys) {
  std::string letters;
  for (const std::string& type : config.texts(listKeys))
    letters += type == "mamba" || type == "M" || type == "linear_attention"     ? 'M'
               : type == "attention" || type == "*" || type == "full_attention" ? '*'
               : type == "moe" || type == "E"                                   ? 'E'
                                                                                : '-';
  return letters.empty() ? config.text(textKeys) : letters;
}

void addExpertLayer(LayerBuilder& layer, const Config& config, std::int64_t hidden) {
  ExpertsPlan plan = expertsOf(config, kExperts);
  // One shared expert, whatever n_shared_experts says, with the MLPs' bias (modeling_nemotron_h.py, 5.24).
  plan.sharedWidth = config.size("n_shared_experts", 1, 1024) > 0
                         ? config.size("moe_shared_expert_intermediate_size", 0, kMostWidth)
                         : 0;
  plan.sharedBias = config.flag("mlp_bias", false);
  addExperts(layer, hidden, plan, kExperts, false);
}

void addLayer(LayerBuilder& layer, const Config& config, const Dimensions& d, char letter) {
  layer.tensors.norm("norm", d.hidden);
  layer.kind.normsPerLayer = 1;
  layer.kind.wideNorms = true;
  switch (letter) {
    case 'M': {
      Mamba2 m;
      m.heads = config.count("mamba_num_heads", 128, kMostHeads);
      m.headDim = config.count("mamba_head_dim", 64, kMostHeadDim);
      m.inner = m.heads * m.headDim;
      m.groups = config.count("n_groups mamba_n_groups", 8, kMostHeads);
      m.state = config.count("ssm_state_size mamba_state_dim", 128, kMostHeadDim);
      m.kernel = config.count("conv_kernel mamba_d_conv", 4, 1024);
      m.convBias = config.flag("use_conv_bias", true);
      m.projectionBias = config.flag("use_bias", false);  // mamba_proj_bias is read by nothing (5.24)
      addMamba2(layer, "mixer", d.hidden, m);
      layer.kind.state.chunk = config.count("chunk_size mamba_chunk_size", 128, kMostWidth);
      layer.kind.state.engineDecides = true;
      // An engine looks whether the file says it; what the class takes otherwise is the engine's own rule.
      if (config.given("mamba_ssm_cache_dtype mamba_ssm_dtype"))
        layer.kind.state.statedBytes = statedStateBytes(config);
      break;
    }
    case '*': {
      AttentionSpec a;
      a.kind = AttentionKind::full;
      a.heads = d.heads;
      a.kvHeads = d.kvHeads;
      a.headDim = d.headDim;
      // No bias, whatever attention_bias says: the class takes Jamba's attention (5.24).
      addAttention(layer, kNames, d.hidden, a, {false, false, QkNorm::none, false});
      break;
    }
    case 'E':
      addExpertLayer(layer, config, d.hidden);
      break;
    default:
      addPlainMlp(layer, kNames, d.hidden, d.intermediate, config.flag("mlp_bias", false), false);
  }
}

void addNextTokenLayers(ModelBuilder& b, const Config& config, const Dimensions& d) {
  const std::int64_t count = config.size("num_nextn_predict_layers", 0, 16);
  const std::string letters = lettersOf(config, "mtp_layers_block_type", "mtp_hybrid_override_pattern");
  for (std::int64_t i = 0; i < count; ++i) {
    TensorList tensors(b.model.nextToken, fmt::format("mtp.layers.{}.", i));
    for (const char letter : letters.empty() ? std::string("*E") : letters) {
      LayerBuilder layer(fmt::format("mtp.layers.{}.", i));
      addLayer(layer, config, d, letter);
      for (Tensor& t : layer.kind.tensors) b.model.nextToken.push_back(std::move(t));
    }
    tensors.linear("eh_proj", TensorRole::other, Group::other, d.hidden, 2 * d.hidden);
    tensors.norm("enorm", d.hidden);
    tensors.norm("hnorm", d.hidden);
    tensors.norm("final_layernorm", d.hidden);
  }
}

}  // namespace

void buildNemotronH(ModelBuilder& b, const Config& config) {
  std::string letters = lettersOf(config, "layers_block_type layer_types", "hybrid_override_pattern");
  // configuration_nemotron_h.py (5.24): without a list there are four layers, whatever num_hidden_layers says.
  if (letters.empty() && !config.given("hybrid_override_pattern") && config.given("architectures")) letters = "ME*-";
  Dimensions d = dimensionsOf(config);
  if (config.failed()) return;
  if (letters.empty()) {
    config.fail(ErrorCode::value, "hybrid_override_pattern is missing; without it the layers are not known.",
                "hybrid_override_pattern");
    return;
  }
  if (letters.size() > static_cast<std::size_t>(kMostLayers)) {
    config.fail(ErrorCode::value,
                fmt::format("hybrid_override_pattern names {} layers; the most is {}.", letters.size(), kMostLayers),
                "hybrid_override_pattern");
    return;
  }
  d.layers = static_cast<std::int64_t>(letters.size());
  b.take(d);
  b.embedding(kNames, d.vocabulary, d.hidden);
  const auto letterAt = [&](std::int64_t i) { return letters[static_cast<std::size_t>(i)]; };
  b.layers(
      d.layers, kNames.layer, [&](std::int64_t i) { return static_cast<std::int64_t>(letterAt(i)); },
      [&](LayerBuilder& layer, std::int64_t i) { addLayer(layer, config, d, letterAt(i)); });
  b.globals.norm(kNames.finalNorm, d.hidden);
  // The class ties nothing (5.24); files of other codes mean what they say.
  b.head(kNames, d.vocabulary, d.hidden,
         config.flag("tie_word_embeddings", false) && !config.given("transformers_version"));
  addNextTokenLayers(b, config, d);
}

}  // namespace headroom
