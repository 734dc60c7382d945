// ExplainPanel: why a component has the bytes it has: the formula, the numbers put in, where each comes from.
#pragma once

#include <QTextBrowser>
#include <optional>

#include "ui/document/snapshot.h"

namespace headroom::ui {

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

 private:
  void refresh();

  Snapshot snapshot_;
  std::optional<ComponentId> component_;
  bool dirty_ = true;
};

}  // namespace headroom::ui
