#include "core/scenario/optimizers.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

constexpr std::string_view kAdamW = "AdamW: first and second moment (https://arxiv.org/abs/1711.05101)";
constexpr std::string_view kAdEMAMix =
    "AdEMAMix: a fast and a slow first moment and the second (https://arxiv.org/abs/2409.03137)";
constexpr std::string_view kOne = "one running average of gradients or of their squares";
constexpr std::string_view kLion = "Lion: one momentum (https://arxiv.org/abs/2302.06675)";
constexpr std::string_view kScheduleFree =
    "schedulefree/adamw_schedulefree.py, sgd_schedulefree.py (1.4): z, a copy of the weights, and the second moment";
constexpr std::string_view kStable =
    "optimi/stableadamw.py (0.3): both moments, of 16-bit weights what rounding lost as well; Triton kernels on a GPU";
constexpr std::string_view kFp32 = "fp32";
constexpr std::string_view kWide = "bitsandbytes/optim/optimizer.py, init_state: fp32 states (0.44 to 0.50)";
constexpr std::string_view kBlocks8 = "bitsandbytes/optim/optimizer.py, min_8bit_size and blocksize (0.44)";
constexpr std::string_view kBlocks4 = "4-bit states, one fp32 scale per 128 (torchao/optim/subclass_4bit.py)";

// States of bitsandbytes in 8 bit: blocks of 256 with an fp32 scale, small tensors and embeddings in fp32.
constexpr OptimizerRow inBlocks8(OptimizerRow row) {
  row.stateBytes = 1, row.scaleBytes = 4, row.scaleBlock = 256, row.smallTensor = 4096;
  row.wideEmbeddings = true, row.formatWhy = kBlocks8;
  return row;
}

constexpr std::array kRows{
    OptimizerRow{.optimizer = Optimizer::adamw,
                 .id = "adamw",
                 .label = "AdamW",
                 .states = 2,
                 .symbol = "moments",
                 .why = kAdamW,
                 .lowBit = true,
                 .foreach = true,
                 .ruleOfThumb = 2,
                 .transformers = "adamw_torch adamw_torch_fused adamw_torch_xla adamw_hf adamw_apex_fused adamw",
                 .torchtune = "torch.optim.AdamW"},
    OptimizerRow{.optimizer = Optimizer::adam,
                 .id = "adam",
                 .label = "Adam",
                 .states = 2,
                 .symbol = "moments",
                 .why = "Adam: first and second moment (https://arxiv.org/abs/1412.6980)",
                 .lowBit = true,
                 .foreach = true,
                 .ruleOfThumb = 2,
                 .transformers = "adam",
                 .torchtune = "torch.optim.Adam"},
    inBlocks8({.optimizer = Optimizer::adamw_8bit,
               .id = "adamw-8bit",
               .label = "AdamW 8-bit",
               .states = 2,
               .symbol = "moments",
               .why = kAdamW,
               .ruleOfThumb = 2,
               .transformers = "adamw_bnb_8bit adamw_8bit adamw_torch_8bit",
               .torchtune = "bitsandbytes.optim.AdamW8bit"}),
    OptimizerRow{.optimizer = Optimizer::adamw_4bit,
                 .id = "adamw-4bit",
                 .label = "AdamW 4-bit",
                 .states = 2,
                 .symbol = "moments",
                 .why = kAdamW,
                 .stateBytes = 0.5,
                 .scaleBytes = 4,
                 .scaleBlock = 128,
                 .smallTensor = 4096,
                 .formatWhy = kBlocks4,
                 .ruleOfThumb = 2,
                 .transformers = "adamw_torch_4bit",
                 .torchtune = "torchao.optim.AdamW4bit"},
    OptimizerRow{.optimizer = Optimizer::paged_adamw,
                 .id = "paged-adamw",
                 .label = "Paged AdamW",
                 .states = 2,
                 .symbol = "moments",
                 .why = kAdamW,
                 .lowBit = true,
                 .paged = true,
                 .ruleOfThumb = 2,
                 .transformers = "paged_adamw_32bit paged_adamw",
                 .torchtune = "bitsandbytes.optim.PagedAdamW"},
    inBlocks8({.optimizer = Optimizer::paged_adamw_8bit,
               .id = "paged-adamw-8bit",
               .label = "Paged AdamW 8-bit",
               .states = 2,
               .symbol = "moments",
               .why = kAdamW,
               .paged = true,
               .ruleOfThumb = 2,
               .transformers = "paged_adamw_8bit",
               .torchtune = "bitsandbytes.optim.PagedAdamW8bit"}),
    OptimizerRow{.optimizer = Optimizer::sgd,
                 .id = "sgd",
                 .label = "SGD",
                 .transformers = "sgd",
                 .torchtune = "torch.optim.SGD"},
    OptimizerRow{.optimizer = Optimizer::sgd_momentum,
                 .id = "sgd-momentum",
                 .label = "SGD, momentum",
                 .states = 1,
                 .symbol = "averages",
                 .why = kOne,
                 .ruleOfThumb = 1},
    OptimizerRow{.optimizer = Optimizer::adafactor,
                 .id = "adafactor",
                 .label = "Adafactor",
                 .states = 1,
                 .symbol = "second moments",
                 .why = "Adafactor: second moments, of matrices one row and one column "
                        "(https://arxiv.org/abs/1804.04235)",
                 .stateBytes = 4,
                 .formatWhy = kFp32,
                 .factored = true,
                 .ruleOfThumb = 0.5,
                 .transformers = "adafactor",
                 .torchtune = "torch.optim.Adafactor"},
    OptimizerRow{.optimizer = Optimizer::lion,
                 .id = "lion",
                 .label = "Lion",
                 .states = 1,
                 .symbol = "averages",
                 .why = kLion,
                 .stateBytes = 4,
                 .formatWhy = "bitsandbytes/optim/lion.py and optimizer.py, Optimizer1State: fp32 states (0.44)",
                 .ruleOfThumb = 1,
                 .transformers = "lion_32bit lion",
                 .torchtune = "bitsandbytes.optim.Lion"},
    OptimizerRow{.optimizer = Optimizer::rmsprop,
                 .id = "rmsprop",
                 .label = "RMSprop",
                 .states = 1,
                 .symbol = "averages",
                 .why = kOne,
                 .foreach = true,
                 .ruleOfThumb = 1,
                 .transformers = "rmsprop"},
    OptimizerRow{.optimizer = Optimizer::muon,
                 .id = "muon",
                 .label = "Muon",
                 .states = 1,
                 .symbol = "momentum",
                 .why = "Muon: momentum of hidden matrices (https://kellerjordan.github.io/posts/muon)",
                 .orthogonal = true,
                 .ruleOfThumb = 1,
                 .transformers = "muon"},
    OptimizerRow{.optimizer = Optimizer::ademamix,
                 .id = "ademamix",
                 .label = "AdEMAMix",
                 .states = 3,
                 .symbol = "moments",
                 .why = kAdEMAMix,
                 .stateBytes = 4,
                 .formatWhy = "bitsandbytes/optim/ademamix.py: fp32 states (0.44)",
                 .ruleOfThumb = 3,
                 .transformers = "ademamix"},
    inBlocks8({.optimizer = Optimizer::ademamix_8bit,
               .id = "ademamix-8bit",
               .label = "AdEMAMix 8-bit",
               .states = 3,
               .symbol = "moments",
               .why = kAdEMAMix,
               .ruleOfThumb = 3,
               .transformers = "ademamix_8bit"}),
    OptimizerRow{.optimizer = Optimizer::paged_ademamix,
                 .id = "paged-ademamix",
                 .label = "Paged AdEMAMix",
                 .states = 3,
                 .symbol = "moments",
                 .why = kAdEMAMix,
                 .stateBytes = 4,
                 .formatWhy = kWide,
                 .paged = true,
                 .ruleOfThumb = 3,
                 .transformers = "paged_ademamix_32bit"},
    inBlocks8({.optimizer = Optimizer::paged_ademamix_8bit,
               .id = "paged-ademamix-8bit",
               .label = "Paged AdEMAMix 8-bit",
               .states = 3,
               .symbol = "moments",
               .why = kAdEMAMix,
               .paged = true,
               .ruleOfThumb = 3,
               .transformers = "paged_ademamix_8bit"}),
    inBlocks8({.optimizer = Optimizer::lion_8bit,
               .id = "lion-8bit",
               .label = "Lion 8-bit",
               .states = 1,
               .symbol = "averages",
               .why = kLion,
               .ruleOfThumb = 1,
               .transformers = "lion_8bit"}),
    OptimizerRow{.optimizer = Optimizer::paged_lion,
                 .id = "paged-lion",
                 .label = "Paged Lion",
                 .states = 1,
                 .symbol = "averages",
                 .why = kLion,
                 .stateBytes = 4,
                 .formatWhy = kWide,
                 .paged = true,
                 .ruleOfThumb = 1,
                 .transformers = "paged_lion_32bit paged_lion"},
    inBlocks8({.optimizer = Optimizer::paged_lion_8bit,
               .id = "paged-lion-8bit",
               .label = "Paged Lion 8-bit",
               .states = 1,
               .symbol = "averages",
               .why = kLion,
               .paged = true,
               .ruleOfThumb = 1,
               .transformers = "paged_lion_8bit"}),
    OptimizerRow{.optimizer = Optimizer::rmsprop_bnb,
                 .id = "rmsprop-bnb",
                 .label = "RMSprop of bitsandbytes",
                 .states = 1,
                 .symbol = "averages",
                 .why = kOne,
                 .stateBytes = 4,
                 .formatWhy = kWide,
                 .ruleOfThumb = 1,
                 .transformers = "rmsprop_bnb rmsprop_bnb_32bit"},
    inBlocks8({.optimizer = Optimizer::rmsprop_bnb_8bit,
               .id = "rmsprop-8bit",
               .label = "RMSprop 8-bit",
               .states = 1,
               .symbol = "averages",
               .why = kOne,
               .ruleOfThumb = 1,
               .transformers = "rmsprop_bnb_8bit"}),
    OptimizerRow{.optimizer = Optimizer::adagrad,
                 .id = "adagrad",
                 .label = "Adagrad",
                 .states = 1,
                 .symbol = "sums",
                 .why = "Adagrad: the sum of squared gradients (torch/optim/adagrad.py, 2.13)",
                 .foreach = true,
                 .stepTensors = 2,
                 .ruleOfThumb = 1,
                 .transformers = "adagrad"},
    OptimizerRow{.optimizer = Optimizer::schedule_free_adamw,
                 .id = "schedule-free-adamw",
                 .label = "Schedule-free AdamW",
                 .states = 2,
                 .symbol = "averages",
                 .why = kScheduleFree,
                 .foreach = true,
                 .ruleOfThumb = 2,
                 .transformers = "schedule_free_adamw"},
    OptimizerRow{.optimizer = Optimizer::schedule_free_radam,
                 .id = "schedule-free-radam",
                 .label = "Schedule-free RAdam",
                 .states = 2,
                 .symbol = "averages",
                 .why = kScheduleFree,
                 .foreach = true,
                 .ruleOfThumb = 2,
                 .transformers = "schedule_free_radam"},
    OptimizerRow{.optimizer = Optimizer::schedule_free_sgd,
                 .id = "schedule-free-sgd",
                 .label = "Schedule-free SGD",
                 .states = 1,
                 .symbol = "averages",
                 .why = kScheduleFree,
                 .ruleOfThumb = 1,
                 .transformers = "schedule_free_sgd"},
    OptimizerRow{.optimizer = Optimizer::stable_adamw,
                 .id = "stable-adamw",
                 .label = "StableAdamW",
                 .states = 2,
                 .narrowStates = 1,
                 .symbol = "moments",
                 .why = kStable,
                 .ruleOfThumb = 2,
                 .transformers = "stable_adamw"},
};

// Calls use(word) for each of the words until it says true.
template <typename Use>
bool anyWord(std::string_view words, Use use) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (use(words.substr(0, end))) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

std::span<const OptimizerRow> optimizerRows() {
  return kRows;
}

const OptimizerRow& rowOf(Optimizer optimizer) {
  return kRows[static_cast<std::size_t>(optimizer)];
}

std::optional<Optimizer> optimizerOf(std::string_view name) {
  for (const OptimizerRow& r : kRows)
    if (anyWord(r.transformers, [&](std::string_view w) { return w == name; })) return r.optimizer;
  return std::nullopt;
}

std::string_view transformersName(Optimizer optimizer) {
  const std::string_view words = rowOf(optimizer).transformers;
  return words.substr(0, words.find(' '));
}

std::optional<Optimizer> optimizerOfComponent(std::string_view name) {
  for (const OptimizerRow& r : kRows)
    if (!r.torchtune.empty() && r.torchtune.substr(r.torchtune.rfind('.') + 1) == name) return r.optimizer;
  return std::nullopt;
}

template <>
std::string_view nameOf<Optimizer>(Optimizer optimizer) {
  return rowOf(optimizer).id;
}

template <>
std::optional<Optimizer> valueOf<Optimizer>(std::string_view name) {
  for (const OptimizerRow& r : kRows)
    if (sameName(r.id, name)) return r.optimizer;
  return std::nullopt;
}

template <>
std::vector<std::string_view> allNames<Optimizer>() {
  std::vector<std::string_view> names;
  for (const OptimizerRow& r : kRows) names.push_back(r.id);
  return names;
}

}  // namespace headroom
