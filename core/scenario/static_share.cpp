// sglang/srt/server_args.py _handle_gpu_memory_settings and _handle_missing_default_values, 0.4.0 to 0.5.18, and
// arg_groups/memory_hook.py of 0.5.23. Sizes in MiB.
#include "core/scenario/static_share.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

using nlohmann::json;

double d(std::int64_t count) {
  return static_cast<double>(count);
}

struct Size {
  double belowGiB;
  std::int64_t chunk, graphBatch, graphBatchFour;  // the last from four tensor-parallel ranks on
};
constexpr Size kOldSizes[] = {{35, 2048, 8, 80}, {1e9, 8192, 160, 160}};
constexpr Size kFirstSizes[] = {
    {20, 2048, 8, 8}, {35, 2048, 16, 80}, {60, 4096, 32, 160}, {160, 8192, 256, 512}, {1e9, 16384, 512, 512}};
constexpr Size kSizes[] = {
    {20, 2048, 8, 8}, {35, 2048, 24, 80}, {60, 4096, 32, 160}, {160, 8192, 256, 512}, {1e9, 16384, 512, 512}};
constexpr Size kNewestSizes[] = {  // absent in 0.5.18, there in 0.5.23
    {20, 2048, 8, 8},
    {35, 4096, 48, 160},
    {60, 4096, 32, 160},
    {160, 8192, 256, 512},
    {1e9, 16384, 512, 512}};

template <std::size_t kCount>
SglangSizes pick(const Size (&rows)[kCount], double gib, std::int64_t ranks) {
  const Size& row = *std::find_if(std::begin(rows), std::end(rows), [gib](const Size& s) { return gib < s.belowGiB; });
  return {row.chunk, ranks >= 4 ? row.graphBatchFour : row.graphBatch};
}

// Until 0.4.8 a share by the tensor-parallel ranks.
struct ByRanks {
  std::int64_t from;
  double share;
};
constexpr ByRanks kByRanks[] = {{16, 0.79}, {8, 0.81}, {4, 0.85}, {2, 0.87}, {1, 0.88}};

double shareByRanks(std::int64_t tensor) {
  return std::find_if(std::begin(kByRanks), std::end(kByRanks), [&](const ByRanks& r) { return tensor >= r.from; })
      ->share;
}

bool drafts(const Scenario& s) {
  return s.speculative && s.speculative->method != DraftMethod::ngram;
}
bool standalone(const Scenario& s) {
  return s.speculative && s.speculative->method == DraftMethod::draft_model;
}

// 0.4.9 to 0.5.2: by the card.
double reservedByCard(const Scenario& s, const Settings& t, double gib, double ranks) {
  double kept = gib < 35 ? 2.8 + ranks / 10 : gib < 90 ? 9.5 + ranks / 2 : gib < 160 ? 12 + ranks / 2 : 32;
  const bool alone = standalone(s) && !t.version.before(0, 5, 2);
  if (drafts(s)) kept += alone ? 6 : 2;
  if (flagOption(s, "enable_dp_attention").value_or(false)) kept += 4;
  return kept * 1024;
}

// Sizes for which prefill graphs are captured: by 4 to 32, by 16 to 256, by 32 to 512, by 64 to 1024, by 256 to 4096,
// then by 512.
double prefillGraphs(std::int64_t chunk) {
  struct Step {
    std::int64_t to, by;
  };
  constexpr Step kSteps[] = {{32, 4}, {256, 16}, {512, 32}, {1024, 64}, {4096, 256}, {1 << 30, 512}};
  std::int64_t count = 0, from = 0;
  for (const Step& s : kSteps) {
    if (from >= chunk) break;
    count += (std::min(s.to, chunk) - from) / s.by, from = s.to;
  }
  return d(count);
}

// Since 0.5.3: by what activations and graphs take.
double reservedByUse(const Scenario& s, const Settings& t, double gib, double ranks, const SglangSizes& sizes) {
  const EngineVersion& v = t.version;
  const bool decodes = s.cudaGraphs.value_or(true) || v.before(0, 5, 16);  // 0.5.16: reserve_for_graph_mb
  double kept = 512 + 1.5 * d(std::max<std::int64_t>(sizes.chunk, 2048)) + 128 * ranks;
  if (decodes) kept += 2.0 * d(sizes.graphBatch);
  if (flagOption(s, "enable_dp_attention").value_or(false)) {
    const double sequences = d(sizes.graphBatch * t.parallel.data);
    kept += (sizes.graphBatch > 300 ? 4.5 : 3.0) * sequences;
  }
  if (sglangCapturesPrefill(s, t)) {
    const bool latent = std::ranges::any_of(
        s.model->kinds, [](const LayerKind& k) { return k.attention.kind == AttentionKind::latent; });
    kept += latent ? 1536 : 8 * prefillGraphs(sizes.chunk);
  }
  if (gib > 60) kept = std::max(kept, 10.0 * 1024);
  // Before 0.5.14 the draft's weights and cache live in what the static share leaves, beside the least that is kept.
  if (drafts(s) && !sglangCountsDrafts(v)) kept += standalone(s) ? 6144 : v.before(0, 5, 10) ? 2048 : 4096;
  return kept;
}

double said(const json& section, const char* key, double otherwise) {
  const auto at = section.is_object() ? section.find(key) : section.end();
  return at != section.end() && at->is_number() ? at->get<double>() : otherwise;
}

// Since 0.4.10 a vision tower leaves the pools less: 5 %, and a tenth of how much it exceeds one of 24 layers of 1024.
// A tower that gives its size other names (depth, embed_dim) counts as one of those (adjust_mem_fraction_for_vlm).
double visionFactor(const Model& m, const EngineVersion& v) {
  if (!m.visionSpec || v.before(0, 4, 10)) return 1;
  const json config = json::parse(m.config, nullptr, false);
  const json tower = config.is_object() ? config.value("vision_config", json::object()) : json::object();
  const double layers = said(tower, "num_hidden_layers", 24), hidden = said(tower, "hidden_size", 1024);
  const double excess = layers * hidden * hidden / (24.0 * 1024 * 1024) - 1;
  return 0.95 * std::clamp(1 - 0.1 * excess, 0.8, 1.05);
}

}  // namespace

SglangSizes sglangSizes(const Scenario& s, const EngineVersion& v, double gib, std::int64_t tensorRanks) {
  SglangSizes sizes = v.before(0, 5, 3)    ? pick(kOldSizes, gib, tensorRanks)
                      : v.before(0, 5, 5)  ? pick(kFirstSizes, gib, tensorRanks)
                      : v.before(0, 5, 23) ? pick(kSizes, gib, tensorRanks)
                                           : pick(kNewestSizes, gib, tensorRanks);
  if (!v.before(0, 5, 23) && s.maxSequences) sizes.graphBatch = std::min(sizes.graphBatch, *s.maxSequences);
  for (const std::string_view name : {"cuda_graph_max_bs", "cuda_graph_max_bs_decode"})
    sizes.graphBatch = integerOption(s, name).value_or(sizes.graphBatch);
  return sizes;
}

bool sglangCountsDrafts(const EngineVersion& v) {
  return !v.before(0, 5, 14);
}

double sglangStaticShare(const Scenario& s, const Settings& t, double gib, const SglangSizes& sizes) {
  if (s.memoryUtilization) return *s.memoryUtilization;
  const EngineVersion& v = t.version;
  const ParallelSettings& p = t.parallel;
  if (v.before(0, 4, 9) && (v.before(0, 4, 6) || gib <= 80)) return shareByRanks(p.tensor);
  const double ranks = d(p.tensor * p.pipeline);
  const double kept = v.before(0, 4, 9)   ? 13.0 * 1024
                      : v.before(0, 5, 3) ? reservedByCard(s, t, gib, ranks)
                                          : reservedByUse(s, t, gib, ranks, sizes);
  const double share = std::round((1.0 - kept / (gib * 1024)) * 1000) / 1000;
  return std::max(0.1, share * visionFactor(*s.model, v));
}

OwnClaim sglangClaim(const Scenario& s, const Settings& t) {
  const double gib = !s.devices.empty() && s.devices.front().capacity()
                         ? d(s.devices.front().capacity()->value()) / static_cast<double>(kGiB)
                         : kUnnamedGiB;
  SglangSizes sizes = sglangSizes(s, t.version, gib, t.parallel.tensor);
  sizes.chunk = s.prefillTokens.value_or(sizes.chunk);
  return {sizes.chunk, sglangStaticShare(s, t, gib, sizes)};
}

}  // namespace headroom
