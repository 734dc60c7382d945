// Which of several files is the model.
#include "core/open/weight_files.h"

#include <gmock/gmock.h>

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(WeightFiles, CopiesAdaptersAndStatesAreNoWeights) {
  EXPECT_THAT(*modelSafetensors({"model.safetensors", "model.fp16.safetensors", "consolidated.safetensors",
                                 "adapter_model.safetensors", "optimizer.safetensors", "config.json"}),
              ElementsAre("model.safetensors"));
  EXPECT_THAT(*modelSafetensors({"consolidated.safetensors"}), ElementsAre("consolidated.safetensors"));
  EXPECT_THAT(*modelSafetensors({"model.fp16.safetensors"}), ElementsAre("model.fp16.safetensors"));
  EXPECT_THAT(*modelSafetensors({"model-00002-of-00002.safetensors", "model-00001-of-00002.safetensors",
                                 "model.fp16-00001-of-00002.safetensors", "model.fp16-00002-of-00002.safetensors"}),
              ElementsAre("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"));
}

TEST(WeightFiles, AMissingPartIsNamed) {
  const auto files = modelSafetensors({"model-00001-of-00003.safetensors", "model-00003-of-00003.safetensors"});
  ASSERT_FALSE(files);
  EXPECT_THAT(files.error().message, HasSubstr("model-00002-of-00003.safetensors"));
}

TEST(WeightFiles, TheModelAmongGgufFiles) {
  EXPECT_EQ(modelGguf({"mmproj-F16.gguf", "tiny-Q8_0.gguf", "imatrix.gguf"})->file, "tiny-Q8_0.gguf");
  EXPECT_EQ(modelGguf({"a-Q8_0.gguf", "a-Q4_K_M.gguf"})->file, "a-Q4_K_M.gguf");
  EXPECT_THAT(choiceNote(*modelGguf({"a-Q8_0.gguf", "a-Q4_K_M.gguf"})), HasSubstr("a-Q8_0.gguf"));
  EXPECT_EQ(modelGguf({"a-Q8_0.gguf", "a-Q4_K_M.gguf"}, "q8_0")->file, "a-Q8_0.gguf");
  EXPECT_EQ(modelGguf({"q/a-00002-of-00002.gguf", "q/a-00001-of-00002.gguf"})->file, "q/a-00001-of-00002.gguf");
  EXPECT_THAT(partsOf("q/a-00001-of-00002.gguf"), ElementsAre("q/a-00001-of-00002.gguf", "q/a-00002-of-00002.gguf"));
  EXPECT_THAT(modelGguf({"mmproj-F16.gguf"}).error().message, HasSubstr("no language model"));
  EXPECT_THAT(modelGguf({"a-Q8_0.gguf"}, "Q3_K_S").error().message, HasSubstr("a-Q8_0.gguf"));
  EXPECT_FALSE(modelGguf({}));
}

}  // namespace
}  // namespace headroom
