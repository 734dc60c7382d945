// Bytes that can be read anywhere: a file's, memory's, or a download's by range. What the header readers read from.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // Fills `to` from `offset`; false where that is outside or cannot be read.
  virtual bool read(std::uint64_t offset, std::span<char> to) = 0;
};

// A file. Several threads may read it at once.
class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::string& path);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  bool ok() const { return descriptor_ >= 0; }  // it is a regular file and can be read
  // Why it cannot be.
  const Error& error() const { return error_; }
  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, std::span<char> to) override;

 private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  Error error_;
};

// Text of somebody else. Several threads may read it at once.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  bool read(std::uint64_t offset, std::span<char> to) override {
    if (offset > bytes_.size() || to.size() > bytes_.size() - offset) return false;
    if (!to.empty()) std::memcpy(to.data(), bytes_.data() + offset, to.size());
    return true;
  }

 private:
  std::string_view bytes_;
};

}  // namespace headroom
