// Snapshot: what every view renders. A value; views keep no truth of their own.
#pragma once

#include <vector>

#include "core/analysis/compare.h"
#include "core/analysis/limits.h"
#include "core/analysis/sensitivity.h"
#include "core/analysis/sweep.h"
#include "core/base/format.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"
#include "core/scenario/settings.h"

namespace headroom::ui {

struct Snapshot {
  Scenario scenario;
  Settings settings;  // what absent keys of the scenario mean
  Estimate estimate;
  Limits limits;
  Sensitivity sensitivity;
  std::vector<ComparedColumn> columns;  // side by side; the first is the scenario's own device
  std::vector<ContextCurve> curves;
  ByteUnit unit = ByteUnit::gib;
};

}  // namespace headroom::ui
