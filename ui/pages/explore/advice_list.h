// AdviceList: what to change where it does not fit: single changes by what they save, each a button that makes it. One
// line under the memory bar that keeps its room, so that nothing moves when "fits" flips. Worked out when the hand
// rests, because it asks dozens of estimates.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QWidget>
#include <array>
#include <vector>

#include "core/analysis/advice.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class Document;

class AdviceList : public QWidget {
  Q_OBJECT

 public:
  explicit AdviceList(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  // Works out the advice now instead of in a moment.
  void refresh();
  const std::vector<Advice>& advice() const { return advice_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  static constexpr std::size_t kMost = 3;
  void place();
  void apply(std::size_t which);

  Document& document_;
  QLabel* heading_;
  std::array<QPushButton*, kMost> buttons_{};
  QTimer rest_;
  std::vector<Advice> advice_;
};

}  // namespace headroom::ui
