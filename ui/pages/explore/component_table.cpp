#include "ui/pages/explore/component_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "core/scenario/calibration.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kRowHeight = 28;

bool isCalibrated(const Snapshot& s, const Ledger& ledger, ComponentId id) {
  const Calibration* c = s.scenario.calibration.get();
  return c != nullptr && std::ranges::any_of(ledger.lines(), [&](const Line& line) {
           return line.component == id && line.label == c->label;
         });
}

}  // namespace

void ComponentModel::render(const Snapshot& s) {
  const RankEstimate& rank = s.estimate.heaviest();
  std::vector<Row> rows;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (rank.ledger.bytes(id) > Bytes(0) || rank.ledger.high(id) > Bytes(0))
      rows.push_back({id, rank.ledger.bytes(id), std::max(Bytes(0), rank.ledger.low(id)), rank.ledger.high(id),
                      isCalibrated(s, rank.ledger, id)});
  }
  rows.push_back({std::nullopt, rank.device, rank.low, rank.high, false});
  const bool sameRows = std::ranges::equal(rows, rows_, {}, &Row::id, &Row::id);
  if (!sameRows) beginResetModel();
  rows_ = std::move(rows);
  total_ = rank.device;
  unit_ = s.unit;
  if (!sameRows) return endResetModel();
  Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
  Q_EMIT headerDataChanged(Qt::Horizontal, Amount, Amount);
}

std::optional<ComponentId> ComponentModel::componentAt(int row) const {
  return row >= 0 && row < rowCount() ? rows_[static_cast<std::size_t>(row)].id : std::nullopt;
}

int ComponentModel::rowOf(ComponentId id) const {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].id == id) return static_cast<int>(i);
  return -1;
}

Bytes ComponentModel::bytesAt(int row) const {
  return rows_[static_cast<std::size_t>(row)].bytes;
}
int ComponentModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int ComponentModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant ComponentModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == ComponentRole) return row.id ? QVariant(static_cast<int>(*row.id)) : QVariant();
  if (role == ShareRole)
    return total_ > Bytes(0) ? static_cast<double>(row.bytes.value()) / static_cast<double>(total_.value()) : 0.0;
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignVCenter) | int(index.column() == Name ? Qt::AlignLeft : Qt::AlignRight);
  if (role == Qt::ToolTipRole)
    return row.id ? tr("%1 bytes. Click: formula, numbers, source").arg(grouped(row.bytes.value()))
                  : tr("%1 bytes").arg(grouped(row.bytes.value()));
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Name:
      if (row.calibrated) return tr("%1 · calibrated").arg(componentName(*row.id));
      return row.id ? componentName(*row.id) : tr("Total");
    case Amount:
      return inUnit(row.bytes, unit_);
    case Share:
      return share(row.bytes, total_);
    case Band:
      if (row.low == row.high) return tr("exact");
      return QStringLiteral("%1 – %2").arg(inUnit(row.low, unit_), inUnit(row.high, unit_));
    default:
      return {};
  }
}

QVariant ComponentModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignVCenter) | int(section == Name ? Qt::AlignLeft : Qt::AlignRight);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Component");
    case Amount:
      return QString::fromLatin1(unitName(unit_));
    case Share:
      return tr("Share");
    case Band:
      return tr("Low – high");
    default:
      return {};
  }
}

void ComponentDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  const QRect box = option.rect;
  const QVariant component = index.data(ComponentModel::ComponentRole);
  const bool total = !component.isValid();
  if ((option.state & QStyle::State_MouseOver) != 0 && (option.state & QStyle::State_Selected) == 0) {
    QColor fill = theme.accent;
    fill.setAlphaF(0.07F);
    p->fillRect(box, fill);
  }
  p->setPen(QPen(theme.line, 1));
  if (total) p->drawLine(QPointF(box.left(), box.top() + 0.5), QPointF(box.right() + 1, box.top() + 0.5));
  QRect text = box.adjusted(8, 0, -8, 0);
  if (index.column() == ComponentModel::Name) {
    if (!total) {
      const auto id = static_cast<ComponentId>(component.toInt());
      p->setPen(QPen(theme.edge(id), 1));
      p->setBrush(theme.colour(id));
      p->drawRoundedRect(QRectF(box.left() + 8.5, box.center().y() - 5.5, 12, 12), 3, 3);
    }
    text.setLeft(box.left() + 32);
  }
  if (index.column() == ComponentModel::Share && !total) {
    const auto id = static_cast<ComponentId>(component.toInt());
    const double room = box.width() - 96;
    p->setPen(Qt::NoPen);
    p->setBrush(theme.colour(id));
    if (room > 24)
      p->drawRoundedRect(QRectF(box.left() + 24, box.center().y() - 2,
                                std::max(2.0, room * index.data(ComponentModel::ShareRole).toDouble()), 5),
                         2, 2);
  }
  QFont font = option.font;
  if (total) font.setWeight(QFont::DemiBold);
  p->setFont(font);
  p->setPen(index.column() == ComponentModel::Band && !total ? theme.quietText : theme.text);
  p->drawText(text, index.data(Qt::TextAlignmentRole).toInt(), index.data().toString());
  p->restore();
}

ComponentTable::ComponentTable(QWidget* parent) : QTableView(parent), model_(new ComponentModel(this)) {
  setObjectName(QStringLiteral("componentTable"));
  setAccessibleName(tr("Memory by component"));
  setModel(model_);
  setItemDelegate(new ComponentDelegate(this));
  setShowGrid(false);
  setFrameShape(QFrame::NoFrame);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setMouseTracking(true);
  setWordWrap(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSectionsClickable(false);
  horizontalHeader()->setFixedHeight(kRowHeight);
  horizontalHeader()->setMinimumSectionSize(72);
  horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  horizontalHeader()->setSectionResizeMode(ComponentModel::Share, QHeaderView::Stretch);
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  horizontalHeader()->resizeSection(ComponentModel::Name, 28 * digit);
  horizontalHeader()->resizeSection(ComponentModel::Amount, 14 * digit);
  horizontalHeader()->resizeSection(ComponentModel::Band, 22 * digit);
  connect(this, &QTableView::clicked, this, &ComponentTable::activate);
  connect(this, &QTableView::entered, this,
          [this](const QModelIndex& i) { Q_EMIT componentHovered(model_->componentAt(i.row())); });
}

void ComponentTable::render(const Snapshot& s) {
  model_->render(s);
  // As high as its rows: the page scrolls, not the table.
  setFixedHeight(kRowHeight * (model_->rowCount() + 1) + 2);
}

void ComponentTable::select(std::optional<ComponentId> id) {
  const int row = id ? model_->rowOf(*id) : -1;
  if (row < 0) return clearSelection();
  selectRow(row);
}

void ComponentTable::activate(const QModelIndex& index) {
  if (const auto id = model_->componentAt(index.row())) Q_EMIT componentActivated(*id);
}

void ComponentTable::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
    return activate(currentIndex());
  QTableView::keyPressEvent(event);
}

void ComponentTable::leaveEvent(QEvent* event) {
  QTableView::leaveEvent(event);
  Q_EMIT componentHovered(std::nullopt);
}

}  // namespace headroom::ui
