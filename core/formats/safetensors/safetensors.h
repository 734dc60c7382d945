// Safetensors: the header of one file, of a sharded set, or of a folder. Only headers are read, whatever the files'
// size. Format: https://github.com/huggingface/safetensors#format (u64 header length, JSON header, data).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/formats/name_store.h"
#include "core/model/model.h"

namespace headroom {

// One tensor as its file stores it. `name` points into the SafetensorsHeader it came from.
struct StoredTensor {
  std::string_view name;
  NumberFormat dtype = NumberFormat::bf16;
  std::int64_t elements = 1;  // product of its shape
  Bytes bytes;
};

// The tensors of one or more files; keeps the texts their names point into.
struct SafetensorsHeader {
  std::vector<StoredTensor> tensors;
  TextOwners owners;
  Bytes bytes;  // of all tensors
};

// The largest header that is read: the format's own limit.
constexpr std::uint64_t kMaxSafetensorsHeaderBytes = 100'000'000;

// The header of one *.safetensors file. Every offset is checked against the shape and the file's size; errors name the
// tensor.
Result<SafetensorsHeader> readSafetensorsFile(const std::string& path);

// The same of a file in memory; `where` names it in errors.
Result<SafetensorsHeader> readSafetensors(std::string_view bytes, const std::string& where);

// The files an index (the text of a *.safetensors.index.json) names, all inside its folder; `where` names it in errors.
constexpr std::uint64_t kMaxSafetensorsIndexBytes = 128 << 20;
Result<std::set<std::string>> filesOfSafetensorsIndex(std::string_view text, const std::string& where);

// The headers of all files a *.safetensors.index.json names.
Result<SafetensorsHeader> readSafetensorsIndex(const std::string& path);

// The headers of these files of a folder, together; an empty header for none.
Result<SafetensorsHeader> readSafetensorsFiles(const std::string& folder, const std::vector<std::string>& names);

// Takes what is stored into the model: storedBytes, each tensor's format, and notes that name what is missing, surplus
// or misshapen against the configuration (the first few of each, and how many).
void applyStored(Model& model, const SafetensorsHeader& stored);

}  // namespace headroom
