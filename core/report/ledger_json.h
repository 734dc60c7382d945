// A ledger's lines as JSON: every line with its factors, every computed factor with its own, down to the leaves.
// Whoever includes it includes nlohmann's.
#pragma once

#include <nlohmann/json.hpp>

#include "core/report/explanation.h"

namespace headroom {

// The lines of a component: [{label, bytes, source, factors [{symbol, value, unit, origin, why, combine, factors
// […]}]}] (DESIGN 3.2). `depth` limits the levels of factors; 0: none.
nlohmann::ordered_json linesJson(const std::vector<ExplainedLine>& lines, int depth = 1000);

// A whole number as an integer.
nlohmann::ordered_json numberJson(double value);

}  // namespace headroom
