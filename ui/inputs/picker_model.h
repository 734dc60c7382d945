// PickerModel: the items of a picker that match what was typed, and how one is drawn in the list.
#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "ui/inputs/picker_field.h"

namespace headroom::ui {

class PickerModel : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role { IdRole = Qt::UserRole, DetailRole, GroupRole, AlwaysRole };

  using QAbstractListModel::QAbstractListModel;

  void setItems(std::vector<PickerItem> items);
  // Keeps the items that contain every word of the query, letters and digits only ("llama318b" finds "Llama 3.1 8B").
  void setQuery(const QString& query);
  int itemCount() const { return static_cast<int>(items_.size()); }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  // The group's name, on the first shown item of the group only.
  QString headingOf(int row) const;

 private:
  std::vector<PickerItem> items_;
  std::vector<QString> keys_;      // what is searched, reduced to letters and digits
  std::vector<std::size_t> rows_;  // shown items
};

class PickerDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  explicit PickerDelegate(const PickerModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  const PickerModel& model_;
};

}  // namespace headroom::ui
