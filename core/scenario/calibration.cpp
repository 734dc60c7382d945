#include "core/scenario/calibration.h"

#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {

bool printsComponents(Engine engine) {
  return rowOf(engine).printsComponents;
}

void Calibration::describe() {
  const std::string name = log.empty() ? "a pasted log" : log;
  label = "calibrated from " + name;
  source = "log " + name + (date.empty() ? "" : " of " + date) + ", " + std::string(nameOf(engine)) +
           (engineVersion.empty() ? "" : " " + engineVersion) + ": measured less predicted";
}

const Calibration* calibrationInForce(const Scenario& s) {
  const Calibration* c = s.calibration.get();
  if (c == nullptr || isTraining(s.workload) || s.method != Method::detailed) return nullptr;
  const bool same = settingsOf(s).engine == c->engine && s.model != nullptr && s.model->id == c->model;
  return same ? c : nullptr;
}

std::string nameOf(const Calibration::Difference& d) {
  return (d.host ? "host." : "") + std::string(idOf(d.component));
}

std::optional<Calibration::Difference> differenceNamed(std::string_view name) {
  constexpr std::string_view kHost = "host.";
  Calibration::Difference d;
  d.host = name.starts_with(kHost);
  if (d.host) name.remove_prefix(kHost.size());
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    d.component = static_cast<ComponentId>(i);
    if (idOf(d.component) == name) return d;
  }
  return std::nullopt;
}

}  // namespace headroom
