#include "ui/inputs/accelerator_items.h"

#include <QRegularExpression>
#include <cmath>

#include "core/analysis/compare.h"
#include "core/estimate/estimate.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

const QString kOwn = QStringLiteral("memory:");
constexpr double kMostGib = 1 << 20;

// "✓ fits"; nothing where asking a hundred times would take as long as a person notices.
QString verdictOn(const Scenario& scenario, const Accelerator& accelerator, Estimate& scratch) {
  DeviceRequest device;
  device.accelerator = accelerator.id;
  device.entry = &accelerator;
  if (!scenario.devices.empty()) device.count = scenario.devices.front().count;
  estimateInto(onDevice(scenario, device), scratch);
  const std::optional<Verdict> verdict = scratch.verdict();
  if (!verdict || !scratch.refused.empty()) return {};
  const char* const marks[] = {"✓ ", "△ ", "✕ "};
  return QString::fromUtf8(marks[static_cast<int>(*verdict)]) +
         verdictWord(*verdict, scratch.unmodelled.empty()).toLower();
}

}  // namespace

std::vector<PickerItem> acceleratorItems(const Scenario* scenario) {
  std::vector<PickerItem> items;
  Estimate scratch;
  const bool quick = scenario != nullptr && scenario->model && !rowOf(settingsOf(*scenario).engine).replaysGraph;
  for (const Accelerator& a : accelerators()) {
    PickerItem item;
    item.id = QString::fromStdString(a.id);
    item.title = QString::fromStdString(a.name);
    QStringList detail{QStringLiteral("%1 GB").arg(a.printedGb)};
    if (!a.architecture.empty()) detail << QString::fromStdString(a.architecture);
    if (a.year > 0) detail << QString::number(a.year);
    if (quick)
      if (const QString verdict = verdictOn(*scenario, a, scratch); !verdict.isEmpty()) detail << verdict;
    item.detail = detail.join(QStringLiteral(" · "));
    item.group = QString::fromStdString(a.vendor);
    for (const std::string& alias : a.aliases) item.search += QString::fromStdString(alias) + QLatin1Char(' ');
    items.push_back(std::move(item));
  }
  return items;
}

std::optional<PickerItem> customAccelerator(const QString& text) {
  static const QRegularExpression kAmount(QStringLiteral("^\\s*(\\d+(?:[.,]\\d+)?)\\s*(?:g|gb|gib)?\\s*$"),
                                          QRegularExpression::CaseInsensitiveOption);
  const QRegularExpressionMatch match = kAmount.match(text);
  if (!match.hasMatch()) return std::nullopt;
  const double gib = match.captured(1).replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
  if (!(gib > 0 && gib <= kMostGib)) return std::nullopt;
  PickerItem item;
  item.id = kOwn + QString::number(static_cast<qint64>(std::llround(gib * kGiB)));
  item.title = tr("Custom: %1 GiB").arg(localNumber(gib, 'g', 10));
  item.detail = tr("a device of which a process can take that much");
  return item;
}

std::optional<DeviceRequest> deviceOf(const QString& id) {
  if (!id.startsWith(kOwn)) return std::nullopt;
  DeviceRequest device;
  device.memory = Bytes(id.mid(kOwn.size()).toLongLong());
  return device;
}

QString deviceLabel(const DeviceRequest& d) {
  return devicesLabel({[&] {
    DeviceRequest one = d;
    one.count = 1;
    return one;
  }()});
}

}  // namespace headroom::ui
