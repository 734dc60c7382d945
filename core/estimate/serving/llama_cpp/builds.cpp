#include "core/estimate/serving/llama_cpp/builds.h"

#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace headroom::llama {
namespace {

// A rule that holds from a build on; `before` is the last one that was seen without it. Between the two the rule is
// taken as not yet there.
struct Switch {
  bool BuildRules::*rule;
  int build;  // b…
  int year, month;
  int minor;   // of releases 0.…; 0: none is older
  bool until;  // the rule holds before the switch, not from it on
};

// Builds whose sources were read: b10488 (2026-08-18), b10809 and b11063 (2026-09, release 0.4), 0.5.0-dev, b11434 and
// b11549 (2026-10, 0.6.0-dev).
constexpr std::array kSwitches{
    // Row-indexed cache writes, half-precision masks: autumn 2025.
    Switch{&BuildRules::old, 6500, 2025, 10, 0, true},
    // src/llama-graph.cpp, build_inp_embd: absent in b11063 and in early 0.5.0-dev.
    Switch{&BuildRules::mixedBatches, 11434, 2026, 10, 6, false},
    // ggml/src/ggml-cuda/ggml-cuda.cu, graph_optimize with add_alloc_dep: absent in b10488.
    Switch{&BuildRules::keepsExperts, 10809, 2026, 9, 4, false},
    // the same, ggml_cuda_match_shared_expert: absent in 0.5.0-dev.
    Switch{&BuildRules::fusesShared, 11434, 2026, 10, 6, false},
};

std::optional<int> buildNumber(std::string_view printed) {
  if (printed.size() < 2 || printed[0] != 'b' || std::isdigit(static_cast<unsigned char>(printed[1])) == 0)
    return std::nullopt;
  int build = 0;
  std::from_chars(printed.data() + 1, printed.data() + printed.size(), build);
  return build;
}

}  // namespace

BuildRules rulesOf(std::string_view printed, const EngineVersion& version) {
  constexpr int kFirstYear = 2023, kReleases = 1;  // "2026-08" is a date, "0.5.0" a release (since 2026-08-26)
  BuildRules rules;
  rules.old = false;
  const std::optional<int> build = buildNumber(printed);
  for (const Switch& s : kSwitches) {
    bool reached = true;
    if (build)
      reached = *build >= s.build;
    else if (version.known && version.major >= kFirstYear)
      reached = !version.before(s.year, s.month);
    else if (version.known && version.major < kReleases)
      reached = version.minor >= s.minor;
    rules.*s.rule = reached != s.until;
  }
  return rules;
}

}  // namespace headroom::llama
