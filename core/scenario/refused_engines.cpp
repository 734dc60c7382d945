// Engines and workloads that are refused by name: what is known of them does not reach for an estimate.
#include <algorithm>
#include <iterator>

#include "core/scenario/engines.h"
#include "core/scenario/refused_training.h"

namespace headroom {

std::string_view refusedTraining(Engine engine) {
  struct Refused {
    Engine engine;
    std::string_view why;
  };
  constexpr Refused kRefused[] = {
      {Engine::mlx,
       "The training steps of MLX are not accounted for: lazy evaluation and Metal's buffers follow rules of their "
       "own. Its adapters are: workload 'inference' with 'lora'."}};
  const auto* const at = std::ranges::find(kRefused, engine, &Refused::engine);
  return at == std::end(kRefused) ? std::string_view() : at->why;
}

std::string refusedEngine(std::string_view name) {
  // Servers with rules of their own that no measured run here could be held against.
  struct Refused {
    std::string_view id, label;
  };
  constexpr Refused kRefused[] = {{"lmdeploy", "LMDeploy"},
                                  {"tgi", "Text Generation Inference"},
                                  {"text-generation-inference", "Text Generation Inference"},
                                  {"exllama", "ExLlama"},
                                  {"exllamav2", "ExLlamaV2"},
                                  {"exllamav3", "ExLlamaV3"},
                                  {"tabbyapi", "TabbyAPI"},
                                  {"ktransformers", "KTransformers"},
                                  {"aphrodite", "Aphrodite"},
                                  {"ik_llama.cpp", "ik_llama.cpp"},
                                  {"ik-llama", "ik_llama.cpp"},
                                  {"mlc", "MLC LLM"},
                                  {"mlc-llm", "MLC LLM"},
                                  {"lm-studio", "LM Studio"}};
  for (const Refused& r : kRefused) {
    if (!sameName(r.id, name)) continue;
    if (r.id == "lm-studio")
      return "LM Studio serves with two engines: say 'mlx' for its MLX runtime, 'llama.cpp' for its GGUF runtime.";
    return std::string(r.label) + " has memory rules of its own, which are not known here: it is not estimated.";
  }
  return {};
}

}  // namespace headroom
