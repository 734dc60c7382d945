// What sentences, bullets and tables say of a server in words: its release, its model, its options with their values.
// Internal to core/readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// The text without its fences, commands and printed lines: what somebody wrote about them.
std::string proseOf(std::string_view text);

// The engine's options that the words give a value, as a command has them ("--max-num-seqs=32"), once each, in their
// order: `max_num_seqs` to 32, "--tp 4", "tp_size=4", "- **Max model len:** 32768". Several values stand one by one.
std::vector<std::string> toldOptions(std::string_view prose, std::string_view engine);

// The releases of the engine that a text names ("vllm 0.8.3", "- vLLM Version: 0.8.4"), each once.
std::vector<std::string> toldReleases(std::string_view text, std::string_view engine);

// What a label gives for the model: "**Model:** org/name", "MODEL=org/name"; each once.
std::vector<std::string> toldModels(std::string_view text);

// The engines that a text names.
std::vector<std::string_view> toldEngines(std::string_view text);

}  // namespace headroom
