#include <gtest/gtest.h>

#include "core/base/format.h"
#include "core/base/quantity.h"

namespace headroom {
namespace {

TEST(Bytes, SaturateInsteadOfOverflowing) {
  EXPECT_EQ(Bytes::max() + Bytes(1), Bytes::max());
  EXPECT_EQ(Bytes(std::int64_t{1} << 40) * (std::int64_t{1} << 40), Bytes::max());
  EXPECT_EQ(toBytes(1e30), Bytes::max());
}

TEST(FormatBytes, ShowsOneUnitAtATime) {
  const Bytes weights(16'060'522'496);
  EXPECT_EQ(formatBytes(weights, ByteUnit::gib), "14.96 GiB");
  EXPECT_EQ(formatBytes(weights, ByteUnit::gb), "16.06 GB");
  EXPECT_EQ(formatBytes(Bytes(3 * kMiB), ByteUnit::gib), "3.0 MiB");
  EXPECT_EQ(formatBytes(Bytes(12), ByteUnit::gb), "12 B");
}

TEST(FormatCount, GroupsThousands) {
  EXPECT_EQ(formatCount(8'030'261'248), "8,030,261,248");
  EXPECT_EQ(formatCount(999), "999");
  EXPECT_EQ(formatCount(-1000), "-1,000");
}

}  // namespace
}  // namespace headroom
