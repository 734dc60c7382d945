#include "tests/support/training_draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/formats/model_source.h"
#include "core/scenario/settings.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

// Configurations of kinds of blocks, small enough for many; {0} are the layers.
constexpr std::array<std::string_view, 13> kConfigs{
    R"("model_type":"llama","hidden_size":1024,"intermediate_size":2816,"num_hidden_layers":{0},"num_attention_heads":16,"num_key_value_heads":4,"vocab_size":32000,"tie_word_embeddings":false)",
    R"("model_type":"llama","hidden_size":512,"intermediate_size":1408,"num_hidden_layers":{0},"num_attention_heads":8,"num_key_value_heads":8,"vocab_size":128256,"tie_word_embeddings":true)",
    R"("model_type":"qwen2","hidden_size":896,"intermediate_size":4864,"num_hidden_layers":{0},"num_attention_heads":14,"num_key_value_heads":2,"vocab_size":151936,"tie_word_embeddings":true)",
    R"("model_type":"qwen3","hidden_size":1024,"intermediate_size":3072,"num_hidden_layers":{0},"num_attention_heads":16,"num_key_value_heads":8,"head_dim":128,"vocab_size":151936,"tie_word_embeddings":true)",
    R"("model_type":"qwen3_moe","hidden_size":1024,"intermediate_size":3072,"num_hidden_layers":{0},"num_attention_heads":16,"num_key_value_heads":4,"head_dim":64,"vocab_size":32000,"num_experts":16,"num_experts_per_tok":4,"moe_intermediate_size":384)",
    R"("model_type":"mixtral","hidden_size":1024,"intermediate_size":2048,"num_hidden_layers":{0},"num_attention_heads":16,"num_key_value_heads":4,"vocab_size":32000,"num_local_experts":8,"num_experts_per_tok":2)",
    R"("model_type":"gemma2","hidden_size":1024,"intermediate_size":4096,"num_hidden_layers":{0},"num_attention_heads":8,"num_key_value_heads":4,"head_dim":128,"vocab_size":64000,"sliding_window":1024)",
    R"("model_type":"gemma3_text","hidden_size":640,"intermediate_size":2048,"num_hidden_layers":{0},"num_attention_heads":4,"num_key_value_heads":1,"head_dim":256,"vocab_size":65536,"sliding_window":512,"sliding_window_pattern":6)",
    R"("model_type":"phi3","hidden_size":1024,"intermediate_size":2816,"num_hidden_layers":{0},"num_attention_heads":16,"num_key_value_heads":16,"vocab_size":32064)",
    R"("model_type":"gpt2","n_embd":768,"n_layer":{0},"n_head":12,"vocab_size":50257,"n_positions":8192)",
    R"("model_type":"gpt_neox","hidden_size":1024,"intermediate_size":4096,"num_hidden_layers":{0},"num_attention_heads":16,"vocab_size":50304,"rotary_pct":0.25,"hidden_act":"gelu")",
    R"("model_type":"deepseek_v2","hidden_size":1024,"intermediate_size":2816,"num_hidden_layers":{0},"num_attention_heads":8,"num_key_value_heads":8,"vocab_size":32000,"kv_lora_rank":256,"q_lora_rank":null,"qk_nope_head_dim":64,"qk_rope_head_dim":32,"v_head_dim":64,"n_routed_experts":16,"num_experts_per_tok":4,"n_shared_experts":1,"moe_intermediate_size":384,"first_k_dense_replace":1)",
    R"("model_type":"olmo2","hidden_size":1024,"intermediate_size":2816,"num_hidden_layers":{0},"num_attention_heads":16,"num_key_value_heads":16,"vocab_size":50304)",
};
constexpr std::array<std::int64_t, 3> kLayers{2, 5, 12};

std::string configOf(std::size_t config, std::int64_t layers) {
  std::string text = "{" + std::string(kConfigs[config]) + R"(,"torch_dtype":"bfloat16"})";
  return text.replace(text.find("{0}"), 3, std::to_string(layers));
}
std::shared_ptr<const Model> modelOf(const std::string& config) {
  return std::make_shared<const Model>(*modelFromConfig(config, "drawn", "drawn"));
}

struct Depths {
  std::string config;
  std::shared_ptr<const Model> model, deeper;
};

const Depths& depths(std::size_t config, std::size_t at) {
  static const auto all = [] {
    std::array<std::array<Depths, kLayers.size()>, kConfigs.size()> out;
    for (std::size_t c = 0; c < kConfigs.size(); ++c)
      for (std::size_t l = 0; l < kLayers.size(); ++l)
        out[c][l] = {configOf(c, kLayers[l]), modelOf(configOf(c, kLayers[l])), modelOf(configOf(c, kLayers[l] + 1))};
    return out;
  }();
  return all[config][at];
}

constexpr std::array<std::string_view, 7> kTargets{"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                                   "gate_proj", "up_proj", "down_proj"};

// Releases by code; a text that names none is the newest known.
std::vector<std::string> releasesOf(std::string_view code) {
  if (code == "transformers")
    return {"", "transformers 4.46.3", "transformers 4.51.3", "transformers 4.57.6", "transformers 5.24.0"};
  if (code == "peft")
    return {"", "transformers 4.46.3, peft 0.13.2", "transformers 4.57.6, peft 0.18.0",
            "transformers 5.24.0, peft 0.21.2"};
  if (code == "trl") return {"", "transformers 4.57.6, trl 0.24.0", "transformers 5.24.0, trl 1.16.0"};
  if (code == "litgpt") return {"", "litgpt 0.4.13", "litgpt 0.5.3", "litgpt 0.5.13"};
  if (code == "torchtune") return {"", "torchtune 0.4.0", "torchtune 0.6.1"};
  if (code == "torchtitan") return {"", "torchtitan 0.1.0", "torchtitan 0.2.2"};
  return {""};
}

template <typename T>
bool becomes(std::optional<T>& key, T from, T to) {
  if (key != from) return false;
  key = to;
  return true;
}

bool windowed(const Scenario& s) {
  return std::ranges::any_of(s.model->kinds, [](const LayerKind& k) { return k.attention.window > 0; });
}

// A checkpoint that fuses some projections and has usual names for others (Phi-3's o_proj and down_proj).
bool fusesSome(const Model& m) {
  const auto called = [&](std::string_view module) {
    return std::ranges::any_of(m.kinds, [&](const LayerKind& k) {
      return std::ranges::any_of(
          k.tensors, [&](const Tensor& t) { return t.name.find("." + std::string(module) + ".") != t.name.npos; });
    });
  };
  return !called("q_proj") && called("o_proj");
}

// What the step does by itself counts as the value a change starts from.
template <typename T>
bool settledBecomes(std::optional<T>& key, T settled, T from, T to) {
  if (settled != from) return false;
  key = to;
  return true;
}

}  // namespace

StepAccount accountOf(const Estimate& e) {
  const auto says = [&](std::string_view source) {
    return std::ranges::any_of(e.heaviest().ledger.lines(),
                               [&](const Line& l) { return l.source.starts_with(source); });
  };
  if (says("the step replayed")) return StepAccount::step;
  return says("forward and backward replayed") ? StepAccount::passes : StepAccount::closed;
}

void TrainingDraw::precision(Scenario& s) {
  if (s.workload == Workload::qlora) {
    s.precision.weights = oneOf({NumberFormat::nf4, NumberFormat::nf4_dq});
    maybe(s.training.kbitPreparation, {false, true});
    maybe(s.precision.adapters, {NumberFormat::fp32, NumberFormat::bf16});
    return;
  }
  s.precision.weights = oneOf({NumberFormat::bf16, NumberFormat::bf16, NumberFormat::fp32});
  if (oneIn(2)) s.precision.compute = NumberFormat::bf16;
  maybe(s.training.autocast, {false, true});
  if (s.workload == Workload::lora) maybe(s.precision.adapters, {NumberFormat::fp32, NumberFormat::bf16});
}

void TrainingDraw::step(Scenario& s) {
  Training& t = s.training;
  t.optimizer =
      oneOf({Optimizer::adamw, Optimizer::adamw, Optimizer::adamw_8bit, Optimizer::paged_adamw_8bit, Optimizer::sgd,
             Optimizer::sgd_momentum, Optimizer::adafactor, Optimizer::lion, Optimizer::muon});
  maybe(t.checkpointing, {Checkpointing::none, Checkpointing::full, Checkpointing::selective});
  maybe(t.loss, {Loss::eager, Loss::chunked, Loss::fused});
  maybe(t.accumulation, {std::int64_t{1}, std::int64_t{3}});
  maybe(t.optimizerImplementation,
        {OptimizerImplementation::foreach, OptimizerImplementation::fused, OptimizerImplementation::for_loop});
  maybe(t.checkpointReentrant, {false, true});
  maybe(t.attentionImplementation,
        {AttentionBackend::sdpa, AttentionBackend::eager, AttentionBackend::flash_attention_2});
  maybe(t.useCache, {false, true});
  maybe(t.holdsLogits, {false, true});
  maybe(t.gradientClipping, {GradientClipping::none, GradientClipping::foreach});
  maybe(t.lengths, {Lengths::fixed, Lengths::packed, Lengths::padded, Lengths::varying});
}

void TrainingDraw::adapters(Scenario& s) {
  Training& t = s.training;
  t.rank = oneOf<std::int64_t>({4, 8, 16, 64});
  maybe(t.adapterDropout, {0.0, 0.05});
  if (oneIn(6)) t.dora = true;
  if (oneIn(4)) return;  // the code's own
  t.targets = Targets{oneOf({Targets::Kind::named, Targets::Kind::named, Targets::Kind::all_linear}), {}};
  if (t.targets->kind != Targets::Kind::named) return;
  for (const std::string_view name : kTargets)
    if (oneIn(2)) t.targets->names.emplace_back(name);
  if (t.targets->names.empty()) t.targets->names.emplace_back(kTargets[below(kTargets.size())]);
}

void TrainingDraw::distribution(Scenario& s) {
  Parallel& p = s.parallel;
  p.data = oneOf<std::int64_t>({2, 4, 8});
  p.sharding = oneOf({Sharding::none, Sharding::zero1, Sharding::zero2, Sharding::zero3, Sharding::fsdp,
                      Sharding::fsdp2, Sharding::fsdp2});
  if (oneIn(4)) p.tensor = 2;
  if (oneIn(4)) p.pipeline = 2;
  maybe(p.reshardAfterForward, {false, true});
  maybe(p.wrap, {ShardingWrap::block, ShardingWrap::whole});
}

TrainingJob TrainingDraw::job() {
  TrainingJob out;
  const Depths& model = depths(below(kConfigs.size()), below(kLayers.size()));
  Scenario& s = out.scenario;
  s.model = model.model, out.deeper = model.deeper;
  s.reference = ConfigModel{model.config, "drawn"};
  const auto codes = trainingCodes();
  s.framework = std::string(codes[below(codes.size())].id);
  const std::vector<std::string> releases = releasesOf(*s.framework);
  s.engineVersion = releases[below(releases.size())];
  s.workload = oneOf({Workload::full, Workload::lora, Workload::qlora});
  s.batch = oneOf<std::int64_t>({1, 2, 3, 8});
  s.context = oneOf<std::int64_t>({64, 300, 512, 1000, 2048, 4096});
  precision(s);
  step(s);
  if (s.workload != Workload::full) adapters(s);
  if (oneIn(3)) distribution(s);
  return out;
}

const std::vector<TrainingChange>& trainingChanges() {
  using S = Scenario;
  using J = const TrainingJob;
  const auto optimizer = [](std::string_view what, Optimizer from, Optimizer to) {
    return TrainingChange{what, true, [=](S& s, J&) { return becomes(s.training.optimizer, from, to); }};
  };
  const auto checkpointing = [](std::string_view what, Checkpointing from, Checkpointing to) {
    return TrainingChange{what, true, [=](S& s, J&) {
                            return settledBecomes(s.training.checkpointing, settingsOf(s).training.checkpointing, from,
                                                  to);
                          }};
  };
  static const std::vector<TrainingChange> all{
      // Where a window begins to mask, another kernel may run.
      {"tokens", false, [](S& s, J&) { return !windowed(s) && (s.context = *s.context + 37, true); }},
      {"many tokens", false, [](S& s, J&) { return !windowed(s) && (s.context = *s.context * 2, true); }},
      {"sequences", false, [](S& s, J&) { return s.batch = *s.batch + 1, true; }},
      {"layers", false,
       [](S& s, J& j) {
         s.model = j.deeper;
         return s.parallel.pipeline.value_or(1) == 1;
       }},
      {"rank", false, [](S& s, J&) { return s.training.rank && (s.training.rank = *s.training.rank + 8, true); }},
      {"targets", false,
       [](S& s, J&) {
         if (!s.training.targets || s.training.targets->kind != Targets::Kind::named) return false;
         // LitGPT copies what only a part of a fused projection adds; torchtune adapts an MLP as a whole.
         if (s.framework == "litgpt" || s.framework == "torchtune") return false;
         // Beside a name that it finds PEFT passes over those it does not; alone they mean what they stand for.
         if (fusesSome(*s.model)) return false;
         auto& names = s.training.targets->names;
         for (const std::string_view name : kTargets)
           if (std::ranges::find(names, name) == names.end()) return names.emplace_back(name), true;
         return false;
       }},
      {"accumulation", false,
       [](S& s, J&) {
         return s.parallel.pipeline.value_or(1) == 1 && becomes<std::int64_t>(s.training.accumulation, 1, 2);
       }},
      checkpointing("full checkpointing", Checkpointing::none, Checkpointing::full),
      // Beside 16-bit states it may cost: the Trainer keeps embeddings' 8-bit states in fp32.
      {"8-bit states", true,
       [](S& s, J&) {
         return settingsOf(s).optimizerStates == NumberFormat::fp32 &&
                becomes(s.training.optimizer, Optimizer::adamw, Optimizer::adamw_8bit);
       }},
      optimizer("paged states", Optimizer::adamw_8bit, Optimizer::paged_adamw_8bit),
      optimizer("no momentum", Optimizer::sgd_momentum, Optimizer::sgd),
      {"no gradient lists", true,
       [](S& s, J&) {
         return becomes(s.training.optimizerImplementation, OptimizerImplementation::foreach,
                        OptimizerImplementation::fused);
       }},
      {"unclipped", true,
       [](S& s, J&) {
         return becomes(s.training.gradientClipping, GradientClipping::foreach, GradientClipping::none);
       }},
      {"logits let go", true, [](S& s, J&) { return becomes(s.training.holdsLogits, true, false); }},
      {"fused attention", true,
       [](S& s, J&) {
         // Selective policies keep a fused kernel's result and compute an eager one's again; of a sequence shorter than
         // a head is wide, all probabilities are smaller than the result that a fused kernel keeps.
         if (settingsOf(s).training.checkpointing == Checkpointing::selective || *s.context < 512) return false;
         return becomes(s.training.attentionImplementation, AttentionBackend::eager, AttentionBackend::sdpa);
       }},
      {"no adapter dropout", true,
       [](S& s, J&) {
         // peft/tuners/lora/dora.py: behind a dropout a 4-bit base's result is computed again, in 16 bit; without one
         // the base's own is kept, in the stream's fp32.
         if (s.training.dora.value_or(false) && s.workload == Workload::qlora) return false;
         return becomes(s.training.adapterDropout, 0.05, 0.0);
       }},
      {"no DoRA", true, [](S& s, J&) { return becomes(s.training.dora, true, false); }},
      {"narrow adapters", true,
       [](S& s, J&) {
         // Beside wide weights PEFT's narrow adapters read a cast copy of what a norm keeps as it is; LitGPT has one
         // format for all (Fabric's precisions).
         if (s.precision.weights == WeightFormat(NumberFormat::fp32) || s.framework == "litgpt") return false;
         // Without a word, wide adapters turn autocast on.
         return s.training.autocast && becomes(s.precision.adapters, NumberFormat::fp32, NumberFormat::bf16);
       }},
      {"resharding", true,
       [](S& s, J&) {
         const auto sharding = s.parallel.sharding;
         return (sharding == Sharding::fsdp || sharding == Sharding::fsdp2) &&
                becomes(s.parallel.reshardAfterForward, false, true);
       }},
      {"fused loss", true,
       [](S& s, J&) {
         // Liger makes the head's gradient in the forward pass: of few tokens whole logits are smaller than that.
         if (s.workload == Workload::full && *s.batch * *s.context < s.model->hidden) return false;
         return becomes(s.training.loss, Loss::eager, Loss::fused);
       }},
      {"states on the host", true, [](S& s, J&) { return s.offload.optimizer = OffloadTarget::cpu, true; }},
  };
  return all;
}

}  // namespace headroom
