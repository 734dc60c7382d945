// TensorTree: the tree of the model's tensors on the Model page.
#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

#include "ui/pages/model/tensor_model.h"

namespace headroom::ui {

class TensorDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class TensorTree : public QTreeView {
  Q_OBJECT

 public:
  explicit TensorTree(QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  TensorModel* tensors() const { return model_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

 private:
  void fitColumns();

  TensorModel* model_;
};

}  // namespace headroom::ui
