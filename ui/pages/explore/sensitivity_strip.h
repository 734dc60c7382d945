// SensitivityStrip: what one more of something costs, and how far it can be turned: the limits are buttons that go
// there.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "ui/document/snapshot.h"

namespace headroom::ui {

class Document;

class SensitivityStrip : public QWidget {
  Q_OBJECT

 public:
  explicit SensitivityStrip(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  // Sets the context, or the batch, to the most that fits.
  void seekContext();
  void seekBatch();

 private:
  Document& document_;
  QLabel *tokens_, *sequence_;
  QPushButton *context_, *batch_;
};

}  // namespace headroom::ui
