// MLX: mlx_lm.server's options (mlx_lm/server.py, 0.32), and those of mlx_lm.generate that the server has not.
#include <fmt/format.h>

#include <algorithm>

#include "core/readers/commands/launch_words.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

bool ofGenerate(const AskedOption& o) {
  constexpr std::string_view kOwn[] = {"max_kv_size", "kv_bits", "kv_group_size", "quantized_kv_start"};
  return std::ranges::find(kOwn, o.name) != std::end(kOwn);
}

// Settings of mlx_lm.lora's file: no command that serves has them.
bool ofTraining(std::string_view name) {
  constexpr std::string_view kFile[] = {
      "batch_size",     "num_layers", "max_seq_length",  "grad_checkpoint",       "grad_accumulation_steps",
      "fine_tune_type", "optimizer",  "lora_parameters", "clear_cache_threshold", "iogpu.wired_limit_mb"};
  return std::ranges::find(kFile, name) != std::end(kFile);
}

}  // namespace

std::string mlxServer(const Scenario& s, const std::string& model, std::vector<std::string>& notes) {
  const bool generates = std::ranges::any_of(s.engineOptions, ofGenerate) && !s.batch;
  Words words(generates ? "mlx_lm.generate" : "mlx_lm.server");
  words.add("--model", model);
  if (s.batch) words.add("--decode-concurrency", *s.batch);
  if (s.prefillTokens) words.add("--prefill-step-size", *s.prefillTokens);
  if (settingsOf(s).parallel.pipeline > 1) words.flag("--pipeline");
  if (s.speculative && s.speculative->method == DraftMethod::draft_model) {
    if (const std::string draft = draftName(s); !draft.empty()) words.add("--draft-model", draft);
    words.add("--num-draft-tokens", s.speculative->tokens);
  }
  for (const AskedOption& o : s.engineOptions) {
    if (ofTraining(o.name)) {
      notes.push_back(fmt::format("{} is said in no command that serves.", o.name));
      continue;
    }
    std::string flag = "--" + o.name;
    std::ranges::replace(flag, '_', '-');
    words.add(flag, valueText(o));
  }
  if (s.lora) notes.emplace_back("An adapter is named with --adapter-path.");
  if (const auto* f = s.precision.weights ? std::get_if<NumberFormat>(&*s.precision.weights) : nullptr;
      f != nullptr && !isPlainFloat(*f))
    notes.push_back(fmt::format(
        "The weights in {} are made by mlx_lm.convert --quantize; name the converted model instead.", info(*f).id));
  return words.text();
}

}  // namespace headroom
