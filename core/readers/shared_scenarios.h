// Scenarios that a link or a report holds. Internal to core/readers.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

Result<Reading> readLink(std::string_view link, std::string_view where);

// Its first scenario, the others beside it.
Result<Reading> readReport(std::string_view page, std::string_view where);

}  // namespace headroom
