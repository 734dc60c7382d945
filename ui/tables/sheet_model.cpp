#include "ui/tables/sheet_model.h"

#include <algorithm>
#include <numeric>

#include "core/report/text_table.h"
#include "ui/style/text.h"

namespace headroom::ui {

void SheetModel::show(Sheet sheet) {
  const bool sameShape = sheet.rows.size() == sheet_.rows.size() && sheet.columns.size() == sheet_.columns.size();
  if (!sameShape) beginResetModel();
  sheet_ = std::move(sheet);
  putInOrder();
  if (!sameShape) return endResetModel();
  // Rows keep their places where only values change: a view stays where it was scrolled to.
  if (!sheet_.rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
  if (!sheet_.columns.empty()) Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void SheetModel::putInOrder() {
  order_.resize(sheet_.rows.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  if (sorted_ < 0 || sorted_ >= static_cast<int>(sheet_.columns.size())) return;
  const auto column = static_cast<std::size_t>(sorted_);
  const bool descending = direction_ == Qt::DescendingOrder;
  const bool byText = !sheet_.columns[column].number;
  std::ranges::stable_sort(order_, [&](std::size_t a, std::size_t b) {
    const SheetCell &x = sheet_.rows[a].cells[column], &y = sheet_.rows[b].cells[column];
    if (byText && !x.key && !y.key)
      return descending ? y.text.localeAwareCompare(x.text) < 0 : x.text.localeAwareCompare(y.text) < 0;
    if (!x.key || !y.key) return x.key.has_value() && !y.key.has_value();
    return descending ? *y.key < *x.key : *x.key < *y.key;
  });
}

void SheetModel::sort(int column, Qt::SortOrder order) {
  if (column == sorted_ && order == direction_) return;
  Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
  sorted_ = column;
  direction_ = order;
  putInOrder();
  Q_EMIT layoutChanged({}, VerticalSortHint);
}

int SheetModel::rowOf(std::size_t source) const {
  const auto at = std::ranges::find(order_, source);
  return at == order_.end() ? -1 : static_cast<int>(at - order_.begin());
}

const SheetRow* SheetModel::row(int row) const {
  return row >= 0 && row < rowCount() ? &sheet_.rows[sourceRow(row)] : nullptr;
}
const SheetCell* SheetModel::cell(const QModelIndex& index) const {
  const SheetRow* r = index.isValid() ? row(index.row()) : nullptr;
  const auto column = static_cast<std::size_t>(index.column());
  return r != nullptr && column < r->cells.size() ? &r->cells[column] : nullptr;
}

int SheetModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(sheet_.rows.size());
}
int SheetModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(sheet_.columns.size());
}

QVariant SheetModel::data(const QModelIndex& index, int role) const {
  const SheetCell* c = cell(index);
  if (c == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::AccessibleTextRole:
      return c->text;
    case Qt::ToolTipRole:
      return plainTip(c->tip.isEmpty() ? c->text : c->tip);
    case Qt::TextAlignmentRole:
      return headerData(index.column(), Qt::Horizontal, role);
    default:
      return {};
  }
}

QVariant SheetModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const SheetColumn& column = sheet_.columns[static_cast<std::size_t>(section)];
  switch (role) {
    case Qt::DisplayRole:
      return column.head;
    case Qt::ToolTipRole:
      return plainTip(column.tip.isEmpty() ? column.head : column.tip);
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter | (column.number ? Qt::AlignRight : Qt::AlignLeft));
    default:
      return {};
  }
}

Qt::ItemFlags SheetModel::flags(const QModelIndex& index) const {
  const SheetCell* c = cell(index);
  Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  if (c != nullptr && c->editable) flags |= Qt::ItemIsEditable;
  return flags;
}

bool SheetModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const SheetCell* c = cell(index);
  if (c == nullptr || role != Qt::EditRole || value.toString() == c->text) return false;
  Q_EMIT entered(sourceRow(index.row()), index.column(), value.toString());
  return true;
}

void SheetModel::orderLike(const SheetModel& other) {
  if (order_.size() == other.order_.size()) order_ = other.order_;
}

QString SheetModel::text(ReportFormat format) const {
  TextTable table;
  for (const SheetColumn& column : sheet_.columns)
    table.column(column.head.toStdString(), column.number ? TextTable::Align::right : TextTable::Align::left);
  for (const std::size_t source : order_) {
    std::vector<std::string> cells;
    for (const SheetCell& c : sheet_.rows[source].cells) cells.push_back(c.text.toStdString());
    table.row(std::move(cells));
  }
  return QString::fromStdString(table.text(format));
}

}  // namespace headroom::ui
