// What the name of a training script and the beginnings of its options say. Internal to core/readers/recipes.
#pragma once

#include <string_view>

#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/training_command.h"

namespace headroom::recipes {

// argparse takes the beginning of a name for the whole (HfArgumentParser): --model_name.
void takeModelName(Json& keys);

// Words of scripts around the Trainer that are not the Trainer's, in its own: --lora_dim, --zero_stage, --enable_fsdp.
// How the run is shared goes to `shared`, as a scenario says it.
void takeScriptWords(Json& keys, Json& shared);

// Whether settings are of alpaca-lora's finetune.py or a descendant of it (cutoff_len beside micro_batch_size), and
// those in the Trainer's words, with what the script has by itself.
bool tellsOfAlpaca(const Json& keys);
void takeAlpacaWords(Json& keys);

// artidoro/qlora's script (qlora.py) in the Trainer's words, with its defaults.
void takeQloraWords(std::string_view script, Json& keys);

// Words of scripts that a cluster's launcher starts: allenai/open-instruct's mason.py and grpo_fast.py.
void takeInstructWords(std::string_view script, Json& keys, Launch& launch);

// Whether a script is told to generate or to measure, and nothing of a step.
bool measures(const Json& keys);

// Whether the words are of a script that trains on images: diffusers' examples, kohya-ss/sd-scripts.
bool trainsOnImages(const Json& keys);

// Whether a script of that name makes something else of a model, or asks it: export_model.py, merge_lora.py.
bool isNoTraining(std::string_view script);

// Whether a script's name says how it trains: grpo_fast.py, train_dpo.py.
bool namesMethod(std::string_view script);

// The method that a script's name says and no key of it: examples/scripts/orpo.py of TRL, train_dpo.py.
void takeMethod(std::string_view script, Json& keys);

}  // namespace headroom::recipes
