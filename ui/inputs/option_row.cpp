#include "ui/inputs/option_row.h"

#include <QAbstractItemView>
#include <QGridLayout>
#include <QPainter>
#include <QSignalBlocker>

#include "ui/document/document.h"
#include "ui/inputs/saving.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kControlWidth = 160, kListWidth = 248;
constexpr int kChangeRole = Qt::UserRole + 1;  // "−3.20 GiB": what choosing this would change

// A list entry with the change it would make at its right edge.
class ChangeDelegate : public RowDelegate {
 public:
  using RowDelegate::RowDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    RowDelegate::paint(painter, option, index);
    const QString change = index.data(kChangeRole).toString();
    if (change.isEmpty()) return;
    painter->save();
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    painter->setPen(selected ? option.palette.color(QPalette::HighlightedText) : Theme::current().quietText);
    painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, change);
    painter->restore();
  }
};

}  // namespace

OptionRow::OptionRow(const Option& option, Document& document, QWidget* parent)
    : QWidget(parent), option_(option), document_(document) {
  const QString name = QStringLiteral("option%1").arg(static_cast<int>(option.field));
  setObjectName(name + QStringLiteral("Row"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(0, 1);
  auto* label = new QLabel(labelOf(option.field), this);
  label->setWordWrap(true);  // "Checkpoint every n-th layer" is longer than the panel is wide
  QWidget* control = nullptr;
  switch (option.kind) {
    case Option::Kind::choice:
      control = combo_ = new QuietCombo(this);
      connect(combo_, &QComboBox::activated, this, [this](int index) { take(combo_->itemData(index).toString()); });
      break;
    case Option::Kind::toggle:
      control = check_ = new Switch(this);
      connect(check_, &QCheckBox::clicked, this,
              [this](bool on) { take(on ? QStringLiteral("on") : QStringLiteral("off")); });
      break;
    case Option::Kind::number:
    case Option::Kind::text:
      control = entry_ = new ValueEntry([this](const QString& text) { return take(text); }, this);
      reason_ = new QLabel(this);
      reason_->setTextFormat(Qt::PlainText);
      reason_->setWordWrap(true);
      reason_->setProperty("problem", true);
      reason_->setAlignment(Qt::AlignRight);
      reason_->hide();
      grid->addWidget(reason_, 1, 0, 1, 2);
      connect(entry_, &ValueEntry::problemChanged, this, [this](const QString& problem) {
        reason_->setText(problem);
        reason_->setVisible(!problem.isEmpty());
      });
      break;
  }
  control->setObjectName(name);
  if (check_ == nullptr) control->setFixedWidth(kControlWidth);
  control->setAccessibleName(labelOf(option.field));
  label->setBuddy(control);
  const QString tip = headroom::ui::tr(option.tip);
  const QString key = fromView(keyOf(option.field));
  for (QWidget* w : {static_cast<QWidget*>(label), control}) {
    w->setToolTip(plainTip(tip));
    w->installEventFilter(this);
    w->setProperty("scenarioKey", key);
  }
  grid->addWidget(label, 0, 0);
  grid->addWidget(control, 0, 1, Qt::AlignRight);
  if (!savesMemory(option)) return;
  saving_ = new QLabel(this);
  saving_->setObjectName(name + QStringLiteral("Saving"));
  saving_->setProperty("quiet", true);
  saving_->setWordWrap(true);
  saving_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  saving_->setToolTip(tr("On the fullest device, everything else as it is"));
  grid->addWidget(saving_, 1, 0, 1, 2);
  if (combo_ == nullptr) return;
  combo_->setItemDelegate(new ChangeDelegate(combo_));
  combo_->view()->setMinimumWidth(kListWidth);
}

QWidget* OptionRow::control() const {
  if (combo_ != nullptr) return combo_;
  return check_ != nullptr ? static_cast<QWidget*>(check_) : entry_;
}

bool OptionRow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const QString tip = headroom::ui::tr(option_.tip);
    auto* w = static_cast<QWidget*>(watched);
    w->setToolTip(QStringLiteral("<qt>%1<br/>%2</qt>")
                      .arg(tip.toHtmlEscaped(), defaultReason(option_, document_.snapshot()).toHtmlEscaped()));
  }
  return QWidget::eventFilter(watched, event);
}

QString OptionRow::take(const QString& value) {
  QString problem;
  document_.edit(option_.field, [&](Scenario& s) {
    Scenario after = s;
    problem = option_.apply(after, value);
    if (problem.isEmpty()) s = std::move(after);
  });
  return problem;
}

void OptionRow::render(const Snapshot& snapshot, bool wanted) {
  const bool applies = wanted && option_.applies(snapshot);
  setVisible(applies);
  if (!applies) return;
  const QString value = option_.value(snapshot);
  if (combo_ != nullptr) renderChoice(snapshot);
  if (check_ != nullptr) {
    const QSignalBlocker quiet(check_);
    check_->setChecked(value == QLatin1String("on"));
  }
  if (saving_ != nullptr) renderSaving(snapshot);
  if (entry_ != nullptr) {
    entry_->showText(option_.kind == Option::Kind::number ? groupedDigits(value) : value);
    if (option_.hasDefault) entry_->setPlaceholderText(defaultText(option_, snapshot));
  }
}

void OptionRow::renderSaving(const Snapshot& snapshot) {
  std::vector<Bytes> changes;
  if (isTraining(snapshot.scenario.workload) && snapshot.scenario.method == Method::detailed) {
    if (check_ != nullptr) {
      const QString other = check_->isChecked() ? QStringLiteral("off") : QStringLiteral("on");
      if (const auto change = changeBy(option_, snapshot, other)) changes.push_back(*change);
    }
    for (int i = 0; combo_ != nullptr && i < combo_->count(); ++i) {
      const auto change = changeBy(option_, snapshot, combo_->itemData(i).toString());
      const QString text = change ? changeText(*change, snapshot.unit) : QString();
      if (combo_->itemData(i, kChangeRole).toString() != text) combo_->setItemData(i, text, kChangeRole);
      if (change) changes.push_back(*change);
    }
  }
  // A switch has one other position; a list says what its best entry would do.
  const bool gain = check_ != nullptr && changes.size() == 1 && changes.front() < Bytes(0);
  const QString change = gain ? changeText(changes.front(), snapshot.unit) : QString();
  saving_->setText(!gain              ? savingText(changes, snapshot.unit)
                   : change.isEmpty() ? QString()
                                      : (check_->isChecked() ? tr("%1 when off") : tr("%1 when on")).arg(change));
  saving_->setVisible(!saving_->text().isEmpty());
}

void OptionRow::renderChoice(const Snapshot& snapshot) {
  std::vector<OptionChoice> choices = option_.choices(snapshot);
  if (option_.hasDefault) {
    const QString text = defaultText(option_, snapshot);
    combo_->setDefaultText(text);
    choices.insert(choices.begin(), {QString(), tr("%1 (default)").arg(text)});
  }
  const QSignalBlocker quiet(combo_);
  if (choices != shown_) {
    combo_->clear();
    for (const OptionChoice& c : choices) combo_->addItem(c.label, c.id);
    shown_ = std::move(choices);
  }
  const QString value = option_.value(snapshot);
  int index = combo_->findData(value);
  if (index < 0) {  // a value of the file that is not among the usual ones stays what it is
    combo_->addItem(value, value);
    shown_.push_back({value, value});
    index = combo_->count() - 1;
  }
  combo_->setCurrentIndex(index);
}

}  // namespace headroom::ui
