#include "ui/pages/compare/compare_model.h"

#include <QFont>
#include <algorithm>
#include <utility>

#include "core/analysis/verdict.h"
#include "core/report/text_table.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/inputs/option.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

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

}  // namespace

void CompareModel::addBytes(const QString& name, const std::vector<std::optional<Bytes>>& values, std::size_t baseline,
                            ByteUnit unit) {
  Row row;
  row.name = name;
  for (std::size_t i = 0; i < values.size(); ++i) {
    QString cell = values[i] ? inUnit(*values[i], unit) : QStringLiteral("–");
    if (i != baseline && values[i] && values[baseline] && *values[i] != *values[baseline])
      cell += QStringLiteral("  (%1)").arg(signedAmount(*values[i] - *values[baseline], unit));
    row.cells << cell;
  }
  rows_.push_back(std::move(row));
}

void CompareModel::addSettings(const Snapshot& s) {
  bool first = true;
  std::vector<Field> fields;
  for (int i = 0; i <= static_cast<int>(Field::dimensions); ++i)
    if (const auto field = static_cast<Field>(i); field < Field::recipe || field > Field::name)
      fields.push_back(field);  // the others are no settings: what an edit was about
  std::vector<const Scenario*> scenarios;
  for (const ComparedColumn& c : s.scenarioColumns) scenarios.push_back(&c.scenario);
  for (Field field : askedKeyed(scenarios)) fields.push_back(field);
  for (Field field : fields) {
    Row row;
    row.name = labelOf(field);
    for (const ComparedColumn& c : s.scenarioColumns)
      row.cells << (counts(field, c.scenario) ? valueText(field, c.scenario) : QStringLiteral("–"));
    if (std::ranges::all_of(row.cells, [&](const QString& cell) { return cell == row.cells.front(); })) continue;
    row.section = std::exchange(first, false);
    rows_.push_back(std::move(row));
  }
}

void CompareModel::render(const Snapshot& s) {
  beginResetModel();
  rows_.clear();
  heads_.clear();
  const std::size_t baseline = s.baseline.value_or(0);
  for (std::size_t i = 0; i < s.scenarioColumns.size(); ++i)
    heads_ << (i == baseline ? QStringLiteral("⚑ ") : QString()) + s.scenarios[i].label;
  if (!s.scenarioColumns.empty()) {
    Row verdicts;
    verdicts.name = tr("Verdict");
    std::vector<std::optional<Bytes>> total, left;
    for (const ComparedColumn& c : s.scenarioColumns) {
      const Judgement j = judge(c.estimate);
      verdicts.verdicts.push_back(j.word);
      verdicts.cells << (!c.estimate.refused.empty() ? tr("Does not run")
                         : j.word                    ? verdictWord(*j.word, j.plain())
                                                     : tr("Unknown"));
      total.emplace_back(j.need);
      left.push_back(j.word ? std::optional(j.left) : std::nullopt);
    }
    rows_.push_back(std::move(verdicts));
    for (std::size_t k = 0; k < kComponentCount; ++k) {
      const auto id = static_cast<ComponentId>(k);
      std::vector<std::optional<Bytes>> values;
      bool any = false;
      for (const ComparedColumn& c : s.scenarioColumns) {
        values.emplace_back(decidingRank(c.estimate).ledger.bytes(id));
        any = any || *values.back() != Bytes(0);
      }
      if (any) addBytes(componentName(id), values, baseline, s.unit);
    }
    addBytes(tr("Total, %1").arg(QLatin1String(unitName(s.unit))), total, baseline, s.unit);
    addBytes(tr("Left"), left, baseline, s.unit);
    addSettings(s);
  }
  endResetModel();
}

int CompareModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int CompareModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(heads_.size()) + 1;
}

QVariant CompareModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const int scenario = index.column() - 1;
  switch (role) {
    case Qt::DisplayRole:
      return scenario < 0 ? row.name : row.cells.value(scenario);
    case Qt::ToolTipRole:
      return plainTip(scenario < 0 ? row.name : row.cells.value(scenario));
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter | (scenario >= 0 ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ForegroundRole: {
      const Theme& theme = Theme::current();
      if (scenario < 0) return theme.quietText;
      if (row.verdicts.empty()) return theme.text;
      const auto verdict = row.verdicts[static_cast<std::size_t>(scenario)];
      return verdict ? theme.colour(*verdict) : theme.quietText;
    }
    case SectionRole:
      return row.section;
    default:
      return {};
  }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
  if (role == Qt::DisplayRole) return section == 0 ? QString() : heads_.value(section - 1);
  if (role == Qt::ToolTipRole) return section == 0 ? QString() : plainTip(heads_.value(section - 1));
  return {};
}

QString CompareModel::text(ReportFormat format) const {
  TextTable table;
  table.column("", TextTable::Align::left);
  for (const QString& head : heads_) table.column(head.toStdString());
  for (const Row& row : rows_) {
    std::vector<std::string> cells{row.name.toStdString()};
    for (const QString& cell : row.cells) cells.push_back(cell.toStdString());
    table.row(std::move(cells));
  }
  return QString::fromStdString(table.text(format));
}

}  // namespace headroom::ui
