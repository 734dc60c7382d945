// Any bytes as a GGUF file end in a model or an error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/formats/gguf/gguf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto header = headroom::readGguf(bytes, "fuzz", false);
  if (header) (void)headroom::modelFromGguf(*header, "fuzz", "fuzz");
  return 0;
}
