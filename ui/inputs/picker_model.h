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
  void setCustom(std::function<std::optional<PickerItem>(const QString& text)> custom) { custom_ = std::move(custom); }
  // True where no item matches: the one row there is says so and can only be chosen if it stands for something.
  bool matchesNothing() const { return matched_ == 0; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  // The group's name, on the first shown item of the group only.
  QString headingOf(int row) const;

 private:
  const PickerItem& itemAt(int row) const;

  std::vector<PickerItem> items_;
  std::vector<QString> keys_;      // what is searched, reduced to letters and digits
  std::vector<std::size_t> rows_;  // shown items
  std::size_t matched_ = 0;        // of them, those that match what was typed
  std::function<std::optional<PickerItem>(const QString& text)> custom_;
  std::optional<PickerItem> extra_;  // behind the others: what the text stands for, or that nothing matches
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
