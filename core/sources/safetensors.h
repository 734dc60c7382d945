// Safetensors: the header of one file, of a sharded set, or of a folder. Only headers are read, whatever the files' size.
// Format: https://github.com/huggingface/safetensors#format (u64 header length, JSON header, data).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/model.h"
#include "core/result.h"

namespace headroom {

// One tensor as its file stores it. `name` points into the SafetensorsHeader it came from.
struct StoredTensor {
  static constexpr std::size_t kMaxDimensions = 8;
  std::string_view name;
  NumberFormat dtype = NumberFormat::bf16;
  std::uint8_t dimensions = 0;
  std::array<std::int64_t, kMaxDimensions> shape{};
  Bytes bytes;
};

// The tensors of one or more files; keeps the texts their names point into.
struct SafetensorsHeader {
  std::vector<StoredTensor> tensors;
  std::vector<std::shared_ptr<const void>> owners;  // of the texts the names point into
  Bytes bytes;  // of all tensors
};

// The largest header that is read: the format's own limit.
constexpr std::uint64_t kMaxSafetensorsHeaderBytes = 100'000'000;

// The header of one *.safetensors file. Every offset is checked against the shape and the file's size; errors name the
// tensor.
Result<SafetensorsHeader> readSafetensorsFile(const std::string& path);

// The headers of all files a *.safetensors.index.json names.
Result<SafetensorsHeader> readSafetensorsIndex(const std::string& path);

// The headers of a folder: its index if there is one, else every *.safetensors in it; an empty header where there is none.
Result<SafetensorsHeader> readSafetensorsFolder(const std::string& path);

// Takes what is stored into the model: storedBytes, each tensor's format, and notes that name what is missing, surplus
// or misshapen against the configuration (the first few of each, and how many).
void applyStored(Model& model, const SafetensorsHeader& stored);

}  // namespace headroom
