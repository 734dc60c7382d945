// What a Python script trains otherwise than a Trainer's recipe can say. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>

namespace headroom::recipes {

// Whether a function of the script has parameters of a step with defaults, which a call of it may change.
bool hasOwnDefaults(std::string_view script);

// The name by which PEFT's adapter_config.json calls the method of a configuration class other than LoRA's; empty of
// other classes.
std::string adapterMethodOf(std::string_view className);

// Trainers and configurations of TRL that train by a method that Headroom does not know, and trainers that are no
// library's, whose loss may be anything.
bool trainsOtherwise(std::string_view className);

// Whether a class' from_pretrained loads a model for images beside text.
bool loadsVision(std::string_view call);

// Whether parameters are kept from training by hand.
bool freezes(std::string_view script);

// Whether the script runs backward itself.
bool hasOwnLoop(std::string_view script);

}  // namespace headroom::recipes
