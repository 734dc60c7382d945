// What a scenario says, key by key, each with the scenario that does not say it: the list that a person wrote, whatever
// door it came through.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.h"

namespace headroom {

// Called with a key ("training.rank") and the same scenario without it, which is there during the call alone.
using AskedKeyVisitor = std::function<void(std::string_view key, const Scenario& without)>;

// Every key that differs from an untouched scenario's, in the order of the file, the name and the model left out: the
// one is a title, the other cannot be left unsaid.
void forEachAskedKey(const Scenario& scenario, const AskedKeyVisitor& visit);

// Every key a scenario file may have, as dotted paths.
std::vector<std::string> scenarioKeys();

}  // namespace headroom
