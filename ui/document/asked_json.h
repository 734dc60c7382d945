// What is asked beside the scenarios, as the document's file has it: only what is not as in a new document.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/result.h"
#include "ui/document/asked.h"

namespace headroom::ui {

// Empty where everything is as in a new document.
nlohmann::ordered_json jsonOf(const Asked& asked);
Result<Asked> readAsked(const nlohmann::ordered_json& json, const std::string& where);

}  // namespace headroom::ui
