// Small helpers of the option tables: predicates over a snapshot, choices of an enumeration, readers of numbers.
#pragma once

#include "core/scenario/engines.h"
#include "ui/inputs/option.h"
#include "ui/inputs/parse_value.h"
#include "ui/style/names.h"

namespace headroom::ui::options {

inline QString text(std::string_view s) {
  return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size()));
}

inline bool training(const Snapshot& s) {
  return isTraining(s.scenario.workload);
}
inline bool inference(const Snapshot& s) {
  return !training(s);
}
inline bool adapters(const Snapshot& s) {
  return s.scenario.workload == Workload::lora || s.scenario.workload == Workload::qlora;
}
inline bool fullTraining(const Snapshot& s) {
  return s.scenario.workload == Workload::full;
}
inline bool engineIs(const Snapshot& s, Engine e) {
  return s.settings.engine == e;
}
inline bool llamaCpp(const Snapshot& s) {
  return engineIs(s, Engine::llama_cpp);
}
inline bool pooled(const Snapshot& s) {
  return rowOf(s.settings.engine).has(Feature::claim);
}
inline bool hasExperts(const Snapshot& s) {
  for (const LayerKind& k : s.scenario.model->kinds)
    if (k.mlp.kind == MlpKind::experts) return true;
  return false;
}
inline bool hasAttention(const Snapshot& s, AttentionKind kind) {
  for (const LayerKind& k : s.scenario.model->kinds)
    if (k.attention.kind == kind) return true;
  return false;
}

template <typename E>
std::vector<OptionChoice> namesOf() {
  std::vector<OptionChoice> out;
  for (std::string_view n : allNames<E>()) out.push_back({text(n), spelled(n)});
  return out;
}

inline std::vector<OptionChoice> formats(std::initializer_list<NumberFormat> list) {
  std::vector<OptionChoice> out;
  for (NumberFormat f : list) out.push_back({text(info(f).id), text(info(f).id)});
  return out;
}

inline QString formatId(const std::optional<NumberFormat>& f) {
  return f ? text(info(*f).id) : QString();
}

// Sets an optional format from its id.
inline QString setFormat(std::optional<NumberFormat>& target, const QString& value) {
  target = value.isEmpty() ? std::nullopt : numberFormat(value.toStdString());
  return {};
}

template <typename E>
void setName(E& target, const QString& value, E fallback) {
  target = valueOf<E>(value.toStdString()).value_or(fallback);
}
template <typename E>
void setName(std::optional<E>& target, const QString& value) {
  target = value.isEmpty() ? std::nullopt : valueOf<E>(value.toStdString());
}

inline QString setCount(std::int64_t& target, const QString& value, std::int64_t low, std::int64_t high) {
  const ParsedInteger parsed = parseInteger(value, low, high);
  if (parsed.value) target = *parsed.value;
  return parsed.problem;
}
inline QString setCount(std::optional<std::int64_t>& target, const QString& value, std::int64_t low,
                        std::int64_t high) {
  if (value.trimmed().isEmpty()) return target.reset(), QString();
  const ParsedInteger parsed = parseInteger(value, low, high);
  if (parsed.value) target = *parsed.value;
  return parsed.problem;
}

inline QString flag(bool on) {
  return on ? QStringLiteral("on") : QStringLiteral("off");
}
inline QString flag(const std::optional<bool>& on) {
  return on ? flag(*on) : QString();
}
inline bool isOn(const QString& value) {
  return value == QLatin1String("on");
}
inline QString setFlag(std::optional<bool>& target, const QString& value) {
  target = value.isEmpty() ? std::nullopt : std::optional<bool>(isOn(value));
  return {};
}
template <typename E>
QString named(const std::optional<E>& value) {
  return value ? text(nameOf(*value)) : QString();
}
inline QString shown(const std::optional<std::int64_t>& value) {
  return value ? QString::number(*value) : QString();
}

}  // namespace headroom::ui::options
