// Chart: what every picture of a snapshot has in common. It is made once and then only told new values; while hidden it
// remembers the snapshot and does no work; it can be painted anywhere, which is how exports are made.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/document/snapshot.h"
#include "ui/style/theme.h"

class QPainter;

namespace headroom::ui {

class Chart : public QWidget {
  Q_OBJECT

 public:
  explicit Chart(QWidget* parent = nullptr);

  // Shows the snapshot: at once when visible, else when it next is.
  void render(const Snapshot& snapshot);
  using QWidget::render;

  // Takes a size and the remembered snapshot without ever being shown: for exports.
  void layOut(QSize size);

  // Exports are always light: a fixed theme instead of the application's. nullptr follows the application again.
  void setFixedTheme(const Theme* theme);
  const Theme& theme() const { return fixedTheme_ ? *fixedTheme_ : Theme::current(); }

  // Paints the chart as it stands into target, as vectors. The widget must have had its size.
  virtual void paintFigure(QPainter& painter, const QRectF& target) = 0;
  // What the picture shows, for the title of an export.
  virtual QString title() const = 0;
  // For a chart that is not about the scenario: what it is about. Stands in an export where the verdict would.
  virtual QString subject() const { return {}; }

  // How often new values were taken over; a hidden chart's does not grow.
  int renderCount() const { return renderCount_; }

 Q_SIGNALS:
  void componentActivated(headroom::ComponentId id);
  void componentHovered(headroom::ComponentId id);
  void hoverLeft();

 protected:
  // Takes over new values; sets the accessible description.
  virtual void applySnapshot() = 0;
  // Takes over theme(); called before the first paint and after every change.
  virtual void applyTheme() = 0;

  // What the mouse does: moves without a button, is gone, is pressed, drags, is let go of. Positions are the chart's.
  virtual void hoverAt(const QPointF& at, const QPoint& global);
  virtual void leave();
  virtual void pressAt(const QPointF& at);
  virtual void dragTo(const QPointF& at);
  virtual void clickAt(const QPointF& at);

  const Snapshot& snapshot() const { return snapshot_; }
  bool hasSnapshot() const { return hasSnapshot_; }

  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void takeOver();

  Snapshot snapshot_;
  const Theme* fixedTheme_ = nullptr;
  bool hasSnapshot_ = false, dirty_ = false, themed_ = false;
  int renderCount_ = 0;
};

}  // namespace headroom::ui
