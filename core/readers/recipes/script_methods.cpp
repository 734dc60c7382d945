#include "core/readers/recipes/script_methods.h"

#include <algorithm>
#include <utility>

namespace headroom::recipes {
namespace {

// peft/tuners/__init__.py and peft/utils/peft_types.py (0.13 to 0.21).
constexpr std::pair<std::string_view, std::string_view> kAdapterConfigurations[] = {
    {"IA3Config", "IA3"},
    {"LoHaConfig", "LOHA"},
    {"LoKrConfig", "LOKR"},
    {"OFTConfig", "OFT"},
    {"BOFTConfig", "BOFT"},
    {"VeraConfig", "VERA"},
    {"AdaLoraConfig", "ADALORA"},
    {"AdaptionPromptConfig", "ADAPTION_PROMPT"},
    {"PrefixTuningConfig", "PREFIX_TUNING"},
    {"PromptTuningConfig", "PROMPT_TUNING"},
    {"PromptEncoderConfig", "P_TUNING"},
    {"MultitaskPromptTuningConfig", "MULTITASK_PROMPT_TUNING"},
    {"CPTConfig", "CPT"},
    {"CartridgeConfig", "CARTRIDGE"},
    {"LNTuningConfig", "LN_TUNING"},
    {"FourierFTConfig", "FOURIERFT"},
    {"WaveFTConfig", "WAVEFT"},
    {"VBLoRAConfig", "VBLORA"},
    {"HRAConfig", "HRA"},
    {"BoneConfig", "BONE"},
    {"MissConfig", "MISS"},
    {"RandLoraConfig", "RANDLORA"},
    {"ShiraConfig", "SHIRA"},
    {"C3AConfig", "C3A"},
    {"RoadConfig", "ROAD"},
    {"PolyConfig", "POLY"},
    {"XLoraConfig", "XLORA"},
    {"OSFConfig", "OSF"},
    {"DeloraConfig", "DELORA"},
    {"GraloraConfig", "GRALORA"},
    {"PsoftConfig", "PSOFT"},
    {"PeanutConfig", "PEANUT"},
    {"TrainableTokensConfig", "TRAINABLE_TOKENS"},
    {"get_reft_model", "ReFT"},  // stanfordnlp/pyreft
};

// Trainers whose steps are known; of TRL's classes without the last word.
constexpr std::string_view kKnown[] = {"", "Seq2Seq", "SFT", "DPO", "GRPO", "ORPO", "Unsloth"};
// Methods of TRL that have a configuration of their own (trl/trainer and trl/experimental, 0.12 to 1.16).
constexpr std::string_view kOtherMethods[] = {
    "AsyncGRPO", "BCO",  "CPO",     "DPPO",   "GFPO",      "GKD",  "GOLD",  "GRPOWithReplayBuffer",
    "GSPOToken", "KTO",  "MiniLLM", "NashMD", "OnlineDPO", "PAPO", "PPO",   "PPOv2",
    "PRM",       "RLOO", "RLOOv2",  "Reward", "SDFT",      "SDPO", "SimPO", "XPO"};

bool contains(auto&& all, std::string_view one) {
  return std::ranges::find(all, one) != std::ranges::end(all);
}

// The script without blanks, comments left out.
std::string dense(std::string_view script) {
  std::string out;
  bool comment = false;
  for (const char c : script) {
    comment = c != '\n' && (comment || c == '#');
    if (!comment && c != ' ' && c != '\t') out += c;
  }
  return out;
}

}  // namespace

std::string adapterMethodOf(std::string_view className) {
  for (const auto& [name, method] : kAdapterConfigurations)
    if (name == className) return std::string(method);
  return {};
}

bool trainsOtherwise(std::string_view className) {
  constexpr std::string_view kTrainer = "Trainer", kConfig = "Config";
  if (className.ends_with(kTrainer)) {
    className.remove_suffix(kTrainer.size());
    return !contains(kKnown, className);
  }
  if (!className.ends_with(kConfig)) return false;
  className.remove_suffix(kConfig.size());
  return contains(kOtherMethods, className);
}

bool loadsVision(std::string_view call) {
  constexpr std::string_view kNames[] = {"ImageTextToText", "Vision2Seq", "FastVision", "VLFor",    "VLMoeFor", "Llava",
                                         "Gemma3For",       "Mllama",     "Idefics",    "InternVL", "PaliGemma"};
  return call.find("CausalLM") == call.npos &&
         std::ranges::any_of(kNames, [call](std::string_view name) { return call.find(name) != call.npos; });
}

bool hasOwnDefaults(std::string_view script) {
  constexpr std::string_view kNames[] = {"lora_r",     "batch_size", "max_seq_length",
                                         "max_length", "cutoff_len", "load_in_4bit"};
  constexpr std::size_t kLongest = 4000;
  for (std::size_t at = script.find("def "); at != script.npos; at = script.find("def ", at + 1)) {
    const std::string_view head = script.substr(at, std::min(script.find("):", at), at + kLongest) - at);
    for (const std::string_view name : kNames)
      if (const std::size_t found = head.find(name); found != head.npos && head.find('=', found) != head.npos)
        return true;
  }
  return false;
}

bool freezes(std::string_view script) {
  const std::string text = dense(script);
  return text.find("requires_grad=False") != text.npos || text.find("requires_grad_(False)") != text.npos;
}

bool hasOwnLoop(std::string_view script) {
  const std::string text = dense(script);
  // PyTorch's, Lightning's, Keras's.
  for (const std::string_view step : {".backward(", "deftraining_step(", "LightningModule", ".compile(optimizer"})
    if (text.find(step) != text.npos) return true;
  return false;
}

}  // namespace headroom::recipes
