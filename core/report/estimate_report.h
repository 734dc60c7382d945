// Renderings of an estimate: the JSON contract headroom-estimate/1 (DESIGN 3.2) and tables for people and reports.
// Never localized; machine formats hold bytes as integers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/advice.h"
#include "core/analysis/limits.h"
#include "core/base/format.h"
#include "core/estimate/estimate.h"
#include "core/report/report_format.h"

namespace headroom {

// What stands beside an estimate where it was asked for.
struct EstimateExtras {
  std::optional<Limits> limits;
  std::vector<Advice> advice;
};

// The estimate as JSON; limits that were not asked for are null in it, advice is an empty list. indent < 0: one line.
// depth: levels of factors of every line, 1 for the line's own, 0 for none.
std::string estimateJson(const Scenario& scenario, const Estimate& estimate, const EstimateExtras& extras,
                         int indent = 2, int depth = 1000);

// The verdict, the components of every rank (bytes, share, band), what the engine's pool holds, limits, advice and
// diagnostics. CSV holds rank, component, bytes, low and high alone; LaTeX the tables.
std::string estimateTable(const Scenario& scenario, const Estimate& estimate, const EstimateExtras& extras,
                          ReportFormat format, ByteUnit unit);

}  // namespace headroom
