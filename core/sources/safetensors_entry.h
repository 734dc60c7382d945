// What both readers of a safetensors header share: one tensor's entry as it is read, and the checks every entry passes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/sources/safetensors.h"

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
void addDimension(Entry& entry, std::int64_t size);

// Appends the entry's tensor to `out`, or says what is wrong with it ("takes 12 bytes, but …").
std::optional<std::string> append(const Entry& entry, std::uint64_t dataBytes, SafetensorsHeader& out);

// Reads a header the way the reference writer lays it out (compact JSON, plain ASCII names, each key once), in a window
// that stays in the processor's cache. Returns false, with `out` as it was, for any other text: the JSON library then
// decides what it is. Format: https://github.com/huggingface/safetensors, safetensors/src/tensor.rs (serde_json).
// `read` fills the buffer with the header's next bytes and returns how many it gave; 0 at the end.
class HeaderBytes {
 public:
  virtual ~HeaderBytes() = default;
  virtual std::uint64_t size() const = 0;  // of the whole header
  virtual std::size_t read(char* to, std::size_t most) = 0;
};
bool scanCompactHeader(HeaderBytes& bytes, std::uint64_t dataBytes, SafetensorsHeader& out);

}  // namespace headroom::safetensors
