#include "ui/pages/evidence/evidence_models.h"

#include <QColor>
#include <algorithm>

#include "ui/languages/language.h"
#include "ui/pages/explore/figure_text.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

// Three digits: "0.38 %", "45.5 %", "129 %".
QString percent(double share) {
  const double value = 100 * share;
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return localNumber(value, 'f', decimals) + QChar(QChar::Nbsp) + QLatin1Char('%');
}

int alignment(bool text) {
  return int(Qt::AlignVCenter) | int(text ? Qt::AlignLeft : Qt::AlignRight);
}

QString text(const std::string& s) {
  return QString::fromStdString(s);
}

}  // namespace

void FigureModel::show(std::vector<FigureSummary> summaries) {
  beginResetModel();
  rows_ = std::move(summaries);
  endResetModel();
}

int FigureModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int FigureModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Columns;
}

QVariant FigureModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const FigureSummary& s = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole) return alignment(index.column() <= Figure);
  if (role == Qt::ToolTipRole)
    return plainTip(tr("Worst: %1. Click to see these figures alone.").arg(text(s.worstRun)));
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Group:
      return spelled(s.group);
    case Figure:
      return figureName(s.figure, s.group);
    case Count:
      return grouped(static_cast<qint64>(s.count));
    case Median:
      return percent(s.median);
    case P90:
      return percent(s.p90);
    case Worst:
      return percent(s.worst);
    case Bias:
      return errorText(s.bias);
    case Inside:
      return percent(s.inside);
    default:
      return {};
  }
}

QVariant FigureModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return alignment(section <= Figure);
  const QStringList titles{tr("Engine"), tr("Figure"), tr("Count"), tr("Median"),
                           tr("90 %"),   tr("Worst"),  tr("Bias"),  tr("In band")};
  const QStringList tips{{},
                         {},
                         tr("Figures that runs printed"),
                         tr("Half of the predictions are off by less"),
                         tr("Nine of ten predictions are off by less"),
                         tr("The largest error"),
                         tr("Median of the signed errors: above zero predicts too much"),
                         tr("Share of measured figures inside the band the estimate states")};
  if (role == Qt::ToolTipRole) return tips[section];
  return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

void RunModel::show(EvidencePtr evidence, std::vector<std::size_t> errors, ByteUnit unit) {
  beginResetModel();
  evidence_ = std::move(evidence);
  errors_ = std::move(errors);
  unit_ = unit;
  endResetModel();
}

std::optional<std::size_t> RunModel::errorAt(int row) const {
  if (row < 0 || row >= rowCount()) return std::nullopt;
  return errors_[static_cast<std::size_t>(row)];
}

int RunModel::rowOf(std::size_t error) const {
  const auto found = std::ranges::find(errors_, error);
  return found == errors_.end() ? -1 : static_cast<int>(found - errors_.begin());
}

int RunModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(errors_.size());
}
int RunModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Columns;
}

QVariant RunModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const PredictionError& e = evidence_->errors[errors_[static_cast<std::size_t>(index.row())]];
  const bool words = index.column() <= Figure || index.column() == Quality;
  if (role == Qt::TextAlignmentRole) return alignment(words);
  if (role == Qt::ForegroundRole && index.column() == Off && !e.inside) return Theme::current().tight;
  if (role == Qt::ToolTipRole && index.column() == Run) return plainTip(text(e.run));
  if (role == Qt::ToolTipRole && index.column() == Off)
    return e.inside ? tr("The measured figure lies in the stated band.")
                    : tr("The measured figure lies outside the stated band.");
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Run:
      return text(e.run);
    case Group:
      return spelled(e.group);
    case Figure:
      return figureName(e.measured.name, e.group);
    case Measured:
      return figureValue(e.measured.name, e.measured.value, unit_);
    case Predicted:
      return figureValue(e.measured.name, e.predicted.value, unit_);
    case Off:
      return errorText(e.error);
    case Quality:
      return QString(QLatin1Char(e.measured.quality));
    default:
      return {};
  }
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return alignment(section <= Figure || section == Quality);
  const QStringList titles{tr("Run"),       tr("Engine"), tr("Figure"), tr("Measured"),
                           tr("Predicted"), tr("Error"),  tr("Quality")};
  return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

}  // namespace headroom::ui
