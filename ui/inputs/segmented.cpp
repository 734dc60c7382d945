#include "ui/inputs/segmented.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

#include "ui/style/theme.h"

namespace headroom::ui {

Segmented::Segmented(const QString& name, const QStringList& labels, QWidget* parent)
    : QWidget(parent), group_(new QButtonGroup(this)) {
  setObjectName(name);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(2, 2, 2, 2);
  row->setSpacing(2);
  for (int i = 0; i < labels.size(); ++i) {
    auto* button = new QPushButton(labels[i], this);
    button->setObjectName(name + QString::number(i));
    button->setAccessibleName(QString(labels[i]).remove(QLatin1Char('&')));
    button->setCheckable(true);
    button->setAutoDefault(false);
    button->setProperty("segment", true);
    button->setCursor(Qt::PointingHandCursor);
    group_->addButton(button, i);
    row->addWidget(button, 1);
  }
  group_->setExclusive(true);
  if (!labels.isEmpty()) group_->button(0)->setChecked(true);
  enterAtChoice();
  connect(group_, &QButtonGroup::idToggled, this, [this](int id, bool on) {
    if (!on) return;
    enterAtChoice();
    Q_EMIT chosen(id);
  });
}

// Tab comes to the choice that holds; the arrow keys go on from there.
void Segmented::enterAtChoice() {
  for (QAbstractButton* button : group_->buttons())
    button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
}

void Segmented::show(int index) {
  QAbstractButton* wanted = group_->button(index);
  if (wanted == nullptr || wanted->isChecked()) return;
  const bool was = group_->blockSignals(true);
  wanted->setChecked(true);
  group_->blockSignals(was);
  enterAtChoice();
}

void Segmented::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(QPen(theme.line, 1));
  p.setBrush(theme.page);
  p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
}

}  // namespace headroom::ui
