// CalibrationChip: says under the verdict that a log has corrected it, by how much, and lets go of it again.
#pragma once

#include <QFrame>

#include "ui/document/snapshot.h"

class QLabel;

namespace headroom::ui {

class Document;

// "weights +0.03 GiB, activations −0.20 GiB": what a calibration adds; "nothing" where the prediction agreed.
QString differencesText(const Calibration& calibration, ByteUnit unit);

class CalibrationChip : public QFrame {
  Q_OBJECT

 public:
  explicit CalibrationChip(Document& document, QWidget* parent = nullptr);

  // Hidden without a calibration.
  void render(const Snapshot& snapshot);
  QString text() const { return isVisibleTo(parentWidget()) ? whole_ : QString(); }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  // One line, so that the page keeps its height; the whole text is in the tool tip.
  void elide();

  QString whole_;
  QLabel* text_;
};

}  // namespace headroom::ui
