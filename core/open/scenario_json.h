// The scenario file (*.headroom.json, DESIGN 3.1): reading, resolving, writing. Results are never stored.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct HubOptions;

// Limits of what is believed; beyond them a value is an error that names its key.
constexpr std::int64_t kMaxBatch = 1'000'000;
constexpr std::int64_t kMaxContext = 1'000'000'000;
constexpr std::int64_t kMaxRank = 65'536;
constexpr std::int64_t kMaxDevices = 1'000'000;

// Models already built from inline configurations, by their text: what lets `estimate --jsonl` read hundreds of rows of
// a few models quickly.
class ModelCache {
 public:
  std::shared_ptr<const Model> find(const std::string& key) const;
  void keep(const std::string& key, std::shared_ptr<const Model> model);

 private:
  std::unordered_map<std::string, std::shared_ptr<const Model>> models_;
};

// Parses a scenario and resolves its model and devices. `where` names the source in errors ("file.headroom.json:3:7",
// "/training/rank"); relative model paths are taken from `folder`. Unknown keys, newer versions, wrong types and
// impossible values are errors. `hub` says how a hub is asked; null: as the environment says.
Result<Scenario> readScenario(std::string_view json, std::string_view where, const std::string& folder = {},
                              ModelCache* cache = nullptr, const HubOptions* hub = nullptr);
Result<Scenario> readScenarioFile(const std::string& path, ModelCache* cache = nullptr,
                                  const HubOptions* hub = nullptr);

// Whether reading this scenario asks a hub, which may take as long as the network likes: its model, or its draft model,
// is a hub's and not described in the file. False for what is no scenario.
bool asksHub(std::string_view json);

// Sets scenario.model from scenario.reference, and every device's catalogue entry. A model that is already set (from
// `resolved_model`) stays; where the catalogue now says otherwise, a note is added.
Result<void> resolve(Scenario& scenario, const std::string& folder = {}, ModelCache* cache = nullptr,
                     const HubOptions* hub = nullptr);

// The scenario as JSON text: what the user set, in the order of the schema, with `resolved_model`.
// readScenario(writeScenario(s)) == s.
std::string writeScenario(const Scenario& scenario);

// Writes atomically: a temporary file beside it, then a rename; an existing file is never left half written.
Result<void> writeScenarioFile(const Scenario& scenario, const std::string& path);

}  // namespace headroom
