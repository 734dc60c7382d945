// A ledger's lines as JSON: every line with its factors, every computed factor with its own, down to the leaves.
#pragma once

#include "core/base/json_writer.h"
#include "core/report/explanation.h"

namespace headroom {

// Writes the lines of a component as a list: [{label, bytes, source, factors [{symbol, value, unit, origin, why,
// combine, factors […]}]}] (DESIGN 3.2). `depth` limits the levels of factors; 0: none.
void writeLines(JsonWriter& json, const std::vector<ExplainedLine>& lines, int depth = 1000);

}  // namespace headroom
