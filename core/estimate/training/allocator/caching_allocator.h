// torch's caching allocator without memory: which blocks a sequence of requests is given and what that makes the
// process hold. The rules are c10/cuda/CUDACachingAllocator.cpp's (torch 2.11–2.13) on one stream: requests in units of
// 512 bytes, a pool of small and a pool of large blocks, the best fit first, rests split off, freed neighbours merged.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headroom::training {

class CachingAllocator {
 public:
  // `expandable`: one range of addresses per pool that grows by pages (expandable_segments:True).
  explicit CachingAllocator(bool expandable = false) : expandable_(expandable) {}

  // Returns the block that a request of so many bytes is given; `bytes` > 0.
  std::int32_t allocate(std::int64_t bytes);
  void free(std::int32_t block);

  // Bytes of blocks in use, with what rounding and unsplit rests add; of all segments. Neither peak falls.
  std::int64_t allocated() const { return allocated_; }
  std::int64_t allocatedPeak() const { return allocatedPeak_; }
  std::int64_t reserved() const { return reserved_; }

  // The bytes of the block, from its address on.
  std::int64_t size(std::int32_t block) const { return blocks_[static_cast<std::size_t>(block)].size; }
  std::int64_t address(std::int32_t block) const { return blocks_[static_cast<std::size_t>(block)].address; }

 private:
  struct Block {
    std::int64_t size = 0, address = 0;
    std::int32_t before = -1, after = -1;   // in its segment
    std::int32_t previous = -1, next = -1;  // free ones of similar size
    bool free = false, small = false;
  };
  // Free blocks in bins of similar sizes, eight to an octave: a step asks a hundred thousand times.
  static constexpr std::size_t kBins = 384;
  struct Pool {
    Pool() { first.fill(-1); }
    std::array<std::int32_t, kBins> first;  // block of each bin
    std::array<std::uint64_t, kBins / 64> filled{};
  };

  Pool& poolOf(bool small) { return pools_[small ? 0 : 1]; }
  Block& at(std::int32_t block) { return blocks_[static_cast<std::size_t>(block)]; }
  std::int32_t newBlock();
  static std::size_t binOf(std::int64_t size);
  // The smallest free block of the bin that holds so many bytes, of equal ones the first in memory; -1: none.
  std::int32_t bestOf(const Pool& pool, std::size_t bin, std::int64_t size) const;
  std::int32_t bestFit(const Pool& pool, std::int64_t size) const;
  void insert(std::int32_t block);
  void remove(std::int32_t block);
  void join(std::int32_t first, std::int32_t second);
  std::int32_t segment(std::int64_t size, bool small);
  std::int32_t extended(std::int64_t size, bool small);

  bool expandable_;
  std::vector<Block> blocks_;
  std::vector<std::int32_t> unused_;          // numbers of blocks that were merged
  std::array<Pool, 2> pools_;                 // small, large: free blocks
  std::array<std::int32_t, 2> last_{-1, -1};  // the last block of each range that grows
  std::int64_t nextAddress_ = 0, allocated_ = 0, allocatedPeak_ = 0, reserved_ = 0;
};

// What happens to storages, in order: a positive number is the bytes of one that comes, numbered from 0 as they come; a
// negative one, −1 − its number, is one that goes. Streams have pools of their own: the one that a storage is asked for
// on stands in the upper bits of its bytes.
using StorageEvents = std::vector<std::int64_t>;
constexpr int kStreamShift = 56;
constexpr std::int64_t bytesOfEvent(std::int64_t event) {
  return event & ((std::int64_t{1} << kStreamShift) - 1);
}
constexpr std::int64_t released(std::int64_t number) {
  return -1 - number;
}

// Replays events; `blocks` are the blocks of the storages that are still there, by their numbers.
void replayEvents(CachingAllocator& allocator, std::span<const std::int64_t> events, std::vector<std::int32_t>& blocks);

}  // namespace headroom::training
