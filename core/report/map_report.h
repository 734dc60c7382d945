// A map of two fields as a table or a document.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/analysis/map.h"
#include "core/base/format.h"
#include "core/report/estimate_report.h"
#include "core/report/sweep_report.h"

namespace headroom {

// One device's map; the label is empty where there is one alone.
struct LabelledMap {
  std::string label;
  FieldMap map;
};

enum class MapFigure : std::uint8_t { total, left, verdict };

// `first` and `second`: what lies across and what lies down. Tables hold `figure`, and below it the boundary; "~"
// stands beside what is tight, "!" beside what exceeds. JSON has schema headroom-map/1; it and CSV hold every figure,
// bytes as integers.
std::string mapReport(const SweptField& first, const SweptField& second, std::span<const LabelledMap> maps,
                      MapFigure figure, ReportFormat format, ByteUnit unit);

}  // namespace headroom
