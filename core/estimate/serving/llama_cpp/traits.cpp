#include "core/estimate/serving/llama_cpp/traits.h"

#include "core/model/any_layer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace headroom::llama {
namespace {

using nlohmann::json;

json textConfig(const Model& model) {
  json config = json::parse(model.config, nullptr, false);
  if (!config.is_object()) return json::object();
  const auto text = config.find("text_config");
  return text != config.end() && text->is_object() ? json(*text) : config;
}

double number(const json& config, const char* key, double otherwise) {
  const auto found = config.find(key);
  return found != config.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::string_view text(const json& config, const char* key, std::string_view otherwise) {
  const auto found = config.find(key);
  return found != config.end() && found->is_string() ? std::string_view(found->get_ref<const std::string&>())
                                                     : otherwise;
}

// A count that a graph may be laid out by: 1 where the configuration says something that is none.
std::int64_t count(const json& config, const char* key) {
  const double value = number(config, key, 1);
  return value >= 1 && value <= 65536 ? static_cast<std::int64_t>(value) : 1;
}

bool flag(const json& config, const char* key, bool otherwise) {
  const auto found = config.find(key);
  return found != config.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// Image features enter several layers (Qwen3-VL): vision_config.deepstack_visual_indexes, 3 where it does not say.
std::int64_t deepStackLayers(const Model& model) {
  const json config = json::parse(model.config, nullptr, false);
  const auto vision = config.is_object() ? config.find("vision_config") : config.end();
  if (!config.is_object() || vision == config.end() || !vision->is_object()) return 0;
  const auto list = vision->find("deepstack_visual_indexes");
  return list != vision->end() && list->is_array() ? static_cast<std::int64_t>(std::min<std::size_t>(list->size(), 64))
                                                   : 3;
}

void takeExperts(Traits& t, std::string_view a, const json& c, const Model& model) {
  t.normalizeWeights =
      among(a, {"llama", "qwen3moe", "qwen3vlmoe", "qwen3next", "qwen35moe", "phi3", "phimoe", "granite", "granitemoe",
                "granitehybrid", "dbrx", "mistral3", "minimax-m2", "minimax-m3", "ernie4_5-moe", "lfm2moe", "gemma4"});
  if (among(a, {"deepseek2", "deepseek32", "glm-dsa", "glm4moe", "dots1", "nemotron_h", "bailingmoe", "hunyuan-moe"}))
    t.normalizeWeights = flag(c, "norm_topk_prob", a == "glm4moe" || a == "hunyuan-moe");
  // DeepSeek-V2 and V3 share a name; V3's routers have a bias and sigmoids.
  const bool third =
      among(a, {"deepseek2", "deepseek32", "glm-dsa"}) && std::ranges::any_of(model.kinds, [](const LayerKind& k) {
        return std::ranges::find(k.tensors, TensorRole::router_bias, &Tensor::role) != k.tensors.end();
      });
  if (third || among(a, {"glm4moe", "dots1", "minimax-m2", "minimax-m3", "llama4", "nemotron_h", "lfm2moe"}))
    t.gating = Gating::sigmoid;
  if (a == "gpt-oss") t.gating = Gating::softmax_of_chosen;
  const double scale = number(c, "routed_scaling_factor", 1.0);
  t.scaleWeights = scale != 1.0 && scale != 0.0;
  t.mergedExperts = a == "gemma4";
  t.mergeableExperts = among(a, {"deepseek2", "qwen35moe", "qwen3next", "qwen4exp", "cohere2moe", "hy-v3"});
  t.weightBeforeExperts = a == "llama4";
  t.clampSwiglu = a == "gpt-oss";
  if (third || a == "glm4moe") {
    t.expertGroups = count(c, "n_group");
    t.groupsUsed = count(c, "topk_group");
  }
}

}  // namespace

Traits traitsOf(const Model& model, const GgufInventory& inventory) {
  const std::string_view a = inventory.architecture;
  const json c = textConfig(model);
  Traits t;
  t.known = among(
      a, {"llama",         "qwen2",      "qwen3",    "qwen3moe",  "gemma",    "gemma2",     "gemma3",     "phi3",
          "gpt-oss",       "deepseek2",  "glm4moe",  "llama4",    "mamba",    "mamba2",     "jamba",      "qwen3next",
          "granite",       "granitemoe", "olmo2",    "cohere2",   "smollm3",  "starcoder2", "qwen2moe",   "seed_oss",
          "command-r",     "arcee",      "ernie4_5", "mistral3",  "olmoe",    "lfm2",       "falcon-h1",  "nemotron_h",
          "granitehybrid", "gptneox",    "exaone4",  "glm4",      "gpt2",     "phi2",       "falcon",     "qwen2vl",
          "qwen3vl",       "qwen3vlmoe", "gemma3n",  "gemma4",    "qwen35",   "qwen35moe",  "bloom",      "mpt",
          "ernie4_5-moe",  "deepseek32", "glm-dsa",  "internlm2", "baichuan", "dbrx",       "minimax-m2", "hunyuan-moe",
          "hunyuan-dense", "minimax-m3"});
  const bool gemma = a.starts_with("gemma");
  t.scaledEmbedding = gemma || among(a, {"granite", "granitemoe", "granitehybrid", "minicpm"});
  t.scaledTokens = gemma && !among(a, {"gemma", "gemma2"});
  t.compressedCaches = a == "deepseek4";
  t.blockSparse = a == "minimax-m3";
  t.rollsBack = among(a, {"kimi-k3", "qwen35", "qwen35moe", "qwen4exp", "deepseek4", "glm5-next", "nemotron_h",
                          "nemotron_h_moe", "lfm2", "lfm2moe", "bailingmoe3"});
  t.mixedInputs = !among(a, {"cogvlm", "deepseek4", "granite-switch"});
  const bool perLayer = a == "gemma3n" || a == "gemma4";
  t.valueNorm = t.perLayerInput = perLayer;
  t.copies = a == "gemma3n";
  t.spreadHeads = a == "qwen3next";
  t.scaledQuery = (gemma && !perLayer) || a == "phi3" || a == "phi2";
  t.scaledResidual = among(a, {"granite", "granitemoe", "granitehybrid", "minicpm"});
  t.scaledLogits = among(a, {"granite", "granitemoe", "granitehybrid", "minicpm", "command-r", "cohere2"});
  t.cappedLogits = a == "gemma2" || (gemma && number(c, "final_logit_softcapping", 0) > 0);
  t.cappedAttention = a == "gemma2";
  t.preNorms = !among(a, {"olmo2", "exaone4"});
  t.postNorms = among(a, {"gemma2", "gemma3", "gemma4", "olmo2", "exaone4", "glm4"});
  t.normBeforeHeads = among(a, {"olmo2", "olmoe", "minimax-m2"});
  t.bareQkNorm = a == "llama4" && flag(c, "use_qk_norm", true) && inventory.experts != 128;
  t.temperature = a == "llama4";
  t.residualFirst = among(a, {"jamba", "lfm2", "lfm2moe"});
  t.residualFirstMlp = among(a, {"jamba", "phi3", "lfm2", "lfm2moe"});
  t.hiddenKept = t.lateRows = among(a, {"gpt-oss", "qwen3next", "qwen35", "qwen35moe", "nemotron_h", "gemma4"});
  if (t.copies) t.lateRows = true;
  t.keptBeforeNorm = a == "gpt-oss";
  if (among(a, {"deepseek2", "deepseek32", "glm-dsa"})) t.hiddenKept = true;
  t.windowIn2025 = a == "gemma2";
  t.parallelNorms = a == "gptneox";
  t.embeddingFirst = t.scaledEmbedding && a.starts_with("granite");
  t.embeddingNorm = a == "bloom";
  t.sigmoidAsQuotient = a == "qwen2moe";
  // phi3's window is switched off (src/models/phi3.cpp); the others keep a small cache for such layers.
  t.window = among(a, {"gemma2", "gemma3", "gemma3n", "gemma4", "gpt-oss", "llama4", "cohere2", "exaone4", "olmo2",
                       "mimo2"}) &&
             hasWindows(model);
  t.relu2 = among(a, {"nemotron", "arcee", "nemotron_h"});
  if (among(a, {"jamba", "mamba", "mamba2", "nemotron_h"})) t.rope = RopeRule::none;
  if (a == "granitehybrid" && text(c, "position_embedding_type", "rope") == "nope") t.rope = RopeRule::none;
  if (a == "cohere2" || a == "exaone4") t.rope = RopeRule::window_layers;
  if (a == "smollm3" || a == "llama4") t.rope = RopeRule::not_every_nth;
  if (among(a, {"bloom", "mpt", "gpt2", "starcoder"})) t.rope = RopeRule::none;
  if (a == "baichuan" && model.layers() == 40) t.rope = RopeRule::none;  // 13B: linear biases instead
  if (among(a, {"qwen2vl", "qwen3vl", "qwen3vlmoe", "qwen35", "qwen35moe"})) t.positionsPerToken = 4;
  if (a == "falcon") t.parallelOrder = ParallelOrder::attention_then_residual;
  if (a == "phi2") t.parallelOrder = ParallelOrder::attention_plus_mlp;
  if (a.starts_with("qwen3vl")) t.deepStack = deepStackLayers(model);
  takeExperts(t, a, c, model);
  return t;
}

}  // namespace headroom::llama
