#include "core/estimate/serving/common/serving_ranks.h"

namespace headroom {

bool sameStage(const Model& m, const RankPart& a, const RankPart& b) {
  if (a.firstStage != b.firstStage || a.lastStage != b.lastStage || a.layers.count() != b.layers.count()) return false;
  for (std::size_t k = 0; k < m.kinds.size(); ++k)
    if (layersOfKind(m, k, a.layers) != layersOfKind(m, k, b.layers)) return false;
  return true;
}

RankPart servingPart(const Model& m, const ParallelSettings& p, std::int64_t stage) {
  const std::int64_t stages = std::clamp<std::int64_t>(p.pipeline, 1, std::max<std::int64_t>(1, m.layers()));
  RankPart part;
  part.tensorParallel = std::max<std::int64_t>(1, p.tensor);
  part.expertParallel = std::max<std::int64_t>(1, p.expert);
  part.expertTensor = std::max<std::int64_t>(1, p.expertTensor);
  // Attention in groups of the tensor-parallel ranks keeps the embedding whole (sglang/srt/models/deepseek_v2.py:
  // VocabParallelEmbedding with enable_tp=not is_dp_attention_enabled(), 0.5).
  if (p.dataInsideTensor) part.attentionParallel = p.ofAttention(), part.embeddingParallel = 1;
  part.layers = stages == 1 ? StageLayers{0, m.layers()} : stageLayers(m.layers(), stages, stage);
  part.firstStage = stage == 0;
  part.lastStage = stage == stages - 1;
  return part;
}

}  // namespace headroom
