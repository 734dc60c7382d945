// Programs that start an engine under names of their own for its options. Internal to core/readers/commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/readers/commands/server_call.h"

namespace headroom {

// A program's name without its folder and ".exe", and without what a printed list begins with: "[vllm serve".
std::string programOf(std::string_view word);

// Harnesses that serve a model by vLLM's own class are told its arguments in one word: `lm_eval --model vllm
// --model_args pretrained=…,tensor_parallel_size=2`, `lighteval vllm "model_name=…"` (lm_eval/models/vllm_causallms.py,
// lighteval/models/vllm/vllm_model.py).
bool ofHarness(const std::vector<std::string>& words, std::size_t at, std::vector<ServerCall>& out);

// `swift deploy|infer|rollout` of ms-swift hands its options to an engine under that engine's name in front of them
// (swift/llm/argument: --vllm_max_model_len); rollout is vLLM's always.
bool ofSwift(const std::vector<std::string>& words, std::size_t at, std::vector<ServerCall>& out);

// llama-cpp-python's server takes its class's names (llama_cpp/server/settings.py, 0.2 and 0.3: n_ctx=2048); as
// llama-server's.
std::vector<std::string> ofLlamaPythonServer(const std::vector<std::string>& given);

}  // namespace headroom
