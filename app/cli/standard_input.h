// Standard input as one text.
#pragma once

#include <istream>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

// All bytes of the stream, at most kMaxTextFile of them (io beyond that).
Result<std::string> readAll(std::istream& in, std::string_view where);

}  // namespace headroom
