// A plan as a table or a document.
#pragma once

#include <string>

#include "core/analysis/plan.h"
#include "core/base/format.h"
#include "core/report/estimate_report.h"

namespace headroom {

// JSON has schema headroom-plan/1 and each layout as a scenario file; it and CSV hold bytes as integers. Tables end
// with how many layouts were left out and why.
std::string planReport(const Scenario& scenario, const PlanAxes& axes, const Plan& plan, ReportFormat format,
                       ByteUnit unit);

}  // namespace headroom
