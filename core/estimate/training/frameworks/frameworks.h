// The profiles of the training codes, by family.
#pragma once

#include <span>

#include "core/estimate/training/frameworks/profile.h"

namespace headroom::training {

std::span<const FrameworkProfile>
pytorchProfiles();  // plain loop (first), torchtune, torchtitan, fsdp-qlora, llama-recipes
std::span<const FrameworkProfile> huggingFaceProfiles();  // transformers, trl, peft, ms-swift, axolotl, unsloth, arctic
std::span<const FrameworkProfile> litgptProfiles();
std::span<const FrameworkProfile> megatronProfiles();

}  // namespace headroom::training
