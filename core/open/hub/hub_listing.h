// What the hub's API answers about a repository.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// The names of a repository's files, from the answer of /api/models/ID/revision/REVISION; empty where it has none.
std::vector<std::string> filesOfListing(std::string_view answer);

}  // namespace headroom
