// SheetView: a table of figures without a grid: quiet lines, verdicts with their icon, columns as wide as their digits.
// Where it is narrow it leaves out the columns that matter least instead of scrolling sideways.
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

#include "ui/tables/sheet_model.h"

namespace headroom::ui {

class SheetDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class SheetView : public QTableView {
  Q_OBJECT

 public:
  explicit SheetView(const QString& name, QWidget* parent = nullptr);

  SheetModel* sheet() const { return model_; }
  void show(Sheet sheet);
  using QWidget::show;
  // A click on a head puts the rows in its order.
  void setSortable();
  // As high as its rows, so that the page scrolls and not the table.
  void setShowsAll();

 Q_SIGNALS:
  void rowActivated(std::size_t source);
  void cellClicked(std::size_t source, int column);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void fitColumns();

  SheetModel* model_;
  bool showsAll_ = false;
};

}  // namespace headroom::ui
