// SheetModel: a Sheet for a view: in the order of one of its columns, and as text.
#pragma once

#include <QAbstractTableModel>

#include "core/report/estimate_report.h"
#include "ui/tables/sheet.h"

namespace headroom::ui {

class SheetModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { CellRole = Qt::UserRole, RowRole };

  using QAbstractTableModel::QAbstractTableModel;

  // Keeps the order that was chosen.
  void show(Sheet sheet);
  const Sheet& sheet() const { return sheet_; }
  const SheetCell* cell(const QModelIndex& index) const;
  const SheetRow* row(int row) const;
  // The sheet's row that stands at one of the model's.
  std::size_t sourceRow(int row) const { return order_[static_cast<std::size_t>(row)]; }
  int rowOf(std::size_t source) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  void sort(int column, Qt::SortOrder order) override;

  // The table as shown.
  QString text(ReportFormat format) const;
  // The rows in the other's order, where both have as many.
  void orderLike(const SheetModel& other);

 Q_SIGNALS:
  // What was typed into an editable cell; whoever owns the values shows the new ones.
  void entered(std::size_t source, int column, const QString& text);

 private:
  void putInOrder();

  Sheet sheet_;
  std::vector<std::size_t> order_;
  int sorted_ = -1;  // column; none: as the sheet has them
  Qt::SortOrder direction_ = Qt::AscendingOrder;
};

}  // namespace headroom::ui
