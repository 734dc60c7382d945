#include "core/estimate/training/allocator/caching_allocator.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace headroom::training {
namespace {

// c10/core/AllocatorConfig.h and c10/cuda/CUDACachingAllocator.h (2.11).
constexpr std::int64_t kMinBlock = 512;                 // kMinBlockSize
constexpr std::int64_t kSmall = std::int64_t(1) << 20;  // kSmallSize: the largest request of the small pool
constexpr std::int64_t kSmallSegment = 2 * kSmall;      // kSmallBuffer
constexpr std::int64_t kLargeSegment = 20 * kSmall;     // kLargeBuffer
constexpr std::int64_t kLargeRequest = 10 * kSmall;     // kMinLargeAlloc: from here on segments of their own size
constexpr std::int64_t kLargeStep = 2 * kSmall;         // kRoundLarge
constexpr std::int64_t kApart = std::int64_t(1) << 44;  // between ranges that grow: more than any device has

constexpr std::int64_t roundedUp(std::int64_t bytes, std::int64_t step) {
  return (bytes + step - 1) / step * step;
}

}  // namespace

std::int32_t CachingAllocator::newBlock() {
  if (unused_.empty()) {
    blocks_.emplace_back();
    return static_cast<std::int32_t>(blocks_.size() - 1);
  }
  const std::int32_t block = unused_.back();
  unused_.pop_back();
  at(block) = Block();
  return block;
}

void CachingAllocator::insert(std::int32_t block) {
  Block& b = at(block);
  b.free = true;
  Pool& pool = poolOf(b.small);
  const std::size_t bin = binOf(b.size);
  b.previous = -1;
  b.next = std::exchange(pool.first[bin], block);
  if (b.next >= 0) at(b.next).previous = block;
  pool.filled[bin / 64] |= std::uint64_t{1} << bin % 64;
}

void CachingAllocator::remove(std::int32_t block) {
  Block& b = at(block);
  assert(b.free);
  b.free = false;
  if (b.next >= 0) at(b.next).previous = b.previous;
  if (b.previous >= 0) {
    at(b.previous).next = b.next;
    return;
  }
  Pool& pool = poolOf(b.small);
  const std::size_t bin = binOf(b.size);
  pool.first[bin] = b.next;
  if (b.next < 0) pool.filled[bin / 64] &= ~(std::uint64_t{1} << bin % 64);
}

std::size_t CachingAllocator::binOf(std::int64_t size) {
  const auto units = static_cast<std::uint64_t>(size / kMinBlock);
  if (units < 8) return units;
  const auto octave = static_cast<std::size_t>(std::bit_width(units)) - 4;
  return std::min(kBins - 1, 8 * (octave + 1) + ((units >> octave) & 7U));
}

std::int32_t CachingAllocator::bestOf(const Pool& pool, std::size_t bin, std::int64_t size) const {
  std::int32_t best = -1;
  std::int64_t least = 0, place = 0;
  for (std::int32_t i = pool.first[bin]; i >= 0;) {
    const Block& b = blocks_[static_cast<std::size_t>(i)];
    if (b.size >= size && (best < 0 || b.size < least || (b.size == least && b.address < place)))
      best = i, least = b.size, place = b.address;
    i = b.next;
  }
  return best;
}

std::int32_t CachingAllocator::bestFit(const Pool& pool, std::int64_t size) const {
  const std::size_t own = binOf(size);
  if (const std::int32_t block = bestOf(pool, own, size); block >= 0) return block;
  // Every block of a later bin is larger than every one of an earlier.
  std::uint64_t word = pool.filled[own / 64] & (own % 64 == 63 ? 0 : ~std::uint64_t{0} << (own % 64 + 1));
  for (std::size_t i = own / 64;; word = pool.filled[i]) {
    if (word != 0) return bestOf(pool, 64 * i + static_cast<std::size_t>(std::countr_zero(word)), size);
    if (++i == pool.filled.size()) return -1;
  }
}

// The first of two neighbours takes the second's place as well.
void CachingAllocator::join(std::int32_t first, std::int32_t second) {
  Block &a = at(first), &b = at(second);
  a.size += b.size;
  a.after = b.after;
  if (a.after >= 0) at(a.after).before = first;
  for (std::int32_t& last : last_)
    if (last == second) last = first;
  unused_.push_back(second);
}

std::int32_t CachingAllocator::segment(std::int64_t size, bool small) {
  const std::int64_t bytes = small ? kSmallSegment : size < kLargeRequest ? kLargeSegment : roundedUp(size, kLargeStep);
  const std::int32_t block = newBlock();
  Block& b = at(block);
  b.size = bytes, b.address = nextAddress_, b.small = small;
  nextAddress_ += bytes;
  reserved_ += bytes;
  return block;
}

// Pages behind the last block of the range, which is used with them where it is free.
std::int32_t CachingAllocator::extended(std::int64_t size, bool small) {
  std::int32_t& last = last_[small ? 0 : 1];
  const std::int64_t page = small ? kSmallSegment : kLargeSegment;
  if (last >= 0 && at(last).free) {
    remove(last);
    const std::int64_t more = roundedUp(size - at(last).size, page);
    at(last).size += more;
    reserved_ += more;
    return last;
  }
  const std::int32_t block = newBlock();
  Block& b = at(block);
  b.size = roundedUp(size, page), b.small = small;
  b.address = last >= 0 ? at(last).address + at(last).size : (small ? 0 : kApart);
  b.before = last;
  if (last >= 0) at(last).after = block;
  reserved_ += b.size;
  last = block;
  return block;
}

std::int32_t CachingAllocator::allocate(std::int64_t bytes) {
  assert(bytes > 0);
  const std::int64_t size = roundedUp(bytes, kMinBlock);
  const bool small = size <= kSmall;
  std::int32_t block = bestFit(poolOf(small), size);
  if (block >= 0)
    remove(block);
  else
    block = expandable_ ? extended(size, small) : segment(size, small);
  const std::int64_t rest = at(block).size - size;
  if (small || expandable_ ? rest >= kMinBlock : rest > kSmall) {
    const std::int32_t other = newBlock();
    Block &b = at(block), &r = at(other);
    r.size = rest, r.address = b.address + size, r.small = small;
    r.before = block, r.after = b.after;
    if (r.after >= 0) at(r.after).before = other;
    b.size = size, b.after = other;
    for (std::int32_t& last : last_)
      if (last == block) last = other;
    insert(other);
  }
  allocated_ += at(block).size;
  allocatedPeak_ = std::max(allocatedPeak_, allocated_);
  return block;
}

void CachingAllocator::free(std::int32_t block) {
  allocated_ -= at(block).size;
  const std::int32_t before = at(block).before, after = at(block).after;
  if (after >= 0 && at(after).free) {
    remove(after);
    join(block, after);
  }
  if (before >= 0 && at(before).free) {
    remove(before);
    join(before, block);
    block = before;
  }
  insert(block);
}

void replayEvents(CachingAllocator& allocator, std::span<const std::int64_t> events,
                  std::vector<std::int32_t>& blocks) {
  for (const std::int64_t event : events) {
    if (event >= 0) {
      blocks.push_back(event > 0 ? allocator.allocate(event) : -1);
      continue;
    }
    std::int32_t& block = blocks[static_cast<std::size_t>(-1 - event)];
    if (block >= 0) allocator.free(std::exchange(block, -1));
  }
}

}  // namespace headroom::training
