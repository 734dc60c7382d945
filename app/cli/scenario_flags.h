// The flags of ScenarioOptions: which field of the scenario file each one sets. Internal to app/cli.
#pragma once

#include <span>
#include <string_view>

namespace headroom {

enum class FlagKind {
  text,     // the value as it stands
  tokens,   // 8192, 8k, 128k, 1M
  kv,       // one format, or two: "q8_0,f16" for keys and values
  list,     // comma-separated names
  boolean,  // --flag or --no-flag
  model,    // see modelArgument()
  devices,  // l4, h100-sxm-80gb:8, 2xl40s, 24GiB; repeatable
  json,     // an object or list as JSON
  set,      // KEY=VALUE, the key with dots; repeatable
};

struct ScenarioFlag {
  std::string_view flag;     // without the dashes
  std::string_view pointer;  // JSON pointer into the scenario file
  FlagKind kind;
  std::string_view group;  // heading in --help
  std::string_view help;
};

std::span<const ScenarioFlag> scenarioFlags();

}  // namespace headroom
