// A vector of at most N trivially copyable elements without allocation and without clearing storage it does not use:
// what lets estimate() fill a ledger in about a microsecond.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace headroom {

template <typename T, std::size_t N>
class InlineVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  InlineVector() = default;
  InlineVector(const InlineVector& other) { *this = other; }
  InlineVector& operator=(const InlineVector& other) {
    if (this == &other) return *this;
    size_ = other.size_;
    for (std::size_t i = 0; i < size_; ++i) data()[i] = other.data()[i];
    return *this;
  }

  // Appends and returns true; returns false and leaves the vector as it is when full.
  bool push(const T& value) {
    if (size_ == N) return false;
    data()[size_++] = value;
    return true;
  }
  // Appends an element that the caller writes; there must be room for it.
  T& add() {
    assert(size_ < N);
    return data()[size_++];
  }
  // Appends `count` elements and returns true; returns false and leaves the vector as it is when they do not fit.
  bool append(const T* first, std::size_t count) {
    if (count > N - size_) return false;
    std::memcpy(storage_ + size_ * sizeof(T), first, count * sizeof(T));
    size_ += count;
    return true;
  }
  void clear() { size_ = 0; }
  void resizeDown(std::size_t size) { assert(size <= size_), size_ = size; }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  static constexpr std::size_t capacity() { return N; }
  T& operator[](std::size_t i) { return assert(i < size_), data()[i]; }
  const T& operator[](std::size_t i) const { return assert(i < size_), data()[i]; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

 private:
  T* data() { return reinterpret_cast<T*>(storage_); }
  const T* data() const { return reinterpret_cast<const T*>(storage_); }

  std::size_t size_ = 0;
  alignas(T) std::byte storage_[N * sizeof(T)];
};

}  // namespace headroom
