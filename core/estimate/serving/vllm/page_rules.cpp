#include "core/estimate/serving/vllm/page_rules.h"

#include <algorithm>

#include "core/model/any_layer.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

// A row: from this release on.
template <typename T>
struct Since {
  int major, minor, patch;
  T value;
};
template <typename T, std::size_t N>
constexpr T ruleAt(const Since<T> (&rows)[N], const EngineVersion& v) {
  T found = rows[0].value;
  for (const Since<T>& r : rows)
    if (!v.before(r.major, r.minor, r.patch)) found = r.value;
  return found;
}

// vllm/v1/core/kv_cache_utils.py: before 0.9.1 one group, so a window beside full layers costs the whole length.
constexpr Since<bool> kWindowsApart[] = {{0, 0, 0, false}, {0, 9, 1, true}};
// ... _get_kv_cache_groups_uniform_page_size: the smallest type sets the group; 0.12 pads gpt-oss with a draft layer.
constexpr Since<double> kLargestBelow[] = {{0, 0, 0, 0.0}, {0, 12, 0, 1.25}, {0, 18, 0, 1.5}};
// ... get_kv_cache_configs merges the specifications of all workers.
constexpr Since<bool> kGroupsOverStages[] = {{0, 0, 0, false}, {0, 11, 0, true}};
// ... unify_kv_cache_spec_page_size: longer blocks where they divide the largest page, from 0.24 padded else.
constexpr Since<UnevenPages> kUneven[] = {
    {0, 0, 0, UnevenPages::refused}, {0, 12, 0, UnevenPages::longer}, {0, 24, 0, UnevenPages::padded}};
// ... _report_kv_cache_config: blocks // groups × block before.
constexpr Since<bool> kTokensByConcurrency[] = {{0, 0, 0, false}, {0, 20, 1, true}};
// vllm/v1/kv_cache_interface.py SlidingWindowSpec: max_in_flight_tokens instead of max_num_batched_tokens.
constexpr Since<bool> kCountsBatchesInFlight[] = {{0, 0, 0, false}, {0, 26, 0, true}};
// vllm/config/vllm.py: the scheduler runs ahead of the device by default (since 0.14), and the second model runner
// fills a pipeline with one batch more; of dense models, then of all.
constexpr Since<bool> kDenseSecondRunner[] = {{0, 0, 0, false}, {0, 25, 0, true}};
constexpr Since<bool> kSecondRunner[] = {{0, 0, 0, false}, {0, 29, 0, true}};
// Models of experts that it runs before, of those that have windows (DEFAULT_V2_MODEL_RUNNER_ARCHITECTURES, 0.26).
constexpr std::string_view kRunSecond[] = {"InklingForCausalLM", "InklingForConditionalGeneration",
                                           "Qwen2MoeForCausalLM"};
// vllm/v1/kv_cache_interface.py CrossAttentionSpec: a group of its own.
constexpr Since<bool> kCrossApart[] = {{0, 0, 0, false}, {0, 10, 2, true}};
// ... FullAttentionSpec.head_size_v: values as wide as they are.
constexpr Since<bool> kPaddedValues[] = {{0, 0, 0, true}, {0, 20, 0, false}};
// ... _get_kv_cache_config_deepseek_v4, _bucket_layers_by_page_size, _get_packed_kv_cache_layout.
constexpr Since<PackedBlock> kPackedBlock[] = {
    {0, 0, 0, PackedBlock::tuples}, {0, 24, 0, PackedBlock::sizes}, {0, 27, 0, PackedBlock::group}};
// ... get_max_concurrency_for_kv_cache_config: bytes of a sequence over the bytes of the first group's page before.
constexpr Since<bool> kPackedByGroup[] = {{0, 0, 0, false}, {0, 27, 0, true}};
// vllm/v1/attention/backends/mla/flashmla.py: blocks of 64 with an 8-bit cache always; with 16 bit FlashAttention's
// kernel takes over, in blocks of 16.
constexpr Since<std::int64_t> kLatentBlock[] = {{0, 0, 0, 64}, {0, 18, 0, 16}};
// vllm/model_executor/models/config.py, from 0.20 vllm/platforms/interface.py: what a block with states grows by.
constexpr Since<std::int64_t> kLatentGranule[] = {{0, 0, 0, 64}, {0, 20, 0, 16}, {0, 27, 0, 128}};
// ... update_block_size_for_backend: a block that the user asks for is that.
constexpr Since<bool> kAskedIsGranule[] = {{0, 0, 0, false}, {0, 20, 0, true}};
// vllm/config/cache.py mamba_cache_mode, where prompts are kept: for Mamba layers, and for other states.
constexpr Since<StateMode> kMambaMode[] = {{0, 0, 0, StateMode::all}, {0, 28, 0, StateMode::align}};
constexpr Since<bool> kOtherStatesRefused[] = {{0, 0, 0, true}, {0, 15, 0, false}};
// vllm/model_executor/models/nemotron_h.py get_mamba_state_dtype_from_config, where the configuration is silent (16
// bit is the model's type, then fp16); before 0.13 what it says is not read.
constexpr Since<std::int64_t> kDecidedState[] = {{0, 0, 0, 2}, {0, 20, 0, 4}};
constexpr Since<bool> kHeedsStated[] = {{0, 0, 0, false}, {0, 13, 0, true}};

bool isLatent(const LayerKind& k) {
  return k.attention.kind == AttentionKind::latent && k.attention.compressRatio <= 0;
}
bool isSparse(const LayerKind& k) {
  return isLatent(k) && k.attention.indexerTopK > 0;
}
bool hasMamba(const LayerKind& k) {
  return k.state.kind == StateKind::mamba1 || k.state.kind == StateKind::mamba2;
}

std::int64_t bytesOfType(std::string_view name) {
  const std::optional<NumberFormat> f = numberFormat(name);
  return f ? static_cast<std::int64_t>(info(*f).blockBytes) : 0;  // "auto" is none
}

std::int64_t batchesInFlight(const Scenario& s, const EngineVersion& v, std::int64_t stages) {
  if (!ruleAt(kCountsBatchesInFlight, v)) return 1;
  if (!flagOption(s, "async_scheduling").value_or(true)) return stages;
  const bool dense = !hasExperts(*s.model) && !hasStates(*s.model);
  const bool named = std::ranges::find(kRunSecond, s.model->named) != std::end(kRunSecond);
  if (ruleAt(kSecondRunner, v) || ((dense || named) && ruleAt(kDenseSecondRunner, v))) return stages + 1;
  return stages == 1 ? 2 : stages;
}

StateMode stateMode(const Scenario& s, const Settings& settings) {
  const std::string_view asked = textOption(s, "mamba_cache_mode");
  if (asked == "all") return StateMode::all;
  if (asked == "align") return StateMode::align;
  if (asked == "none" || !settings.prefixCaching) return StateMode::none;
  return anyLayer(*s.model, hasMamba) ? ruleAt(kMambaMode, settings.version) : StateMode::align;
}

StateFormats stateFormats(const Scenario& s, const Settings& settings) {
  constexpr std::string_view kSource =
      "vllm/model_executor/layers/mamba/mamba_utils.py: the model's type unless another is asked for (0.18)";
  StateFormats f;
  const auto compute = static_cast<std::int64_t>(info(settings.compute).blockBytes);
  f.convolution = f.silent = compute;
  if (const std::int64_t both = bytesOfType(textOption(s, "mamba_cache_dtype")); both > 0)
    f.convolution = f.asked = both;
  if (const std::int64_t state = bytesOfType(textOption(s, "mamba_ssm_cache_dtype")); state > 0) f.asked = state;
  f.decided = ruleAt(kDecidedState, settings.version);
  f.heedsStated = ruleAt(kHeedsStated, settings.version);
  f.source = kSource;
  return f;
}

// What the attention kernel works on.
std::int64_t kernelBlock(const Scenario& s, const Settings& settings, const ServingDevice& device) {
  if (anyLayer(*s.model, isSparse)) return 64;
  const bool hopper = device.kind == DeviceClass::datacenter && device.computeCapability < 10.0;
  if (!anyLayer(*s.model, isLatent) || !hopper) return 16;
  return bytesPerElement(settings.kvCache.k) < 2 ? 64 : ruleAt(kLatentBlock, settings.version);
}

}  // namespace

PageRules pageRules(const EngineVersion& v) {
  PageRules r;
  r.largestBelow = ruleAt(kLargestBelow, v);
  r.groupsOverStages = ruleAt(kGroupsOverStages, v);
  r.uneven = ruleAt(kUneven, v);
  r.tokensByConcurrency = ruleAt(kTokensByConcurrency, v);
  r.batchesInFlight = ruleAt(kCountsBatchesInFlight, v) ? 2 : 1;
  r.habits.windowsApart = ruleAt(kWindowsApart, v);
  r.habits.crossApart = ruleAt(kCrossApart, v);
  r.habits.paddedValues = ruleAt(kPaddedValues, v);
  r.habits.states.decided = ruleAt(kDecidedState, v);
  r.habits.states.heedsStated = ruleAt(kHeedsStated, v);
  r.habits.scaledSparse = true;  // vllm/v1/attention/backends/mla/flashmla_sparse.py, from its first release (0.11)
  r.packed = true;
  r.packedBlock = ruleAt(kPackedBlock, v);
  r.packedByGroup = ruleAt(kPackedByGroup, v);
  return r;
}

PageRules pageRules(const Scenario& s, const Settings& settings, const ServingDevice& device) {
  const EngineVersion& v = settings.version;
  PageRules r = pageRules(v);
  r.stages = std::max<std::int64_t>(1, settings.parallel.pipeline);
  r.contextRanks = std::max<std::int64_t>(1, settings.parallel.context) *
                   integerOption(s, "decode_context_parallel_size").value_or(1);
  r.batchesInFlight = batchesInFlight(s, v, r.stages);
  r.encoderTokens = s.model->encoderTokens;
  if (flagOption(s, "disable_hybrid_kv_cache_manager").value_or(false)) r.habits.windowsApart = false;
  r.overriddenBlocks = integerOption(s, "num_gpu_blocks_override").value_or(0);

  const std::optional<std::int64_t> asked = integerOption(s, "block_size");
  r.blockSize = asked.value_or(kernelBlock(s, settings, device));
  r.granule = anyLayer(*s.model, isLatent) ? ruleAt(kLatentGranule, v) : 16;
  if (asked && ruleAt(kAskedIsGranule, v)) r.granule = *asked;

  r.states = stateMode(s, settings);
  r.cachingRefused = r.states != StateMode::none && hasStates(*s.model) && !anyLayer(*s.model, hasMamba) &&
                     ruleAt(kOtherStatesRefused, v);
  r.habits.states = stateFormats(s, settings);
  if (settings.draftTokens > 0) {
    r.habits.draftTokens = settings.draftTokens;
    r.habits.draft = draftLayers(s);
  }
  return r;
}

}  // namespace headroom
