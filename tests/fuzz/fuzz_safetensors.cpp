// Any bytes as a safetensors file end in tensors whose sizes add up, or in an error that names the place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/formats/safetensors/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto header = headroom::readSafetensors(bytes, "fuzz");
  if (!header) {
    if (header.error().where.empty() || header.error().message.empty()) std::abort();
    return 0;
  }
  // The compact scan and the JSON library must agree: a blank in front of the object sends the same text to the
  // library.
  std::uint64_t length = 0;
  for (std::size_t i = 8; i-- > 0;) length = length << 8 | data[i];
  std::string spaced(bytes.substr(0, 8));
  for (std::size_t i = 0, n = length + 1; i < 8; ++i, n >>= 8) spaced[i] = static_cast<char>(n & 0xff);
  spaced.append(" ").append(bytes.substr(8));
  const auto again = headroom::readSafetensors(spaced, "fuzz");
  if (!again || again->tensors.size() != header->tensors.size() || again->bytes != header->bytes) std::abort();
  for (std::size_t i = 0; i < header->tensors.size(); ++i)
    if (again->tensors[i].name != header->tensors[i].name || again->tensors[i].bytes != header->tensors[i].bytes ||
        again->tensors[i].elements != header->tensors[i].elements)
      std::abort();
  return 0;
}
