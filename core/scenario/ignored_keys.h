// Keys of a scenario that an engine, a workload or a model leaves without effect, each with the reason in words. What
// no row here knows is found by asking twice (core/analysis/effects.h).
#pragma once

#include <span>
#include <string_view>

#include "core/scenario/settings.h"

namespace headroom {

struct IgnoredKey {
  std::string_view key;  // "offload.gpu_layers"
  std::string_view why;  // "llama.cpp alone places layers by number"; ends a sentence
};

// Calls found(IgnoredKey) for every key that was asked for and is set aside. Allocates nothing.
template <typename Found>
void forEachIgnoredKey(const Scenario& scenario, const Settings& settings, Found&& found);

// One row: whether a key was asked for, and why it is set aside; an empty reason: it is used.
struct KeyRule {
  std::string_view key;
  bool (*asked)(const Scenario&);
  std::string_view (*why)(const Scenario&, const Settings&);
};
// All rows; a key may have several, of which the first that gives a reason speaks.
std::span<const KeyRule> keyRules();

// Why a key has no place in the job; empty: it has one.
std::string_view setAsideFor(std::string_view key, const Scenario& scenario, const Settings& settings);

template <typename Found>
void forEachIgnoredKey(const Scenario& scenario, const Settings& settings, Found&& found) {
  std::string_view said;
  for (const KeyRule& rule : keyRules()) {
    if (!rule.asked(scenario) || rule.key == said) continue;
    const std::string_view why = rule.why(scenario, settings);
    if (why.empty()) continue;
    said = rule.key;
    found(IgnoredKey{rule.key, why});
  }
}

}  // namespace headroom
