// The arguments a server prints when it starts, found in its log, so that a log says what was run. Internal to
// core/readers.
#pragma once

#include <optional>
#include <string_view>

#include "core/readers/reading.h"

namespace headroom {

// The last start in the log that prints its arguments, as a scenario: vLLM's "non-default args", "args: Namespace(…)"
// and "with config: …", SGLang's "server_args=ServerArgs(…)", and what llama.cpp prints of its model and context.
// Values that are the engine's defaults say nothing. Nothing where no start names its model.
std::optional<Reading> loggedStart(std::string_view text);

// The command that a log was printed by, pasted beside it or in a piece of the same page.
Result<Reading> commandBeside(std::string_view text);

}  // namespace headroom
