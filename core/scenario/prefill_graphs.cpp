// Which runs of SGLang capture their prefill: sglang/srt/server_args.py, _handle_piecewise_cuda_graph (0.5.10, 0.5.12),
// _disable_tc_piecewise_cudagraph_if_incompatible (0.5.14), _disable_breakable_cudagraph_if_incompatible (0.5.16 to
// 0.5.18), arg_groups/cuda_graph_hook.py (0.5.23). A rule that is in one of these and not in the next is dated with the
// latter.
#include <algorithm>

#include "core/hardware/accelerator.h"
#include "core/scenario/engine_options.h"
#include "core/scenario/static_share.h"

namespace headroom {
namespace {

struct Question {
  const Scenario& s;
  const Settings& t;
};

bool anyLayer(const Question& q, bool (*has)(const LayerKind&)) {
  return std::ranges::any_of(q.s.model->kinds, has);
}
bool on(const Question& q, std::string_view option) {
  return flagOption(q.s, option).value_or(false);
}

bool otherVendor(const Question& q) {
  return std::ranges::any_of(q.s.devices,
                             [](const DeviceRequest& d) { return d.entry != nullptr && d.entry->vendor != "NVIDIA"; });
}
bool latent(const Question& q) {
  return anyLayer(q, [](const LayerKind& k) { return k.attention.kind == AttentionKind::latent; });
}
bool sparse(const Question& q) {
  return anyLayer(
      q, [](const LayerKind& k) { return k.attention.kind == AttentionKind::latent && k.attention.indexerTopK > 0; });
}
bool denseLatent(const Question& q) {
  return latent(q) && !sparse(q);
}
bool compressed(const Question& q) {
  return anyLayer(q, [](const LayerKind& k) { return k.attention.compressRatio > 0; });
}
bool gatedDelta(const Question& q) {
  return anyLayer(q, [](const LayerKind& k) { return k.state.kind == StateKind::gated_delta_net; });
}
bool kimiDelta(const Question& q) {
  return anyLayer(q, [](const LayerKind& k) { return k.state.kind == StateKind::kimi_delta; });
}
bool seesImages(const Question& q) {
  return !q.s.model->vision.empty();
}
// Towers whose language models were tried: Qwen3.5's, from 0.5.18 on Kimi's, which reads latents.
bool seesImagesButDelta(const Question& q) {
  return seesImages(q) && !gatedDelta(q);
}
bool seesImagesButTried(const Question& q) {
  return seesImagesButDelta(q) && !latent(q);
}
bool drafts(const Question& q) {
  return q.s.speculative.has_value();
}
bool groupsAttention(const Question& q) {
  return on(q, "enable_dp_attention");
}
bool staged(const Question& q) {
  return q.t.parallel.pipeline > 1;
}
bool splitsContext(const Question& q) {
  return q.t.parallel.context > 1 || integerOption(q.s, "attn_cp_size").value_or(1) > 1;
}
bool adapts(const Question& q) {
  return q.s.lora.has_value();
}
bool compiles(const Question& q) {
  return on(q, "enable_torch_compile");
}
bool readsGguf(const Question& q) {
  return std::holds_alternative<GgufFileType>(q.t.weights);
}
bool offloads(const Question& q) {
  return numberOption(q.s, "cpu_offload_gb").value_or(0) > 0 || on(q, "enable_hierarchical_cache");
}
bool balances(const Question& q) {
  return on(q, "enable_eplb") || on(q, "enable_symm_mem");
}
bool disaggregated(const Question& q) {
  const std::string_view mode = textOption(q.s, "disaggregation_mode");
  return !mode.empty() && mode != "null";
}
bool overlapsBatches(const Question& q) {
  return on(q, "enable_two_batch_overlap");
}
bool exchanges(const Question& q) {
  const std::string_view way = textOption(q.s, "moe_a2a_backend");
  return !way.empty() && way != "none";
}
bool exchangesOtherwise(const Question& q) {
  const std::string_view way = textOption(q.s, "moe_a2a_backend");
  return exchanges(q) && way != "deepep" && way != "megamoe" && way != "flashinfer";
}

// Not captured where this holds, from one patch of 0.5 to before another.
struct Rule {
  int from, before;
  bool (*holds)(const Question&);
};
constexpr int kPieces = 10, kSegments = 16, kAlways = 1000;
constexpr Rule kRules[] = {
    {kPieces, kAlways, otherVendor},
    {kPieces, 14, sparse},
    {kPieces, kAlways, compressed},
    {kPieces, kSegments, [](const Question& q) { return gatedDelta(q) || seesImages(q); }},
    {kSegments, 18, seesImagesButDelta},
    {18, kAlways, seesImagesButTried},
    {kSegments, 17, latent},
    {17, 18, denseLatent},
    {23, kAlways, kimiDelta},
    {kPieces, 12, drafts},
    {kPieces, 17, groupsAttention},
    {kPieces, kSegments, staged},
    {23, kAlways, staged},
    {kPieces, kAlways, splitsContext},
    {kPieces, 17, adapts},
    {kPieces, kSegments, compiles},
    {kPieces, kSegments, readsGguf},
    {kPieces, kSegments, offloads},
    {kPieces, kSegments, balances},
    {kPieces, kSegments, disaggregated},
    {17, kAlways, overlapsBatches},
    {kPieces, 17, exchanges},
    {17, kAlways, exchangesOtherwise},
};

}  // namespace

bool sglangCapturesPrefill(const Scenario& s, const Settings& t) {
  const EngineVersion& v = t.version;
  const Question q{s, t};
  if (on(q, "disable_piecewise_cuda_graph") || on(q, "disable_prefill_cuda_graph")) return false;
  if (v.before(0, 5, kPieces)) return on(q, "enable_piecewise_cuda_graph");
  if (on(q, "enforce_piecewise_cuda_graph") && v.before(0, 5, 14)) return true;
  if (!s.cudaGraphs.value_or(true) && !v.before(0, 5, 14)) return false;  // --disable-cuda-graph is of both since
  return std::ranges::none_of(
      kRules, [&](const Rule& r) { return !v.before(0, 5, r.from) && v.before(0, 5, r.before) && r.holds(q); });
}

}  // namespace headroom
