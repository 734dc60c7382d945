#include "ui/pages/explore/calibration_chip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "core/scenario/calibration.h"
#include "ui/document/document.h"
#include "ui/languages/core_text.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString signedBytes(Bytes bytes, ByteUnit unit) {
  const bool less = bytes < Bytes(0);
  return (less ? QStringLiteral("−") : QStringLiteral("+")) + withUnit(less ? Bytes(0) - bytes : bytes, unit);
}

// A difference that would read "+0.00" is one of digits, not of memory.
bool readable(Bytes bytes) {
  return bytes.value() >= kGiB / 200 || bytes.value() <= -kGiB / 200;
}

}  // namespace

QString differencesText(const Calibration& c, ByteUnit unit) {
  QStringList parts;
  int small = 0;
  for (const Calibration::Difference& d : c.differences) {
    if (!readable(d.bytes)) {
      ++small;
      continue;
    }
    const QString name = componentName(d.component);
    parts << (d.host ? CalibrationChip::tr("%1 on the host").arg(name) : name) + QLatin1Char(' ') +
                 signedBytes(d.bytes, unit);
  }
  if (c.pool && readable(*c.pool)) parts << CalibrationChip::tr("KV pool %1").arg(signedBytes(*c.pool, unit));
  if (parts.isEmpty())
    return small > 0 || c.pool ? CalibrationChip::tr("less than 0.01 in all")
                               : CalibrationChip::tr("nothing to correct");
  return parts.join(QStringLiteral(", "));
}

CalibrationChip::CalibrationChip(Document& document, QWidget* parent) : QFrame(parent), text_(new QLabel(this)) {
  setObjectName(QStringLiteral("calibrationChip"));
  setProperty("scenarioKey", QStringLiteral("calibration"));
  setProperty("chipRow", true);
  text_->setObjectName(QStringLiteral("calibrationText"));
  text_->setTextFormat(Qt::PlainText);
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* remove = new QPushButton(tr("Remove"), this);
  remove->setObjectName(QStringLiteral("removeCalibration"));
  remove->setProperty("goal", true);
  remove->setAutoDefault(false);
  remove->setAccessibleName(tr("Remove the calibration"));
  remove->setToolTip(tr("Goes back to the prediction alone; can be undone."));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 4, 4, 4);
  row->setSpacing(8);
  row->addWidget(text_, 1);
  row->addWidget(remove);
  connect(remove, &QPushButton::clicked, this,
          [&document] { document.edit(Field::calibration, [](Scenario& s) { s.calibration.reset(); }); });
  hide();
}

void CalibrationChip::elide() {
  text_->setText(text_->fontMetrics().elidedText(whole_, Qt::ElideRight, text_->width()));
}

void CalibrationChip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  elide();
}

void CalibrationChip::render(const Snapshot& s) {
  const Calibration* c = s.scenario.calibration.get();
  setVisible(c != nullptr);
  if (c == nullptr) return;
  const QString from = coreText(c->label);
  const QString date = c->date.empty() ? QString() : tr(" of %1").arg(shown(c->date));
  QString text;
  if (calibrationInForce(s.scenario) != nullptr)
    text = tr("✓ %1%2: %3").arg(from.left(1).toUpper() + from.mid(1), date, differencesText(*c, s.unit));
  else
    text = tr("Set aside here: %1%2, which holds for %3 with %4")
               .arg(from, date, shown(c->model), spelled(nameOf(c->engine)));
  if (text == whole_) return;
  whole_ = text;
  setToolTip(plainTip(text));
  setAccessibleName(text);
  elide();
}

}  // namespace headroom::ui
