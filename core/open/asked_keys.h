// What a scenario says, key by key, each with the scenario that does not say it: the list that a person wrote, whatever
// door it came through.
#pragma once

#include <string>
#include <vector>

#include "core/scenario/scenario.h"

namespace headroom {

struct AskedKey {
  std::string key;   // "training.rank"
  Scenario without;  // the same scenario without this key
};

// Every key that differs from an untouched scenario's, in the order of the file, the name and the model left out: the
// one is a title, the other cannot be left unsaid.
std::vector<AskedKey> askedKeys(const Scenario& scenario);

// Every key a scenario file may have, as dotted paths.
std::vector<std::string> scenarioKeys();

}  // namespace headroom
