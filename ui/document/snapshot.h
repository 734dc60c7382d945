// Snapshot: what every view renders. A value; views keep no truth of their own.
#pragma once

#include <vector>

#include "core/analysis/limits.h"
#include "core/base/format.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"
#include "core/scenario/settings.h"

namespace headroom::ui {

// One accelerator beside the others: the same scenario on another device.
struct DeviceColumn {
  Scenario scenario;  // the document's scenario with this device
  Estimate estimate;
  Limits limits;
};

// One line of the KV-cache-against-context plot.
struct ContextCurve {
  KvFormats formats;
  bool current = false;             // the scenario's own formats
  std::vector<double> contexts;     // tokens, ascending
  std::vector<double> kvBytes;      // of the asked batch, on the heaviest device
  std::vector<double> deviceBytes;  // everything on that device at this context
};

// What one more of something costs, with everything else as asked.
struct Sensitivity {
  Bytes perThousandTokens;  // + 1024 tokens of context
  Bytes perSequence;        // + 1 batch
};

struct Snapshot {
  Scenario scenario;
  Settings settings;  // what absent keys of the scenario mean
  Estimate estimate;
  Limits limits;
  Sensitivity sensitivity;
  std::vector<DeviceColumn> columns;  // side by side; the first is the scenario's own device
  std::vector<ContextCurve> curves;
  ByteUnit unit = ByteUnit::gib;
};

}  // namespace headroom::ui
