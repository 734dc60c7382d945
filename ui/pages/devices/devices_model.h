// DevicesModel: the side-by-side table: one row per chosen accelerator with its verdict, what is left and its limits.
#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

class DevicesModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Device, Fit, Need, Usable, Left, Batch, Context, Remove, kColumns };
  enum Role { VerdictRole = Qt::UserRole, BestRole };

  using QAbstractTableModel::QAbstractTableModel;

  void render(const Snapshot& snapshot);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  // The table as Markdown or as CSV, as shown.
  QString markdown() const;
  QString csv() const;

 private:
  struct Row {
    QString device;
    std::optional<Verdict> verdict;
    bool allModelled = true;
    Bytes need;
    std::optional<Bytes> usable, left;
    std::optional<std::int64_t> batch, context;
  };
  QString text(const Row& row, int column) const;

  std::vector<Row> rows_;
  ByteUnit unit_ = ByteUnit::gib;
};

class DevicesDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace headroom::ui
