// Any bytes as a training code's recipe end in a scenario or in an error, and what is written into them can be read
// again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)headroom::looksLikeRecipe(text);
  static const auto lora =
      headroom::readScenario(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "workload": "lora"})", "");
  const headroom::Scenario& base = lora.value();
  if (const auto written = headroom::writeRecipe(base, headroom::RecipeDialect::axolotl, text))
    if (!headroom::readRecipe(written->text, "fuzz", {}, headroom::RecipeDialect::axolotl)) std::abort();
  if (const auto recipe = headroom::readRecipe(text, "fuzz")) (void)headroom::scenarioOfRecipe(*recipe, base);
  return 0;
}
