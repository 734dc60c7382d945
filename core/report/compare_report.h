// Scenarios side by side: the settings that differ, the components, what is left, the verdicts and the limits.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/analysis/compare.h"
#include "core/base/format.h"
#include "core/report/estimate_report.h"

namespace headroom {

// One key of the scenario file in which the scenarios are not alike: its value in each, as text, whether it was asked
// for or is the engine's own (settings.h); empty where there is none.
struct DifferingSetting {
  std::string key;  // dotted: "precision.weights"
  std::vector<std::string> values;
};
std::vector<DifferingSetting> differingSettings(std::span<const ComparedColumn> columns);

// `labels` head the columns, one each. JSON has schema headroom-comparison/1; it and CSV hold bytes as integers.
std::string compareReport(std::span<const ComparedColumn> columns, std::span<const std::string> labels,
                          ReportFormat format, ByteUnit unit);

}  // namespace headroom
