#include "ui/pages/explore/sensitivity_strip.h"

#include <QHBoxLayout>

#include "ui/document/document.h"
#include "ui/style/elided_label.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString signedAmount(Bytes bytes, ByteUnit unit) {
  return QStringLiteral("%1%2").arg(bytes < Bytes(0) ? QString() : QStringLiteral("+"), withUnit(bytes, unit));
}

// The label of a limit's button and whether there is anywhere to go.
void showLimit(QPushButton* button, const QString& what, const std::optional<std::int64_t>& limit, std::int64_t now) {
  const QString value = !limit       ? SensitivityStrip::tr("no limit known")
                        : *limit < 1 ? SensitivityStrip::tr("nothing fits")
                                     : grouped(*limit);
  button->setText(QStringLiteral("%1  %2").arg(what, value));
  button->setEnabled(limit && *limit >= 1 && *limit != now);
  button->setToolTip(
      !limit          ? SensitivityStrip::tr("No capacity is known, or nothing bounds it.")
      : *limit < 1    ? SensitivityStrip::tr("Not even one fits with everything else as asked.")
      : *limit == now ? SensitivityStrip::tr("This is what is asked already.")
                      : SensitivityStrip::tr("Go there: the largest value that fits with everything else as asked."));
}

}  // namespace

SensitivityStrip::SensitivityStrip(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      tokens_(new ElidedLabel(this)),
      sequence_(new ElidedLabel(this)),
      context_(new QPushButton(this)),
      batch_(new QPushButton(this)) {
  setObjectName(QStringLiteral("sensitivityStrip"));
  tokens_->setObjectName(QStringLiteral("perThousandTokens"));
  sequence_->setObjectName(QStringLiteral("perSequence"));
  context_->setObjectName(QStringLiteral("seekContext"));
  batch_->setObjectName(QStringLiteral("seekBatch"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  for (QLabel* l : {tokens_, sequence_}) {
    l->setProperty("chip", true);
    l->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);  // gives way to the buttons
    row->addWidget(l);
  }
  row->addStretch(1);
  for (QPushButton* b : {context_, batch_}) {
    b->setProperty("goal", true);
    b->setAutoDefault(false);
    b->setCursor(Qt::PointingHandCursor);
    row->addWidget(b);
  }
  connect(context_, &QPushButton::clicked, this, &SensitivityStrip::seekContext);
  connect(batch_, &QPushButton::clicked, this, &SensitivityStrip::seekBatch);
}

void SensitivityStrip::seekContext() {
  const auto limit = document_.snapshot().limits.context;
  if (limit && *limit >= 1) document_.edit(Field::context, [&](Scenario& s) { s.context = *limit; });
}

void SensitivityStrip::seekBatch() {
  const auto limit = document_.snapshot().limits.batch;
  if (limit && *limit >= 1) document_.edit(Field::batch, [&](Scenario& s) { s.batch = *limit; });
}

void SensitivityStrip::render(const Snapshot& s) {
  tokens_->setText(tr("+1K tokens  %1").arg(signedAmount(s.sensitivity.perThousandTokens, s.unit)));
  sequence_->setText(tr("+1 sequence  %1").arg(signedAmount(s.sensitivity.perSequence, s.unit)));
  showLimit(context_, tr("Max context"), s.limits.context, s.settings.context);
  const std::int64_t trained = s.scenario.model->maxContext;
  if (s.limits.context && trained > 0 && *s.limits.context > trained)
    context_->setToolTip(context_->toolTip() + QLatin1Char(' ') +
                         tr("The model itself was trained for %1 tokens.").arg(grouped(trained)));
  showLimit(batch_, tr("Max batch"), s.limits.batch, s.settings.batch);
}

}  // namespace headroom::ui
