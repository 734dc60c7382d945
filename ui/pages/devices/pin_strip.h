// PinStrip: the devices that stand side by side in the chart: dragged into another order, taken out, or joined by more.
#pragma once

#include <QWidget>

#include "ui/document/snapshot.h"

class QTabBar;

namespace headroom::ui {

class Document;
class PickerField;

class PinStrip : public QWidget {
  Q_OBJECT

 public:
  explicit PinStrip(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  // Pins a device, or takes it off where it is pinned.
  void toggle(const DeviceRequest& device);

 private:
  void add(const QString& id);
  void addCross(int index);
  void remove(int index);
  void move(int from, int to);

  Document& document_;
  QTabBar* pins_;
  PickerField* picker_;
  bool rendering_ = false;
};

}  // namespace headroom::ui
