// Segmented: a few exclusive choices side by side, one of them always taken; arrow keys move between them.
#pragma once

#include <QButtonGroup>
#include <QStringList>
#include <QWidget>

namespace headroom::ui {

class Segmented : public QWidget {
  Q_OBJECT

 public:
  // Buttons are named <name>0, <name>1, …
  Segmented(const QString& name, const QStringList& labels, QWidget* parent = nullptr);

  int current() const { return group_->checkedId(); }
  // Shows a choice without telling anybody.
  void show(int index);
  QAbstractButton* button(int index) const { return group_->button(index); }

 Q_SIGNALS:
  void chosen(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void enterAtChoice();

  QButtonGroup* group_;
};

}  // namespace headroom::ui
