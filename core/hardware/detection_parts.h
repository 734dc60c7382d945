// The ways of asking drivers. Internal to core/hardware.
#pragma once

#include "core/hardware/detection.h"

namespace headroom {

std::vector<DetectedAccelerator> detectByNvml(const std::string& library);
// What sysfs shows of AMD's and Intel's; of NVIDIA's the names alone, for a machine without its management library.
std::vector<DetectedAccelerator> detectBySysfs(const std::string& sysfs, const std::string& names);
std::vector<DetectedAccelerator> detectApple();

// The catalogue's entry for a driver's name; with a total that is another than the entry's, the card of that size.
const Accelerator* entryFor(const std::string& board, std::optional<Bytes> total);

}  // namespace headroom
