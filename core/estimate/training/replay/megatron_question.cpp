// Which passes the program of Megatron-Core's own modules answers for. Its attention has no fused kernel: whoever asks
// for plain products gets these modules, whoever does not gets TransformerEngine's, which no program runs.
#include <algorithm>

#include "core/estimate/training/replay/replay.h"

namespace headroom::training {
namespace {

// The local specification's block: one projection for queries, keys and values, biases there at most.
bool knowsBlock(const Model& model, const Settings& s) {
  if (!usualBlock(model, s)) return false;
  const LayerKind& k = model.kinds.front();
  const AttentionSpec& a = k.attention;
  const auto outside = [](const Tensor& tensor) {
    using enum TensorRole;
    return tensor.bias && tensor.role != q_proj && tensor.role != k_proj && tensor.role != v_proj;
  };
  return a.logitSoftCap == 0 && !a.outputGate && !a.sinks && a.valueDim == a.headDim && a.rotaryDim == a.headDim &&
         std::ranges::none_of(k.tensors, outside);
}

// Ranks of tensor parallelism have whole heads and equal parts; a sequence in parts needs norms of other packages.
bool splits(const Model& model, const Layout& l) {
  const AttentionSpec& a = model.kinds.front().attention;
  const auto divides = [&](std::int64_t all) { return all % l.tensor == 0; };
  return l.tensor == 1 || (!l.sequence && divides(a.heads) && divides(a.kvHeads) && divides(model.vocabulary) &&
                           divides(model.kinds.front().mlp.intermediate));
}

bool answers(const Run& r) {
  const Settings& s = r.settings;
  const TrainingSettings& t = s.training;
  const Layout& l = r.layout;
  const auto* weights = std::get_if<NumberFormat>(&s.weights);
  const bool stays = s.offload.parameters == OffloadTarget::none && s.offload.activations == OffloadTarget::none;
  const bool replicas = l.sharding == Sharding::none || l.sharding == Sharding::distributed_optimizer;
  const bool whole = t.checkpointEvery == 1 && t.checkpointing != Checkpointing::offloaded;
  return t.attention == AttentionBackend::eager && weights != nullptr && *weights == s.compute &&
         isPlainFloat(*weights) && r.element == 2 && r.trainsWeights() && stays && replicas && whole && !t.compile &&
         s.loss == Loss::eager && s.reinforcement.method == ReinforcementMethod::none && l.pipeline == 1 &&
         l.context == 1 && l.expert == 1 && knowsBlock(r.model, s) && splits(r.model, l);
}

// fusions/fused_softmax.py, is_kernel_available (0.16.1).
constexpr std::int64_t kFusedSoftmaxTokens = 4096;

}  // namespace

void sayOfPlainAttention(EstimateContext& c, const Run& r, bool answered) {
  if (r.profile.id != "megatron" || r.settings.training.attention != AttentionBackend::eager) return;
  if (answered) {
    c.note("megatron-modules",
           "Plain attention is counted as Megatron-Core's own modules run it, with torch's softmax; Apex's fused one "
           "keeps a third of the scores.");
  } else if (r.settings.context > kFusedSoftmaxTokens) {
    c.unmodelled("attention scores past 4096 tokens, for which Megatron-Core has no fused softmax");
    c.about("attention", "scores-not-fused", Severity::warning,
            "Scores are counted as a fused softmax keeps them, which Megatron-Core does not have past 4096 tokens.");
  }
}

std::optional<StepQuestion> megatronQuestionOf(const Run& r) {
  if (!answers(r)) return {};
  const Settings& s = r.settings;
  StepQuestion q;
  q.code = StepCode::megatron;
  q.model = &r.model;
  q.batch = static_cast<double>(s.batch), q.context = static_cast<double>(s.context);
  q.weightWidth = q.normWidth = q.embeddingWidth = q.computeWidth = r.element;
  q.tensorRanks = static_cast<double>(r.layout.tensor);
  q.checkpointing = s.training.checkpointing != Checkpointing::none;
  q.selective = s.training.checkpointing == Checkpointing::selective;
  q.hiddenDropout = q.attentionDropout = s.training.dropout > 0;
  q.optimizer = StepOptimizer::other;
  return q;
}

}  // namespace headroom::training
