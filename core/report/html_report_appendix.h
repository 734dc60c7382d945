// The report's appendix: every component's formula down to its leaves, and every setting with who decided it. What
// several scenarios, ranks or terms share stands there once. Internal to core/report.
#pragma once

#include <span>
#include <string>

#include "core/base/format.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom::html {

struct Accounted {
  std::string label;
  const Scenario* scenario = nullptr;
  const Estimate* estimate = nullptr;  // with an open ledger
};

std::string formulas(std::span<const Accounted> scenarios, ByteUnit unit);
std::string settings(std::span<const Accounted> scenarios);

}  // namespace headroom::html
