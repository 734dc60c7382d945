#include <algorithm>
#include <cmath>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kOperators =
    "tensors autograd keeps, operator by operator (transformers 4.57 and torch 2.6 saved_tensors_hooks; fused kernels: "
    "https://arxiv.org/abs/2205.05198 section 4)";
constexpr std::string_view kCheckpoint =
    "torch.utils.checkpoint: a block keeps its input and is run again in backward (https://arxiv.org/abs/1604.06174)";
constexpr std::string_view kGradients =
    "gradients alive at once in the backward of one MLP: product, gate and up, hidden state and residual";

struct Sums {
  BlockBytes whole;      // summed over the stage's layers, per token
  BlockBytes selective;  // the same with selective checkpointing
  double block = 0;      // the largest block, per token
  double gradients = 0;
  double layers = 0;
};

double layersOfStage(const Run& r) {
  double layers = 0;
  for (std::size_t k = 0; k < r.model.kinds.size(); ++k)
    layers += static_cast<double>(layersOfKind(r.model, k, r.stage.part.layers));
  return layers;
}

// Layers one micro-batch passes on this stage, with what each kind keeps; `checkpointed` is the share of the layers
// that keep their input alone, taken evenly over the kinds.
Sums sumLayers(const Run& r, Checkpointing checkpointing, double checkpointed) {
  const TrainingSettings& t = r.settings.training;
  BlockContext context{r.model, r.profile, r.layout, r.adapters};
  context.compiled = t.compile;
  context.liger = r.profile.fusedLossIsLiger && r.settings.loss == Loss::fused;
  context.autocast = r.castsWeights();
  context.float8 = r.settings.compute == NumberFormat::fp8 || r.settings.compute == NumberFormat::fp8_block;
  context.quantized = r.tensors.quantizedElements > 0;
  context.eagerAttention = r.settings.attention == AttentionImplementation::eager;
  context.element = r.element;
  context.keys = static_cast<double>(r.settings.context);
  context.adapterElement = info(r.settings.adapters).blockBytes;
  context.rank = static_cast<double>(t.rank);
  context.dora = t.dora;
  context.age = r.age;
  // ALST: TiledMLP cuts a sequence into ceil(tokens / hidden) tiles (DeepSpeed runtime/sequence_parallel/ulysses_sp.py,
  // 2025).
  if (r.profile.tilesMlp && checkpointing == Checkpointing::offloaded)
    context.mlpShare = std::min(1.0, static_cast<double>(r.model.hidden) / std::max(1.0, r.tokens));
  Sums sums;
  for (std::size_t k = 0; k < r.model.kinds.size(); ++k) {
    const double layers = static_cast<double>(layersOfKind(r.model, k, r.stage.part.layers));
    if (layers <= 0) continue;
    const LayerKind& kind = r.model.kinds[k];
    const BlockBytes block = blockBytes(kind, k, context);
    for (std::size_t i = 0; i < kKeptCount; ++i) sums.whole.perToken[i] += layers * block.perToken[i];
    sums.whole.perLayer += layers * block.perLayer;
    sums.whole.hidden += layers * block.hidden;
    double kept = block.tokenTotal() * r.tokens + block.perLayer;
    if (checkpointing == Checkpointing::selective) {
      const BlockBytes selective = selectiveBytes(kind, block, context);
      for (std::size_t i = 0; i < kKeptCount; ++i) sums.selective.perToken[i] += layers * selective.perToken[i];
      sums.selective.perLayer += layers * selective.perLayer;
      kept = selective.tokenTotal() * r.tokens + selective.perLayer;
    } else if (checkpointing != Checkpointing::none) {
      kept += checkpointed * (block.hidden * r.tokens - kept);
    }
    sums.block = std::max(sums.block, block.tokenTotal() + block.perLayer / std::max(1.0, r.tokens));
    sums.gradients = std::max(sums.gradients, block.widestGradients);
    sums.layers += layers;
    r.rank.savedActivations.push({kind.label, static_cast<std::int64_t>(layers), toBytes(kept)});
  }
  return sums;
}

BlockBytes scaled(BlockBytes block, double share) {
  for (double& kept : block.perToken) kept *= share;
  block.perLayer *= share;
  return block;
}

void addKept(const Run& r, double layers, const BlockBytes& kept) {
  constexpr Moments kWhen =
      static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss) | at(MomentId::backward_start));
  for (std::size_t i = 0; i < kKeptCount; ++i)
    if (kept.perToken[i] > 0)
      r.book.add(kWhen, ComponentId::activations, labelOf(static_cast<Kept>(i)), kOperators,
                 {fromModel("layers", layers, Unit::layers),
                  derived("bytes per token and layer", kept.perToken[i] / layers, Unit::bytes_per_token),
                  r.tokenFactor(r.tokens), derived("micro-batches in flight", r.stage.inFlight)});
  if (kept.perLayer > 0)
    r.book.add(
        kWhen, ComponentId::activations, "once per layer", kOperators,
        {fromModel("layers", layers, Unit::layers), derived("bytes per layer", kept.perLayer / layers, Unit::bytes),
         derived("micro-batches in flight", r.stage.inFlight)});
}

}  // namespace

void addActivations(const Run& r) {
  Checkpointing checkpointing = r.settings.training.checkpointing;
  const bool host = checkpointing == Checkpointing::offloaded || r.settings.offload.activations != OffloadTarget::none;
  if (host && checkpointing == Checkpointing::full) checkpointing = Checkpointing::offloaded;
  const double every = static_cast<double>(r.settings.training.checkpointEvery), all = layersOfStage(r);
  if (all <= 0) return;
  // torchtitan's _apply_ac_to_transformer_block counts the layers from 1 and wraps the n-th, 2n-th, … (models/llama3,
  // 2025).
  const double checkpointed = std::floor(all / every) / all;
  const bool inputsAlone = checkpointing == Checkpointing::full || checkpointing == Checkpointing::offloaded;
  if (inputsAlone && checkpointed <= 0) checkpointing = Checkpointing::none;
  const Sums sums = sumLayers(r, checkpointing, checkpointed);
  const double n = r.tokens, flight = r.stage.inFlight;
  const Factor tokens = r.tokenFactor(n);
  const double whole = (sums.whole.tokenTotal() * n + sums.whole.perLayer) * flight;
  double stored = whole;
  switch (checkpointing) {
    case Checkpointing::none:
    case Checkpointing::selective: {
      const bool selective = checkpointing == Checkpointing::selective;
      if (selective) stored = (sums.selective.tokenTotal() * n + sums.selective.perLayer) * flight;
      if (host && !selective) {
        // Kept tensors travel to the host; the block in flight and the one on its way stay.
        const double stay = std::min(whole, 2 * sums.block * n);
        r.book.add(static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss) | at(MomentId::backward_start)),
                   ComponentId::activations, "blocks on their way to the host", kOperators,
                   {derived("bytes of at most two blocks", stay, Unit::bytes)});
        r.host.add(
            ComponentId::activations, "kept activations", kOperators,
            {derived("bytes of all blocks", whole, Unit::bytes), derived("ranks", r.rankDevices, Unit::devices)});
        stored = stay;
      } else {
        addKept(r, sums.layers, selective ? sums.selective : sums.whole);
      }
      break;
    }
    case Checkpointing::full:
    case Checkpointing::offloaded: {
      // Offloaded checkpoints keep the two layers in flight on the device.
      const double inputs = checkpointed * sums.layers;
      const double layers = checkpointing == Checkpointing::offloaded ? std::min(2.0, inputs * flight) : inputs;
      const double copies = checkpointing == Checkpointing::offloaded ? 1 : flight;
      const double hidden = sums.whole.hidden / sums.layers;
      const double kept = std::min(layers * hidden * n * copies, checkpointed * whole);
      stored = kept + (1 - checkpointed) * whole;
      if (checkpointed < 1) addKept(r, sums.layers - inputs, scaled(sums.whole, 1 - checkpointed));
      r.book.add(static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss) | at(MomentId::backward_start)),
                 ComponentId::activations, "inputs of checkpointed blocks", kCheckpoint,
                 {fromModel("layers", kept / std::max(1.0, hidden * n * copies), Unit::layers),
                  derived("bytes of a hidden state per token", hidden, Unit::bytes_per_token), tokens,
                  derived("micro-batches in flight", copies)});
      if (checkpointing == Checkpointing::offloaded)
        r.host.add(ComponentId::activations, "inputs of checkpointed blocks", kCheckpoint,
                   {fromModel("layers", inputs, Unit::layers),
                    derived("bytes of a hidden state per token", hidden, Unit::bytes_per_token), tokens,
                    derived("micro-batches in flight", flight), derived("ranks", r.rankDevices, Unit::devices)});
      break;
    }
  }
  // The block in recomputation; never more than not checkpointing would have kept.
  const double recomputed = std::min(sums.block * n, std::max(0.0, whole - stored));
  if (checkpointing != Checkpointing::none && recomputed > 0)
    r.book.add(kBackward, ComponentId::activations, "block in recomputation", kCheckpoint,
               {derived("bytes per token of the largest block", recomputed / n, Unit::bytes_per_token), tokens});
  if (checkpointing == Checkpointing::none)
    r.book.add(at(MomentId::backward_end), ComponentId::activations, "last block's activations", kOperators,
               {derived("bytes per token of the largest block", std::min(sums.block, whole / n), Unit::bytes_per_token),
                tokens});
  r.book.add(kBackward, ComponentId::activations, "gradients in flight", kGradients,
             {derived("bytes per token", sums.gradients, Unit::bytes_per_token), tokens});
}

}  // namespace headroom::training
