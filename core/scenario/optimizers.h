// The optimizers: one row each. What a state weighs, what a step takes besides, and how recipes spell it are read from
// here by every part of the tree.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/scenario/scenario.h"

namespace headroom {

struct OptimizerRow {
  Optimizer optimizer{};
  std::string_view id = {};      // as scenarios spell it
  std::string_view label = {};   // as people do
  double states = 0;             // values per trained parameter
  double narrowStates = 0;       // and of 16-bit parameters: what rounding lost (Kahan summation)
  std::string_view symbol = {};  // what they are: "moments"
  std::string_view why = {};     // paper
  double stateBytes = 0;         // of one value; 0: the format of the settings
  double scaleBytes = 0;         // block-quantized states: one scale per `scaleBlock` values
  double scaleBlock = 1;
  double smallTensor = 0;              // tensors of fewer elements keep fp32 states
  bool wideEmbeddings = false;         // the Trainer has embeddings' states in fp32 (state_rule.cpp)
  std::string_view formatWhy = {};     // library with file and version
  bool lowBit = false;                 // its states may be asked for in 8 or 4 bit (torchao)
  bool factored = false;               // a row and a column per matrix in place of a value per element
  bool orthogonal = false;             // hidden matrices keep one momentum, everything else AdamW's two moments
  bool paged = false;                  // states lie in managed memory, which gives way to the host
  bool foreach = false;                // torch steps all parameters at once, with temporaries of their size
  double stepTensors = 1;              // of those temporaries, each as large as a state of all parameters
  double ruleOfThumb = 0;              // states per parameter as the published rules count them
  std::string_view transformers = {};  // spellings of TrainingArguments.optim, blank between; the first is written
  std::string_view torchtune = {};     // the component; empty: torchtune has none
};

// One row per enumerator, in their order.
std::span<const OptimizerRow> optimizerRows();
const OptimizerRow& rowOf(Optimizer optimizer);

// By the spelling of transformers' `optim`, which Axolotl, LLaMA-Factory and DeepSpeed share; nothing for one that is
// not known: it is never taken for its nearest neighbour.
std::optional<Optimizer> optimizerOf(std::string_view transformersName);
// The spelling that is written; empty where transformers has none.
std::string_view transformersName(Optimizer optimizer);
// By the last part of a torchtune component ("PagedAdamW8bit").
std::optional<Optimizer> optimizerOfComponent(std::string_view name);

}  // namespace headroom
