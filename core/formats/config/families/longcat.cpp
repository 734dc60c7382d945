// LongCat-Flash (https://arxiv.org/abs/2509.01322): a layer is two blocks of latent attention and a dense MLP, with a
// mixture of experts beside both; some experts pass their input on and hold nothing (transformers v5:
// modeling_longcat_flash.py). Each block stands as a layer of its own here, as its cache does.
#include <algorithm>

#include "core/formats/config/families/experts.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/latent_attention.h"

namespace headroom {
namespace {

constexpr ExpertNames kExpertNames{.router = "mlp.router.classifier",
                                   .correction = "mlp.router.e_score_correction_bias"};
constexpr ExpertTraits kExperts{.names = kExpertNames, .width = "expert_ffn_hidden_size"};

// Transformers 5 makes gate and up projections for the experts that hold nothing too (5.24 modeling_longcat_flash.py:
// gate_up_proj over total_experts); published checkpoints have none.
void keepIdleGates(LayerBuilder& layer, std::int64_t idle, std::int64_t width, std::int64_t hidden) {
  if (idle > 0)
    layer.tensors.tensor("mlp.experts.gate_up_proj.idle", TensorRole::other, Group::experts, 2 * width, hidden, idle);
}

}  // namespace

void buildLongcat(ModelBuilder& b, const Config& config) {
  Dimensions d = dimensionsOf(config, HeadRule::stated);
  d.layers = 2 * config.count("num_layers", std::max<std::int64_t>(1, d.layers / 2), kMostLayers / 2);
  d.intermediate = config.count("ffn_hidden_size intermediate_size", {}, kMostWidth);
  const ExpertsPlan plan = expertsOf(config, kExperts);
  const std::int64_t idle = config.size("zero_expert_num", 0, 1 << 16);
  const bool bias = config.flag("attention_bias", false);
  b.take(d);
  if (config.failed()) return;
  const AttentionSpec attention = latentSpec(config, d, KeyChoice::all);
  if (config.failed()) return;
  const Names names;
  b.embedding(names, d.vocabulary, d.hidden);
  b.layers(
      d.layers, names.layer, [](std::int64_t i) { return i % 2; },
      [&](LayerBuilder& layer, std::int64_t i) {
        layer.tensors.norm(names.norm1, d.hidden);
        layer.tensors.norm(names.norm2, d.hidden);
        addLatentAttention(layer, d.hidden, attention, bias);
        if (i % 2 == 0) {
          addExperts(layer, d.hidden, plan, kExperts, false);
          if (filledByClass(config)) keepIdleGates(layer, idle, plan.width, d.hidden);
          // The router also weighs the experts that hold nothing.
          for (Tensor& t : layer.kind.tensors)
            if (t.role == TensorRole::router) t.rows += idle;
          if (idle + plan.experts > 0)
            layer.tensors.buffer(kExpertNames.correction, TensorRole::router_bias, Group::experts, plan.experts + idle);
        }
        addGatedMlp(layer, names, d.hidden, d.intermediate, false, false, false);
      });
  b.globals.norm(names.finalNorm, d.hidden);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", false));
}

}  // namespace headroom
