// A sweep as a table or a document: the figures asked for at every value, for every series.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/sweep.h"
#include "core/base/format.h"
#include "core/base/result.h"
#include "core/report/estimate_report.h"

namespace headroom {

// One figure of a point: a component's bytes, the total, or a limit.
struct SweepFigure {
  enum class Kind { total, component, limit };
  Kind kind = Kind::total;
  ComponentId component{};
  std::optional<std::int64_t> Limits::*limit = nullptr;
  std::string name;  // as asked: "total", "kv_cache", "largest-batch"
};
// "total", a component's id, or "largest-batch", "-context", "-rank", "-sequences"; unknown_name otherwise.
Result<SweepFigure> sweepFigure(std::string_view name);

struct SweptField {
  std::string name;                 // as asked: "context", "precision.kv_cache"
  std::vector<std::string> values;  // as text
};

// `fields`: what is swept, the first along a series. `points` hold every combination of their values, those of the
// first field next to one another. JSON has schema headroom-sweep/1; it and CSV hold bytes as integers.
std::string sweepReport(const std::vector<SweptField>& fields, const std::vector<SweepFigure>& figures,
                        const std::vector<SweepPoint>& points, ReportFormat format, ByteUnit unit);

}  // namespace headroom
