// Renderings of an estimate: the JSON contract headroom-estimate/1 (DESIGN 3.2) and tables for people and reports.
// Never localized; machine formats hold bytes as integers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/analysis/limits.h"
#include "core/estimate/estimate.h"
#include "core/units/format.h"

namespace headroom {

enum class ReportFormat { table, json, csv, markdown, latex };
std::optional<ReportFormat> reportFormat(std::string_view name);

// The estimate as JSON; `limits` is null in it where not given. indent < 0: one line.
std::string estimateJson(const Scenario& scenario, const Estimate& estimate, const std::optional<Limits>& limits, int indent = 2);

// The components of every rank as a table: component, bytes, share, low, high.
std::string estimateTable(const Scenario& scenario, const Estimate& estimate, const std::optional<Limits>& limits, ReportFormat format, ByteUnit unit);

// The verdict as a sentence: "Fits: 20.4 of 23.6 GiB, 3.2 GiB left". Empty where there is no capacity.
std::string verdictSentence(const RankEstimate& rank, ByteUnit unit);

}  // namespace headroom
