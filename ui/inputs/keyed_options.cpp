// Options made of a key: what may be chosen comes from the core's description of the key, where it has its place from
// the core's rules, what it means from the settings.
#include <QStringList>

#include "core/open/said_key.h"
#include "core/scenario/settings.h"
#include "ui/document/stated_setting.h"
#include "ui/inputs/option_support.h"
#include "ui/inputs/option_tables.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

using namespace options;
using Kind = Option::Kind;

// Whether the object that a key is a part of is there: "lora.rank" needs "lora".
bool holderStands(std::string_view key, const Scenario& s) {
  if (key.starts_with("lora.")) return s.lora.has_value();
  if (key.starts_with("images.")) return s.images.has_value();
  if (!key.starts_with("speculative.")) return true;
  if (!s.speculative) return false;
  const DraftMethod m = s.speculative->method;  // the others bring no model of their own
  return key != "speculative.model" || m == DraftMethod::draft_model || m == DraftMethod::eagle;
}

// The constants that the chosen rule of thumb has.
bool methodHas(std::string_view key, const Snapshot& s) {
  const Method m = s.scenario.method;
  if (key == "method_options.workspace_share") return m != Method::detailed;
  if (!training(s)) return key == "method_options.activation_share" && m != Method::detailed;
  return (key == "method_options.activation_factor" && m == Method::notebook) ||
         (key == "method_options.c" && m == Method::chapter) ||
         ((key == "method_options.k" || key == "method_options.preserved_layers") && m == Method::table);
}

bool hasPlace(const Option& option, const Snapshot& s) {
  const std::string_view key = keyOf(option.field);
  if (!holderStands(key, s.scenario)) return false;
  const StatedSetting* now = findStated(s.stated, key);
  if (now != nullptr && now->asked) return true;  // what was said can be taken back
  if (key.starts_with("method_options.")) return methodHas(key, s);
  if (key == "images" && !s.scenario.model->visionSpec && s.scenario.model->vision.empty()) return false;
  if (key == "tensor_split" && deviceCount(s.scenario) < 2) return false;
  return idleReason(option, s).isEmpty();
}

Kind kindOf(const KeyDescription& d) {
  switch (d.kind) {
    case KeyKind::flag:
    case KeyKind::name:
    case KeyKind::number_format:
      return Kind::choice;
    case KeyKind::object:
      return Kind::toggle;
    case KeyKind::integer:
      return Kind::number;
    default:
      return Kind::text;
  }
}

std::vector<OptionChoice> choicesOf(const KeyDescription& d) {
  if (d.kind == KeyKind::number_format) return formats({NumberFormat::fp32, NumberFormat::bf16, NumberFormat::fp16});
  std::vector<OptionChoice> out;
  if (d.kind == KeyKind::flag)
    for (const char* word : {"on", "off"}) out.push_back({QLatin1String(word), tr(word)});
  for (std::string_view n : d.names) out.push_back({text(n), spelled(n)});
  return out;
}

// What was typed as the texts a file would hold; or why it cannot be read.
QString textsOf(const KeyDescription& d, const QString& typed, std::vector<std::string>& texts) {
  QString value = typed.trimmed();
  if (value.isEmpty()) return {};
  if (d.kind == KeyKind::flag || d.kind == KeyKind::object) {
    texts = {isOn(value) ? "true" : "false"};
  } else if (d.kind == KeyKind::list) {
    const QChar between = d.key == "unmodelled" ? QLatin1Char(';') : QLatin1Char(',');
    for (const QString& part : value.split(between, Qt::SkipEmptyParts))
      if (!part.trimmed().isEmpty()) texts.push_back(part.trimmed().toStdString());
  } else if (d.kind == KeyKind::integer) {
    const bool bytes = d.key.find("bytes") != std::string::npos;
    const auto low = static_cast<std::int64_t>(d.low), high = static_cast<std::int64_t>(d.high);
    const ParsedInteger parsed = bytes ? parseBytes(value, low, high) : parseInteger(value, low, high);
    if (!parsed.value) return parsed.problem;
    texts = {std::to_string(*parsed.value)};
  } else if (d.kind == KeyKind::real) {
    texts = {value.replace(QLatin1Char(','), QLatin1Char('.')).toStdString()};
  } else {
    texts = {value.toStdString()};
  }
  return {};
}

QString say(const KeyDescription& d, Scenario& s, const QString& typed) {
  std::vector<std::string> texts;
  if (QString problem = textsOf(d, typed, texts); !problem.isEmpty()) return problem;
  const Result<void> said = sayKey(s, d.key, texts);
  return said ? QString() : grouped(coreText(said.error().message));
}

Option optionOf(const KeyedSetting& setting) {
  const KeyDescription* d = describedKey(setting.key);
  Option option{fieldOf(setting), setting.section, kindOf(*d), setting.tip, {}, {}, {}, {}, d->kind != KeyKind::object};
  const Option place = option;  // field and section are all it takes
  option.applies = [place](const Snapshot& s) { return hasPlace(place, s); };
  option.value = [key = setting.key](const Snapshot& s) {
    const StatedSetting* now = findStated(s.stated, key);
    return now != nullptr && now->asked ? now->value : QString();
  };
  option.choices = [d](const Snapshot&) { return choicesOf(*d); };
  option.apply = [d](Scenario& s, const QString& typed) { return say(*d, s, typed); };
  return option;
}

}  // namespace

std::vector<Option> keyedOptions() {
  std::vector<Option> out;
  for (const KeyedSetting& setting : keyedSettings()) out.push_back(optionOf(setting));
  return out;
}

}  // namespace headroom::ui
