// What a program prints of the arguments it was started with, and settings a script begins with: names with values on
// lines of their own. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace headroom {

// "  seq_length ........ 1024" of Megatron and of DeepSpeed's "[config.py:1:print]   fp16_enabled ... True".
nlohmann::ordered_json dottedArguments(std::string_view text);

// {'lora_r': 8, …} on one line or over several, whole or broken off, the first that holds so many names.
nlohmann::ordered_json printedDictionary(std::string_view text, std::size_t least);

// "MICRO_BATCH_SIZE = 4  # words" at the margin and "name: value" below "… with params:", in small letters.
nlohmann::ordered_json settingLines(std::string_view text);

}  // namespace headroom
