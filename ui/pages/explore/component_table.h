// ComponentTable: the numbers behind the charts: one row per component with its bytes, share and band. A row opens the
// explanation. It is also the accessible and copyable twin of the charts.
#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <optional>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

class ComponentModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, Amount, Share, Band, kColumns };
  enum Role { ComponentRole = Qt::UserRole, ShareRole };

  using QAbstractTableModel::QAbstractTableModel;

  void render(const Snapshot& snapshot);
  // The component of a row; nothing for the total.
  std::optional<ComponentId> componentAt(int row) const;
  int rowOf(ComponentId id) const;
  Bytes bytesAt(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Row {
    std::optional<ComponentId> id;
    Bytes bytes, low, high;
    bool calibrated = false;  // a log has corrected it
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows_;
  Bytes total_;
  ByteUnit unit_ = ByteUnit::gib;
};

class ComponentDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class ComponentTable : public QTableView {
  Q_OBJECT

 public:
  explicit ComponentTable(QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  void select(std::optional<ComponentId> id);
  ComponentModel* components() const { return model_; }

 Q_SIGNALS:
  void componentActivated(headroom::ComponentId id);
  void componentHovered(std::optional<headroom::ComponentId> id);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void activate(const QModelIndex& index);

  ComponentModel* model_;
};

}  // namespace headroom::ui
