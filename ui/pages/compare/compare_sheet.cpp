#include "ui/pages/compare/compare_sheet.h"

#include <algorithm>
#include <utility>

#include "core/analysis/verdict.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/document/stated_setting.h"
#include "ui/inputs/option.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString signedAmount(Bytes bytes, ByteUnit unit) {
  const bool less = bytes < Bytes(0);
  return (less ? QStringLiteral("−") : QStringLiteral("+")) + inUnit(less ? Bytes(0) - bytes : bytes, unit);
}

// A setting that has no say in a scenario is no difference.
bool counts(Field field, const Scenario& scenario) {
  const auto option = std::ranges::find(allOptions(), field, &Option::field);
  if (option == allOptions().end()) return true;
  Snapshot snapshot;
  snapshot.scenario = scenario;
  snapshot.settings = settingsOf(scenario);
  return option->applies(snapshot);
}

SheetRow rowOf(const QString& name, const QStringList& cells) {
  SheetRow row;
  row.cells.push_back({.text = name, .ink = SheetCell::Ink::quiet});
  for (const QString& cell : cells) row.cells.push_back({.text = cell});
  return row;
}

SheetRow bytesRow(const QString& name, const std::vector<std::optional<Bytes>>& values, std::size_t baseline,
                  ByteUnit unit) {
  QStringList cells;
  for (std::size_t i = 0; i < values.size(); ++i) {
    QString cell = values[i] ? inUnit(*values[i], unit) : QStringLiteral("–");
    if (i != baseline && values[i] && values[baseline] && *values[i] != *values[baseline])
      cell += QStringLiteral("  (%1)").arg(signedAmount(*values[i] - *values[baseline], unit));
    cells << cell;
  }
  return rowOf(name, cells);
}

void addSettings(const Snapshot& s, Sheet& sheet) {
  bool first = true;
  std::vector<Field> fields;
  for (int i = 0; i <= static_cast<int>(Field::dimensions); ++i)
    if (const auto field = static_cast<Field>(i); field < Field::recipe || field > Field::name)
      fields.push_back(field);  // the others are no settings: what an edit was about
  std::vector<const Scenario*> scenarios;
  for (const ComparedColumn& c : s.scenarioColumns) scenarios.push_back(&c.scenario);
  for (Field field : askedKeyed(scenarios)) fields.push_back(field);
  for (const Field field : fields) {
    QStringList cells;
    for (const ComparedColumn& c : s.scenarioColumns)
      cells << (counts(field, c.scenario) ? valueText(field, c.scenario) : QStringLiteral("–"));
    if (std::ranges::all_of(cells, [&](const QString& cell) { return cell == cells.front(); })) continue;
    sheet.rows.push_back(rowOf(labelOf(field), cells));
    sheet.rows.back().section = std::exchange(first, false);
  }
}

}  // namespace

Sheet compareSheet(const Snapshot& s) {
  constexpr int kNameDigits = 21;
  Sheet sheet;
  sheet.columns.push_back({.head = {}, .number = false, .digits = kNameDigits});
  const std::size_t baseline = s.baseline.value_or(0);
  for (std::size_t i = 0; i < s.scenarioColumns.size(); ++i)
    sheet.columns.push_back({.head = (i == baseline ? QStringLiteral("⚑ ") : QString()) + s.scenarios[i].label});
  if (s.scenarioColumns.empty()) return sheet;
  SheetRow verdicts = rowOf(tr("Verdict"), {});
  std::vector<std::optional<Bytes>> total, left;
  for (const ComparedColumn& c : s.scenarioColumns) {
    const Judgement j = judge(c.estimate);
    const QString word = !c.estimate.refused.empty() ? tr("Does not run")
                         : j.word                    ? verdictWord(*j.word, j.plain())
                                                     : tr("Unknown");
    verdicts.cells.push_back({.text = word, .verdict = j.word, .ink = SheetCell::Ink::quiet});
    total.emplace_back(j.need);
    left.push_back(j.word ? std::optional(j.left) : std::nullopt);
  }
  sheet.rows.push_back(std::move(verdicts));
  for (std::size_t k = 0; k < kComponentCount; ++k) {
    const auto id = static_cast<ComponentId>(k);
    std::vector<std::optional<Bytes>> values;
    bool any = false;
    for (const ComparedColumn& c : s.scenarioColumns) {
      values.emplace_back(decidingRank(c.estimate).ledger.bytes(id));
      any = any || *values.back() != Bytes(0);
    }
    if (any) sheet.rows.push_back(bytesRow(componentName(id), values, baseline, s.unit));
  }
  sheet.rows.push_back(bytesRow(tr("Total, %1").arg(QLatin1String(unitName(s.unit))), total, baseline, s.unit));
  sheet.rows.push_back(bytesRow(tr("Left"), left, baseline, s.unit));
  addSettings(s, sheet);
  return sheet;
}

}  // namespace headroom::ui
