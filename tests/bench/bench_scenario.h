// The scenarios that the bars speak of: Llama-3.1-8B on one device, each workload.
#pragma once

#include <string>

#include "core/open/scenario_json.h"

namespace headroom {

// The scenario of this JSON text; ends the program with the error where it has one.
Scenario benchScenario(const std::string& json);

inline std::string llama(const std::string& rest) {
  return R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "h100-sxm-80gb"}], )" +
         rest + "}";
}

}  // namespace headroom
