#include "core/estimate/serving/llama_cpp/builds.h"

#include <array>
#include <optional>

#include "core/scenario/build_number.h"

namespace headroom::llama {
namespace {

// A rule and the build from which on it holds.
struct Switch {
  bool BuildRules::*rule;
  int build;  // b…
  int year, month;
  int minor;   // of releases 0.…; 0: none is older
  bool until;  // the rule holds before the switch, not from it on
};

// Builds whose sources were read: b10488 (2026-08-18), b10566 (2026-08), b11063 (2026-09, release 0.4), early
// 0.5.0-dev, b11549 (2026-10, 0.6.0-dev). A rule that is absent in one and present in the next is dated with the
// latter, or with the earliest build whose figures were seen to follow it (b11434).
constexpr std::array kSwitches{
    // Row-indexed cache writes, half-precision masks: autumn 2025.
    Switch{&BuildRules::old, 6500, 2025, 10, 0, true},
    // src/llama-graph.cpp, build_inp_embd: absent in b11063 and in early 0.5.0-dev.
    Switch{&BuildRules::mixedBatches, 11434, 2026, 10, 6, false},
    // src/llama-arch.cpp, llm_arch_supports_rs_rollback (PR 22673).
    Switch{&BuildRules::rollsBack, 9204, 2026, 6, 0, false},
    // src/llama-model.cpp, create_memory: filters of layers; absent in b10566.
    Switch{&BuildRules::trunkCaches, 10809, 2026, 9, 4, false},
    // src/llama-graph.cpp, build_rs, and src/models/mamba-base.cpp: absent in early 0.5.0-dev.
    Switch{&BuildRules::oneGather, 11434, 2026, 10, 6, false},
    // src/llama-graph.h, crop_before_nextn: absent in early 0.5.0-dev.
    Switch{&BuildRules::earlyRows, 11434, 2026, 10, 6, false},
    // Seen in the mapped ranges of b11549's files, which the library laid out; older ones were laid out by
    // llama-quantize.
    Switch{&BuildRules::filesAsLoaded, 11434, 2026, 10, 6, false},
    // src/llama-model.cpp, load_tensors (b7447 to b7475).
    Switch{&BuildRules::outputIsLayer, 7475, 2026, 1, 0, false},
    // src/llama-context.cpp: n_ctx is padded (b6932 to b7003).
    Switch{&BuildRules::evenCells, 7003, 2025, 11, 0, false},
    // src/llama.cpp, llama_params_fit (PR 16653, 2025-12-15): there in b7437 (issue 18097), absent in b7343.
    Switch{&BuildRules::fits, 7437, 2026, 1, 0, false},
    // The same: two trials since b7617 (absent in b7475), overflow_bufts of the first parted layer since b7664.
    Switch{&BuildRules::fitInterpolates, 7617, 2026, 2, 0, false},
    Switch{&BuildRules::fitFirstAlone, 7664, 2026, 2, 0, false},
    // common/fit.cpp, n_ctx_min_total: absent in b10256, there in autumn 2026.
    Switch{&BuildRules::fitPerSequence, 11434, 2026, 10, 6, false},
    // Seen in what b11549 chose for Qwen3.5-27B with and without a draft, to the 256 tokens; b9849 counted them once.
    Switch{&BuildRules::fitDoublesStates, 11434, 2026, 10, 6, false},
    // src/llama-kv-cache.cpp: no V of latent attention (b7799 to b7836).
    Switch{&BuildRules::latentKeysOnly, 7836, 2026, 2, 0, false},
    // src/llama-kv-cache.cpp, attn_rot (b8548 to b8641).
    Switch{&BuildRules::rotatesCaches, 8641, 2026, 4, 0, false},
    // src/llama-context.cpp, graph_reserve: n_outputs (PR 23861).
    Switch{&BuildRules::allRows, 9460, 2026, 6, 0, true},
    // src/llama-graph.cpp, build_attn_inp_kv (PR 23764, b9310 to b9460).
    Switch{&BuildRules::wideMasks, 9460, 2026, 6, 0, true},
    // ggml/src/ggml-cuda/ggml-cuda.cu, get_alloc_size (PR 23907, b9461 to b9501).
    Switch{&BuildRules::countsScratch, 9501, 2026, 6, 0, false},
    // ggml/src/ggml-metal/ggml-metal-ops.cpp, extra_kv_f16 (PR 27390, 2026-08-21): there in b10566.
    Switch{&BuildRules::metalWidens, 10566, 2026, 9, 4, false},
    // common/common.cpp and tools/server: n_outputs_max is the batch (PR 23861).
    Switch{&BuildRules::embedsAllRows, 9460, 2026, 6, 0, false},
    // ggml/src/ggml-cuda/ggml-cuda.cu, graph_optimize with add_alloc_dep: absent in b10566, in b11063 for sums only, in
    // 0.5.0-dev for routers too, in b11549 for shared experts too.
    Switch{&BuildRules::keepsSums, 10809, 2026, 9, 4, false},
    Switch{&BuildRules::keepsRouters, 11434, 2026, 10, 5, false},
    Switch{&BuildRules::fusesShared, 11434, 2026, 10, 6, false},
    // ggml/src/ggml-backend.cpp, pass 6 of split_graph.
    Switch{&BuildRules::everyInputCopied, 11434, 2026, 10, 5, false},
    // ggml/src/ggml-cuda/fattn.cu, f16_fallback: absent in b10566.
    Switch{&BuildRules::mixedCaches, 10809, 2026, 9, 4, false},
    // ggml/src/ggml-cuda/ggml-cuda.cu, supports_op: absent in b10566.
    Switch{&BuildRules::looseKernels, 10809, 2026, 9, 4, false},
};

}  // namespace

bool namesBuild(std::string_view printed, const EngineVersion& version) {
  return buildNumber(printed) || version.known;
}

BuildRules rulesOf(std::string_view printed, const EngineVersion& version) {
  constexpr int kFirstYear = 2023, kReleases = 1;  // "2026-08" is a date, "0.5.0" a release (since 2026-08-26)
  BuildRules rules;
  rules.old = false;
  const std::optional<int> build = buildNumber(printed);
  const bool named = build || version.known;
  for (const Switch& s : kSwitches) {
    bool reached = true;
    if (build)
      reached = *build >= s.build;
    else if (version.known && version.major >= kFirstYear)
      reached = !version.before(s.year, s.month);
    else if (version.known && version.major < kReleases)
      reached = version.minor >= s.minor;
    rules.*s.rule = reached != s.until && (named || s.rule != &BuildRules::filesAsLoaded);
  }
  return rules;
}

}  // namespace headroom::llama
