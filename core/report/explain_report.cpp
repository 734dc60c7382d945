#include "core/report/explain_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/report/explanation.h"
#include "core/report/ledger_json.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostOfALine = 20'000;  // of a formula of many terms

struct Section {
  std::string title;
  std::vector<Explanation> components;
  std::string_view moment = {};  // at which they are alive together; empty where there is only one
};

std::vector<Section> sectionsOf(const Estimate& estimate, const std::vector<ComponentId>& wanted) {
  std::vector<Section> sections;
  const auto add = [&](std::string title, const Ledger& ledger, std::string_view moment) {
    Section s{std::move(title), {}, moment};
    for (ComponentId id : componentsOf(ledger))
      if (wanted.empty() || std::ranges::find(wanted, id) != wanted.end()) s.components.push_back(explain(ledger, id));
    if (!s.components.empty()) sections.push_back(std::move(s));
  };
  for (const RankEstimate& r : estimate.ranks) add(r.label, r.ledger, r.peakMoment);
  add("host memory", estimate.host, {});
  return sections;
}

// A computed factor and what it is made of, level by level.
void treeOf(std::string& out, const std::vector<ExplainedTerm>& terms, int depth, std::size_t indent) {
  if (depth < 2) return;
  for (const ExplainedTerm& t : terms) {
    if (t.parts.empty()) continue;
    out += fmt::format("{}{} {} = {}\n", std::string(indent, ' '), t.text(), printable(t.symbol),
                       printable(t.formula(), kMostOfALine));
    treeOf(out, t.parts, depth - 1, indent + 2);
  }
}

std::string people(const std::vector<Section>& sections, ByteUnit unit, int depth) {
  std::string out;
  for (const Section& s : sections) {
    out += printable(s.title) +
           (s.moment.empty() ? std::string() : fmt::format(", at the heaviest moment of a step: {}", s.moment)) + "\n";
    for (const Explanation& e : s.components) {
      out += fmt::format("\n{}: {} ({} B)\n", nameOf(e.component), formatBytes(e.bytes, unit),
                         formatCount(e.bytes.value()));
      if (e.low != e.high)
        out += fmt::format("  measured runs lie {} below to {} above\n", formatBytes(e.bytes - e.low, unit),
                           formatBytes(e.high - e.bytes, unit));
      const bool sameSource =
          std::ranges::all_of(e.lines, [&](const ExplainedLine& l) { return l.source == e.source; });
      for (const ExplainedLine& l : e.lines) {
        out += fmt::format("  {}: {}\n    = {}\n    = {}\n", printable(l.label), formatBytes(l.bytes, unit),
                           printable(l.symbols, kMostOfALine), printable(l.numbers, kMostOfALine));
        treeOf(out, l.terms, depth, 6);
        if (!l.source.empty() && !sameSource) out += fmt::format("    Source: {}\n", printable(l.source));
      }
      if (sameSource && !e.source.empty()) out += fmt::format("  Source: {}\n", printable(e.source));
    }
    out += "\n";
  }
  return out;
}

std::string table(const std::vector<Section>& sections, ReportFormat format, ByteUnit unit) {
  const bool machine = format == ReportFormat::csv;
  TextTable t;
  for (const char* header : {"rank", "component", "line", "formula", "numbers"})
    t.column(header, TextTable::Align::left);
  t.column(machine ? "bytes" : unitName(unit));
  t.column("source", TextTable::Align::left);
  for (const Section& s : sections)
    for (const Explanation& e : s.components)
      for (const ExplainedLine& l : e.lines)
        t.row({s.title, std::string(machine ? idOf(e.component) : nameOf(e.component)), std::string(l.label), l.symbols,
               l.numbers, machine ? std::to_string(l.bytes.value()) : formatIn(l.bytes, unit), std::string(l.source)});
  return t.text(format);
}

std::string json(const std::vector<Section>& sections, int depth) {
  ordered_json out{{"schema", "headroom-explanation/1"}, {"ranks", ordered_json::array()}};
  for (const Section& s : sections) {
    ordered_json components = ordered_json::array();
    for (const Explanation& e : s.components) {
      components.push_back({{"id", idOf(e.component)},
                            {"label", nameOf(e.component)},
                            {"bytes", e.bytes.value()},
                            {"low", e.low.value()},
                            {"high", e.high.value()},
                            {"formula", e.formula},
                            {"lines", jsonTree([&](JsonWriter& json) { writeLines(json, e.lines, depth); })}});
    }
    out["ranks"].push_back({{"label", s.title}, {"components", std::move(components)}});
  }
  return jsonText(out, 2) + "\n";
}

}  // namespace

std::string explainReport(const Estimate& estimate, const std::vector<ComponentId>& components, ReportFormat format,
                          ByteUnit unit, int depth) {
  const std::vector<Section> sections = sectionsOf(estimate, components);
  if (format == ReportFormat::json) return json(sections, depth);
  return format == ReportFormat::table ? people(sections, unit, depth) : table(sections, format, unit);
}

}  // namespace headroom
