// A scenario as one word to paste into a chat or an issue: "headroom:" and its JSON, packed, in base64url (RFC 4648
// section 5).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

// `scenario`: JSON text of writeScenario.
std::string scenarioLink(std::string_view scenario);

// Whether a text is one, or holds one among other words.
bool isScenarioLink(std::string_view text);

// The scenario's JSON text, for readScenario, of the first link in a text; it may be broken into lines. Errors: a link
// that was cut off, damaged or made to expand beyond 16 MiB.
Result<std::string> linkedScenario(std::string_view link, std::string_view where);

}  // namespace headroom
