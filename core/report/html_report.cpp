#include "core/report/html_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/analysis/advice.h"
#include "core/analysis/compare.h"
#include "core/analysis/remarks.h"
#include "core/analysis/verdict.h"
#include "core/base/markup.h"
#include "core/evidence/measured_run.h"
#include "core/evidence/validation.h"
#include "core/open/scenario_json.h"
#include "core/readers/embedded_scenarios.h"
#include "core/report/compare_report.h"
#include "core/report/html_report_appendix.h"
#include "core/report/html_report_parts.h"
#include "core/report/verdict_text.h"

namespace headroom {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1b1f24;--quiet:#5b6570;--line:#e3e6ea;--page:#f6f7f9;--card:#fff;--fits:#0b7a4b;--tight:#a45b00;--exceeds:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--quiet:#9aa4af;--line:#2c3138;--page:#15181c;--card:#1d2126;--fits:#4cc38a;--tight:#f0b35a;--exceeds:#ff7a70}}
@media print{:root{--page:#fff;--ink:#1b1f24;--card:#fff}details>*{display:block}section{break-inside:avoid-page}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",sans-serif}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}h1{font-size:1.7rem;margin:0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}
.quiet{color:var(--quiet)}section.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.2rem;margin:.8rem 0;overflow-x:auto}
.verdict{font-size:1.15rem;font-weight:600;margin:.1rem 0}.fits{color:var(--fits)}.tight{color:var(--tight)}.exceeds{color:var(--exceeds)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th:first-child,td:first-child,.text td,.text th{text-align:left}th{font-weight:600;color:var(--quiet);font-size:.85rem}tr.total td{font-weight:600}
.swatch{display:inline-block;width:.75rem;height:.75rem;border-radius:.15rem;margin-right:.45rem;vertical-align:-.05rem}
details{border-top:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer}.tree{margin:.2rem 0 .2rem 1rem;padding:0;list-style:none;font-size:.9rem}.tree .tree{border-left:2px solid var(--line);padding-left:.7rem}
.appendix{font-size:.87rem}.appendix p{margin:.3rem 0}
@media(min-width:60rem){.appendix details[open]{columns:2;column-gap:2rem}.appendix summary{column-span:all}}
code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}svg text{fill:var(--ink);font:13px system-ui,sans-serif}
)";

struct Reported {
  std::string label;
  const ComparedColumn& column;
  std::vector<Advice> advice;
};

std::string verdictClass(const Estimate& e) {
  const auto verdict = e.verdict();
  return verdict ? std::string(nameOf(*verdict)) : "quiet";
}

std::string list(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += fmt::format("<li>{}</li>", markup(item));
  return out.empty() ? out : "<ul>" + out + "</ul>";
}

std::string facts(const Reported& r, ByteUnit unit) {
  const Scenario& s = r.column.scenario;
  const Estimate& e = r.column.estimate;
  std::string out = fmt::format(
      "<section class=\"card\"><h3>{}</h3><p class=\"verdict {}\">{}</p><p class=\"quiet\">{}: {} parameters, {}</p>",
      markup(r.label), verdictClass(e), markup(verdictSentence(judge(e), unit)), markup(s.model->id),
      formatCount(e.parameters.value()), nameOf(s.workload));
  if (!e.unmodelled.empty()) out += "<p><b>Not counted:</b></p>" + list(e.unmodelled);
  const Limits& l = r.column.limits;
  std::vector<std::string> most;
  const auto add = [&](std::string_view name, const std::optional<std::int64_t>& n) {
    if (n) most.push_back(fmt::format("{} {}", name, formatCount(*n)));
  };
  add("batch", l.batch), add("context", l.context), add("rank", l.rank), add("sequences at once", l.sequences);
  if (!most.empty())
    out += fmt::format("<p>Largest that fits, each with the rest as asked: {}.</p>", fmt::join(most, ", "));
  return out + "</section>";
}

std::string compared(std::span<const Reported> all, std::span<const ComparedColumn> columns, ByteUnit unit) {
  std::string head, out = "<h2>Side by side</h2><section class=\"card\"><table><tr><th></th>";
  for (const Reported& r : all) head += fmt::format("<th>{}</th>", markup(r.label));
  out += head + "</tr>";
  for (const DifferingSetting& d : differingSettings(columns)) {
    out += fmt::format("<tr><td><code>{}</code></td>", markup(d.key));
    for (const std::string& value : d.values) out += fmt::format("<td>{}</td>", markup(value, 200));
    out += "</tr>";
  }
  out += fmt::format("<tr><th>{} of the device that decides</th>{}</tr>", unitName(unit), head);
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    const auto bytes = [&](const Reported& r) { return decidingRank(r.column.estimate).ledger.bytes(id); };
    if (std::ranges::all_of(all, [&](const Reported& r) { return bytes(r) == Bytes(0); })) continue;
    out += fmt::format("<tr><td>{}</td>", nameOf(id));
    for (const Reported& r : all) out += fmt::format("<td>{}</td>", formatIn(bytes(r), unit));
    out += "</tr>";
  }
  out += "<tr class=\"total\"><td>Total</td>";
  for (const Reported& r : all)
    out += fmt::format("<td>{}</td>", formatIn(decidingRank(r.column.estimate).device, unit));
  return out + "</tr></table></section>";
}

// How far predictions for runs of this engine or training code were off, as `validate` says it.
std::string evidence(const Scenario& scenario, std::span<const MeasuredRun> runs) {
  const std::string group = validationGroup(scenario);
  const Validation v = validate(runs, {.group = group, .figure = {}});
  if (v.summaries.empty())
    return fmt::format("<p>No measured run of {} is on record; the bands come from its like.</p>", markup(group));
  std::string out = fmt::format(
      "<table><tr><th>{}: printed by real runs</th><th>figures</th><th>median off</th><th>9 of 10 "
      "within</th><th>inside "
      "the band</th></tr>",
      markup(group));
  for (const FigureSummary& f : v.summaries)
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{:.1f} %</td><td>{:.1f} %</td><td>{:.0f} %</td></tr>",
                       markup(f.figure), f.count, 100 * f.median, 100 * f.p90, 100 * f.inside);
  return out + "</table>";
}

std::string details(const Reported& r, ByteUnit unit) {
  const Scenario& s = r.column.scenario;
  const Estimate& e = r.column.estimate;
  std::string out = fmt::format("<h2>{}</h2>", markup(r.label));
  for (const RankEstimate& rank : e.ranks) out += html::rankSection(rank, unit);
  if (e.host.total() > Bytes(0)) out += html::ledgerSection("Host memory", e.host, unit);
  if (!r.advice.empty()) {
    out += fmt::format(
        "<section class=\"card\"><h3>What would help</h3><table class=\"text\"><tr><th>change</th><th>saves {}</th>"
        "<th>then needs</th><th>costs</th></tr>",
        unitName(unit));
    for (const Advice& a : r.advice)
      out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", markup(a.change),
                         formatIn(a.saved, unit), formatIn(a.device, unit), markup(a.cost));
    out += "</table></section>";
  }
  if (!e.diagnostics.empty() || !s.notes.empty()) {
    out += "<section class=\"card\"><h3>Assumed, ignored, doubtful</h3><ul>";
    for (const Diagnostic& d : e.diagnostics)
      out += fmt::format("<li><span class=\"quiet\">{}:</span> {}</li>", nameOf(d.severity), markup(d.message));
    out += "</ul></section>";
  }
  return out;
}

// Of each engine or training code once.
std::string evidenceOf(std::span<const Reported> all) {
  const Result<std::vector<MeasuredRun>> runs = measuredRuns();
  std::string out = "<h2>How far such predictions were off</h2><section class=\"card\">";
  std::set<std::string> said;
  for (const Reported& r : all)
    if (said.insert(validationGroup(r.column.scenario)).second)
      out += evidence(r.column.scenario, runs ? std::span<const MeasuredRun>(*runs) : std::span<const MeasuredRun>());
  return out + "</section>";
}

// Set in two columns on paper (ui/export/report_pdf.cpp).
std::string appendix(std::span<const Reported> all, ByteUnit unit) {
  std::vector<html::Accounted> accounted;
  for (const Reported& r : all) accounted.push_back({r.label, &r.column.scenario, &r.column.estimate});
  return "<div class=\"appendix\"><h2>Appendix: where every byte comes from</h2><section class=\"card\">" +
         html::formulas(accounted, unit) +
         "</section><h2>Appendix: every setting and who decided it</h2><section class=\"card\"><details>"
         "<summary>Settings</summary>" +
         html::settings(accounted) + "</details></section></div>";
}

std::string againstContext(std::span<const Reported> all, ByteUnit unit) {
  std::vector<html::Curve> curves;
  Estimate scratch;
  for (const Reported& r : all) {
    html::Curve& curve = curves.emplace_back();
    curve.label = r.label;
    ownContextCurve(r.column.scenario, {}, curve.values, scratch);
  }
  std::string out;
  for (const html::Plotted what : {html::Plotted::total, html::Plotted::kv_cache})
    if (const std::string plot = html::contextPlot(curves, what, unit); !plot.empty())
      out += "<section class=\"card\">" + plot + "</section>";
  return out;
}

std::string embedded(std::span<const Reported> all) {
  std::vector<std::string> texts;
  for (const Reported& r : all) texts.push_back(writeScenario(r.column.scenario));
  return embedScenarios(texts);
}

}  // namespace

std::string htmlReport(std::span<const ReportedScenario> scenarios, const ReportOptions& options) {
  std::vector<Reported> all;
  std::vector<ComparedColumn> columns(scenarios.size());
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    ComparedColumn& column = columns[i];
    column.scenario = scenarios[i].scenario;
    column.limits = limitsOf(column.scenario);
    column.estimate = estimate(column.scenario);
    addRemarks(column.scenario, column.estimate);
    const std::string& label = !scenarios[i].label.empty() ? scenarios[i].label : column.scenario.name;
    all.push_back(
        {label.empty() ? column.scenario.model->id : label, column, adviceOf(column.scenario, column.estimate)});
  }
  std::string title = options.title;
  if (title.empty())
    title = "Memory of " + (all.size() > 1 ? fmt::format("{} scenarios", all.size()) : all.front().label);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta name=\"generator\" content=\"Headroom {}\">"
      "<title>{}</title><style>{}</style></head><body><main><h1>{}</h1><p class=\"quiet\">Headroom {}{}{}</p>",
      markup(options.version), markup(title), kStyle, markup(title), markup(options.version),
      options.date.empty() ? "" : ", ", markup(options.date));
  for (const Reported& r : all) out += facts(r, options.unit);
  std::vector<html::Bar> bars;
  for (const Reported& r : all) bars.push_back({r.label, &decidingRank(r.column.estimate)});
  out += "<section class=\"card\">" + html::stackedBars(bars, options.unit) + "</section>";
  out += againstContext(all, options.unit);
  if (all.size() > 1) out += compared(all, columns, options.unit);
  for (const Reported& r : all) out += details(r, options.unit);
  out += evidenceOf(all) + appendix(all, options.unit);
  return out + embedded(all) + "</main></body></html>\n";
}

}  // namespace headroom
