// Any bytes as a configuration end in a model or an error; a model that is believed can be estimated by every engine.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/estimate/estimate.h"
#include "core/formats/model_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace headroom;
  auto model = modelFromConfig({reinterpret_cast<const char*>(data), size}, "fuzz", "fuzz");
  if (!model) return 0;
  Scenario scenario;
  scenario.model = std::make_shared<Model>(std::move(*model));
  for (const Engine engine : {Engine::vllm, Engine::llama_cpp, Engine::transformers}) {
    scenario.engine = engine;
    (void)estimate(scenario);
  }
  return 0;
}
