#include "core/estimate/serving/common/shard_blocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/estimate/placement.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

// vllm/model_executor/layers/quantization/utils/fp8_utils.py validate_fp8_block_shape, gptq.py and awq.py
// create_weights (0.6.6 to 0.33); sglang/srt/layers/quantization/fp8.py, gptq, awq (0.4.6 to 0.5.18): blocks of 128 ×
// 128, groups of 128.
constexpr std::int64_t kBlock = 128;

enum class Cut : std::uint8_t { none, inputs, outputs };

Cut cutOf(TensorRole role) {
  using enum TensorRole;
  switch (role) {
    case o_proj:
    case down_proj:
    case shared_down:
    case expert_down:
      return Cut::inputs;
    case gate_proj:
    case up_proj:
    case gate_up_proj:
    case shared_gate:
    case shared_up:
    case shared_gate_up:
    case expert_gate:
    case expert_up:
    case expert_gate_up:
      return Cut::outputs;
    default:
      return Cut::none;
  }
}

// A rank's width of the matrix that is no whole number of blocks; 0: it is.
std::int64_t uneven(const Tensor& t, Cut cut, std::int64_t ranks) {
  using enum TensorRole;
  const bool fused = t.role == gate_up_proj || t.role == shared_gate_up || t.role == expert_gate_up;
  const std::int64_t whole = cut == Cut::inputs ? t.columns : fused ? t.rows / 2 : t.rows;
  return whole > 0 && whole % kBlock == 0 && whole % ranks == 0 && whole / ranks % kBlock != 0 ? whole / ranks : 0;
}

// A width of the matrix that the ranks cannot divide; 0: they can. Experts in 4-bit blocks of their own are filled up.
std::int64_t undivided(const Tensor& t, Cut cut, std::int64_t ranks) {
  if (t.role == TensorRole::o_proj || t.stored == NumberFormat::mxfp4) return 0;
  const std::int64_t whole = cut == Cut::inputs ? t.columns : t.rows;
  return whole % ranks != 0 ? whole : 0;
}

// vllm/model_executor/layers/mamba/mamba_mixer2.py: heads, and groups but a single one, divide over the ranks (0.14.1,
// 0.33); gdn_linear_attn.py and linear_attn.py: both kinds of heads.
std::int64_t undividedState(const StateSpec& s, std::int64_t ranks) {
  if (s.kind == StateKind::none) return 0;
  const bool groups = s.kind == StateKind::mamba2 && s.groups > 1 && s.groups % ranks != 0;
  if (groups) return s.groups;
  for (const std::int64_t heads : {s.heads, s.keyHeads})
    if (heads > 0 && heads % ranks != 0) return heads;
  return 0;
}

bool reached(const EngineVersion& v, std::string_view since) {
  return !since.empty() && !v.before(engineVersion(since));
}

bool borrows(const AttentionSpec& a) {
  return !a.ownsCache && a.kind != AttentionKind::none;
}

}  // namespace

void diagnoseSharedKeys(EstimateContext& c) {
  const Model& m = c.model;
  const std::int64_t stages = c.settings.parallel.pipeline;
  for (std::int64_t stage = 1; stage < stages && stages <= m.layers(); ++stage) {
    const StageLayers part = stageLayers(m.layers(), stages, stage);
    std::int64_t full = 0, windowed = 0;  // layers of the stage so far that have their own
    for (std::int64_t i = part.first; i < part.last; ++i) {
      const AttentionSpec& a = m.layer(static_cast<std::size_t>(i)).attention;
      std::int64_t& own = a.window > 0 ? windowed : full;
      if (borrows(a) && own == 0)
        return c.refuse("shared-keys",
                        fmt::format("layers that read another's keys and values would stand on a later pipeline stage "
                                    "of {} than it",
                                    rowOf(c.settings.engine).label),
                        "parallel.pipeline");
      own += borrows(a) || a.kind == AttentionKind::none ? 0 : 1;
    }
  }
}

void diagnoseShardBlocks(EstimateContext& c, const ShardBlocks& rules) {
  const ParallelSettings& p = c.settings.parallel;
  const std::int64_t tensor = p.tensor,
                     ofExperts = std::max<std::int64_t>(1, p.tensor / std::max<std::int64_t>(1, p.expert));
  if (tensor <= 1) return;
  const auto shards = [&](const Tensor& t) {
    return isRoutedExpert(t.role) ? ofExperts : t.role == TensorRole::o_proj ? p.ofAttention() : tensor;
  };
  const std::string_view engine = rowOf(c.settings.engine).label;
  const auto refuseWidth = [&](std::string_view what, std::int64_t width, std::int64_t ranks) {
    c.refuse("uneven-widths",
             fmt::format("{} divides {} evenly, and {} of them cannot be by {} ranks", engine, what, width, ranks),
             "parallel.tensor");
  };
  for (const LayerKind& kind : c.model.kinds) {
    if (const std::int64_t heads = undividedState(kind.state, p.ofAttention()); heads > 0)
      return refuseWidth("a state's heads or groups", heads, p.ofAttention());
    for (const Tensor& t : kind.tensors) {
      const Cut cut = cutOf(t.role);
      if (cut == Cut::none || !isQuantizable(t)) continue;
      if (const std::int64_t width = undivided(t, cut, shards(t)); width > 0)
        return refuseWidth("an MLP's columns", width, shards(t));
      const NumberFormat format = formatOf(c.model, t, c.settings.weights);
      const bool blocks = format == NumberFormat::fp8_block;
      const bool groups = format == NumberFormat::gptq_int4 || format == NumberFormat::awq_int4;
      if (!blocks && !(groups && cut == Cut::inputs)) continue;
      const std::int64_t width = uneven(t, cut, shards(t));
      if (width == 0) continue;
      // A word for 4-bit weights stands for a checkpoint of its own, which its makers may have filled up for this.
      const bool filled = groups && !std::holds_alternative<AsStored>(c.settings.weights);
      const bool repacked =
          filled || (groups ? reached(c.settings.version, rules.groupsPaddedSince)
                            : isRoutedExpert(t.role) && reached(c.settings.version, rules.expertsRepackedSince));
      if (repacked) return c.unmodelled(fmt::format("how {} holds blocks that its ranks cut", engine));
      return c.refuse("uneven-shards",
                      fmt::format("{} cuts a quantized matrix into shards {} wide, which blocks of {} do not divide",
                                  engine, width, kBlock),
                      "parallel.tensor");
    }
  }
}

}  // namespace headroom
