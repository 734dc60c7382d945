// Any bytes as an answer of the hub end in file names or in nothing; an address a user pastes in an id or in an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/formats/safetensors/safetensors.h"
#include "core/open/hub/hub.h"
#include "core/open/hub/hub_listing.h"
#include "core/open/weight_files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)headroom::modelGguf(headroom::filesOfListing(bytes));
  (void)headroom::modelSafetensors(headroom::filesOfListing(bytes));
  if (const auto files = headroom::filesOfSafetensorsIndex(bytes, "fuzz"))
    for (const std::string& file : *files)
      if (file.empty() || file.front() == '/' || file.find("..") != std::string::npos) std::abort();
  if (const auto id = headroom::parseHubId(bytes))
    if (id->id.empty() || id->id.front() == '/' || id->id.back() == '/' || id->id == ".." ||
        id->id.starts_with("../") || id->id.ends_with("/.."))
      std::abort();  // models of before organisations have one part
  return 0;
}
