// Commands that fetch a model. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>

namespace headroom {

// What a command fetches from the hub: `git clone ADDRESS`, `hf download ORG/NAME [FILE.gguf]`; empty for any other
// text.
std::string downloaded(std::string_view text);

}  // namespace headroom
