#include "core/report/html_report_appendix.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <vector>

#include "core/base/json_text.h"
#include "core/base/markup.h"
#include "core/estimate/chosen_settings.h"
#include "core/report/explanation.h"
#include "core/report/settings_json.h"
#include "core/scenario/settings.h"

namespace headroom::html {
namespace {

constexpr std::size_t kLongestValue = 300;

// What has been printed, by its text, and where.
class Printed {
 public:
  // Where the text stands already; empty where this is its first time, and then it stands `here`.
  std::string at(const std::string& text, const std::string& here) {
    const auto [found, isNew] = places_.emplace(text, here);
    return isNew ? std::string() : found->second;
  }

 private:
  std::map<std::string, std::string> places_;
};

std::string keyOf(const ExplainedTerm& t) {
  std::string key = fmt::format("{}={} {} {}{}{}", t.symbol, t.number, t.unit, t.combine, t.round, t.inverse);
  for (const ExplainedTerm& part : t.parts) key += "(" + keyOf(part) + ")";
  return key;
}

std::string why(const ExplainedTerm& t) {
  return t.why.empty() ? std::string() : fmt::format(" <span class=\"quiet\">({})</span>", markup(t.why));
}

// A term that stands above in the same line of thought is named with its number alone; terms without parts stand in one
// row.
std::string tree(const std::vector<ExplainedTerm>& terms, Printed& printed, const std::string& here) {
  std::string out, leaves;
  for (const ExplainedTerm& t : terms) {
    const std::string named = fmt::format("{} <b>{}</b>", markup(t.symbol), markup(t.text()));
    if (t.parts.empty()) {
      leaves += (leaves.empty() ? "" : " · ") + named + why(t);
      continue;
    }
    const std::string before = printed.at(keyOf(t), here);
    if (!before.empty()) {
      out += fmt::format("<li>{} <span class=\"quiet\">({})</span></li>", named,
                         before == here ? "as above" : "as under " + markup(before));
      continue;
    }
    out += fmt::format("<li>{} = <code>{}</code>{}{}</li>", named, markup(t.formula()), why(t),
                       tree(t.parts, printed, here));
  }
  if (!leaves.empty()) out = "<li>" + leaves + "</li>" + out;
  return out.empty() ? out : "<ul class=\"tree\">" + out + "</ul>";
}

std::string lineOf(const ExplainedLine& l, ByteUnit unit, Printed& printed, const std::string& here) {
  std::string out = fmt::format("<h3>{}: {}</h3>", markup(l.label), formatBytes(l.bytes, unit));
  std::string key = fmt::format("{}{}{}", l.symbols, l.numbers, l.source);
  for (const ExplainedTerm& t : l.terms) key += keyOf(t);
  if (const std::string before = printed.at(key, here); !before.empty())
    return out + fmt::format("<p><code>{}</code> <span class=\"quiet\">(as under {})</span></p>", markup(l.numbers),
                             markup(before));
  out += fmt::format("<p><code>{}</code><br><code>= {}</code></p>{}", markup(l.symbols), markup(l.numbers),
                     tree(l.terms, printed, here));
  if (!l.source.empty()) out += fmt::format("<p class=\"quiet\">Source: {}</p>", markup(l.source));
  return out;
}

std::string explained(const std::string& label, std::string_view rank, const Ledger& ledger, ByteUnit unit,
                      Printed& printed) {
  std::string out;
  for (const ComponentId id : componentsOf(ledger)) {
    const Explanation e = explain(ledger, id);
    std::string title =
        fmt::format("{}: {} ({} B)", nameOf(id), formatBytes(e.bytes, unit), formatCount(e.bytes.value()));
    if (!rank.empty()) title += fmt::format(", {}", rank);
    const std::string here = fmt::format("{}, {}{}", label, nameOf(id), rank.empty() ? "" : ", " + std::string(rank));
    std::string key = title;
    for (const ExplainedLine& l : e.lines) key += fmt::format("{}{}{}", l.label, l.symbols, l.numbers);
    out += fmt::format("<details><summary>{}</summary>", markup(title));
    // The same title of another scenario is no reason to say it again.
    if (const std::string before = printed.at(key, here); !before.empty())
      out += fmt::format("<p class=\"quiet\">As under {}.</p>", markup(before));
    else
      for (const ExplainedLine& l : e.lines) out += lineOf(l, unit, printed, here);
    out += "</details>";
  }
  return out;
}

// What trains has no say where nothing trains.
bool saysNothing(const Setting& s, const Scenario& scenario) {
  if (s.origin == SettingOrigin::asked) return false;
  const std::string_view key = s.key;
  return !isTraining(scenario.workload) && (key.starts_with("training.") || key.starts_with("reinforcement."));
}

}  // namespace

std::string formulas(std::span<const Accounted> scenarios, ByteUnit unit) {
  Printed printed;
  std::string out;
  for (const Accounted& a : scenarios) {
    out += fmt::format("<h3 class=\"component\">{}</h3>", markup(a.label));
    const bool several = a.estimate->ranks.size() > 1;
    for (const RankEstimate& rank : a.estimate->ranks)
      out +=
          explained(a.label, several ? std::string_view(rank.label) : std::string_view(), rank.ledger, unit, printed);
    if (a.estimate->host.total() > Bytes(0)) out += explained(a.label, "host", a.estimate->host, unit, printed);
  }
  return out;
}

// By who decided it and why, so that what has one reason gives it once.
std::string settings(std::span<const Accounted> scenarios) {
  using Row = std::tuple<std::string, std::string, std::string, std::string>;  // origin, why, key, value
  std::map<Row, std::vector<std::size_t>> of;
  std::vector<Row> order;
  std::vector<Setting> all;
  std::vector<ChosenSetting> chosen;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    all.clear();
    settingsAsRun(*scenarios[i].scenario, all, chosen);
    for (const Setting& s : all) {
      const nlohmann::ordered_json value = settingValueJson(s.value);
      if (value.is_null() || saysNothing(s, *scenarios[i].scenario)) continue;
      std::string text = value.is_string() ? value.get<std::string>() : jsonText(value);
      if (text.empty()) continue;
      const Row row{std::string(nameOf(s.origin)), std::string(s.why), std::string(s.key), std::move(text)};
      auto& indices = of[row];
      if (indices.empty()) order.push_back(row);
      indices.push_back(i);
    }
  }
  std::string out;
  std::vector<std::pair<std::string, std::string>> groups;  // origin and why, what it decided
  std::map<std::pair<std::string, std::string>, std::size_t> groupOf;
  for (const Row& row : order) {
    const auto& [origin, why, key, value] = row;
    const auto [found, isNew] = groupOf.try_emplace({origin, why}, groups.size());
    if (isNew)
      groups.emplace_back(why.empty() ? markup(origin) : fmt::format("{}: {}", markup(origin), markup(why)), "");
    std::string item = fmt::format("<code>{}</code> {}", markup(key), markup(value, kLongestValue));
    const std::vector<std::size_t>& who = of[row];
    if (who.size() < scenarios.size()) {
      std::string labels;
      for (const std::size_t i : who) labels += (labels.empty() ? "" : ", ") + markup(scenarios[i].label);
      item += fmt::format(" <span class=\"quiet\">({})</span>", labels);
    }
    std::string& items = groups[found->second].second;
    items += (items.empty() ? "" : " · ") + item;
  }
  for (const auto& [reason, items] : groups)
    out += fmt::format("<p>{} <span class=\"quiet\">({})</span></p>", items, reason);
  return out;
}

}  // namespace headroom::html
