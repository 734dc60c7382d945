// An estimate as text: for people, for programs, for papers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <headroom/result.h>
#include <headroom/scenario.h>

namespace headroom::api {

// `format` is "table", "json" (schema headroom-estimate/1, bytes as integers, every factor of every line), "csv", "md"
// or "latex"; `unit` "gib" or "gb". Fails on another word. With limits and advice.
Result<std::string> report(const Scenario& scenario, std::string_view format, std::string_view unit = "gib");

// Scenarios side by side: settings that differ, components, verdicts, limits. `labels` head the columns, one each;
// fails where their number differs.
Result<std::string> compare(const std::vector<Scenario>& scenarios, const std::vector<std::string>& labels,
                            std::string_view format, std::string_view unit = "gib");

// Where every byte comes from: each line's formula with its numbers down to dimensions, formats and sourced constants.
// `depth`: levels of factors.
std::string explain(const Scenario& scenario, int depth = 1000);

}  // namespace headroom::api
