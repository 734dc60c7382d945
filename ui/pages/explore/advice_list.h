// AdviceList: what to change where it does not fit: single changes by what they save, each a button that makes it.
// Worked out when the hand rests, because it asks dozens of estimates.
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/analysis/advice.h"
#include "ui/document/snapshot.h"

class QGridLayout;

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

 private:
  void showRows();

  Document& document_;
  QGridLayout* grid_;
  QTimer rest_;
  std::vector<Advice> advice_;
};

}  // namespace headroom::ui
