#include "ui/pages/devices/devices_model.h"

#include <QPainter>

#include "core/analysis/verdict.h"
#include "core/report/text_table.h"
#include "ui/document/field.h"
#include "ui/pages/explore/fit_banner.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
void DevicesModel::render(const Snapshot& s) {
  std::vector<Row> rows;
  for (const ComparedColumn& c : s.columns) {
    const Judgement j = judge(c.estimate);
    const auto known = [&](Bytes bytes) { return j.word ? std::optional(bytes) : std::nullopt; };
    rows.push_back({devicesLabel(c.scenario.devices), j.word, j.plain(), j.need, known(j.room), known(j.left),
                    c.limits.batch, c.limits.context});
  }
  const bool sameShape = rows.size() == rows_.size();
  if (!sameShape) beginResetModel();
  rows_ = std::move(rows);
  unit_ = s.unit;
  if (!sameShape) return endResetModel();
  if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
  Q_EMIT headerDataChanged(Qt::Horizontal, Need, Left);
}

int DevicesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int DevicesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString DevicesModel::text(const Row& row, int column) const {
  const auto amount = [&](const std::optional<Bytes>& b) { return b ? inUnit(*b, unit_) : QStringLiteral("–"); };
  const auto limit = [&](const std::optional<std::int64_t>& n) {
    return !n ? QStringLiteral("–") : *n < 1 ? tr("none") : grouped(*n);
  };
  switch (column) {
    case Device:
      return row.device;
    case Fit:
      return row.verdict ? verdictWord(*row.verdict, row.allModelled) : tr("Unknown");
    case Need:
      return inUnit(row.need, unit_);
    case Usable:
      return amount(row.usable);
    case Left:
      return amount(row.left);
    case Batch:
      return limit(row.batch);
    case Context:
      return limit(row.context);
    default:
      return {};
  }
}

QVariant DevicesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return index.column() == Remove ? (index.row() > 0 ? QStringLiteral("✕") : QString()) : text(row, index.column());
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter) | int(index.column() <= Fit      ? Qt::AlignLeft
                                         : index.column() == Remove ? Qt::AlignHCenter
                                                                    : Qt::AlignRight);
    case VerdictRole:
      return row.verdict ? QVariant(static_cast<int>(*row.verdict)) : QVariant();
    case Qt::ToolTipRole:
      if (index.column() == Remove && index.row() > 0)
        return plainTip(tr("Take %1 out of the comparison").arg(row.device));
      if (index.column() == Device)
        return plainTip(index.row() == 0 ? tr("%1: the scenario's own").arg(row.device) : row.device);
      return {};
    case Qt::AccessibleTextRole:
      return index.column() == Remove && index.row() > 0 ? tr("Remove %1").arg(row.device) : text(row, index.column());
    default:
      return {};
  }
}

QVariant DevicesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignVCenter) | int(section <= Fit ? Qt::AlignLeft : Qt::AlignRight);
  if (role != Qt::DisplayRole) return {};
  const QString unit = QString::fromLatin1(unitName(unit_));
  switch (section) {
    case Device:
      return tr("Accelerator");
    case Fit:
      return tr("Fit");
    case Need:
      return tr("Needs, %1").arg(unit);
    case Usable:
      return tr("Usable");
    case Left:
      return tr("Left");
    case Batch:
      return tr("Max batch");
    case Context:
      return tr("Max context");
    default:
      return {};
  }
}

QString DevicesModel::markdown() const {
  QString out, rule;
  for (int c = 0; c < Remove; ++c) {
    out += QStringLiteral("| %1 ").arg(headerData(c, Qt::Horizontal, Qt::DisplayRole).toString());
    rule += c <= Fit ? QStringLiteral("|---") : QStringLiteral("|---:");
  }
  out += QStringLiteral("|\n") + rule + QStringLiteral("|\n");
  for (const Row& row : rows_) {
    for (int c = 0; c < Remove; ++c)
      out += QStringLiteral("| %1 ").arg(QString::fromStdString(markdownCell(text(row, c).toStdString())));
    out += QStringLiteral("|\n");
  }
  return out;
}

QString DevicesModel::csv() const {
  // Machine format: bytes as integers, a point for a comma, names quoted.
  QString out =
      QStringLiteral("accelerator,verdict,device_bytes,usable_bytes,headroom_bytes,largest_batch,longest_context\n");
  const auto number = [](const auto& n) { return n ? QString::number(*n) : QString(); };
  for (const Row& r : rows_) {
    const auto bytes = [](const std::optional<Bytes>& b) { return b ? QString::number(b->value()) : QString(); };
    out += QStringLiteral("\"%1\",%2,%3,%4,%5,%6,%7\n")
               .arg(QString(r.device).replace(QLatin1Char('"'), QLatin1String("\"\"")),
                    r.verdict ? fromView(nameOf(*r.verdict)) : QString(), QString::number(r.need.value()),
                    bytes(r.usable), bytes(r.left), number(r.batch), number(r.context));
  }
  return out;
}

void DevicesDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  const QRect box = option.rect;
  p->setPen(QPen(theme.line, 1));
  p->drawLine(QPointF(box.left(), box.bottom() + 0.5), QPointF(box.right() + 1, box.bottom() + 0.5));
  const bool cross = index.column() == DevicesModel::Remove;
  QRect text = box.adjusted(cross ? 2 : 8, 0, cross || index.column() == DevicesModel::Device ? -2 : -8, 0);
  p->setFont(option.font);
  p->setPen(cross ? theme.quietText : theme.text);
  if (index.column() == DevicesModel::Device && index.row() == 0) {
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    p->setFont(bold);
  }
  if (index.column() == DevicesModel::Fit) {
    const QVariant v = index.data(DevicesModel::VerdictRole);
    const auto verdict = v.isValid() ? std::optional(static_cast<Verdict>(v.toInt())) : std::nullopt;
    VerdictIcon::paint(*p, QRectF(box.left() + 8, box.center().y() - 7.5, 16, 16), verdict);
    text.setLeft(box.left() + 32);
    p->setPen(verdict ? theme.colour(*verdict) : theme.quietText);
  }
  p->drawText(text, index.data(Qt::TextAlignmentRole).toInt(),
              QFontMetrics(p->font()).elidedText(index.data().toString(), Qt::ElideRight, text.width()));
  p->restore();
}

}  // namespace headroom::ui
