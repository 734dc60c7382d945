#include "core/estimate/training/allocator/caching_allocator.h"

#include <algorithm>
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
  const Key key{b.size, b.address, block};
  Pool& pool = poolOf(b.small);
  pool.insert(std::ranges::lower_bound(pool, key, std::less<>{}), key);
}

void CachingAllocator::remove(std::int32_t block) {
  Block& b = at(block);
  b.free = false;
  Pool& pool = poolOf(b.small);
  const auto found = std::ranges::lower_bound(pool, Key{b.size, b.address, block});
  assert(found != pool.end() && found->block == block);
  pool.erase(found);
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
  Pool& pool = poolOf(small);
  std::int32_t block = -1;
  const auto fit = std::ranges::lower_bound(pool, Key{size, -1, -1});
  if (fit != pool.end()) {
    block = fit->block;
    at(block).free = false;
    pool.erase(fit);
  } else {
    block = expandable_ ? extended(size, small) : segment(size, small);
  }
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
