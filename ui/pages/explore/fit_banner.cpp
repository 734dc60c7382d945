#include "ui/pages/explore/fit_banner.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "ui/document/document.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/inputs/parse_value.h"
#include "ui/pages/explore/chip_row.h"
#include "ui/pages/explore/headline.h"
#include "ui/style/elided_label.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

// The headline takes the largest of these at which the longest sentence there is fits the width.
constexpr double kHeadlinePoints[] = {22, 20, 18, 16, 14, 12};
constexpr int kPickerWidth = 232;
constexpr int kCountWidth = 56;

}  // namespace

VerdictIcon::VerdictIcon(int size, QWidget* parent) : QWidget(parent) {
  setFixedSize(size, size);
  setAttribute(Qt::WA_TransparentForMouseEvents);
}

void VerdictIcon::show(std::optional<Verdict> verdict) {
  if (verdict == verdict_) return;
  verdict_ = verdict;
  update();
}

void VerdictIcon::paintEvent(QPaintEvent*) {
  QPainter p(this);
  paint(p, QRectF(rect()), verdict_);
}

void VerdictIcon::paint(QPainter& p, const QRectF& box, std::optional<Verdict> verdict) {
  const Theme& theme = Theme::current();
  p.save();
  p.setRenderHint(QPainter::Antialiasing);
  p.translate(box.topLeft());
  p.scale(box.width() / 24, box.height() / 24);
  p.setPen(Qt::NoPen);
  p.setBrush(verdict ? theme.colour(*verdict) : theme.quietText);
  const QPen mark(theme.card, 2.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  if (verdict == Verdict::tight) {
    p.setPen(QPen(theme.tight, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPolygon(QPolygonF({{12, 3}, {22, 20.5}, {2, 20.5}}));
    p.setPen(mark);
    p.drawLine(QPointF(12, 9), QPointF(12, 13.5));
    p.drawPoint(QPointF(12, 17.3));
  } else {
    p.drawEllipse(QRectF(1, 1, 22, 22));
    p.setPen(mark);
    if (verdict == Verdict::fits) p.drawPolyline(QPolygonF({{7, 12.4}, {10.6, 16}, {17, 8.8}}));
    if (verdict == Verdict::exceeds)
      p.drawLine(QPointF(8, 8), QPointF(16, 16)), p.drawLine(QPointF(16, 8), QPointF(8, 16));
    if (!verdict) p.drawPoint(QPointF(12, 12));
  }
  p.restore();
}

FitBanner::FitBanner(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      grid_(new QGridLayout(this)),
      icon_(new VerdictIcon(28, this)),
      question_(new ElidedLabel(this)),
      sentence_(new ElidedLabel(this)),
      detail_(new ElidedLabel(this)),
      chips_(new ChipRow(this)),
      devices_(new QWidget(this)),
      accelerator_(new PickerField(QStringLiteral("acceleratorPicker"), devices_)),
      count_(new ValueEntry(
          [this](const QString& text) {
            const ParsedInteger parsed = parseInteger(text, 1, kMaxDevices);
            if (parsed.value) document_.edit(Field::devices, [&](Scenario& s) { chooseDeviceCount(s, *parsed.value); });
            return parsed.problem;
          },
          devices_)) {
  setObjectName(QStringLiteral("fitBanner"));
  setProperty("scenarioKey", QStringLiteral("devices"));
  sentence_->setObjectName(QStringLiteral("headline"));
  question_->setObjectName(QStringLiteral("question"));
  question_->setProperty("heading", true);
  detail_->setObjectName(QStringLiteral("headlineDetail"));
  detail_->setProperty("quiet", true);

  accelerator_->setItems(acceleratorItems());
  accelerator_->setCustom(customAccelerator);
  // Whether each would do is worked out when somebody looks.
  connect(accelerator_, &PickerField::listOpened, this,
          [this] { accelerator_->setItems(acceleratorItems(&document_.scenario())); });
  accelerator_->setAccessibleName(tr("Accelerator"));
  accelerator_->setPlaceholderText(tr("Choose an accelerator"));
  accelerator_->setToolTip(
      tr("The device it is to run on. Its capacity is what a process can really allocate, not the printed size."));
  accelerator_->setFixedWidth(kPickerWidth);
  connect(accelerator_, &PickerField::chosen, this, [this](const QString& id) {
    if (const Accelerator* a = findAccelerator(id.toStdString()))
      return document_.edit(Field::devices, [a](Scenario& s) { chooseAccelerator(s, *a); });
    if (const std::optional<DeviceRequest> own = deviceOf(id))
      document_.edit(Field::devices, [&](Scenario& s) {
        const std::int64_t count = s.devices.empty() ? 1 : s.devices.front().count;
        s.devices.assign(1, *own);
        s.devices.front().count = count;
      });
  });
  count_->setObjectName(QStringLiteral("deviceCount"));
  count_->setProperty("scenarioKey", QStringLiteral("devices"));
  count_->setFixedWidth(kCountWidth);
  count_->setAccessibleName(tr("Number of devices"));
  count_->setToolTip(tr("How many of them: serving splits the model over them, training runs one replica on each."));
  connect(count_, &ValueEntry::stepped, this, [this](int direction) {
    if (document_.scenario().devices.empty()) return;
    const std::int64_t now = document_.scenario().devices.front().count;
    const std::int64_t next = direction > 0 ? now * 2 : now / 2;
    if (next >= 1 && next <= kMaxDevices)
      document_.editStepwise(Field::devices, [&](Scenario& s) { chooseDeviceCount(s, next); });
  });
  auto* row = new QHBoxLayout(devices_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* times = new QLabel(QStringLiteral("×"), devices_);
  times->setBuddy(count_);
  row->addWidget(accelerator_);
  row->addWidget(times);
  row->addWidget(count_);

  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(12);
  grid_->setVerticalSpacing(2);
  grid_->setColumnStretch(1, 1);
  grid_->addWidget(question_, 0, 0, 1, 2);
  grid_->addWidget(devices_, 0, 2);
  grid_->addWidget(icon_, 1, 0, Qt::AlignVCenter);
  grid_->addWidget(sentence_, 1, 1, 1, 2);
  // As high as the largest size, whatever the width allows.
  QFont largest = font();
  largest.setPointSizeF(kHeadlinePoints[0]);
  grid_->setRowMinimumHeight(1, QFontMetrics(largest).height());
  auto* line = new QHBoxLayout;
  line->setSpacing(12);
  line->addWidget(detail_, 3);
  line->addWidget(chips_, 2);
  grid_->addLayout(line, 2, 1, 1, 2);
}

QString FitBanner::sentence() const {
  return sentence_->text();
}

void FitBanner::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitHeadline();
}

void FitBanner::fitHeadline() {
  QFont big = font();
  big.setWeight(QFont::DemiBold);
  for (double points : kHeadlinePoints) {
    big.setPointSizeF(points);
    if (QFontMetrics(big).horizontalAdvance(longest_) <= sentence_->width()) break;
  }
  if (big != sentence_->font()) sentence_->setFont(big);
}

void FitBanner::render(const Snapshot& s) {
  question_->setText(questionOf(s));
  const Headline h = headlineOf(s.estimate, s.unit);
  icon_->show(h.verdict);
  sentence_->setText(h.sentence);
  longest_ = h.longest;
  sentence_->setAccessibleName(h.sentence);
  detail_->setText(h.detail);
  const QString verdict = h.verdict ? fromView(nameOf(*h.verdict)) : QString();
  if (sentence_->property("verdict").toString() != verdict) {  // the style sheet colours it
    sentence_->setProperty("verdict", verdict);
    style()->unpolish(sentence_);
    style()->polish(sentence_);
  }
  fitHeadline();  // polishing anew forgets the size
  const auto& devices = s.scenario.devices;
  const DeviceRequest* d = devices.empty() ? nullptr : &devices.front();
  accelerator_->showChoice(d == nullptr ? QString() : deviceLabel(*d));
  chips_->show(factsOf(s));
  count_->showText(d == nullptr ? QStringLiteral("1") : grouped(d->count));
  count_->setEnabled(d != nullptr);
}

}  // namespace headroom::ui
