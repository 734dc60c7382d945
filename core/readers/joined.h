// What several readings of one text say together. Internal to core/readers.
#pragma once

#include "core/readers/reading.h"

namespace headroom {

// What a table beside a log says of what the log does not: the model, what is in use.
void join(Reading& log, const Reading& status);

bool trains(const Reading& reading);

}  // namespace headroom
