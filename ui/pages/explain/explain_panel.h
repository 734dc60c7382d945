// ExplainPanel: why a component has the bytes it has: the formula, the numbers put in, where each comes from.
#pragma once

#include <QPointer>
#include <QTextBrowser>
#include <QTextFrame>
#include <QTimer>
#include <optional>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

// A slider moves some components and leaves others: only those are set anew, at once where they are seen and when the
// window has painted where they are not.
class ExplainPanel : public QTextBrowser {
  Q_OBJECT

 public:
  explicit ExplainPanel(const QString& name, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  // What to explain; nothing: every component in turn.
  void setComponent(std::optional<ComponentId> id);
  std::optional<ComponentId> component() const { return component_; }

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  QMimeData* createMimeDataFromSelection() const override;

 private:
  // A component, or what stands before them all.
  struct Section {
    std::optional<ComponentId> id;
    QString html;
    QPointer<QTextFrame> frame;
    bool stale = false;  // the frame holds what was true before
  };

  void refresh();
  std::vector<Section> sections() const;
  void rebuild(std::vector<Section> sections);
  void set(Section& section);
  void setSeen();
  void setRest();

  std::vector<Section> shown_;
  QTimer rest_;
  Snapshot snapshot_;
  std::optional<ComponentId> component_;
  bool dirty_ = true;
};

}  // namespace headroom::ui
