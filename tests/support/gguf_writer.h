// Writes GGUF files byte by byte, right and wrong ones, for tests of the reader.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headroom::test {

class GgufWriter {
 public:
  explicit GgufWriter(std::uint32_t version = 3, bool bigEndian = false) : version_(version), big_(bigEndian) {}

  template <typename T>
  static std::string raw(T value, bool big = false) {
    auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(value);
    if (big) std::ranges::reverse(bytes);
    return {bytes.data(), bytes.size()};
  }
  std::string string(std::string_view text) const { return raw<std::uint64_t>(text.size(), big_) + std::string(text); }

  void entry(std::string_view key, std::uint32_t type, std::string_view value) {
    metadata_ += string(key) + raw(type, big_) + std::string(value);
    ++entries_;
  }
  void text(std::string_view key, std::string_view value) { entry(key, 8, string(value)); }
  void u32(std::string_view key, std::uint32_t value) { entry(key, 4, raw(value, big_)); }
  void u16(std::string_view key, std::uint16_t value) { entry(key, 2, raw(value, big_)); }
  void f32(std::string_view key, float value) { entry(key, 6, raw(value, big_)); }
  void numbers(std::string_view key, const std::vector<std::int32_t>& values) {
    std::string body = raw<std::uint32_t>(5, big_) + raw<std::uint64_t>(values.size(), big_);
    for (const std::int32_t v : values) body += raw(v, big_);
    entry(key, 9, body);
  }
  void strings(std::string_view key, std::uint64_t count, std::string_view each) {
    std::string body = raw<std::uint32_t>(8, big_) + raw(count, big_);
    for (std::uint64_t i = 0; i < count; ++i) body += string(each);
    entry(key, 9, body);
  }

  // bytes: size of the data, which is not written; offsets follow from it.
  void tensor(std::string_view name, const std::vector<std::int64_t>& shape, std::uint32_t type, std::uint64_t bytes) {
    tensors_ += string(name) + raw(static_cast<std::uint32_t>(shape.size()), big_);
    for (const std::int64_t n : shape) tensors_ += raw(n, big_);
    tensors_ += raw(type, big_) + raw(dataBytes_, big_);
    dataBytes_ += (bytes + 31) / 32 * 32;
    ++count_;
  }

  std::string header() const {
    std::string out = "GGUF" + raw(version_, big_) + raw(count_, big_) + raw(entries_, big_) + metadata_ + tensors_;
    out.resize((out.size() + 31) / 32 * 32);
    return out;
  }
  std::uint64_t fileBytes() const { return header().size() + dataBytes_; }
  std::string file() const {
    std::string out = header();
    out.resize(fileBytes());
    return out;
  }
  void setCounts(std::uint64_t tensors, std::uint64_t entries) { count_ = tensors, entries_ = entries; }
  bool big() const { return big_; }

 private:
  std::uint32_t version_;
  bool big_;
  std::string metadata_, tensors_;
  std::uint64_t entries_ = 0, count_ = 0, dataBytes_ = 0;
};

}  // namespace headroom::test
