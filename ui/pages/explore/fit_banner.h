// FitBanner: the answer, the largest thing on the page, and beside it the accelerator it is about.
#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/document/snapshot.h"
#include "ui/inputs/picker_field.h"
#include "ui/inputs/value_entry.h"

class QGridLayout;

namespace headroom::ui {

class ChipRow;
class Document;
class ElidedLabel;

// A verdict's shape in its colour: a tick, a triangle or a cross; a dot where nothing is known.
class VerdictIcon : public QWidget {
  Q_OBJECT

 public:
  explicit VerdictIcon(int size, QWidget* parent = nullptr);
  void show(std::optional<Verdict> verdict);
  static void paint(QPainter& painter, const QRectF& box, std::optional<Verdict> verdict);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::optional<Verdict> verdict_;
};

class FitBanner : public QWidget {
  Q_OBJECT

 public:
  explicit FitBanner(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  QString sentence() const;
  ChipRow* chips() const { return chips_; }
  PickerField* acceleratorPicker() const { return accelerator_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitHeadline();

  Document& document_;
  QGridLayout* grid_;
  VerdictIcon* icon_;
  QString longest_;
  ElidedLabel *question_, *sentence_, *detail_;
  ChipRow* chips_;
  QWidget* devices_;
  PickerField* accelerator_;
  ValueEntry* count_;
};

}  // namespace headroom::ui
