#include "core/estimate/serving/sglang/refusals.h"

#include <fmt/format.h>

#include "core/estimate/serving/common/served_classes.h"
#include "core/estimate/serving/common/shard_blocks.h"
#include "core/estimate/serving/sglang/kernels.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

bool asked(const EstimateContext& c, std::string_view option) {
  return flagOption(c.scenario, option).value_or(false);
}

// sglang/srt/configs/model_config.py: SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN, which was on by itself in 0.4.5 to
// 0.4.10.
void diagnoseContext(EstimateContext& c) {
  const std::int64_t longest = c.model.maxContext;
  if (longest <= 0 || c.settings.context <= longest || c.settings.version.within("0.4.4", "0.5.1")) return;
  if (asked(c, "sglang_allow_overwrite_longer_context_len") ||
      !textOption(c.scenario, "json_model_override_args").empty())
    return;
  c.refuse("context-beyond-model",
           fmt::format("SGLang refuses a context of {} for a model made for {} tokens, unless "
                       "SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1 allows it",
                       c.settings.context, longest),
           "context");
}

// sglang/srt/server_args.py check_server_args (0.4.4 to 0.5.23).
void diagnosePages(EstimateContext& c, std::int64_t chunk) {
  const std::int64_t page = integerOption(c.scenario, "page_size").value_or(1);
  if (chunk % page == 0) return;
  c.refuse("page-size",
           fmt::format("SGLang takes prompts in whole pages: chunks of {} tokens are none of {}", chunk, page),
           "engine_options");
}

// The same function and check_lora_server_args: what drafts did not go with, up to the last release that was read
// before it changed.
void diagnoseDrafts(EstimateContext& c) {
  const EngineVersion& v = c.settings.version;
  if (!c.scenario.speculative) return;
  // --speculative-algorithm: EAGLE (0.4.1), STANDALONE (0.5.2), NGRAM (0.5.3).
  const DraftMethod method = c.scenario.speculative->method;
  if (v.before(0, 4, 1) || (method == DraftMethod::draft_model && v.before(0, 5, 2)) ||
      (method == DraftMethod::ngram && v.before(0, 5, 3)))
    return c.refuse("draft-method", "this release of SGLang does not draft in this way", "speculative");
  if (!v.before(0, 5, 19)) return;
  const auto refuse = [&](std::string_view what, std::string_view key) {
    c.refuse("drafts-beside", fmt::format("SGLang does not draft beside {}", what), key);
  };
  if (c.settings.parallel.pipeline > 1) refuse("pipeline stages", "parallel.pipeline");
  if (asked(c, "enable_mixed_chunk")) refuse("chunks mixed with decoding", "engine_options");
  const bool adapters = c.scenario.lora.has_value() && !v.before(0, 5, 10);
  if (adapters && c.scenario.speculative->method != DraftMethod::ngram) refuse("adapters, but by n-grams", "lora");
}

// sglang/srt/server_args.py, model_specific_adjustments and check_server_args (0.5.10 to 0.5.18).
void diagnoseCaches(EstimateContext& c) {
  if (const auto ratio = numberOption(c.scenario, "swa_full_tokens_ratio"); ratio && (*ratio <= 0 || *ratio > 1))
    c.refuse("window-ratio", "SGLang's share of tokens in windows is above 0, and at most 1", "engine_options");
  if (asked(c, "enable_hierarchical_cache") && asked(c, "disable_radix_cache"))
    c.refuse("hierarchical-cache", "SGLang's hierarchical cache is one of prefixes, which are not kept here",
             "engine_options");
}

}  // namespace

void diagnoseSglangStart(EstimateContext& c, std::int64_t chunk) {
  diagnoseClass(c);
  diagnoseKernels(c, kSglangKernels);
  diagnoseShardBlocks(c, {.expertsRepackedSince = "0.5.19", .groupsPaddedSince = "0.5.19"});
  diagnoseSharedKeys(c);
  diagnoseContext(c);
  diagnosePages(c, chunk);
  diagnoseDrafts(c);
  diagnoseCaches(c);
}

}  // namespace headroom
