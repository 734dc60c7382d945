#include "ui/inputs/saving.h"

#include <algorithm>
#include <array>

#include "core/analysis/savings.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

bool visible(Bytes change, ByteUnit unit) {
  return inUnit(Bytes(std::abs(change.value())), unit) != inUnit(Bytes(0), unit);
}

}  // namespace

bool savesMemory(const Option& option) {
  constexpr std::array kFields{Field::attention,
                               Field::optimizer,
                               Field::checkpointing,
                               Field::loss,
                               Field::sharding,
                               Field::compile,
                               Field::optimizer_in_backward,
                               Field::optimizer_offload,
                               Field::parameter_offload,
                               Field::activation_offload,
                               Field::reference,
                               Field::rollout,
                               Field::rollout_sleeps};
  return std::ranges::find(kFields, option.field) != kFields.end();
}

Bytes changeBy(const Snapshot& snapshot, const Scenario& other) {
  thread_local Estimate scratch;  // 30 KB per rank that every slider step would otherwise allocate
  return headroom::changeBy(snapshot.estimate, other, scratch);
}

std::optional<Bytes> changeBy(const Option& option, const Snapshot& snapshot, const QString& value) {
  Scenario other = snapshot.scenario;
  if (!option.apply(other, value).isEmpty()) return std::nullopt;
  return changeBy(snapshot, other);
}

QString changeText(Bytes change, ByteUnit unit) {
  if (!visible(change, unit)) return {};
  return change < Bytes(0) ? QStringLiteral("−") + withUnit(Bytes(-change.value()), unit)
                           : QStringLiteral("+") + withUnit(change, unit);
}

QString savingText(const std::vector<Bytes>& changes, ByteUnit unit) {
  const SwitchSaving saving = switchSaving(changes);
  if (visible(saving.saved, unit)) return tr("saves %1").arg(withUnit(saving.saved, unit));
  if (visible(saving.further, unit)) return tr("up to %1").arg(changeText(Bytes(0) - saving.further, unit));
  return {};
}

}  // namespace headroom::ui
