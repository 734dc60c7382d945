// What an engine chooses by itself once it has seen what a question takes: a shorter context, layers left to the host.
// settingsOf() cannot know it, as it counts nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/scenario/settings.h"

namespace headroom {

struct ChosenSetting {
  std::string_view key;  // "offload.gpu_layers"
  std::variant<std::int64_t, bool, std::string> value;
  std::string why;
};

std::vector<ChosenSetting> chosenSettings(const Scenario& scenario);
// Tokens per sequence: what was asked, what an engine shortens its own length to, or its own.
std::int64_t contextAsRun(const Scenario& scenario, const Settings& settings);

// settingsOf() with what the engine chose in place of defaults; `chosen` holds the reasons, and must outlive them.
Settings settingsAsRun(const Scenario& scenario, std::vector<Setting>& reasons, std::vector<ChosenSetting>& chosen);

}  // namespace headroom
