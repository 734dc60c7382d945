#include "core/estimate/serving/sglang/pools.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/estimate/arithmetic.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

// Classes whose windowed layers have a pool of their own, from a release on (sglang/srt/configs/model_config.py,
// is_hybrid_swa_model of 0.5.8 to 0.5.23; is_hybrid_model of 0.5.7). A model is known by its class or by its family:
// some name no class, or one of a publisher's own.
struct WindowClass {
  std::string_view name, family;
  int patch;  // of 0.5
};
constexpr WindowClass kWindowClasses[] = {
    {"MiMoV2FlashForCausalLM", "mimo_v2_flash", 7},
    {"GptOssForCausalLM", "gpt_oss", 8},
    {"Llama4ForConditionalGeneration", "llama4", 8},
    {"Step3p5ForCausalLM", "step3p5", 9},
    {"MiMoV2ForCausalLM", "mimo_v2", 11},
    {"Gemma4ForConditionalGeneration", "gemma4", 11},
    {"Gemma4ForCausalLM", "gemma4_text", 11},
    {"LagunaForCausalLM", "laguna", 12},
    {"Step3p7ForConditionalGeneration", "step3p7", 13},
    {"Gemma4UnifiedForConditionalGeneration", "gemma4_unified", 13},
    {"UnlimitedOCRForCausalLM", "unlimited_ocr", 15},
    {"MellumForCausalLM", "mellum", 16},
    {"InklingForConditionalGeneration", "inkling_mm_model", 16},
    {"MuseGlimmerForConditionalGeneration", "muse_glimmer", 18},
    {"MuseGlimmerForCausalLM", "muse_glimmer_text", 18},
    {"GraniteSWAForCausalLM", "granite_swa", 19},
    {"GraniteMoeSWAForCausalLM", "granitemoe_swa", 19},
    {"DiffusionGemmaForBlockDiffusion", "diffusion_gemma", 21},
    {"IQuestQ1ForCausalLM", "iquest_q1", 21},
    {"BeamForCausalLM", "beam", 23},
};
constexpr int kNamedClassesSince = 7;   // before, every model with sliding layers (model_runner.py is_hybrid, 0.5.6)
constexpr int kSplitCellSince = 11;     // pool_configurator.py divides by the split cell
constexpr int kDraftCellSince = 14;     // ... which holds EAGLE's and a draft model's layers too
constexpr int kDraftSplitSince = 15;    // ... also beside a pool of windows
constexpr int kSpareSlotSince = 17;     // ... and keeps one slot for padding
constexpr int kScaledLatentSince = 17;  // ... counts block scales and the 16-bit rotary part of sparse latent attention
constexpr int kFewIndexersSince = 18;   // ... and indexers' keys of the layers that have one
constexpr int kStatedStateSince = 9;    // mamba_utils.py: reads the configuration's type

bool before(const EngineVersion& v, int patch) {
  return v.before(0, 5, patch);
}

bool hasWindowPool(const Model& m, const EngineVersion& v) {
  if (v.before(0, 4, 10)) return false;
  if (before(v, kNamedClassesSince)) return true;
  return std::ranges::any_of(kWindowClasses, [&](const WindowClass& c) {
    return (c.family == m.family || c.name == m.named) && !before(v, c.patch);
  });
}

std::int64_t bytesOfType(std::string_view name) {
  const std::optional<NumberFormat> f = numberFormat(name);
  return f ? static_cast<std::int64_t>(info(*f).blockBytes) : 0;
}

StateFormats stateFormats(const Scenario& s, const EngineVersion& v) {
  StateFormats f;
  f.silent = f.decided = 4;
  f.heedsStated = !before(v, kStatedStateSince);
  f.asked = bytesOfType(textOption(s, "mamba_ssm_dtype"));
  f.source =
      "sglang/srt/configs/mamba_utils.py: convolution in bf16, states in fp32 unless the configuration says "
      "otherwise (0.5.9)";
  return f;
}

bool isSparse(const LayerKind& k) {
  return k.attention.kind == AttentionKind::latent && k.attention.indexerTopK > 0 && k.attention.compressRatio <= 0;
}

}  // namespace

SglangRules sglangRules(const Scenario& s, const Settings& settings) {
  const EngineVersion& v = settings.version;
  SglangRules r;
  const bool off = flagOption(s, "disable_hybrid_swa_memory").value_or(false);
  r.habits.windowsApart = !off && hasWindowPool(*s.model, v);
  r.habits.chunksApart = r.habits.windowsApart && !before(v, kNamedClassesSince);
  r.habits.scaledSparse = !before(v, kScaledLatentSince);
  if (before(v, kFewIndexersSince))
    for (const LayerKind& k : s.model->kinds)
      if (isSparse(k)) r.habits.indexerOfAll = std::max(r.habits.indexerOfAll, k.attention.indexerDim);
  r.habits.states = stateFormats(s, v);
  r.commonCellFirst = before(v, kSplitCellSince);
  r.spareSlot = !before(v, kSpareSlotSince);
  const bool cells = s.speculative && s.speculative->method != DraftMethod::ngram && !before(v, kDraftCellSince);
  r.draftCells = cells && (!r.habits.windowsApart || !before(v, kDraftSplitSince));
  r.windowShare = numberOption(s, "swa_full_tokens_ratio").value_or(r.windowShare);
  r.stateShare = numberOption(s, "mamba_full_memory_ratio").value_or(r.stateShare);
  const bool sparse = std::ranges::any_of(s.model->kinds, isSparse);
  r.pageSize = integerOption(s, "page_size").value_or(sparse ? 64 : 1);
  r.mostTokens = integerOption(s, "max_total_tokens").value_or(0);
  r.stateSlots = integerOption(s, "max_mamba_cache_size").value_or(0);
  return r;
}

SglangCells sglangCells(const CacheTypes& types, std::int64_t draftLayers) {
  SglangCells c;
  double layers = 0;
  for (const CacheType& t : types) {
    if (t.kind == CacheType::Kind::sliding)
      c.windowed += t.bytesPerToken() * d(t.stageLayers);
    else if (t.kind == CacheType::Kind::state)
      c.state += t.stateBytes() * d(t.stageLayers);
    else
      c.full += t.bytesPerToken() * d(t.stageLayers), layers += d(t.stageLayers);
  }
  // A draft's layers are taken to be as wide as the model's (eagle_draft_num_layers).
  if (layers > 0) c.full = std::floor(c.full * (1 + d(draftLayers) / layers));
  return c;
}

SglangPool sglangPool(const SglangCells& cells, double bytes, std::int64_t context, const SglangRules& rules) {
  SglangPool pool;
  double left = std::max(0.0, bytes);
  if (cells.state > 0) {
    const double budget = left * rules.stateShare / (1.0 + rules.stateShare);
    const double allocated = rules.stateSlots > 0 ? d(rules.stateSlots) + (rules.spareSlot ? 1 : 0)
                                                  : std::floor(std::min(budget / cells.state, 1e15));
    pool.slots = static_cast<std::int64_t>(std::max(0.0, allocated - (rules.spareSlot ? 1 : 0)));
    pool.stateBytes = allocated * cells.state;
    left = std::max(0.0, left - pool.stateBytes);
    pool.concurrency = d(pool.slots);
  }
  // Windows alone keep their own tokens; beside full layers, a share of theirs.
  const double cell = cells.full > 0 ? cells.full + rules.windowShare * cells.windowed : cells.windowed;
  if (cell <= 0) return pool;
  double tokens = left / cell;
  if (const double common = cells.full + cells.windowed; rules.commonCellFirst && cells.full > 0 && cells.windowed > 0)
    tokens = std::floor(left / common) * common / cell;
  pool.tokens = static_cast<std::int64_t>(std::min(tokens, 1e15));
  if (rules.mostTokens > 0) pool.tokens = std::min(pool.tokens, rules.mostTokens);
  pool.tokens = pool.tokens / rules.pageSize * rules.pageSize;
  pool.tokenBytes = d(pool.tokens) * cell;
  const double byTokens = d(pool.tokens) / d(std::max<std::int64_t>(1, context));
  pool.concurrency = cells.state > 0 ? std::min(pool.concurrency, byTokens) : byTokens;
  return pool;
}

}  // namespace headroom
