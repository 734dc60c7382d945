// torch's caching allocator, rule by rule, and against a plain one that searches its blocks from end to end.
#include "core/estimate/training/allocator/caching_allocator.h"

#include <gtest/gtest.h>

#include <list>
#include <random>

#include "core/estimate/training/allocator/library_workspace.h"
#include "core/estimate/training/replay/step_stream.h"

namespace headroom::training {
namespace {

constexpr std::int64_t kMi = std::int64_t(1) << 20;

TEST(CachingAllocator, RequestsAreRoundedToUnitsAndTakeSegmentsOfTheirPool) {
  CachingAllocator a;
  EXPECT_EQ(a.size(a.allocate(1)), 512);
  EXPECT_EQ(a.reserved(), 2 * kMi);
  EXPECT_EQ(a.size(a.allocate(513)), 1024);
  a.allocate(kMi);  // the largest of the small pool
  EXPECT_EQ(a.reserved(), 2 * kMi);
  a.allocate(kMi + 1);  // the smallest of the large one
  EXPECT_EQ(a.reserved(), (2 + 20) * kMi);
  a.allocate(10 * kMi - 512);  // what is left of the 20 MiB
  EXPECT_EQ(a.reserved(), (2 + 20) * kMi);
}

TEST(CachingAllocator, FromTenMebibytesOnASegmentIsOneRequest) {
  CachingAllocator a;
  a.allocate(10 * kMi);
  EXPECT_EQ(a.reserved(), 10 * kMi);
  a.allocate(11 * kMi);
  EXPECT_EQ(a.reserved(), (10 + 12) * kMi);
}

TEST(CachingAllocator, ALargeBlockIsSplitOnlyWhereMoreThanAMebibyteIsLeft) {
  CachingAllocator a;
  EXPECT_EQ(a.size(a.allocate(11 * kMi)), 12 * kMi);  // of 12 one is left, which is not more
  EXPECT_EQ(a.allocated(), 12 * kMi);
  EXPECT_EQ(a.size(a.allocate(11 * kMi - 512)), 11 * kMi - 512);
  EXPECT_EQ(a.reserved(), 24 * kMi);
  a.allocate(kMi + 512);  // the rest that was split off
  EXPECT_EQ(a.reserved(), 24 * kMi);
}

TEST(CachingAllocator, FreedNeighboursMergeInTheirSegmentAndSegmentsDoNot) {
  CachingAllocator a;
  const std::int32_t one = a.allocate(5 * kMi), two = a.allocate(5 * kMi), three = a.allocate(9 * kMi);
  a.free(two), a.free(three), a.free(one);
  EXPECT_EQ(a.allocated(), 0);
  const std::int32_t whole = a.allocate(20 * kMi);
  EXPECT_EQ(a.reserved(), 20 * kMi);
  const std::int32_t other = a.allocate(20 * kMi);
  a.free(whole), a.free(other);
  a.allocate(40 * kMi);
  EXPECT_EQ(a.reserved(), 80 * kMi);
}

TEST(CachingAllocator, TheSmallestBlockThatFitsIsTakenAndOfEqualOnesTheLowest) {
  CachingAllocator a;
  const std::int32_t large = a.allocate(40 * kMi), low = a.allocate(30 * kMi), high = a.allocate(30 * kMi);
  const std::int64_t lowAt = a.address(low);
  a.free(large), a.free(high), a.free(low);
  EXPECT_EQ(a.address(a.allocate(29 * kMi)), lowAt);
  EXPECT_EQ(a.reserved(), 100 * kMi);
}

TEST(CachingAllocator, AnExpandableRangeGrowsAtItsEnd) {
  CachingAllocator fixed, expandable(true);
  for (CachingAllocator* a : {&fixed, &expandable}) {
    const std::int32_t block = a->allocate(40 * kMi);
    a->free(block);
    a->allocate(50 * kMi);
  }
  EXPECT_EQ(fixed.reserved(), 90 * kMi);
  EXPECT_EQ(expandable.reserved(), 60 * kMi);  // three pages of 20 MiB
  EXPECT_EQ(expandable.size(expandable.allocate(kMi + 1)), kMi + 512);
}

// The same rules without any order: blocks of a segment stand in a list, every search goes over all of them.
class PlainAllocator {
 public:
  struct Block {
    std::int64_t size;
    bool free, small, first;
  };
  using Place = std::list<Block>::iterator;

  Place allocate(std::int64_t bytes) {
    const std::int64_t size = (bytes + 511) / 512 * 512;
    const bool small = size <= kMi;
    Place best = blocks_.end();
    for (Place b = blocks_.begin(); b != blocks_.end(); ++b)  // addresses rise along the list
      if (b->free && b->small == small && b->size >= size && (best == blocks_.end() || b->size < best->size)) best = b;
    if (best == blocks_.end()) {
      const std::int64_t segment = small             ? 2 * kMi
                                   : size < 10 * kMi ? 20 * kMi
                                                     : (size + 2 * kMi - 1) / (2 * kMi) * (2 * kMi);
      reserved += segment;
      best = blocks_.insert(blocks_.end(), {segment, true, small, true});
    }
    best->free = false;
    const std::int64_t rest = best->size - size;
    if (small ? rest >= 512 : rest > kMi) {
      best->size = size;
      blocks_.insert(std::next(best), {rest, true, small, false});
    }
    return best;
  }
  void free(Place block) {
    block->free = true;
    const Place after = std::next(block);
    if (after != blocks_.end() && after->free && !after->first) block->size += after->size, blocks_.erase(after);
    if (!block->first && std::prev(block)->free) std::prev(block)->size += block->size, blocks_.erase(block);
  }
  std::int64_t reserved = 0;

 private:
  std::list<Block> blocks_;
};

TEST(CachingAllocator, HoldsWhatAPlainSearchHoldsOverRandomStreams) {
  std::mt19937 random(11);
  for (int run = 0; run < 40; ++run) {
    CachingAllocator a;
    PlainAllocator plain;
    std::vector<std::pair<std::int32_t, PlainAllocator::Place>> alive;
    for (int i = 0; i < 600; ++i) {
      if (!alive.empty() && random() % 100 < 47) {
        const std::size_t at = random() % alive.size();
        a.free(alive[at].first), plain.free(alive[at].second);
        alive[at] = alive.back(), alive.pop_back();
        continue;
      }
      const int digits = static_cast<int>(random() % 26) + 1;  // up to 64 MiB
      const std::int64_t bytes = 1 + static_cast<std::int64_t>(random() % (1U << digits));
      alive.emplace_back(a.allocate(bytes), plain.allocate(bytes));
      ASSERT_EQ(a.size(alive.back().first), alive.back().second->size);
    }
    EXPECT_EQ(a.reserved(), plain.reserved);
    for (const auto& [block, place] : alive) a.free(block);
    EXPECT_EQ(a.allocated(), 0);
  }
}

// Two storages, the first gone before a third and larger one comes; at the end all are gone.
StepStream smallStream() {
  StepStream stream;
  stream.weights = {100 * kMi};
  stream.states = {50 * kMi, 50 * kMi};
  stream.events = {30 * kMi, 20 * kMi, released(0), 40 * kMi, released(1), released(2)};
  stream.backward = 3, stream.optimizer = 5;
  return stream;
}

TEST(CachingAllocator, AStepHoldsItsSegmentsAndTheStatesThatItsFirstOneMakes) {
  const HeldBytes held = heldBytes(smallStream(), 0, false);
  EXPECT_EQ(held.alive, static_cast<double>((200 + 60) * kMi));
  EXPECT_EQ(held.reserved, static_cast<double>((200 + 30 + 20 + 40) * kMi));
  // A handle's workspace in each of two threads.
  const HeldBytes more = heldBytes(smallStream(), 32 * kMi, false);
  EXPECT_EQ(more.alive - held.alive, static_cast<double>(64 * kMi));
}

// What one stream has freed serves no other one.
TEST(CachingAllocator, StreamsHaveTheirOwnPools) {
  StepStream stream = smallStream();
  stream.events = {30 * kMi, released(0), 30 * kMi, released(1)};
  stream.backward = 2, stream.optimizer = 4;
  const double alone = heldBytes(stream, 0, false).reserved;
  EXPECT_EQ(alone, static_cast<double>((200 + 30) * kMi));
  stream.events[2] |= std::int64_t{2} << kStreamShift;
  EXPECT_EQ(heldBytes(stream, 0, false).reserved, alone + static_cast<double>(30 * kMi));
  EXPECT_EQ(heldBytes(stream, 0, false).alive, static_cast<double>((200 + 30) * kMi));
}

TEST(CachingAllocator, WorkspacesAreThoseOfTheDevicesGeneration) {
  Accelerator hopper, ada, instinct;
  hopper.vendor = ada.vendor = "NVIDIA", instinct.vendor = "AMD";
  hopper.computeCapability = 9.0, ada.computeCapability = 8.9, instinct.architecture = "CDNA3";
  EXPECT_EQ(productWorkspace(&hopper), 32.0 * kMi);
  EXPECT_EQ(productWorkspace(&ada), 8.125 * kMi);
  EXPECT_EQ(productWorkspace(&instinct), 128.0 * kMi);
  EXPECT_EQ(productWorkspace(nullptr), 0);
}

}  // namespace
}  // namespace headroom::training
