#include "core/estimate/serving/common/shard_blocks.h"

#include <fmt/format.h>

#include <algorithm>

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

bool reached(const EngineVersion& v, std::string_view since) {
  return !since.empty() && !v.before(engineVersion(since));
}

}  // namespace

void diagnoseShardBlocks(EstimateContext& c, const ShardBlocks& rules) {
  const ParallelSettings& p = c.settings.parallel;
  const std::int64_t tensor = p.tensor,
                     ofExperts = std::max<std::int64_t>(1, p.tensor / std::max<std::int64_t>(1, p.expert));
  if (tensor <= 1) return;
  const auto shards = [&](const Tensor& t) {
    return isRoutedExpert(t.role) ? ofExperts : t.role == TensorRole::o_proj ? p.ofAttention() : tensor;
  };
  for (const LayerKind& kind : c.model.kinds)
    for (const Tensor& t : kind.tensors) {
      const Cut cut = cutOf(t.role);
      if (cut == Cut::none || !isQuantizable(t)) continue;
      const NumberFormat format = formatOf(c.model, t, c.settings.weights);
      const bool blocks = format == NumberFormat::fp8_block;
      const bool groups = format == NumberFormat::gptq_int4 || format == NumberFormat::awq_int4;
      if (!blocks && !(groups && cut == Cut::inputs)) continue;
      const std::int64_t width = uneven(t, cut, shards(t));
      if (width == 0) continue;
      const std::string_view engine = rowOf(c.settings.engine).label;
      // A word for 4-bit weights stands for a checkpoint of its own, which its makers may have filled up for this.
      const bool filled = groups && !std::holds_alternative<AsStored>(c.settings.weights);
      const bool repacked = filled ? true
                            : groups
                                ? reached(c.settings.version, rules.groupsPaddedSince)
                                : isRoutedExpert(t.role) && reached(c.settings.version, rules.expertsRepackedSince);
      if (repacked) return c.unmodelled(fmt::format("how {} holds blocks that its ranks cut", engine));
      return c.refuse("uneven-shards",
                      fmt::format("{} cuts a quantized matrix into shards {} wide, which blocks of {} do not divide",
                                  engine, width, kBlock),
                      "parallel.tensor");
    }
}

}  // namespace headroom
