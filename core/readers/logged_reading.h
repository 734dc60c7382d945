// What a log says of the scenario whose run printed it. Internal to core/readers.
#pragma once

#include <string_view>

#include "core/readers/logs/log_reader.h"
#include "core/readers/reading.h"

namespace headroom {

// The scenario that the log's own start says, or the command pasted beside it, where either is of the log's engine;
// else what its lines tell. `text` is all that was pasted.
Reading readingOf(LogReading log, std::string_view text);

}  // namespace headroom
