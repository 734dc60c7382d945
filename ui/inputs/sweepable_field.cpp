#include "ui/inputs/sweepable_field.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/sweep.h"
#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "ui/document/scenario_answers.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/inputs/parse_value.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

SweepableField numbers(const char* id, Field field, double from, double to,
                       std::function<void(Scenario&, std::int64_t)> set, std::int64_t most) {
  SweepableField f;
  f.id = id;
  f.label = labelOf(field);
  f.numeric = true;
  f.from = from, f.to = to;
  f.apply = [set = std::move(set), most](Scenario& s, const QString& value) {
    const ParsedInteger parsed = parseInteger(value, 1, most);
    if (parsed.value) set(s, *parsed.value);
    return parsed.problem;
  };
  return f;
}

SweepableField formatsOf(const Scenario& scenario) {
  SweepableField f;
  f.id = "precision.weights";
  f.label = labelOf(Field::weights);
  const std::vector<WeightStop> stops = weightStops(scenario);
  for (std::size_t i = 0; i < stops.size(); ++i)
    f.choices.push_back({QString::number(i), formatLabel(stops[i].format)});
  f.apply = [stops](Scenario& s, const QString& value) {
    if (const auto i = static_cast<std::size_t>(value.toInt()); i < stops.size()) s.precision.weights = stops[i].format;
    return QString();
  };
  return f;
}

// The scenario's own device and the pinned ones.
SweepableField acceleratorsOf(const Work& work) {
  SweepableField f;
  f.id = "accelerator";
  f.label = labelOf(Field::devices);
  std::vector<DeviceRequest> devices = work.compared;
  if (!work.shown().devices.empty()) devices.insert(devices.begin(), work.shown().devices.front());
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const QString label = deviceLabel(devices[i]);
    if (std::ranges::none_of(f.choices, [&](const OptionChoice& c) { return c.label == label; }))
      f.choices.push_back({QString::number(i), label});
  }
  f.apply = [devices](Scenario& s, const QString& value) {
    const auto i = static_cast<std::size_t>(value.toInt());
    if (i >= devices.size()) return QString();
    const std::int64_t count = s.devices.empty() ? 1 : s.devices.front().count;
    s.devices = {devices[i]};
    s.devices.front().count = count;
    return QString();
  };
  return f;
}

SweepableField scenariosOf(const Work& work) {
  SweepableField f;
  f.id = "scenario";
  f.label = tr("Scenario");
  const std::vector<ScenarioPointer> all = work.scenarios;
  for (std::size_t i = 0; i < all.size(); ++i)
    f.choices.push_back({QString::number(i), scenarioLetter(i) + QStringLiteral("  ") + scenarioName(*all[i])});
  f.apply = [all](Scenario& s, const QString& value) {
    if (const auto i = static_cast<std::size_t>(value.toInt()); i < all.size()) s = *all[i];
    return QString();
  };
  return f;
}

std::optional<SweepableField> optionField(const Option& option, const Snapshot& s) {
  SweepableField f;
  f.id = keyOf(option.field);
  f.label = labelOf(option.field);
  f.apply = [apply = option.apply](Scenario& scenario, const QString& value) { return apply(scenario, value); };
  switch (option.kind) {
    case Option::Kind::text:
      return std::nullopt;
    case Option::Kind::toggle:
      f.choices = {{QStringLiteral("off"), tr("off")}, {QStringLiteral("on"), tr("on")}};
      return f;
    case Option::Kind::choice:
      f.choices = option.choices(s);
      return f.choices.size() > 1 ? std::optional(f) : std::nullopt;
    case Option::Kind::number:
      break;
  }
  f.numeric = true;
  const QString now = option.value(s).isEmpty() ? defaultText(option, s) : option.value(s);
  if (now.contains(QLatin1Char('%'))) {
    f.whole = false;
    f.from = 0.1, f.to = 0.9;
    return f;
  }
  f.doubles = option.section == Section::parallel;
  const double number = static_cast<double>(parseInteger(now, 0, kMaxContext).value.value_or(1));
  f.from = 1;
  f.to = f.doubles ? 8 : std::max(16.0, 4 * number);
  return f;
}

}  // namespace

std::vector<SweepableField> sweepableFields(const Work& work, const Snapshot& s) {
  std::vector<SweepableField> fields;
  const double trained = s.scenario.model ? static_cast<double>(s.scenario.model->maxContext) : 0;
  fields.push_back(numbers(
      "context", Field::context, 1024, std::clamp(trained, 32768.0, 1048576.0),
      [](Scenario& x, std::int64_t n) { x.context = n; }, kMaxContext));
  fields.push_back(numbers(
      "batch", Field::batch, 1, 64, [](Scenario& x, std::int64_t n) { chooseBatch(x, n); }, kMaxBatch));
  if (s.scenario.workload == Workload::lora || s.scenario.workload == Workload::qlora)
    fields.push_back(numbers(
        "training.rank", Field::rank, 4, 256, [](Scenario& x, std::int64_t n) { chooseRank(x, n); }, 65536));
  fields.push_back(formatsOf(s.scenario));
  fields.push_back(acceleratorsOf(work));
  fields.push_back(numbers(
      "devices", Field::devices, 1, 8, [](Scenario& x, std::int64_t n) { chooseDeviceCount(x, n); }, kMaxDevices));
  fields.back().label = tr("Number of devices");
  fields.back().doubles = true;
  if (work.scenarios.size() > 1) fields.push_back(scenariosOf(work));
  SweepableField workloads;
  workloads.id = "workload";
  workloads.label = labelOf(Field::workload);
  for (const Workload w : {Workload::inference, Workload::lora, Workload::qlora, Workload::full}) {
    Scenario other = s.scenario;
    chooseWorkload(other, w);
    workloads.choices.push_back({QString::number(static_cast<int>(w)), valueText(Field::workload, other)});
  }
  workloads.apply = [](Scenario& x, const QString& v) {
    return chooseWorkload(x, static_cast<Workload>(v.toInt())), QString();
  };
  fields.push_back(std::move(workloads));
  for (const Option& option : allOptions()) {
    if (!option.applies(s)) continue;
    std::optional<SweepableField> f = optionField(option, s);
    if (f && fieldOf(fields, f->id) == nullptr) fields.push_back(std::move(*f));
  }
  std::erase_if(fields, [](const SweepableField& f) { return !f.numeric && f.choices.size() < 2; });
  return fields;
}

const SweepableField* fieldOf(const std::vector<SweepableField>& fields, const std::string& id) {
  if (const auto found = std::ranges::find(fields, id, &SweepableField::id); found != fields.end()) return &*found;
  if (id.empty()) return nullptr;
  // Files of 2026 have a setting's key without its section.
  const auto ends = [&](const SweepableField& f) { return f.id.ends_with("." + id); };
  const auto found = std::ranges::find_if(fields, ends);
  return found == fields.end() ? nullptr : &*found;
}

std::vector<SweptValue> valuesOf(const SweepableField& field, const AskedRange& range, int most) {
  std::vector<SweptValue> values;
  if (!field.numeric) {
    for (const OptionChoice& c : field.choices)
      if (static_cast<int>(values.size()) < most) values.push_back({c.label, c.id, static_cast<double>(values.size())});
    return values;
  }
  const double from = range.from.value_or(field.from), to = std::max(from, range.to.value_or(field.to));
  const auto add = [&](double n, bool major) {
    if (field.whole) n = std::round(n);
    if (static_cast<int>(values.size()) == most || (!values.empty() && values.back().number >= n)) return;
    const QString text = field.whole ? QString::number(static_cast<qint64>(n)) : QString::number(n, 'g', 4);
    values.push_back({field.whole ? tokensLabel(static_cast<qint64>(n))
                                  : QStringLiteral("%1 %").arg(static_cast<int>(std::lround(n * 100))),
                      text, n, major});
  };
  // Over a wide range each doubling in equal parts, so that the round numbers are among them.
  const int doublings = from > 0 ? static_cast<int>(std::floor(std::log2(to / from) + 1e-9)) : 0;
  if (doublings >= 3 && doublings < most) {
    const int parts = field.doubles ? 1 : std::max(1, (most - 2) / doublings);
    for (int i = 0; i <= doublings * parts; ++i) add(from * std::exp2(static_cast<double>(i) / parts), i % parts == 0);
    if (static_cast<int>(values.size()) == most) values.pop_back();
    add(to, true);
  } else {
    for (const double n : sweepValues(from, to, field.doubles ? 0 : most, field.whole)) add(n, true);
  }
  return values;
}

}  // namespace headroom::ui
