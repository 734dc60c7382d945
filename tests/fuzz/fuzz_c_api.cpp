// Any bytes through the library for C: a handle or an error that is JSON, never both or neither, and nothing that
// leaks. Up to the first zero byte they are a scenario or what was pasted; behind it stand a key and its value.
#include <headroom/c.h>

#include <algorithm>

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void demandOne(headroom_status status, const void* made, char* error) {
  demand(status == HEADROOM_OK ? made != nullptr && error == nullptr : made == nullptr && error != nullptr);
  if (error != nullptr) demand(nlohmann::json::parse(error).contains("message"));
  headroom_free(error);
}

void demandAnswers(const headroom_scenario* scenario) {
  char* estimate = headroom_estimate(scenario, 0);
  demand(estimate != nullptr);
  const auto answer = nlohmann::json::parse(estimate);
  demand(answer["ranks"][0]["device_bytes"].is_number_integer());
  demand(headroom_total_bytes(scenario) >= 0);
  const int fits = headroom_fits(scenario);
  demand(fits >= -1 && fits <= 1);
  char* text = headroom_scenario_write(scenario);
  demand(text != nullptr);
  headroom_free(estimate);
  headroom_free(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string all(reinterpret_cast<const char*>(data), size), text(all.c_str());
  const std::string rest = all.substr(std::min(all.size(), text.size() + 1)), key(rest.c_str());
  const std::string value(rest.substr(std::min(rest.size(), key.size() + 1)).c_str());
  for (const bool pasted : {false, true}) {
    headroom_scenario* scenario = nullptr;
    char* error = nullptr;
    const headroom_status status = pasted ? headroom_scenario_recognise(text.c_str(), &scenario, &error)
                                          : headroom_scenario_read(text.c_str(), "/nonexistent", &scenario, &error);
    demandOne(status, scenario, error);
    if (scenario == nullptr) continue;
    demandAnswers(scenario);
    headroom_scenario* changed = nullptr;
    const headroom_status turned = headroom_scenario_with(scenario, key.c_str(), value.c_str(), &changed, &error);
    demandOne(turned, changed, error);
    if (changed != nullptr) demandAnswers(changed);
    headroom_scenario_free(changed);
    headroom_scenario_free(scenario);
  }
  char *estimate = nullptr, *error = nullptr;
  demandOne(headroom_estimate_json(text.c_str(), &estimate, &error), estimate, error);
  headroom_free(estimate);
  return 0;
}
