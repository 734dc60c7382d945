#include "ui/inputs/format_items.h"

#include "core/estimate/estimate.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"
#include "ui/document/field.h"
#include "ui/inputs/search_words.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kFewBits = 7, kManyBits = 10;

QString groupOf(const WeightFormat& format, double bits) {
  if (std::holds_alternative<AsStored>(format)) return tr("As stored");
  if (std::holds_alternative<GgufFileType>(format)) return tr("GGUF file types");
  if (isPlainFloat(std::get<NumberFormat>(format))) return tr("Floating point");
  return bits < kFewBits ? tr("4 bit and about") : tr("8 bit");
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
  item.search = formatWords(item.id, bitsOf(format, *scenario.model));
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
  // Integers wider than 8 bits hold positions and tokens, and nobody's weights.
  const auto bits = [](NumberFormat f) { return bytesPerElement(f) * 8; };
  numbers([](NumberFormat f) { return isPlainFloat(f); });
  numbers([&](NumberFormat f) { return !isPlainFloat(f) && bits(f) >= kFewBits && bits(f) < kManyBits; });
  numbers([&](NumberFormat f) { return !isPlainFloat(f) && bits(f) < kFewBits; });
  if (scenario.workload == Workload::inference)
    for (const GgufFileTypeInfo& type : allGgufFileTypes()) add(type.type);
  return items;
}

}  // namespace headroom::ui
