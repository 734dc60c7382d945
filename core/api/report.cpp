#include <headroom/report.h>

#include <algorithm>
#include <span>

#include "core/analysis/advice.h"
#include "core/analysis/limits.h"
#include "core/analysis/remarks.h"
#include "core/api/content.h"
#include "core/report/compare_report.h"
#include "core/report/estimate_report.h"
#include "core/report/explain_report.h"

namespace headroom::api {
namespace {

std::optional<ByteUnit> unitOf(std::string_view name) {
  if (name == "gib") return ByteUnit::gib;
  if (name == "gb") return ByteUnit::gb;
  return std::nullopt;
}

const Failure kFormat{"usage", "A format is one of table, json, csv, md and latex; a unit is gib or gb.", "format"};

}  // namespace

Result<std::string> report(const Scenario& scenario, std::string_view format, std::string_view unit) {
  const auto how = reportFormat(format);
  const auto in = unitOf(unit);
  if (!how || !in) return kFormat;
  const headroom::Scenario& asked = scenario.content().scenario;
  headroom::Estimate e = headroom::estimate(asked);
  addRemarks(asked, e);
  const EstimateExtras extras{limitsOf(asked), adviceOf(asked, e)};
  return *how == ReportFormat::json ? estimateJson(asked, e, extras) : estimateTable(asked, e, extras, *how, *in);
}

Result<std::string> compare(const std::vector<Scenario>& scenarios, const std::vector<std::string>& labels,
                            std::string_view format, std::string_view unit) {
  const auto how = reportFormat(format);
  const auto in = unitOf(unit);
  if (!how || !in) return kFormat;
  if (scenarios.empty() || scenarios.size() != labels.size())
    return Failure{"usage", "A comparison takes scenarios and a label for each.", "labels"};
  std::vector<ComparedColumn> columns(scenarios.size());
  for (std::size_t i = 0; i < scenarios.size(); ++i) compareInto(scenarios[i].content().scenario, columns[i]);
  return compareReport(columns, labels, *how, *in);
}

std::string explain(const Scenario& scenario, int depth) {
  return explainReport(headroom::estimate(scenario.content().scenario), {}, ReportFormat::table, ByteUnit::gib,
                       std::clamp(depth, 0, 1000));
}

}  // namespace headroom::api
