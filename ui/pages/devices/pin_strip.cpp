#include "ui/pages/devices/pin_strip.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QTabBar>
#include <algorithm>

#include "ui/document/document.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/inputs/picker_field.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr std::size_t kMostDevices = 8;
constexpr int kPickerWidth = 210, kWidestPin = 190, kCross = 18;

bool alike(const DeviceRequest& a, const DeviceRequest& b) {
  return a.accelerator == b.accelerator && a.memory == b.memory;
}

}  // namespace

PinStrip::PinStrip(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      pins_(new QTabBar(this)),
      picker_(new PickerField(QStringLiteral("comparePicker"), this)) {
  pins_->setObjectName(QStringLiteral("pinTabs"));
  pins_->setAccessibleName(tr("Devices of the chart"));
  pins_->setToolTip(tr("A drag puts them in another order, ✕ or Delete takes one out"));
  pins_->setDrawBase(false);
  pins_->setExpanding(false);
  pins_->setMovable(true);
  pins_->setElideMode(Qt::ElideRight);
  pins_->setUsesScrollButtons(true);
  pins_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  connect(pins_, &QTabBar::tabMoved, this, &PinStrip::move);
  connect(pins_, &QTabBar::tabCloseRequested, this, &PinStrip::remove);
  auto* out = new QShortcut(QKeySequence::Delete, pins_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(out, &QShortcut::activated, this, [this] { remove(pins_->currentIndex()); });
  picker_->setAccessibleName(tr("Add an accelerator"));
  picker_->setPlaceholderText(tr("Add an accelerator"));
  picker_->setClearsOnChoice(true);
  picker_->setFixedWidth(kPickerWidth);
  picker_->setItems(acceleratorItems());
  picker_->setCustom(customAccelerator);
  connect(picker_, &PickerField::listOpened, this,
          [this] { picker_->setItems(acceleratorItems(&document_.scenario())); });
  connect(picker_, &PickerField::chosen, this, &PinStrip::add);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(pins_, 1);
  row->addWidget(picker_);
}

void PinStrip::add(const QString& id) {
  const Accelerator* a = findAccelerator(id.toStdString());
  std::vector<DeviceRequest> devices = document_.compared();
  std::optional<DeviceRequest> own = deviceOf(id);
  if ((a == nullptr && !own) || devices.size() >= kMostDevices) return;
  DeviceRequest request;
  if (own)
    request = *own;
  else
    request.accelerator = a->id, request.entry = a;
  // One that stands there already is meant twice as often.
  const auto asked = document_.scenario().devices.empty() ? 1 : document_.scenario().devices.front().count;
  for (const DeviceRequest& d : devices)
    if (alike(d, request)) request.count = std::max({request.count, d.count * 2, asked * 2});
  devices.push_back(request);
  document_.setCompared(std::move(devices));
}

void PinStrip::toggle(const DeviceRequest& device) {
  std::vector<DeviceRequest> devices = document_.compared();
  if (std::erase_if(devices, [&](const DeviceRequest& d) { return alike(d, device); }) == 0) {
    if (devices.size() >= kMostDevices) devices.erase(devices.begin());
    devices.push_back(device);
  }
  document_.setCompared(std::move(devices));
}

// The platform's own cross is a loud button.
void PinStrip::addCross(int index) {
  auto* cross = new QPushButton(QStringLiteral("✕"), pins_);
  cross->setProperty("cross", true);
  cross->setFlat(true);
  cross->setFixedSize(kCross, kCross);
  cross->setFocusPolicy(Qt::NoFocus);
  cross->setToolTip(tr("Take it off the chart"));
  cross->setAccessibleName(tr("Take it off the chart"));
  connect(cross, &QPushButton::clicked, this, [this, cross] {
    for (int i = 0; i < pins_->count(); ++i)
      if (pins_->tabButton(i, QTabBar::RightSide) == cross) return remove(i);
  });
  pins_->setTabButton(index, QTabBar::RightSide, cross);
}

void PinStrip::remove(int index) {
  std::vector<DeviceRequest> devices = document_.compared();
  if (index < 0 || index >= static_cast<int>(devices.size())) return;
  devices.erase(devices.begin() + index);
  document_.setCompared(std::move(devices));
}

void PinStrip::move(int from, int to) {
  if (rendering_) return;
  std::vector<DeviceRequest> devices = document_.compared();
  const DeviceRequest one = devices[static_cast<std::size_t>(from)];
  devices.erase(devices.begin() + from);
  devices.insert(devices.begin() + to, one);
  document_.setCompared(std::move(devices));
}

void PinStrip::render(const Snapshot& s) {
  rendering_ = true;
  const int count = static_cast<int>(s.compared.size());
  while (pins_->count() > count) pins_->removeTab(pins_->count() - 1);
  while (pins_->count() < count) addCross(pins_->addTab(QString()));
  for (int i = 0; i < count; ++i) {
    const DeviceRequest& d = s.compared[static_cast<std::size_t>(i)];
    const QString whole = d.count > 1 ? QStringLiteral("%1 × %2").arg(d.count).arg(deviceLabel(d)) : deviceLabel(d);
    const QString label = pins_->fontMetrics()
                              .elidedText(whole, Qt::ElideRight, kWidestPin)
                              .replace(QLatin1Char('&'), QLatin1String("&&"));
    if (pins_->tabText(i) != label) pins_->setTabText(i, label);
    pins_->setTabToolTip(i, plainTip(whole));
    pins_->setAccessibleTabName(i, whole);
  }
  picker_->setEnabled(s.compared.size() < kMostDevices);
  rendering_ = false;
}

}  // namespace headroom::ui
