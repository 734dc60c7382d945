// The words of the training codes for the keys that say how a step is run: one row per word, read and written alike.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {
namespace {

enum class Kind : std::uint8_t {
  flag,
  ratio,      // 0 to 1
  elements,   // a count, of elements or parts
  mebibytes,  // of bytes
  modules,    // names, as a list or with commas
  limit,      // a largest norm: 0 turns clipping off, a number clips with torch's lists
  packed,     // true: rows filled with samples
  padded,     // true: samples padded to the context
  fused,      // true: a fused optimizer; false: torch's lists
};

struct StepWord {
  std::string_view key, pointer;
  Kind kind = Kind::flag;
};

constexpr std::string_view kReentrant = "/training/checkpoint_reentrant";
constexpr std::string_view kDropout = "/training/adapter_dropout";
constexpr std::string_view kModules = "/training/modules_to_save";
constexpr std::string_view kLengths = "/training/lengths";
constexpr std::string_view kClipping = "/training/gradient_clipping";

// transformers/training_args.py (5.24), trl/trainer/model_config.py (1.16), peft/tuners/lora/config.py (0.21).
constexpr StepWord kTrl[] = {
    {"gradient_checkpointing_kwargs.use_reentrant", kReentrant},
    {"lora_dropout", kDropout, Kind::ratio},
    {"use_rslora", "/training/rslora"},
    {"lora_modules_to_save", kModules, Kind::modules},
    {"modules_to_save", kModules, Kind::modules},
    {"use_cache", "/training/use_cache"},
    {"packing", kLengths, Kind::packed},
    {"max_grad_norm", kClipping, Kind::limit},
    {"ddp_bucket_cap_mb", "/parallel/bucket_bytes", Kind::mebibytes},
    {"ddp_static_graph", "/parallel/static_graph"},
    {"fsdp_config.use_orig_params", "/parallel/original_parameters"},
    {"fsdp_config.limit_all_gathers", "/parallel/limit_all_gathers"},
};
// axolotl/utils/schemas (0.19).
constexpr StepWord kAxolotl[] = {
    {"gradient_checkpointing_kwargs.use_reentrant", kReentrant},
    {"lora_dropout", kDropout, Kind::ratio},
    {"peft_use_rslora", "/training/rslora"},
    {"lora_modules_to_save", kModules, Kind::modules},
    {"max_grad_norm", kClipping, Kind::limit},
    {"pad_to_sequence_len", kLengths, Kind::padded},
    {"sample_packing", kLengths, Kind::packed},
    {"chunked_cross_entropy_num_chunks", "/training/loss_chunks", Kind::elements},
    {"fsdp_config.use_orig_params", "/parallel/original_parameters"},
    {"fsdp_config.fsdp_use_orig_params", "/parallel/original_parameters"},
    {"fsdp_config.limit_all_gathers", "/parallel/limit_all_gathers"},
    {"fsdp_config.fsdp_limit_all_gathers", "/parallel/limit_all_gathers"},
};
// llamafactory/hparams (0.9.5).
constexpr StepWord kLlamaFactory[] = {
    {"use_reentrant_gc", kReentrant},
    {"lora_dropout", kDropout, Kind::ratio},
    {"use_rslora", "/training/rslora"},
    {"additional_target", kModules, Kind::modules},
    {"packing", kLengths, Kind::packed},
    {"max_grad_norm", kClipping, Kind::limit},
    {"ddp_bucket_cap_mb", "/parallel/bucket_bytes", Kind::mebibytes},
};
// torchtune's recipes (0.6).
constexpr StepWord kTorchtune[] = {
    {"model.lora_dropout", kDropout, Kind::ratio},
    {"optimizer.fused", "/training/optimizer_implementation", Kind::fused},
    {"clip_grad_norm", kClipping, Kind::limit},
    {"dataset.packed", kLengths, Kind::packed},
    {"loss.num_output_chunks", "/training/loss_chunks", Kind::elements},
    {"fsdp_reshard_after_forward", "/parallel/reshard_after_forward"},
};
// deepspeed/runtime/zero/config.py (0.19).
constexpr StepWord kDeepspeed[] = {
    {"zero_optimization.reduce_bucket_size", "/parallel/reduce_bucket_elements", Kind::elements},
    {"zero_optimization.allgather_bucket_size", "/parallel/allgather_bucket_elements", Kind::elements},
    {"zero_optimization.stage3_prefetch_bucket_size", "/parallel/prefetch_bucket_elements", Kind::elements},
    {"zero_optimization.stage3_param_persistence_threshold", "/parallel/persistence_threshold_elements",
     Kind::elements},
    {"zero_optimization.stage3_max_live_parameters", "/parallel/max_live_elements", Kind::elements},
    {"zero_optimization.stage3_max_reuse_distance", "/parallel/max_reuse_distance_elements", Kind::elements},
    {"zero_optimization.overlap_comm", "/parallel/overlap_communication"},
    {"zero_optimization.contiguous_gradients", "/parallel/contiguous_gradients"},
    {"gradient_clipping", kClipping, Kind::limit},
};

std::span<const StepWord> wordsOf(RecipeDialect dialect) {
  switch (dialect) {
    case RecipeDialect::trl:
      return kTrl;
    case RecipeDialect::axolotl:
      return kAxolotl;
    case RecipeDialect::llama_factory:
      return kLlamaFactory;
    case RecipeDialect::torchtune:
      return kTorchtune;
    case RecipeDialect::deepspeed:
      return kDeepspeed;
  }
  return {};
}

constexpr double kMostElements = 1e15, kMebibyte = 1 << 20;

// Names as a list, or as one text with commas between them.
std::optional<Json> namesOf(const Json& value) {
  Json names = Json::array();
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t comma = std::min(text.find(',', at), text.size());
      const std::size_t first = std::min(text.find_first_not_of(' ', at), comma);
      if (comma > first) names.push_back(text.substr(first, text.find_last_not_of(' ', comma - 1) + 1 - first));
      at = comma + 1;
    }
  } else if (value.is_array() && std::ranges::all_of(value, [](const Json& n) { return n.is_string(); })) {
    names = value;
  } else {
    return std::nullopt;
  }
  return names;
}

// What a word's value means in the scenario's words; nothing where it says nothing.
std::optional<Json> meaningOf(Source& s, std::string_view key, Kind kind) {
  switch (kind) {
    case Kind::flag:
      if (const auto on = s.flag(key)) return Json(*on);
      break;
    case Kind::ratio:
      if (const auto share = s.real(key, 0, 0.999999)) return Json(*share);
      break;
    case Kind::elements:
      if (const auto n = s.integer(key, 0, static_cast<std::int64_t>(kMostElements))) return Json(*n);
      break;
    case Kind::mebibytes:
      if (const auto n = s.real(key, 0, kMostElements / kMebibyte))
        return Json(static_cast<std::int64_t>(*n * kMebibyte));
      break;
    case Kind::modules:
      if (const Json* value = s.find(key)) {
        auto names = namesOf(*value);
        if (!names) s.refuse(key, "A list of module names");
        return names && !names->empty() ? names : std::nullopt;
      }
      break;
    case Kind::limit:
      if (const auto most = s.real(key, -kMostElements, kMostElements)) return Json(*most > 0 ? "foreach" : "none");
      break;
    case Kind::packed:
    case Kind::padded:
      if (s.flag(key).value_or(false)) return Json(kind == Kind::packed ? "packed" : "padded");
      break;
    case Kind::fused:
      if (const auto on = s.flag(key)) return Json(*on ? "fused" : "foreach");
      break;
  }
  return std::nullopt;
}

// The word's value for what the scenario asks; null where the word cannot say it.
Json writtenAs(const Json& asked, Kind kind) {
  switch (kind) {
    case Kind::flag:
    case Kind::ratio:
    case Kind::elements:
    case Kind::modules:
      return asked;
    case Kind::mebibytes: {
      const double mebibytes = asked.get<double>() / kMebibyte;
      return mebibytes == std::floor(mebibytes) ? Json(static_cast<std::int64_t>(mebibytes)) : Json(mebibytes);
    }
    case Kind::limit:
      return asked == "none" ? Json(0) : asked == "foreach" ? Json(1.0) : Json();
    case Kind::packed:
      return asked == "packed" ? Json(true) : asked == "varying" ? Json(false) : Json();
    case Kind::padded:
      return asked == "padded" ? Json(true) : asked == "varying" ? Json(false) : Json();
    case Kind::fused:
      return asked == "fused" ? Json(true) : asked == "foreach" ? Json(false) : Json();
  }
  return {};
}

}  // namespace

void readStepWords(Source& s, RecipeDialect dialect, const std::string& prefix) {
  for (const StepWord& w : wordsOf(dialect)) {
    const std::string key = prefix + std::string(w.key);
    if (const auto value = meaningOf(s, key, w.kind)) s.set(w.pointer, *value, key);
  }
}

void writeStepWords(Target& t, RecipeDialect dialect) {
  const Json asked = Json::parse(writeScenario(t.scenario), nullptr, false);
  const Sharding sharding = t.settings.parallel.sharding;
  const bool fsdp = sharding == Sharding::fsdp || sharding == Sharding::fsdp2;
  std::set<std::string_view> said;
  for (const StepWord& w : wordsOf(dialect)) {
    const Json::json_pointer at{std::string(w.pointer)};
    // The block alone turns FSDP on: a detail of it would shard what is not sharded.
    if (w.key.starts_with("fsdp_config.") && !fsdp && asked.contains(at)) continue;
    if (!asked.contains(at)) {
      // What the recipe says and the scenario leaves to the code is taken back.
      if (!t.fresh()) t.put(w.key, Json(), w.pointer, Json(), Json());
      continue;
    }
    const Json& value = asked[at];
    const Json written = writtenAs(value, w.kind);
    // The first word that can say it does.
    if (written.is_null() || !said.insert(w.pointer).second) continue;
    t.put(w.key, written, w.pointer, value, Json());
  }
  for (const StepWord& w : wordsOf(dialect)) {
    const Json::json_pointer at{std::string(w.pointer)};
    if (asked.contains(at) && said.insert(w.pointer).second)
      t.note(std::string(w.key) + " has no word for " + asked[at].dump() + ".");
  }
}

void readAttention(Source& s, std::string_view key, std::string_view word) {
  if (word.empty()) return;
  if (const auto known = valueOf<AttentionBackend>(word))
    return s.set("/training/attention_implementation", nameOf(*known), key);
  // Kernels that never hold the scores either; what else they keep is not known.
  s.set("/attention", "flash", key);
  s.leaveOut("what the attention of " + std::string(word) + " keeps");
}

void readOptimizerName(Source& s, std::string_view key) {
  const std::string name = s.text(key);
  if (name.empty()) return;
  s.optimizer(key, name, optimizerOf(name));
  // transformers/trainer_optimizer.py: torch.optim.AdamW, with or without fused=True.
  if (name == "adamw_torch") s.set("/training/optimizer_implementation", "foreach", key);
  if (name == "adamw_torch_fused") s.set("/training/optimizer_implementation", "fused", key);
}

void writeOptimizerName(Target& t, std::string_view key) {
  const auto& asked = t.scenario.training.optimizerImplementation;
  const bool fused = t.settings.training.optimizerImplementation == OptimizerImplementation::fused;
  const bool loop = asked == OptimizerImplementation::for_loop;
  if (t.settings.optimizer != Optimizer::adamw || loop) {
    t.optimizer(key, transformersName(t.settings.optimizer));
    if (loop && t.settings.optimizer == Optimizer::adamw)
      t.note("This code has no name for an AdamW that steps one parameter at a time.");
    return;
  }
  const Json name = fused ? "adamw_torch_fused" : "adamw_torch";
  if (t.fresh() || !t.says("/training/optimizer", "adamw", "adamw"))
    t.always(key, name);
  else if (asked)
    t.put(key, name, "/training/optimizer_implementation", nameOf(*asked), Json());
}

namespace {

// accelerate's words under fsdp_config, with and without its prefix (utils/dataclasses.py 1.15).
std::string fsdpText(Source& s, std::string_view key) {
  const std::string plain = s.text("fsdp_config." + std::string(key));
  const std::string prefixed = s.text("fsdp_config.fsdp_" + std::string(key));
  return plain.empty() ? prefixed : plain;
}

}  // namespace

void readFsdpConfig(Source& s) {
  const std::string prefetch = fsdpText(s, "backward_prefetch");
  if (const auto known = valueOf<Prefetch>(prefetch); known && *known != Prefetch::backward)
    s.set("/parallel/prefetch", nameOf(*known), "fsdp_config");
  if (fsdpText(s, "activation_checkpointing") == "true") s.set("/training/checkpointing", "full", "fsdp_config");
  const std::string wrap = fsdpText(s, "auto_wrap_policy");
  if (wrap == "no_wrap") s.set("/parallel/wrap", "whole", "fsdp_config");
  if (wrap == "size_based_wrap") s.leaveOut("units of FSDP by their size");
  // FSDP1 names a strategy where FSDP2 says true or false.
  for (const char* key : {"reshard_after_forward", "sharding_strategy"}) {
    std::string strategy = fsdpText(s, key);
    // FSDP1's enumerators by number (accelerate/utils/constants.py FSDP_SHARDING_STRATEGY).
    constexpr std::array<const char*, 5> kNumbered{"full_shard", "shard_grad_op", "no_shard", "hybrid_shard",
                                                   "hybrid_shard_zero2"};
    if (strategy.size() == 1 && strategy[0] >= '1' && strategy[0] <= '5')
      strategy = kNumbered[static_cast<std::size_t>(strategy[0] - '1')];
    if (strategy == "true" || strategy == "false")
      s.set("/parallel/reshard_after_forward", strategy == "true", "fsdp_config");
    else if (const auto known = valueOf<ShardingStrategy>(strategy))
      s.set("/parallel/strategy", nameOf(*known), "fsdp_config");
    else if (strategy.starts_with("hybrid_shard"))
      s.leaveOut("copies of the group that shards: how many is the launcher's");
  }
}

}  // namespace headroom::recipes
