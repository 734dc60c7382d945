// Names of classes and types as one: "Qwen3MoeForCausalLM" and "qwen3_moe" are both "qwen3moe".
#pragma once

#include <string>
#include <string_view>

namespace headroom {

// The letters and digits of a class or type, small, without what a class is for.
std::string plainClass(std::string_view name);

}  // namespace headroom
