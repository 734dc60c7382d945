// A log of llama.cpp's that begins in the midst of its devices' lines. Internal to core/readers/logs.
#pragma once

#include <string>
#include <vector>

#include "core/readers/logs/log_reader.h"

namespace headroom::logs {

// Takes the sum that the log prints of its caches where lines of devices are missing, and says so; says whose weights
// are missing where the caches name more devices. Whether the figures were changed.
bool mendCut(std::vector<LogFigure>& figures, const std::vector<LogFigure>& totals, std::vector<std::string>& notes);

}  // namespace headroom::logs
