#include <algorithm>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kShapes = "tensor shapes of the model; bytes per element of the format";
constexpr std::string_view kAdamW =
    "one state per moment: https://arxiv.org/abs/1711.05101; sizes by the optimizer's own rules "
    "(bitsandbytes 0.44 and torchao 2025 block scales, Adafactor factored per matrix)";
constexpr std::string_view kMixed = "mixed precision keeps a master copy: https://arxiv.org/abs/1710.03740 section 3.1";
constexpr std::string_view kForeach =
    "torch/optim/adamw.py, foreach: intermediate tensors of the parameters' size (2.1)";
constexpr std::string_view kAutocast =
    "torch.autocast caches the cast copy of every weight until the backward has read it";

constexpr std::array<std::string_view, kGroupCount> kLabels{
    "token embedding", "attention layers", "MLP layers", "experts", "norms", "state layers", "head", "vision", "other"};

Factor shardFactor(double devices) {
  return over(asked("devices that share them", devices, Unit::devices));
}

void addWeightLines(const Run& r) {
  const bool host = r.settings.offload.parameters != OffloadTarget::none;
  const double shards = r.layout.shardsWeights() ? static_cast<double>(r.layout.shards) : 1.0;
  const double expertShards = r.expertShards();
  const auto line = [&](std::string_view label, const TensorSum& sum, double devices) {
    if (sum.elements <= 0) return;
    const Factor elements = fromModel("elements", sum.elements, Unit::elements);
    const Factor each = derived("bytes per element", sum.bytes / sum.elements, Unit::bytes_per_element);
    if (host)
      r.host.add(ComponentId::weights, label, kShapes,
                 {elements, each, shardFactor(devices), derived("ranks", r.rankDevices, Unit::devices)});
    else if (devices > 1)
      r.book.add(kAlways, ComponentId::weights, label, kShapes, {elements, each, shardFactor(devices)});
    else
      r.book.add(kAlways, ComponentId::weights, label, kShapes, {elements, each});
  };
  for (std::size_t g = 0; g < kGroupCount; ++g)
    for (const TensorSum& sum : r.tensors.weights[g]) line(kLabels[g], sum, shards);
  line("routed experts", r.tensors.routed, expertShards);
  // A fully sharded model that is gathered as one unit lies there whole besides its shard.
  const bool fsdp = r.layout.sharding == Sharding::fsdp || r.layout.sharding == Sharding::fsdp2;
  if (fsdp && shards > 1 && !r.profile.fullyShardedUnits)
    r.book.add(
        kAlways, ComponentId::communication, "whole model gathered as one unit",
        "LitGPT's FSDP with frozen and trained weights in one unit (reference rows of 2023); 1.085 fitted on them",
        {derived("bytes of the model", r.tensors.weightBytes(), Unit::bytes),
         constant("measured share", 1.085, Unit::ratio)});
  if (r.castsWeights())
    r.book.add(kPasses, ComponentId::weights, "autocast copies", kAutocast,
               {fromModel("elements of Linear weights", r.tensors.castElements, Unit::elements),
                asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element)});
}

// A state of the trained parameters: dense and routed parts, each with its own group of devices.
struct StateLine {
  ComponentId component;
  std::string_view label, source;
  Moments when;
  bool sharded, onHost;
};

void addStateLine(const Run& r, const StateLine& s, double dense, double routed, double elementsDense,
                  double elementsRouted) {
  const auto part = [&](double bytes, double elements, double devices) {
    if (bytes <= 0 || elements <= 0) return;
    if (!s.sharded) devices = 1;
    const Factor count = fromModel("trained parameters", elements, Unit::parameters);
    const Factor each = derived("bytes per parameter", bytes / elements, Unit::bytes_per_parameter);
    if (s.onHost)
      r.host.add(s.component, s.label, s.source,
                 {count, each, shardFactor(devices), derived("ranks", r.rankDevices, Unit::devices)});
    else if (devices > 1)
      r.book.add(s.when, s.component, s.label, s.source, {count, each, shardFactor(devices)});
    else
      r.book.add(s.when, s.component, s.label, s.source, {count, each});
  };
  part(dense, elementsDense, static_cast<double>(r.layout.shards));
  part(routed, elementsRouted, static_cast<double>(r.layout.expertShards));
}

bool isPaged(Optimizer o) {
  return o == Optimizer::paged_adamw || o == Optimizer::paged_adamw_8bit;
}

// foreach is torch's default on CUDA since 2.0 (2023-03).
bool stepsForeach(const Run& r) {
  const Optimizer o = r.settings.optimizer;
  if (!r.profile.foreachStep || r.age.before(2023)) return false;
  return o == Optimizer::adamw || o == Optimizer::adam || o == Optimizer::rmsprop || o == Optimizer::sgd_momentum;
}

void addGradients(const Run& r) {
  const double each = info(r.settings.gradients).blockBytes;
  const double dense = r.tensors.trained.elements, routed = r.tensors.trainedRouted.elements;
  const bool stays = r.gradientsStay() && !r.settings.training.optimizerInBackward;
  const bool onHost = r.layout.deepspeed() && r.settings.offload.optimizer != OffloadTarget::none &&
                      r.layout.sharding != Sharding::zero1;
  const bool followsParameters = r.settings.offload.parameters != OffloadTarget::none && r.layout.shardsWeights();
  const double shards = r.layout.shardsGradients() ? static_cast<double>(r.layout.shards) : 1.0;
  const bool onDevice = !onHost && !followsParameters;
  // The head's gradient comes first and stands beside all the activations.
  if (!stays && r.trainsWeights() && r.tensors.headElements > 0 && onDevice)
    r.book.add(at(MomentId::backward_start), ComponentId::gradients, "gradient of the head",
               "backward starts at the head",
               {fromModel("head elements", r.tensors.headElements, Unit::elements),
                asked("bytes per element", each, Unit::bytes_per_element), shardFactor(shards)});
  if (r.settings.training.optimizerInBackward) {
    // Each gradient is used and freed at once; the largest one is alive, of adapters never more than all of them.
    const double largest =
        std::min((dense + routed) / shards,
                 std::max({r.tensors.largestMatrix, r.tensors.headElements, r.tensors.embeddingElements}));
    if (onDevice)
      r.book.add(at(MomentId::backward_end), ComponentId::gradients, "one gradient at a time",
                 "torch/_tensor.py register_post_accumulate_grad_hook; the optimizer steps inside backward",
                 {derived("elements of the largest matrix", largest, Unit::elements),
                  asked("bytes per element", each, Unit::bytes_per_element)});
    return;
  }
  Moments when = at(MomentId::backward_end) | at(MomentId::step);
  if (stays) when = kTraining;
  addStateLine(r,
               {ComponentId::gradients, "gradients", "one value per trained parameter", when,
                r.layout.shardsGradients(), onHost || followsParameters},
               dense * each, routed * each, dense, routed);
}

}  // namespace

double Run::expertShards() const {
  const double shards = layout.shardsWeights() ? static_cast<double>(layout.expertShards) : 1.0;
  if (tensors.routedLayerElements <= 0) return shards;
  // Experts behind a quantizing parametrization stay whole on every rank (axolotl docs/expert_quantization.qmd, 2026:
  // "not all layers being properly sharded across ranks"); 16-bit shards of the same experts bound them.
  return std::clamp(shards * tensors.routed.bytes / (tensors.routed.elements * element), 1.0, shards);
}

bool Run::castsWeights() const {
  const double stored = tensors.castElements > 0 ? tensors.weightBytes() / tensors.weightElements() : 0;
  return !layout.shardsWeights() && profile.mixedPrecisionCast && stored > element + 0.5 && !settings.masterWeights;
}

void addStates(const Run& r) {
  addWeightLines(r);
  const bool offloaded =
      r.settings.offload.optimizer != OffloadTarget::none || r.settings.offload.parameters != OffloadTarget::none;
  const bool sharded = r.layout.shardsOptimizer();
  const double dense = r.tensors.trained.elements, routed = r.tensors.trainedRouted.elements;
  if (!r.trainsWeights()) {
    const double each = info(r.settings.adapters).blockBytes;
    addStateLine(r,
                 {ComponentId::adapters, "low-rank adapters", "LoRA: https://arxiv.org/abs/2106.09685 section 4.1",
                  kAlways, r.layout.shardsWeights(), false},
                 dense * each, 0, dense, 0);
  }
  addGradients(r);
  if (r.settings.masterWeights) {
    const double each = info(*r.settings.masterWeights).blockBytes;
    addStateLine(
        r, {ComponentId::master_weights, "master copy of the trained parameters", kMixed, kHeld, sharded, offloaded},
        dense * each, routed * each, dense, routed);
  }
  double states = r.tensors.trained.stateBytes, statesRouted = r.tensors.trainedRouted.stateBytes;
  if (!r.trainsWeights()) {
    // Adapters are a few large matrices: their states follow one of them.
    const double rank = static_cast<double>(std::max<std::int64_t>(1, r.settings.training.rank));
    Tensor adapter;
    adapter.columns = 2;  // a matrix
    states = stateBytes(r.settings, adapter, dense / rank, rank, 1);
    statesRouted = 0;
  }
  addStateLine(r,
               {ComponentId::optimizer_states, "optimizer states", kAdamW, kHeld, sharded,
                offloaded || isPaged(r.settings.optimizer)},
               states, statesRouted, dense, routed);
  if (!r.settings.training.optimizerInBackward && !offloaded && stepsForeach(r) && r.trainsWeights()) {
    const double each = r.settings.masterWeights ? info(*r.settings.masterWeights).blockBytes
                                                 : r.tensors.weightBytes() / std::max(1.0, r.tensors.weightElements());
    addStateLine(r,
                 {ComponentId::workspace, "optimizer step", kForeach, at(MomentId::step),
                  sharded || r.layout.shardsWeights(), false},
                 dense * each, routed * each, dense, routed);
  }
}

}  // namespace headroom::training
