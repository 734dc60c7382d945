// "Did you mean": a slip finds its word, anything else finds none.
#include "core/base/nearest.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

constexpr std::string_view kKeys[] = {"batch", "context", "prefill_tokens", "max_sequences", "rank"};

TEST(Nearest, FindsTheWordBehindASlip) {
  EXPECT_EQ(nearest("btach", kKeys), "batch");
  EXPECT_EQ(nearest("Batch", kKeys), "batch");
  EXPECT_EQ(nearest("contxt", kKeys), "context");
  EXPECT_EQ(nearest("prefill-tokens", kKeys), "prefill_tokens");
  EXPECT_EQ(nearest("sequences", kKeys), "max_sequences");
}

TEST(Nearest, CountsEdits) {
  EXPECT_EQ(editDistance("batch", "batch"), 0u);
  EXPECT_EQ(editDistance("Kv-Cache", "kv_cache"), 0u);
  EXPECT_EQ(editDistance("btach", "batch"), 1u);  // neighbours swapped
  EXPECT_EQ(editDistance("rank", "blank"), 2u);
  EXPECT_EQ(editDistance("", "rank"), 4u);
}

TEST(Nearest, OffersNothingForAnotherWord) {
  EXPECT_EQ(nearest("temperature", kKeys), "");
  EXPECT_EQ(nearest("", kKeys), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), kKeys), "");
  EXPECT_EQ(didYouMean("temperature", kKeys), "");
  EXPECT_EQ(didYouMean("btach", kKeys), " Did you mean 'batch'?");
}

}  // namespace
}  // namespace headroom
