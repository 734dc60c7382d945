// Standard input, and other streams, line by line or whole.
#pragma once

#include <istream>
#include <span>
#include <string>

#include "core/base/text_file.h"

namespace headroom {

// The next line without its line feed; false at the end. Errors (io): a stream that cannot be read, and a line of more
// than kMaxTextFile, as a source without an end has; `where` names the stream.
Result<bool> nextLine(std::istream& in, std::string& line, std::string_view where);

// Standard input whole, where one of the named files is "-"; else empty.
Result<std::string> standardInputOf(std::span<const std::string> files, std::istream& in);

}  // namespace headroom
