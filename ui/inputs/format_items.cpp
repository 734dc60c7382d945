#include "ui/inputs/format_items.h"

#include <cmath>

#include "core/estimate/estimate.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString groupOf(const WeightFormat& format, double bits) {
  if (std::holds_alternative<AsStored>(format)) return tr("As stored");
  if (std::holds_alternative<GgufFileType>(format)) return tr("GGUF file types");
  if (isPlainFloat(std::get<NumberFormat>(format))) return tr("Floating point");
  return bits < 7 ? tr("4 bit and about") : tr("8 bit");
}

// How people ask for so many bits, whoever's format it is. Scales come on top of the bits a format is named for.
QString wordsFor(double bits) {
  const auto n = static_cast<int>(std::floor(bits + 0.01));
  return QStringLiteral("%1bit %1 bits q%1 int%1 fp%1 w%1").arg(n);
}

PickerItem itemOf(const Scenario& scenario, const WeightFormat& format, Estimate& scratch, ByteUnit unit) {
  Scenario with = scenario;
  chooseFormat(with, format);
  estimateInto(with, scratch);
  const auto parameters = static_cast<double>(scratch.parameters.value());
  const double bits = parameters > 0 ? static_cast<double>(scratch.weightBytes.value()) * 8 / parameters
                                     : bitsOf(format, *scenario.model);
  PickerItem item;
  item.id = QString::fromStdString(idOf(format));
  item.title = formatLabel(format);
  item.detail = tr("%1 bits per weight · %2").arg(localNumber(bits, 'f', 2), withUnit(scratch.weightBytes, unit));
  item.group = groupOf(format, bitsOf(format, *scenario.model));
  item.search = item.id + QLatin1Char(' ') + wordsFor(bitsOf(format, *scenario.model));
  if (const auto* number = std::get_if<NumberFormat>(&format))
    item.search += QLatin1Char(' ') + fromView(info(*number).label);
  return item;
}

}  // namespace

void chooseFormat(Scenario& scenario, const WeightFormat& format) {
  const bool file = std::holds_alternative<GgufFileType>(format);
  if (file && scenario.workload == Workload::inference && !makesSense(format, scenario))
    chooseEngine(scenario, Engine::llama_cpp);
  scenario.precision.weights = format;
}

std::vector<PickerItem> formatItems(const Scenario& scenario, ByteUnit unit) {
  std::vector<PickerItem> items;
  Estimate scratch;
  const auto add = [&](const WeightFormat& format) { items.push_back(itemOf(scenario, format, scratch, unit)); };
  if (makesSense(AsStored{}, scenario)) add(AsStored{});
  const auto numbers = [&](auto wanted) {
    for (const FormatInfo& f : allNumberFormats())
      if (wanted(f.format) && makesSense(f.format, scenario)) add(f.format);
  };
  const auto few = [](NumberFormat f) { return bytesPerElement(f) * 8 < 7; };
  numbers([](NumberFormat f) { return isPlainFloat(f); });
  numbers([&](NumberFormat f) { return !isPlainFloat(f) && !few(f); });
  numbers([&](NumberFormat f) { return !isPlainFloat(f) && few(f); });
  if (scenario.workload == Workload::inference)
    for (const GgufFileTypeInfo& type : allGgufFileTypes()) add(type.type);
  return items;
}

}  // namespace headroom::ui
