// What the command line leaves to the program with the window, which has Qt.
#pragma once

#include <string>

#include "core/base/result.h"

namespace headroom {

// The report (HTML) as a PDF in the file, made by `headroom` beside this program or else on the PATH. Errors:
// unsupported (it is not installed), io (it could not be started, or failed; it has said why on standard error).
Result<void> printReport(const std::string& page, const std::string& pdf);

}  // namespace headroom
