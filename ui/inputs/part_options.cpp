// Options that are parts of a value: keys and values of a cache in formats of their own, and what overrides the
// catalogue's figures of a device.

#include "ui/inputs/option_support.h"
#include "ui/inputs/option_tables.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

#define TIP(text) QT_TRANSLATE_NOOP("headroom::ui", text)

namespace headroom::ui {
namespace {

using namespace options;
using Kind = Option::Kind;
using S = const Snapshot&;

bool hasDevices(S s) {
  return !s.scenario.devices.empty();
}

bool cacheHasParts(S s) {
  return inference(s) && rowOf(s.settings.engine).has(Feature::kv_format);
}

std::vector<OptionChoice> cacheFormats(S s) {
  using enum NumberFormat;
  std::vector<OptionChoice> out;
  for (NumberFormat f : {fp32, bf16, fp16, fp8, int8, int4, q8_0, q5_1, q5_0, q4_1, q4_0, iq4_nl})
    if (supportsCache(rowOf(s.settings.engine), f).held) out.push_back({text(info(f).id), text(info(f).id)});
  return out;
}

// One of the two alone is said; the other stays what it means at the moment.
Option cachePart(Field field, NumberFormat KvFormats::*part, const char* tip) {
  return {field,
          Section::precision,
          Kind::choice,
          tip,
          cacheHasParts,
          [part](S s) {
            const auto& kv = s.scenario.precision.kvCache;
            return kv && kv->k != kv->v ? text(info((*kv).*part).id) : QString();
          },
          cacheFormats,
          [part](Scenario& s, const QString& value) {
            const auto format = numberFormat(value.toStdString());
            if (!format) return s.precision.kvCache.reset(), QString();
            KvFormats both = s.precision.kvCache.value_or(settingsOf(s).kvCache);
            both.*part = *format;
            s.precision.kvCache = both;
            return QString();
          },
          true};
}

QString setMemory(Scenario& s, const QString& typed) {
  if (typed.trimmed().isEmpty()) {
    for (DeviceRequest& d : s.devices)
      if (d.entry != nullptr) d.memory.reset();  // a device without a name is nothing but its memory
    return {};
  }
  const ParsedInteger parsed = parseBytes(typed, 1, 1'000'000'000'000'000);
  if (parsed.value)
    for (DeviceRequest& d : s.devices) d.memory = Bytes(*parsed.value);
  return parsed.problem;
}

QString setCapability(Scenario& s, const QString& typed) {
  std::optional<double> value;
  if (!typed.trimmed().isEmpty()) {
    bool isNumber = false;
    value = QString(typed).replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&isNumber);
    if (!isNumber || !(*value >= 1 && *value <= 100)) return tr("A number such as 8.9, 1 to 100.");
  }
  for (DeviceRequest& d : s.devices) d.computeCapability = value;
  return {};
}

}  // namespace

std::vector<Option> partOptions() {
  const auto none = [](S) { return std::vector<OptionChoice>{}; };
  return {
      cachePart(Field::kv_keys, &KvFormats::k, TIP("Number format of cached keys where it differs from the values'.")),
      cachePart(Field::kv_values, &KvFormats::v,
                TIP("Number format of cached values where it differs from the keys'.")),
      {Field::device_memory, Section::reserve, Kind::text,
       TIP("Bytes a process may take of each device, instead of what the catalogue says: 23.5 GiB."), hasDevices,
       [](S s) {
         const auto& memory = s.scenario.devices.front().memory;
         return memory ? withUnit(*memory, ByteUnit::gib) : QString();
       },
       none, setMemory, true},
      {Field::compute_capability, Section::reserve, Kind::text,
       TIP("CUDA compute capability, which decides the kernels there are: 8.9."), hasDevices,
       [](S s) {
         const auto& asked = s.scenario.devices.front().computeCapability;
         return asked ? QString::number(*asked, 'f', 1) : QString();
       },
       none, setCapability, true}};
}

}  // namespace headroom::ui
