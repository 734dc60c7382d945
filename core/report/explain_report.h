// The explanation of every component of an estimate: its formula, the numbers put in and the source of each line.
#pragma once

#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/report/estimate_report.h"

namespace headroom {

// components: which to explain; empty for all. depth: levels of factors, 1 for those of the lines alone. JSON has
// schema headroom-explanation/1 and holds bytes as integers, as CSV does; Markdown and LaTeX give one table with a row
// per line.
std::string explainReport(const Estimate& estimate, const std::vector<ComponentId>& components, ReportFormat format,
                          ByteUnit unit, int depth = 1000);

}  // namespace headroom
