// The comparison with other calculators: Headroom's own answers are estimated, everybody's errors follow from the
// truth.
#include <gtest/gtest.h>

#include <cmath>

#include "core/report/peers.h"

namespace headroom {
namespace {

TEST(Peers, HeadroomIsNeverFurtherOffThanATenthAndKvCachesAreExact) {
  const Result<std::vector<PeerJob>> jobs = peerComparison();
  ASSERT_TRUE(jobs) << jobs.error().text();
  ASSERT_GE(jobs->size(), 16u);
  for (const PeerJob& job : *jobs) {
    EXPECT_LT(std::abs(job.error), 0.10) << job.title;
    if (job.figure == "kv_cache") {
      EXPECT_LT(std::abs(job.error), 0.001) << job.title;
    }
    EXPECT_FALSE(job.truthSource.empty()) << job.title;
    EXPECT_FALSE(job.answers.empty()) << job.title;
    for (const PeerAnswer& a : job.answers) {
      EXPECT_GT(a.bytes, 0) << job.title << " " << a.peer;
      EXPECT_NE(a.source.find("https://"), std::string::npos) << a.peer;
    }
  }
}

TEST(Peers, TheTableHoldsEveryJob) {
  const Result<std::vector<PeerJob>> jobs = peerComparison();
  ASSERT_TRUE(jobs);
  const std::string table = peerTable(*jobs, ReportFormat::markdown, ByteUnit::gib);
  for (const PeerJob& job : *jobs) EXPECT_NE(table.find(job.title), std::string::npos);
  EXPECT_NE(table.find("gguf-parser-go"), std::string::npos);
}

}  // namespace
}  // namespace headroom
