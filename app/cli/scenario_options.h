// What every command that works on a scenario shares: the scenario file (or "-") and a flag for each of its fields.
// Flags are laid over the file's JSON before it is read, so that one reader checks both.
#pragma once

#include <istream>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/options.h"
#include "core/base/result.h"
#include "core/open/scenario_json.h"

namespace headroom {

class ScenarioOptions {
 public:
  // Adds FILE and the flags.
  void add(Options& options);
  // Adds the flags alone.
  void addFlags(Options& options);

  // The scenario of FILE (a scenario, "-", a model's config.json, checkpoint or folder, a training code's recipe, or a
  // catalogue id) with the
  // flags on top; FILE may be left out where --model is given.
  Result<Scenario> read(std::istream& in) const;
  // The same options with another FILE, and with a flag given these values instead of its own.
  ScenarioOptions at(std::string file) const;
  ScenarioOptions with(std::string_view flag, std::vector<std::string> values) const;
  // Whether a scenario was named: FILE or --model.
  bool names() const { return !file_.empty() || !given("model").empty(); }
  // What a flag was given.
  const std::vector<std::string>& given(std::string_view flag) const { return given_.find(flag)->second; }

  // The scenario `text` with the flags on top; where: the text's name in errors; folder: see readScenario.
  Result<Scenario> read(std::string_view text, std::string_view where, const std::string& folder,
                        ModelCache* cache) const;

 private:
  Result<void> choose(nlohmann::json& document, std::string_view where, const std::string& folder,
                      ModelCache* cache) const;
  // A training code's configuration; what was left alone becomes a note.
  Result<Scenario> ofRecipe(std::string_view text) const;
  // Any other text: a command, a script, a log.
  Result<Scenario> ofAnything() const;

  std::string file_;
  std::map<std::string, std::vector<std::string>, std::less<>> given_;  // values by flag
};

// Every value with a suffix people write: 8192, 8k, 128K (of 1024), 1M; nothing for anything else.
std::optional<std::int64_t> tokenCount(std::string_view text);

// The model that a command line's argument names: a path (config.json, folder, *.safetensors, *.gguf), "hub:org/name"
// or a catalogue id. Paths become absolute.
ModelReference modelArgument(const std::string& argument);

}  // namespace headroom
