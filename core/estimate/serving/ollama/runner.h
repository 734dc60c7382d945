// What Ollama's runner takes of a question: llama.cpp's answer, or that of its own engine over the same library.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/llama_cpp/run.h"
#include "core/estimate/serving/llama_cpp/tensor_overrides.h"
#include "core/scenario/engine_version.h"

namespace headroom::ollama {

struct Runner {
  EngineVersion release;
  std::string_view architecture;
  bool own = false;  // its own engine
  std::int64_t slots = 1;
};

// `question`: as llama.cpp is asked it. Fills its ranks and its host. overrides: tensors that lie elsewhere than their
// layer.
void answer(EstimateContext& question, const Runner& runner,
            const std::shared_ptr<const llama::TensorOverrides>& overrides = nullptr);

// Layers that fit on one device leave the runner no other.
void onOneBackend(llama::Run& run);

}  // namespace headroom::ollama
