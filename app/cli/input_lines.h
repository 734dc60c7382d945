// Standard input, and other streams, line by line.
#pragma once

#include <istream>
#include <string>

#include "core/base/text_file.h"

namespace headroom {

// The next line without its line feed; false at the end. Errors (io): a stream that cannot be read, and a line of more
// than kMaxTextFile, as a source without an end has; `where` names the stream.
Result<bool> nextLine(std::istream& in, std::string& line, std::string_view where);

}  // namespace headroom
