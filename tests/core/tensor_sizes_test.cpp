#include "core/model/tensor_sizes.h"

#include <gtest/gtest.h>

#include "core/model/gguf_mix.h"
#include "core/model/weight_bytes.h"
#include "core/open/catalogue.h"

namespace headroom {
namespace {

Bytes counted(const std::vector<TensorSize>& sizes) {
  Bytes sum;
  for (const TensorSize& s : sizes)
    if (s.part != ModelPart::next_token && !s.tensor->buffer) sum += s.bytes;
  return sum;
}

TEST(TensorSizes, SumToTheWeightsOfEveryCatalogueModel) {
  for (const CatalogueEntry& entry : modelCatalogue()) {
    const auto model = *catalogueModel(entry.id);
    for (const WeightFormat& format :
         {WeightFormat(AsStored{}), WeightFormat(NumberFormat::bf16), WeightFormat(NumberFormat::nf4)})
      EXPECT_EQ(counted(tensorSizes(*model, format)), weightBytes(*model, format)) << entry.id;
  }
}

TEST(TensorSizes, AGgufMixGivesLayersOfOneKindDifferentFormats) {
  const auto model = *catalogueModel("meta-llama/Llama-3.1-8B");
  const auto sizes = tensorSizes(*model, GgufFileType::Q4_K_M);
  std::size_t q4 = 0, q6 = 0;
  for (const TensorSize& s : sizes)
    if (s.tensor->role == TensorRole::v_proj)
      q4 += s.format == NumberFormat::q4_k, q6 += s.format == NumberFormat::q6_k;
  // Half of the attention values get six bits (llama-quant.cpp, use_more_bits).
  EXPECT_EQ(q4, 16U);
  EXPECT_EQ(q6, 16U);
  // What the converter adds, the rope factors, is all that is missing: 64 fp32 numbers.
  EXPECT_EQ(ggufTensorBytes(*model, GgufFileType::Q4_K_M) - counted(sizes), Bytes(64 * 4));
}

TEST(TensorSizes, NoTensorOfAGgufFileIsCountedTwice) {
  for (const CatalogueEntry& entry : modelCatalogue()) {
    const auto model = *catalogueModel(entry.id);
    Bytes sum;
    for (const TensorSize& s : tensorSizes(*model, GgufFileType::Q8_0)) sum += s.bytes;
    EXPECT_LE(sum, ggufTensorBytes(*model, GgufFileType::Q8_0)) << entry.id;
    EXPECT_GT(sum.value(), 0) << entry.id;
  }
}

}  // namespace
}  // namespace headroom
