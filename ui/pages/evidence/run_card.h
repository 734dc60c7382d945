// RunCard: one figure of one real run: how it was configured, what it printed, what was predicted and from what, and
// where it was published.
#pragma once

#include <optional>

#include "core/base/format.h"
#include "core/scenario/scenario.h"
#include "ui/document/evidence_store.h"
#include "ui/pages/explore/card.h"

class QLabel;
class QPushButton;
class QTextBrowser;

namespace headroom::ui {

class RunCard : public Card {
  Q_OBJECT

 public:
  explicit RunCard(QWidget* parent = nullptr);

  // Nothing for an error: says how to pick one.
  void show(const EvidencePtr& evidence, std::optional<std::size_t> error, ByteUnit unit);
  using QWidget::show;
  QString text() const;

 Q_SIGNALS:
  void scenarioWanted(const headroom::Scenario& scenario);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void refresh();
  void copyAddress();

  EvidencePtr evidence_;
  std::optional<std::size_t> error_;
  ByteUnit unit_ = ByteUnit::gib;
  std::optional<Scenario> scenario_;
  QTextBrowser* text_;
  QPushButton *open_, *copy_;
};

}  // namespace headroom::ui
