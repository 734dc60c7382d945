#include "app/cli/scenario_label.h"

#include <filesystem>
#include <string_view>

namespace headroom {

std::string labelOf(const Scenario& scenario, const std::string& file) {
  if (!scenario.name.empty()) return scenario.name;
  std::string stem = std::filesystem::path(file).filename().string();
  for (std::string_view end : {".headroom.json", ".json", ".yaml", ".yml"})
    if (stem.size() > end.size() && stem.ends_with(end)) return stem.substr(0, stem.size() - end.size());
  return stem.empty() ? scenario.model->id : stem;
}

}  // namespace headroom
