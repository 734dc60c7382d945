// The estimate as a table for people (terminal, Markdown, LaTeX) and for spreadsheets (CSV).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/printable.h"
#include "core/estimate/chosen_settings.h"
#include "core/report/estimate_report.h"
#include "core/report/explanation.h"
#include "core/report/text_table.h"
#include "core/report/verdict_text.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using Align = TextTable::Align;

constexpr int kBarWidth = 20;

std::string bar(double share) {
  // Eighths of a cell, so that a small share still shows.
  constexpr std::array<std::string_view, 8> kParts{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths =
      static_cast<std::size_t>(std::clamp(std::lround(share * kBarWidth * 8), share > 0 ? 1L : 0L, 8L * kBarWidth));
  std::string out;
  for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
  return out.append(kParts[eighths % 8]);
}

std::string percent(double share) {
  return share > 0 && share < 0.01 ? "<1 %" : fmt::format("{:.0f} %", 100 * share);
}

std::string titleOf(const RankEstimate& r) {
  std::string title = r.label;
  if (r.devices > 1) title += fmt::format(" ({} of them)", r.devices);
  if (!r.accelerator.empty()) title += ", " + r.accelerator;
  return title;
}

struct Columns {
  ReportFormat format;
  ByteUnit unit;

  bool machine() const { return format == ReportFormat::csv || format == ReportFormat::json; }
  std::string bytes(Bytes b) const { return machine() ? std::to_string(b.value()) : formatIn(b, unit); }
  std::string heading(std::string_view what) const {
    return machine() ? fmt::format("{}_bytes", what) : fmt::format("{} {}", what, unitName(unit));
  }
};

bool hasBand(const Ledger& ledger) {
  return std::ranges::any_of(componentsOf(ledger), [&](ComponentId id) { return ledger.low(id) != ledger.high(id); });
}

// The cells of a row for people: low and high only where the table has those columns, and then in every row, so that
// they add up to the total's.
std::vector<std::string> peopleRow(const Columns& columns, bool banded, std::string what, Bytes bytes,
                                   std::string share, Bytes low, Bytes high) {
  std::vector<std::string> row{std::move(what), columns.bytes(bytes), std::move(share)};
  if (banded) row.insert(row.end(), {columns.bytes(low), columns.bytes(high)});
  return row;
}

void addComponents(TextTable& table, const Ledger& ledger, const Columns& columns, const std::string& rank) {
  const double total = std::max(1.0, static_cast<double>(ledger.total().value()));
  const bool banded = hasBand(ledger);
  std::vector<ComponentId> ids = componentsOf(ledger);
  std::ranges::stable_sort(ids, std::ranges::greater{}, [&](ComponentId id) { return ledger.bytes(id); });
  for (ComponentId id : ids) {
    const double share = static_cast<double>(ledger.bytes(id).value()) / total;
    if (columns.machine()) {
      table.row({rank, std::string(idOf(id)), columns.bytes(ledger.bytes(id)), columns.bytes(ledger.low(id)),
                 columns.bytes(ledger.high(id))});
      continue;
    }
    std::vector<std::string> row = peopleRow(columns, banded, std::string(nameOf(id)), ledger.bytes(id), percent(share),
                                             ledger.low(id), ledger.high(id));
    if (columns.format == ReportFormat::table) row.push_back(bar(share));
    table.row(std::move(row));
  }
}

TextTable peopleTable(const Columns& columns, const std::string& what, bool banded) {
  TextTable table;
  table.column(what, Align::left);
  table.column(unitName(columns.unit));
  table.column("share");
  if (banded) table.column("low"), table.column("high");
  if (columns.format == ReportFormat::table) table.column("", Align::left);
  return table;
}

std::string rankTable(const RankEstimate& rank, const Columns& columns) {
  const bool banded = hasBand(rank.ledger);
  TextTable table = peopleTable(columns, titleOf(rank), banded);
  addComponents(table, rank.ledger, columns, rank.label);
  table.rule();
  table.row(peopleRow(columns, banded, "Total", rank.device, "", rank.low, rank.high));
  if (rank.reserved != rank.device) table.row({"  of it, by the framework's allocator", columns.bytes(rank.reserved)});
  if (rank.allocated != rank.reserved) table.row({"  of it, in tensors", columns.bytes(rank.allocated)});
  if (rank.releasable > Bytes(0))
    table.row({"  of it, given back before an allocation fails", columns.bytes(rank.releasable)});
  if (rank.claimed) table.row({"The engine claims", columns.bytes(*rank.claimed)});
  if (rank.usable) {
    table.row({rank.poolLeft ? "Usable beside the rest of its claim" : "Usable", columns.bytes(*rank.usable)});
    table.row({"Left", columns.bytes(*rank.headroom)});
  }
  return table.text(columns.format);
}

// Text of an input in a sentence: printable, and no markup where the report is Markdown.
std::string shown(std::string_view text, ReportFormat format) {
  return format == ReportFormat::markdown ? markdownCell(printable(text)) : printable(text);
}

std::string heading(const Scenario& scenario, const Estimate& estimate, ReportFormat format) {
  const Settings s = settingsOf(scenario);
  const Model& m = *scenario.model;
  std::string out = scenario.name.empty() ? "" : shown(scenario.name, format) + "\n";
  out += fmt::format("{}: {} parameters, {} with {}, {} × {} tokens, {} weights\n",
                     shown(m.label.empty() ? m.id : m.label, format), formatCount(estimate.parameters.value()),
                     nameOf(scenario.workload), nameOf(s.engine), formatCount(s.batch),
                     formatCount(contextAsRun(scenario, s)), idOf(s.weights));
  if (estimate.trainableParameters > Parameters(0))
    out += fmt::format("Trainable: {} parameters\n", formatCount(estimate.trainableParameters.value()));
  return out;
}

std::string poolLine(const Estimate& estimate, ByteUnit unit) {
  const PoolCapacity& pool = estimate.pool;
  if (!pool.kvBytes) return {};
  std::string out = fmt::format("KV pool: {} per device", formatBytes(*pool.kvBytes, unit));
  if (pool.kvTokens) out += fmt::format(", {} tokens", formatCount(*pool.kvTokens));
  if (pool.maxConcurrency) out += fmt::format(", {:.1f} sequences of the asked context", *pool.maxConcurrency);
  return out + "\n";
}

std::string limitsLine(const Scenario& scenario, const std::optional<Limits>& limits) {
  if (!limits) return {};
  std::string out;
  const auto say = [&](const std::optional<std::int64_t>& value, std::string_view what) {
    if (value)
      out += fmt::format("{}{} {}", out.empty() ? "Largest that fits, with the rest as asked: " : ", ", what,
                         *value > 0 ? formatCount(*value) : "none");
  };
  say(limits->batch, "batch");
  say(limits->context, "context");
  say(limits->rank, "rank");
  if (limits->sequences != limits->batch) say(limits->sequences, "concurrent sequences");
  if (out.empty()) return {};
  const std::int64_t most = scenario.model->maxContext;
  if (limits->context && most > 0 && *limits->context > most)
    out += fmt::format(" (the model itself ends at {} tokens)", formatCount(most));
  return out + ".\n";
}

std::string adviceLine(const Advice& a, ByteUnit unit) {
  std::string out = fmt::format("Saves {}: {}", formatBytes(a.saved, unit), printable(a.change));
  if (!a.cost.empty()) out += fmt::format(" ({})", a.cost);
  if (a.verdict) out += *a.verdict == Verdict::exceeds ? "; still too much" : "; then it fits";
  return out + ".\n";
}

std::string_view wordOf(Severity severity) {
  constexpr std::array<std::string_view, 5> kWords{"Note", "Assumed", "Ignored", "Warning", "Error"};
  return kWords[static_cast<std::size_t>(severity)];
}

std::string csv(const Estimate& estimate, const Columns& columns) {
  TextTable table;
  table.column("rank", Align::left);
  table.column("component", Align::left);
  for (const char* name : {"bytes", "low", "high"}) table.column(name);
  for (const RankEstimate& r : estimate.ranks) {
    addComponents(table, r.ledger, columns, r.label);
    table.row({r.label, "total", columns.bytes(r.device), columns.bytes(r.low), columns.bytes(r.high)});
  }
  if (estimate.host.total() > Bytes(0)) addComponents(table, estimate.host, columns, "host");
  return table.text(ReportFormat::csv);
}

}  // namespace

std::string estimateTable(const Scenario& scenario, const Estimate& estimate, const EstimateExtras& extras,
                          ReportFormat format, ByteUnit unit) {
  const Columns columns{format, unit};
  if (columns.machine()) return csv(estimate, columns);
  std::string out;
  const bool prose = format != ReportFormat::latex;
  const Judgement judgement = judge(estimate);
  if (prose) {
    const std::string verdict = verdictSentence(judgement, unit);
    out += (format == ReportFormat::markdown ? "**" + verdict + "**" : verdict) + "\n";
    for (const std::string& what : judgement.unmodelled) out += fmt::format("Not modelled: {}.\n", shown(what, format));
    out += "\n" + heading(scenario, estimate, format) + "\n";
  }
  for (const RankEstimate& r : estimate.ranks) out += rankTable(r, columns) + "\n";
  if (estimate.host.total() > Bytes(0)) {
    TextTable table = peopleTable(columns, "host memory", hasBand(estimate.host));
    addComponents(table, estimate.host, columns, "host");
    out += table.text(format) + "\n";
  }
  if (!prose) return out;
  if (!estimate.heaviest().peakMoment.empty())
    out += fmt::format("The peak is in the moment \"{}\".\n", estimate.heaviest().peakMoment);
  out += poolLine(estimate, unit) + limitsLine(scenario, extras.limits);
  if (!judgement.word) out += "No capacity is known; name a device with --gpu to see whether it fits.\n";
  for (const Advice& a : extras.advice) out += adviceLine(a, unit);
  for (const Diagnostic& d : estimate.diagnostics)
    out += fmt::format("{}: {}\n", wordOf(d.severity), shown(d.message, format));
  return out;
}

}  // namespace headroom
