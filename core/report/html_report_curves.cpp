// Memory against the context, of all scenarios of a report in one plot.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/markup.h"
#include "core/base/tokens.h"
#include "core/report/html_report_parts.h"

namespace headroom::html {
namespace {

constexpr double kWidth = 900, kHeight = 320, kLeft = 56, kRight = 26, kTop = 40, kBottom = 40, kLegendRow = 22;

// Told apart without colour too (Okabe and Ito, https://jfly.uni-koeln.de/color/).
struct Ink {
  std::string_view colour, dashes;
};
constexpr std::array<Ink, 6> kInks{{{"#0072b2", "none"},
                                    {"#d55e00", "7 4"},
                                    {"#009e73", "2 3"},
                                    {"#cc79a7", "10 3 2 3"},
                                    {"#e69f00", "4 4"},
                                    {"#56b4e9", "12 4"}}};

const Ink& inkOf(std::size_t i) {
  return kInks[i % kInks.size()];
}

const std::vector<double>& valuesOf(const Curve& c, Plotted what) {
  return what == Plotted::total ? c.values.deviceBytes : c.values.kvBytes;
}

// Beyond what is shown a line ends where it leaves the plot.
std::string pathOf(const std::vector<double>& x, const std::vector<double>& y, double most) {
  std::string path;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (y[i] <= most) {
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x[i],
                          kTop + (kHeight - kTop - kBottom) * (1 - y[i] / most));
      continue;
    }
    if (i > 0 && y[i - 1] < most) {
      const double part = (most - y[i - 1]) / (y[i] - y[i - 1]);
      path += fmt::format("L{:.1f} {:.1f}", x[i - 1] + part * (x[i] - x[i - 1]), kTop);
    }
    break;
  }
  return path;
}

}  // namespace

std::string contextPlot(std::span<const Curve> curves, Plotted what, ByteUnit unit) {
  const double scale = unit == ByteUnit::gib ? static_cast<double>(kGiB) : static_cast<double>(kGB);
  double first = 1e300, last = 0, highest = 0, room = 0;
  for (const Curve& c : curves) {
    const std::vector<double>& bytes = valuesOf(c, what);
    if (bytes.empty()) return {};
    first = std::min(first, c.values.contexts.front()), last = std::max(last, c.values.contexts.back());
    highest = std::max(highest, *std::ranges::max_element(bytes) / scale);
    if (c.values.usable) room = std::max(room, static_cast<double>(c.values.usable->value()) / scale);
  }
  if (highest <= 0) return {};
  // Far beyond every device nothing is left to see.
  const double most = room > 0 ? std::min(1.04 * highest, 2 * room) : 1.04 * highest;
  const double across = kWidth - kLeft - kRight, bottom = kHeight - kBottom;
  const auto x = [&](double tokens) { return kLeft + across * std::log2(tokens / first) / std::log2(last / first); };
  const auto y = [&](double value) { return kTop + (bottom - kTop) * (1 - value / most); };

  // Its heading is a part of the drawing: on paper they stay together.
  const std::string_view title =
      what == Plotted::total ? "Memory of the device against context" : "KV cache against context";
  std::string body = fmt::format("<text x=\"0\" y=\"16\" style=\"font-weight:600\">{}</text>", title);
  const double step = tickStep(most);
  for (double tick = 0; tick <= most; tick += step)
    body += fmt::format(
        "<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"currentColor\" opacity=\"0.15\"/><text x=\"{:.1f}\" y=\"{:.1f}\" "
        "text-anchor=\"end\" opacity=\"0.7\">{:g}</text>",
        kLeft, y(tick), kWidth - kRight, kLeft - 6, y(tick) + 4, tick);
  for (double tokens = std::exp2(std::ceil(std::log2(first))); tokens <= last; tokens *= 4)
    body += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" opacity=\"0.7\">{}</text>", x(tokens),
                        bottom + 16, formatTokens(static_cast<std::int64_t>(tokens)));
  body += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" opacity=\"0.7\">context, tokens of a sequence</text>"
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" opacity=\"0.7\">{}</text>",
      kWidth - kRight, bottom + 33, kLeft - 6, bottom + 33, unitName(unit));

  std::string words;
  double line = kHeight + 6;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const Curve& c = curves[i];
    const Ink& ink = inkOf(i);
    std::vector<double> at, values;
    for (const double tokens : c.values.contexts) at.push_back(x(tokens));
    for (const double bytes : valuesOf(c, what)) values.push_back(bytes / scale);
    if (c.values.usable && what == Plotted::total)
      if (const double usable = static_cast<double>(c.values.usable->value()) / scale; usable <= most)
        body += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"{}\" stroke-width=\"1\" opacity=\"0.6\"/>",
                            kLeft, y(usable), kWidth - kRight, ink.colour);
    body += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.2\" stroke-dasharray=\"{}\"/>",
                        pathOf(at, values, most), ink.colour, ink.dashes);
    body += fmt::format(
        "<path d=\"M{0:.1f} {2:.1f}H{1:.1f}\" stroke=\"{3}\" stroke-width=\"2.2\" stroke-dasharray=\"{4}\"/><text "
        "x=\"{5:.1f}\" y=\"{6:.1f}\">{7}</text>",
        kLeft, kLeft + 34, line, ink.colour, ink.dashes, kLeft + 42, line + 4, markup(c.label, 90));
    words += fmt::format("{}: {:.2f} {} at {} tokens; ", c.label, values.back(), unitName(unit),
                         formatCount(static_cast<std::int64_t>(c.values.contexts.back())));
    line += kLegendRow;
  }
  if (what == Plotted::total && room > 0)
    body +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" opacity=\"0.7\">thin lines: usable memory of the device</text>",
                    kLeft, line + 4);
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>{}: {}</title>"
      "{}</svg>",
      kWidth, line + 12, title, markup(words), body);
}

}  // namespace headroom::html
