// The models and accelerators that come with Headroom, and the user's own ($XDG_CONFIG_HOME/headroom/*.json).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom::api {

struct ModelEntry {
  std::string id, label, family;
  std::int64_t parameters = 0;
  std::string source;  // address
};

struct AcceleratorEntry {
  std::string id, name, vendor;
  int year = 0;
  std::int64_t capacityBytes = 0;  // what a process can allocate at most
  bool assumed = false;            // taken from its like, not on record for this device
  std::optional<double> bandwidthGBs, tdpWatts;
};

std::vector<ModelEntry> models();
std::vector<AcceleratorEntry> accelerators();
// By id, alias, or the name a driver prints; nothing for an unknown or ambiguous one.
std::optional<AcceleratorEntry> accelerator(std::string_view name);

}  // namespace headroom::api
