#include "core/estimate/serving/vllm/refusals.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/estimate/serving/common/served_classes.h"
#include "core/estimate/serving/common/shard_blocks.h"
#include "core/estimate/serving/vllm/kernels.h"
#include "core/hardware/accelerator.h"
#include "core/model/any_layer.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

// vllm/config/scheduler.py: at least one token a step for every sequence (0.6 to 0.33). Where the sequences are not
// asked for, releases from 0.9.2 on lower them (engine/arg_utils.py).
void diagnoseSteps(EstimateContext& c) {
  const Settings& s = c.settings;
  if (s.prefillTokens >= s.maxSequences || (!c.scenario.maxSequences && !s.version.before(0, 9, 2))) return;
  c.refuse("fewer-tokens-than-sequences",
           fmt::format("vLLM refuses {} tokens a step for {} sequences: each has one at least", s.prefillTokens,
                       s.maxSequences),
           "prefill_tokens");
}

// vllm/config/model.py _verify_with_expert_parallelism (0.8.5 to 0.33).
void diagnoseExpertless(EstimateContext& c) {
  const bool experts = hasExperts(c.model);
  const bool asked =
      c.scenario.parallel.expert.value_or(1) > 1 || flagOption(c.scenario, "enable_expert_parallel").value_or(false);
  if (!asked || experts) return;
  c.refuse("expert-group", "vLLM refuses expert parallelism of a model without experts", "parallel.expert");
}

// vllm/config/parallel.py: decode context parallelism divides the tensor-parallel ranks, and their copies of a key and
// value head where the attention is not latent (config/model.py verify_with_parallel_config; 0.11 to 0.33).
void diagnoseDecodeContext(EstimateContext& c) {
  const std::int64_t dcp = integerOption(c.scenario, "decode_context_parallel_size").value_or(1);
  const std::int64_t tp = c.settings.parallel.tensor;
  if (dcp <= 1) return;
  if (integerOption(c.scenario, "prefill_context_parallel_size").value_or(1) == 1 && tp % dcp != 0)
    return c.refuse("decode-context-parallel",
                    fmt::format("vLLM takes the {} ranks of decode context parallelism from its {} tensor-parallel "
                                "ones, which does not come out even",
                                dcp, tp),
                    "engine_options");
  std::int64_t heads = 0, kvHeads = 0;
  for (const LayerKind& k : c.model.kinds) {
    if (k.attention.kind == AttentionKind::latent) return;
    if (k.attention.kvHeads > kvHeads) heads = k.attention.heads, kvHeads = k.attention.kvHeads;
  }
  if (kvHeads <= 0 || (tp > kvHeads && dcp <= tp / kvHeads && heads / kvHeads % dcp == 0)) return;
  c.refuse(
      "decode-context-parallel",
      fmt::format("vLLM's decode context parallelism splits the copies of a key and value head: {} tensor-parallel "
                  "ranks of a model with {} such heads are not {} times as many",
                  tp, kvHeads, dcp),
      "engine_options");
}

// vllm/platforms/cuda.py check_if_supports_dtype: bf16 from compute capability 8.0 on. Releases before 0.9 took a
// checkpoint's own bf16 for asked (config.py _get_and_verify_dtype).
void diagnoseCompute(EstimateContext& c) {
  const bool asked = c.scenario.precision.compute == NumberFormat::bf16;
  const bool taken =
      !c.scenario.precision.compute && c.settings.version.before(0, 9) && c.settings.compute == NumberFormat::bf16;
  if (!asked && !taken) return;
  for (const DeviceRequest& d : c.scenario.devices) {
    if (d.entry == nullptr || d.entry->vendor != "NVIDIA") continue;
    const double capability = cudaCapability(d);
    if (capability <= 0 || capability >= 8.0) continue;
    return c.refuse(
        "no-bf16",
        fmt::format("vLLM refuses bf16 on {}, which has no such arithmetic: it wants to be told fp16", d.entry->name),
        "precision.compute");
  }
}

// Drafts by release: next-token layers since 0.7.3 (models/deepseek_mtp.py); the second engine drafts by a model since
// 0.15 (PR 24322; config/speculative.py raises in 0.14.1), of the same vocabulary
// (verify_equal_vocab_size_if_draft_model, 0.33).
void diagnoseDraftMethod(EstimateContext& c) {
  if (!c.scenario.speculative) return;
  const Speculative& asked = *c.scenario.speculative;
  const EngineVersion& v = c.settings.version;
  if (asked.method == DraftMethod::mtp && v.before(0, 7, 3))
    return c.refuse("draft-method", "this release of vLLM does not draft by next-token layers", "speculative");
  if (asked.method != DraftMethod::draft_model) return;
  if (v.within("0.11", "0.15"))
    return c.refuse("draft-method", "this release of vLLM does not draft by a model", "speculative");
  const bool other = asked.model != nullptr && asked.model->vocabulary != c.model.vocabulary;
  if (other && !v.before(0, 15))
    c.refuse("draft-vocabulary",
             fmt::format("vLLM refuses a draft model of {} words for one of {}", asked.model->vocabulary,
                         c.model.vocabulary),
             "speculative");
}

// --max-lora-rank (vllm/config/lora.py MaxLoRARanks; 256 at most in 0.7.3, config.py).
void diagnoseRank(EstimateContext& c) {
  const std::int64_t most = c.settings.version.before(0, 8) ? 256 : 512;
  if (!c.scenario.lora || c.scenario.lora->rank <= most) return;
  c.refuse("adapter-rank", fmt::format("vLLM takes adapters of rank {} at most, not {}", most, c.scenario.lora->rank),
           "lora");
}

// What balances experts moves between ranks that hold them whole (vllm/config/parallel.py, 0.9.2 to 0.33).
void diagnoseBalancing(EstimateContext& c) {
  if (!flagOption(c.scenario, "enable_eplb").value_or(false)) return;
  const ParallelSettings& p = c.settings.parallel;
  if (p.expert > 1 && p.tensor * p.data > 1) return;
  c.refuse("expert-balancing", "vLLM balances experts over ranks of expert parallelism, and there are none",
           "engine_options");
}

}  // namespace

void diagnoseVllmStart(EstimateContext& c) {
  diagnoseClass(c);
  diagnoseKernels(c, kVllmKernels);
  diagnoseShardBlocks(c, {.expertsRepackedSince = "0.29", .groupsPaddedSince = "0.23"});
  diagnoseSharedKeys(c);
  diagnoseSteps(c);
  diagnoseExpertless(c);
  diagnoseDecodeContext(c);
  diagnoseCompute(c);
  diagnoseBalancing(c);
  diagnoseDraftMethod(c);
  diagnoseRank(c);
}

}  // namespace headroom
