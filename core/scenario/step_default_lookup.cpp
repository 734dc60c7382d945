#include <array>
#include <cassert>

#include "core/scenario/step_defaults.h"

namespace headroom {
namespace {

constexpr std::size_t kMost = 200;  // rows

// Rows of a key, and the codes of a row as bits of their place in the registry.
struct Index {
  std::array<std::uint16_t, kStepKeys> first{};
  std::array<std::uint64_t, kMost> codes{};
  std::array<EngineVersion, kMost> since{};
};

std::uint64_t bitsOf(std::string_view ids) {
  if (ids.empty()) return ~std::uint64_t{0};
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < trainingCodes().size(); ++i)
    if (listsCode(ids, trainingCodes()[i].id)) bits |= std::uint64_t{1} << i;
  return bits;
}

const Index& index() {
  static const Index built = [] {
    Index out;
    assert(stepDefaults().size() <= kMost);
    for (std::size_t i = stepDefaults().size(); i-- > 0;) {
      const StepDefault& row = stepDefaults()[i];
      out.first[static_cast<std::size_t>(row.key)] = static_cast<std::uint16_t>(i);
      out.codes[i] = bitsOf(row.codes);
      out.since[i] = engineVersion(row.since);
    }
    return out;
  }();
  return built;
}

}  // namespace

const StepDefault& stepDefault(StepKey key, const TrainingCodeRow* code, const Scenario& scenario,
                               const Settings& settings) {
  const Index& rows = index();
  const StepDefault* const all = stepDefaults().data();
  const std::uint64_t bit =
      code != nullptr ? std::uint64_t{1} << static_cast<std::size_t>(code - trainingCodes().data()) : 0;
  for (std::size_t i = rows.first[static_cast<std::size_t>(key)];; ++i) {
    const StepDefault& row = all[i];
    if (!row.codes.empty() && (rows.codes[i] & bit) == 0) continue;
    if (versionOf(settings.packages, row.package).before(rows.since[i])) continue;
    if (row.when != nullptr && !row.when(scenario, settings)) continue;
    return row;
  }
}

}  // namespace headroom
