// ChipRow: short facts in one line, as many as there is room for; the rest is behind a last chip that counts them. A
// chip is a button that opens its reason.
#pragma once

#include <QPushButton>
#include <QWidget>
#include <vector>

#include "ui/pages/explore/facts.h"

namespace headroom::ui {

class ChipRow : public QWidget {
  Q_OBJECT

 public:
  explicit ChipRow(QWidget* parent = nullptr);

  void show(const std::vector<Fact>& facts);
  const std::vector<Fact>& facts() const { return facts_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();
  int put(std::size_t i, const QString& text, const QString& reason, int x);  // its width
  void explain(QPushButton* chip);

  std::vector<Fact> facts_;
  std::vector<QPushButton*> chips_;
};

}  // namespace headroom::ui
