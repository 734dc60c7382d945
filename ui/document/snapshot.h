// Snapshot: what every view renders. A value; views keep no truth of their own.
#pragma once

#include <QString>
#include <array>
#include <optional>
#include <vector>

#include "core/analysis/compare.h"
#include "core/analysis/limits.h"
#include "core/analysis/sensitivity.h"
#include "core/analysis/sweep.h"
#include "core/base/format.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"
#include "core/scenario/settings.h"
#include "ui/document/asked.h"
#include "ui/document/stated_setting.h"

namespace headroom::ui {

// One of the document's scenarios, in their order.
struct ScenarioEntry {
  QString label;  // "A  Llama 3.1 8B bf16"
  std::optional<Verdict> verdict;
};

struct Snapshot {
  Scenario scenario;
  Settings settings;                  // what absent keys of the scenario mean
  std::vector<StatedSetting> stated;  // the same key by key, as text and with reasons
  Estimate estimate;
  Limits limits;
  Sensitivity sensitivity;
  std::vector<ComparedColumn> columns;  // side by side; the first is the scenario's own device
  std::vector<ContextCurve> curves;
  std::vector<ScenarioEntry> scenarios;         // all of the document
  std::vector<ComparedColumn> scenarioColumns;  // the same side by side; only where somebody looks
  std::vector<ContextCurve> scenarioCurves;     // and against the context
  std::size_t current = 0;                      // of the scenarios
  std::optional<std::size_t> baseline;
  std::vector<DeviceRequest> compared;  // pinned beside the scenario's own
  Asked asked;
  ByteUnit unit = ByteUnit::gib;
};

}  // namespace headroom::ui
