// What a text that was read leaves unsaid, though memory follows it.
#pragma once

#include "core/readers/reading.h"

namespace headroom {

// Adds remarks on a model that a variable or a placeholder stands for, and on training whose sequences have no length.
void noteUnsaid(Reading& reading);

}  // namespace headroom
