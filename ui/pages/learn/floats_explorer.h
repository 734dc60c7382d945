// FloatsExplorer: type a number and see what each format keeps of it.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QWidget>

namespace headroom::ui {

class FloatModel;

class FloatsExplorer : public QWidget {
  Q_OBJECT

 public:
  explicit FloatsExplorer(QWidget* parent = nullptr);

  void setNumber(const QString& text);
  FloatModel* model() const { return model_; }

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void take();
  void explain();

  QLineEdit *number_, *largest_;
  QLabel *problem_, *detail_;
  FloatModel* model_;
  QTableView* table_;
};

}  // namespace headroom::ui
