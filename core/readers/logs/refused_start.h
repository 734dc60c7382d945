// Why a server says it did not start, where that is about memory, and what its lines say of how it was started.
// Internal to core/readers/logs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.h"

namespace headroom::logs {

// "The server did not start: a length of 251136 tokens would fit."
std::optional<std::string> refusedStart(std::string_view line);

// A setting that a log's lines tell in passing: "Maximum concurrency for 32,768 tokens per request".
struct LoggedSetting {
  std::string_view key;  // of the scenario
  double value = 0;
  bool whole = true;
};

// How many tensor ranks a log's lines come from, by their marks: "(Worker_TP3 pid=…", "(VllmWorker rank=1",
// "[2025-03-08 12:29:21 TP0]"; 1 where there is none.
std::int64_t loggedRanks(std::string_view log);

// Of each the last such line's.
std::vector<LoggedSetting> loggedSettings(std::string_view log, Engine engine);

}  // namespace headroom::logs
