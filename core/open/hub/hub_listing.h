// What the hub's API answers about a repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// The GGUF file to read of a repository, from the answer of /api/models/ID/revision/REVISION: the Q4_K_M one where
// there is one, else the first; nothing where the answer names none. Projectors (mmproj) are left out.
std::optional<std::string> ggufOfListing(std::string_view answer);

}  // namespace headroom
