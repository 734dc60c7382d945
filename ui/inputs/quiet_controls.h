// A list and a switch drawn like the rest of the panel, in place of the platform's raised ones.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QStyledItemDelegate>

namespace headroom::ui {

// The rows of a list with room to aim at.
class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// Lets the wheel pass unless it has the focus. Shows a default in quiet ink.
class QuietCombo : public QComboBox {
  Q_OBJECT

 public:
  explicit QuietCombo(QWidget* parent = nullptr);
  // What is written while the first entry, the default, is chosen; empty: the entry's own text.
  void setDefaultText(const QString& text);
  QSize sizeHint() const override { return {140, 28}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  QString defaultText_;
};

class Switch : public QCheckBox {
  Q_OBJECT

 public:
  explicit Switch(QWidget* parent = nullptr);
  QSize sizeHint() const override { return {40, 24}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool hitButton(const QPoint& at) const override { return rect().contains(at); }
};

}  // namespace headroom::ui
