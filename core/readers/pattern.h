// What people's patterns over module names mean. Internal to core/readers.
#pragma once

#include <string>
#include <vector>

#include "core/base/bounded_pattern.h"

namespace headroom {

// The Linear modules of a decoder ("q_proj") that a pattern takes in every layer alike, matched whole against names
// such as "model.layers.3.self_attn.q_proj"; empty where layers differ or none matches.
std::vector<std::string> modulesMatching(const std::string& pattern);

}  // namespace headroom
