// params.json, as Meta and Mistral ship it beside their own weights, in the words of a configuration. Internal to
// core/formats/config.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace headroom {

// True for the JSON of a params.json: its keys are "dim" and "n_layers", and it names no class.
bool isNativeParams(const nlohmann::json& document);

// The same model as a configuration of Llama's, Mixtral's or DeepSeek's layout. What has no counterpart (a vision
// encoder) is in "headroom_left_out", a list of keys.
nlohmann::json configurationOf(const nlohmann::json& params);

inline constexpr const char* kLeftOutKey = "headroom_left_out";

}  // namespace headroom
