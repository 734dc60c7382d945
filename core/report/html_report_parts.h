// Parts of the HTML report: what a device's memory is made of, as a picture and as tables. Internal to core/report.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/analysis/sweep.h"
#include "core/base/format.h"
#include "core/estimate/estimate.h"

namespace headroom::html {

struct Bar {
  std::string label;
  const RankEstimate* rank = nullptr;
};

// Stacked bars of components with each device's usable memory as a line and the band as a whisker, and their legend, as
// inline SVG with real text and a title that says the same in words.
std::string stackedBars(std::span<const Bar> bars, ByteUnit unit);

// A round step that divides `most` into four to eight.
double tickStep(double most);

struct Curve {
  std::string label;
  ContextCurve values;
};
enum class Plotted { total, kv_cache };

// One of a device's figures against the context, a line per scenario, as inline SVG like the bars; empty where there is
// nothing to plot.
std::string contextPlot(std::span<const Curve> curves, Plotted what, ByteUnit unit);

// A ledger's components: bytes, share and band.
std::string ledgerSection(std::string_view title, const Ledger& ledger, ByteUnit unit);
// The same of a rank, with its totals and the moment of the peak.
std::string rankSection(const RankEstimate& rank, ByteUnit unit);

}  // namespace headroom::html
