// ScenarioStrip: the document's scenarios above the page: choose, rename, reorder by dragging, close; the one the
// others are compared with carries a flag. Shown from the second scenario on.
#pragma once

#include <QTabBar>
#include <QWidget>

#include "ui/document/snapshot.h"

namespace headroom::ui {

class Document;

class ScenarioStrip : public QWidget {
  Q_OBJECT

 public:
  explicit ScenarioStrip(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  QTabBar* tabs() const { return tabs_; }
  // Asks for a name in place.
  void rename(int index);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void openMenu(int index, const QPoint& global);

  Document& document_;
  QTabBar* tabs_;
  bool rendering_ = false;
};

}  // namespace headroom::ui
