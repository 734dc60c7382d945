#include "core/readers/recipes/unread_codes.h"

#include <utility>

#include "core/readers/commands/text_lines.h"

namespace headroom::recipes {
namespace {

bool holds(std::string_view text, std::string_view words) {
  return text.find(words) != text.npos;
}

}  // namespace

std::string_view unreadFile(std::string_view text) {
  // Keys that such files have, some of which are keys of a code that is read.
  struct Keys {
    std::string_view first, second, name;
  };
  constexpr Keys kFiles[] = {{"lora_parameters:", "iters:", "MLX"},
                             {"\"lora_parameters\"", "\"iters\"", "MLX"},
                             {"[orchestrator", "[inference", "prime-rl"},
                             {"[orchestrator", "[trainer", "prime-rl"},
                             {"nemo_automodel", "_target_:", "NeMo Automodel"},
                             {"\npolicy:", "megatron_cfg:", "NeMo RL"},
                             {"\npolicy:", "dtensor_cfg:", "NeMo RL"},
                             {"defaults:", "\npolicy:", "NeMo RL"},
                             {"defaults:", "\ngrpo:", "NeMo RL"},
                             {"defaults:", "\ncluster:", "NeMo RL"},
                             {"kernel_config:", "dist_config:", "LLaMA-Factory's second trainer"},
                             {"train_dataset:", "\nmodel_class:", "LLaMA-Factory's second trainer"},
                             {"training_args:", "max_input_length:", "GLM's own demonstration"},
                             {"rollout:", "micro_batch_size_per_device_for_update:", "EasyR1"},
                             {"model_cfgs:", "train_cfgs:", "align-anything"},
                             {"actor_train:", "strategy_args:", "ROLL"},
                             {"model_id_or_path:", "seq_len:", "mistral-finetune"},
                             {"\ntokens:", "\nparallelism:", "Nanotron"},
                             {"llm_backbone:", "backbone_dtype:", "H2O LLM Studio"},
                             {"pipe-parallel-size", "model-parallel-size", "GPT-NeoX"},
                             {"pipe_parallel_size", "model_parallel_size", "GPT-NeoX"},
                             {"model_type: llm", "base_model:", "Ludwig"},
                             {"name: hf_causal_lm", "max_seq_len:", "LLM Foundry"},
                             {"name: mpt_causal_lm", "max_seq_len:", "LLM Foundry"},
                             {"GPT.from_name(", "litgpt", "LitGPT's classes in a script of its own"},
                             {"LLM.load(", "litgpt", "LitGPT's classes in a script of its own"}};
  for (const Keys& file : kFiles)
    if (holds(text, file.first) && holds(text, file.second)) return file.name;
  return {};
}

std::string_view unreadWord(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"verl.trainer", "verl"},
      {"nemo_aligner", "NeMo-Aligner"},
      {"nlp/gpt/train_gpt_", "NeMo-Aligner"},
      {"actor_rollout_ref", "verl"},
      {"openrlhf.cli", "OpenRLHF"},
      {"chatlearn", "ChatLearn"},
      {"tunix", "Tunix"},
      {"MaxText/", "MaxText"},
      {"levanter.", "Levanter"},
      {"lit-gpt", "LitGPT"},
      {"lit_gpt", "LitGPT"},
      {"skyrl_train", "SkyRL"},
      {"skyrl.", "SkyRL"},
      {"nemo_run", "NeMo"},
      {"nemo.collections", "NeMo"},
      {"nemo_rl", "NeMo RL"},
      {"pretrain_gpt.py", "Megatron-LM"},
      {"mlx_lm.lora", "MLX"},
      {"mlx_lm lora", "MLX"},
      {"xtuner train", "XTuner"},
      {"xtuner/", "XTuner"},
      {"from xtuner", "XTuner"},
      {"colossalai run", "ColossalAI"},
      {"litgpt finetune", "LitGPT"},
      {"torchtitan.train", "torchtitan"},
      {"torchtitan/train.py", "torchtitan"},
      {"--actor-num-gpus-per-node", "slime"},
      {"--rollout-num-gpus", "slime"},
      {"start_rlvr_pipeline", "ROLL"},
      {"start_agentic_pipeline", "ROLL"},
      {"execute_train(", "slime"},
      {"slime.utils", "slime"},
      {"torchtune.recipes", "torchtune's Python recipes"}};
  for (const auto& [word, name] : kWords)
    if (holds(text, word)) return name;
  return {};
}

std::string_view converts(std::string_view text) {
  for (const std::string_view words :
       {"megatron export", "hf2mcore", "mcore2hf", "checkpoints_convertor", "tools/checkpoint/convert.py",
        "swift export", "llamafactory-cli export", "mlx_lm.fuse", "mlx_lm.convert", "trtllm-build",
        "--use_gpt_attention_plugin", "auto-round --", "auto_round --", "AutoRound(", "autoround.quantize"})
    if (holds(text, words)) return words;
  return {};
}

bool severalFences(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("```"); at != text.npos; at = text.find("```", at + 3)) ++count;
  return count > 3;
}

std::string launchLines(std::string_view text) {
  constexpr std::string_view kPrograms[] = {"tune run ",  "torchrun ",  "accelerate launch ",
                                            "deepspeed ", "swift ",     "llamafactory-cli ",
                                            "trl ",       "python -m ", "python3 -m "};
  std::string out;
  bool goesOn = false;
  eachLine(text, [&](std::string_view line) {
    std::string_view bare = trimmed(line);
    if (bare.starts_with("$ ")) bare.remove_prefix(2);
    bool begins = goesOn;
    for (const std::string_view program : kPrograms) begins = begins || bare.starts_with(program);
    goesOn = begins && bare.ends_with('\\');
    if (begins) out.append(bare).push_back('\n');
  });
  return out;
}

std::string withoutLines(std::string_view text, std::string_view words) {
  std::string out;
  bool goesOn = false;
  eachLine(text, [&](std::string_view line) {
    const bool left = goesOn || holds(line, words);
    goesOn = left && trimmed(line).ends_with('\\');
    if (!left) out.append(line).push_back('\n');
  });
  return out;
}

}  // namespace headroom::recipes
