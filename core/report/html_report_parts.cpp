#include "core/report/html_report_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/markup.h"
#include "core/report/component_colours.h"
#include "core/report/explanation.h"

namespace headroom::html {
namespace {

std::string rows(const Ledger& ledger, ByteUnit unit) {
  const double total = static_cast<double>(ledger.total().value());
  std::string out = fmt::format(
      "<table><tr><th>component</th><th>{}</th><th>share</th><th>measured runs lie in</th></tr>", unitName(unit));
  std::vector<ComponentId> ids = componentsOf(ledger);
  std::ranges::stable_sort(ids, [&](ComponentId a, ComponentId b) { return ledger.bytes(a) > ledger.bytes(b); });
  for (const ComponentId id : ids)
    out += fmt::format(
        "<tr><td><span class=\"swatch\" style=\"background:#{:06x}\"></span>{}</td><td>{}</td><td>{:.0f} %</td>"
        "<td>{} – {}</td></tr>",
        colourOf(id), nameOf(id), formatIn(ledger.bytes(id), unit),
        total > 0 ? 100 * static_cast<double>(ledger.bytes(id).value()) / total : 0, formatIn(ledger.low(id), unit),
        formatIn(ledger.high(id), unit));
  return out;
}

}  // namespace

double tickStep(double most) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(most, 1e-6))));
  for (const double step : {0.1, 0.2, 0.25, 0.5, 1.0, 2.0})
    if (most / (step * power) <= 8) return step * power;
  return 2 * power;
}

std::string ledgerSection(std::string_view title, const Ledger& ledger, ByteUnit unit) {
  return fmt::format(
      "<section class=\"card\"><h3>{}</h3>{}<tr class=\"total\"><td>Total</td><td>{}</td><td></td><td></td></tr>"
      "</table></section>",
      markup(title), rows(ledger, unit), formatIn(ledger.total(), unit));
}

std::string rankSection(const RankEstimate& rank, ByteUnit unit) {
  std::string title = rank.label;
  if (rank.devices > 1) title += fmt::format(" ({} alike)", rank.devices);
  if (!rank.accelerator.empty()) title += ", " + rank.accelerator;
  std::string out = fmt::format("<section class=\"card\"><h3>{}</h3>", markup(title));
  if (!rank.peakMoment.empty())
    out += fmt::format("<p class=\"quiet\">The peak is in the moment “{}”.</p>", markup(rank.peakMoment));
  out += rows(rank.ledger, unit);
  out += fmt::format("<tr class=\"total\"><td>Total</td><td>{}</td><td></td><td>{} – {}</td></tr>",
                     formatIn(rank.device, unit), formatIn(rank.low, unit), formatIn(rank.high, unit));
  if (rank.usable)
    out += fmt::format("<tr><td>Usable of the device</td><td>{}</td><td></td><td></td></tr>",
                       formatIn(*rank.usable, unit));
  return out + "</table></section>";
}

std::string stackedBars(std::span<const Bar> bars, ByteUnit unit) {
  constexpr double kLeft = 8, kWidth = 900, kRow = 64, kBar = 26, kTop = 8;
  const double scale = unit == ByteUnit::gib ? static_cast<double>(kGiB) : static_cast<double>(kGB);
  double most = 0;
  for (const Bar& b : bars) {
    most = std::max({most, static_cast<double>(b.rank->device.value()), static_cast<double>(b.rank->high.value())});
    if (b.rank->usable) most = std::max(most, static_cast<double>(b.rank->usable->value()));
  }
  most = std::max(1e-6, 1.04 * most / scale);
  const auto x = [&](double bytes) { return kLeft + (kWidth - 2 * kLeft) * bytes / scale / most; };
  std::string body, words;
  std::array<bool, kComponentCount> seen{};
  double y = kTop;
  for (const Bar& b : bars) {
    const Ledger& l = b.rank->ledger;
    body += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}: {} {}</text>", kLeft, y + 13, markup(b.label, 90),
                        formatIn(b.rank->device, unit), unitName(unit));
    const double top = y + 20;
    double from = 0;
    for (std::size_t i = 0; i < kComponentCount; ++i) {
      const auto id = static_cast<ComponentId>(i);
      const auto bytes = static_cast<double>(l.bytes(id).value());
      if (bytes <= 0) continue;
      seen[i] = true;
      body += fmt::format(
          "<rect x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{}\" fill=\"#{:06x}\"><title>{}: {} "
          "{}</title></rect>",
          x(from), top, x(from + bytes) - x(from), kBar, colourOf(id), nameOf(id), formatIn(l.bytes(id), unit),
          unitName(unit));
      words += fmt::format("{} {}; ", nameOf(id), formatIn(l.bytes(id), unit));
      from += bytes;
    }
    const double low = x(static_cast<double>(b.rank->low.value())), high = x(static_cast<double>(b.rank->high.value()));
    const double middle = top + kBar / 2;
    body += fmt::format(
        "<path d=\"M{0:.2f} {2:.1f}H{1:.2f}M{0:.2f} {3:.1f}v8M{1:.2f} {3:.1f}v8\" fill=\"none\" "
        "stroke=\"currentColor\" "
        "stroke-width=\"1.5\"/>",
        low, high, middle, middle - 4);
    if (b.rank->usable) {
      const double at = x(static_cast<double>(b.rank->usable->value()));
      body += fmt::format(
          "<path d=\"M{:.2f} {:.1f}v{}\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"4 3\"/>", at,
          top - 6, kBar + 12);
    }
    y += kRow;
  }
  const double step = tickStep(most);
  for (double tick = 0; tick <= most; tick += step)
    body += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" opacity=\"0.7\">{:g}</text>",
                        x(tick * scale), y + 12, tick == 0 ? "start" : "middle", tick);
  body += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" opacity=\"0.7\">{}</text>", kWidth - kLeft,
                      y + 30, unitName(unit));
  double at = kLeft, line = y + 30;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    if (!seen[i]) continue;
    const auto id = static_cast<ComponentId>(i);
    const double width = 30 + 7.2 * static_cast<double>(nameOf(id).size());
    if (at + width > kWidth - 60) at = kLeft, line += 22;
    body += fmt::format(
        "<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"12\" height=\"12\" fill=\"#{2:06x}\"/><text x=\"{3:.1f}\" "
        "y=\"{4:.1f}\">{5}</text>",
        at, line - 10, colourOf(id), at + 17, line, nameOf(id));
    at += width;
  }
  line += 22;
  body += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" opacity=\"0.7\">dashed: usable memory of the device; whisker: "
      "where measured runs lie</text>",
      kLeft, line);
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>Memory by "
      "component: "
      "{}</title>{}</svg>",
      kWidth, line + 10, words, body);
}

}  // namespace headroom::html
