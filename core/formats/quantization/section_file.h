// A quantization that stands in a file beside config.json.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

// Where tools write it: ModelOpt, AutoGPTQ and GPTQModel, AutoAWQ.
constexpr std::array<std::string_view, 3> kSectionFiles{"hf_quant_config.json", "quantize_config.json",
                                                        "quant_config.json"};

// True for a configuration that holds a quantization itself: the file beside it then says nothing more.
bool hasQuantization(std::string_view config);

// The configuration with the file's object as its quantization_config; an error for a file that holds no object.
Result<std::string> withSection(std::string_view config, std::string_view section, std::string_view where);

}  // namespace headroom
