// What both readers of a safetensors header share: one tensor's entry as it is read, and the checks every entry passes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/formats/byte_source.h"
#include "core/formats/safetensors/safetensors.h"

namespace headroom::safetensors {

// A dtype of safetensors/src/tensor.rs (0.6): bits per element and our name for it.
struct Dtype {
  std::string_view name;
  NumberFormat format;
  int bits;
};
// The dtype of that name, or null.
const Dtype* dtypeOf(std::string_view name);

struct Entry {
  std::string_view name;
  const Dtype* dtype = nullptr;
  std::int64_t elements = 1;         // product of the shape; below 0: more than can be counted
  std::uint64_t begin = 0, end = 0;  // in the data that follows the header
  bool hasShape = false, hasOffsets = false;
};

// Takes one more dimension into the entry's elements.
inline void addDimension(Entry& entry, std::int64_t size) {
  if (entry.elements >= 0 && __builtin_mul_overflow(entry.elements, size, &entry.elements)) entry.elements = -1;
}

// Bytes the entry's shape and dtype ask for; absent where they are more than can be counted.
inline std::optional<std::uint64_t> bytesAskedFor(const Entry& entry) {
  std::int64_t bits = 0;
  if (entry.elements < 0 || __builtin_mul_overflow(entry.elements, std::int64_t{entry.dtype->bits}, &bits))
    return std::nullopt;
  return static_cast<std::uint64_t>(bits) / 8 + (bits % 8 != 0 ? 1 : 0);
}

// Appends the entry's tensor to `out`; false where its place is not in the data or not of its size.
inline bool append(const Entry& entry, std::uint64_t dataBytes, SafetensorsHeader& out) {
  if (entry.begin > entry.end || entry.end > dataBytes || bytesAskedFor(entry) != entry.end - entry.begin) return false;
  const Bytes bytes(static_cast<std::int64_t>(entry.end - entry.begin));
  out.tensors.push_back({entry.name, entry.dtype->format, entry.elements, bytes});
  out.bytes += bytes;
  return true;
}

// What is wrong with an entry that append() refuses: "takes 12 bytes, but …".
std::string wrongWith(const Entry& entry, std::uint64_t dataBytes);

// Reads the header that lies at `first` to before `last` the way the reference writer lays it out (compact JSON, plain
// ASCII names, each key once), in windows that stay in the processor's cache; a large one in parts, by several threads
// at once. Returns false, with `out` as it was, for any other text: the JSON library then decides what it is.
// Format: https://github.com/huggingface/safetensors, safetensors/src/tensor.rs (serde_json).
bool scanCompactHeader(ByteSource& bytes, std::uint64_t first, std::uint64_t last, std::uint64_t dataBytes,
                       SafetensorsHeader& out);

}  // namespace headroom::safetensors
