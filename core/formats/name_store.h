// Keeps the names of a header's tensors back to back in a few large blocks: one allocation for thousands of names.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace headroom {

// Who keeps alive the text that names point into.
using TextOwners = std::vector<std::shared_ptr<const void>>;

class NameStore {
 public:
  explicit NameStore(TextOwners& owners) : owners_(owners) {}

  // Room for a name of that length, at an address that stays. Valid as long as its owner.
  char* room(std::size_t length) {
    if (length > left_) {
      const std::size_t size = std::max(length, kBlock);
      std::shared_ptr<char[]> block(new char[size]);
      at_ = block.get(), left_ = size;
      owners_.push_back(std::move(block));
    }
    char* const room = at_;
    at_ += length, left_ -= length;
    return room;
  }
  std::string_view keep(std::string_view name) {
    if (name.empty()) return {};
    char* const to = room(name.size());
    std::memcpy(to, name.data(), name.size());
    return {to, name.size()};
  }

 private:
  static constexpr std::size_t kBlock = 64 << 10;
  TextOwners& owners_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace headroom
