// Scenarios inside a page: what makes a report open again as what it was made of.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom {

// An element of HTML that holds the scenarios, each JSON text of writeScenario. No text in them can end it, nor a
// section of XML around it.
std::string embedScenarios(std::span<const std::string> scenarios);

// Whether a text is a page with scenarios in it.
bool holdsScenarios(std::string_view page);

// That element of a page, as it stands there; empty where there is none. It may be put into another file, which then
// opens as the page does.
std::string_view scenariosElement(std::string_view page);

// The scenarios of a page, each as JSON for readScenario; at least one. Errors: none in it, or damaged ones.
Result<std::vector<std::string>> embeddedScenarios(std::string_view page, std::string_view where);

}  // namespace headroom
