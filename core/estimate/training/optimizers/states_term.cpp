#include <algorithm>

#include "core/estimate/training/distribution/quantized_shards.h"
#include "core/estimate/training/optimizers/state_rule.h"
#include "core/estimate/training/run.h"
#include "core/scenario/optimizers.h"

namespace headroom::training {
namespace {

constexpr std::string_view kShapes = "tensor shapes of the model; bytes per element of the format";
constexpr std::string_view kScales =
    "bitsandbytes/functional.py, QuantState (0.43 to 0.50): attributes of the layer, which sharding leaves whole";
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

// Where a line stands: on the device at these moments or on the host, shared by so many devices.
struct Place {
  ComponentId component;
  std::string_view label, source;
  Moments when;
  Factor devices;
  bool onHost;
};

// True for what lies on a drive between its uses: neither device nor host holds it.
bool onDrive(const Run& r, const Place& p) {
  const OffloadSettings& o = r.settings.offload;
  const bool weights = p.component == ComponentId::weights || o.optimizer == OffloadTarget::none;
  return p.onHost && (weights ? o.parameters : o.optimizer) == OffloadTarget::nvme;
}

// Enters a line; a single device that shares it with nobody is left out.
template <typename... Factors>
void enter(const Run& r, const Place& p, const Factors&... factors) {
  const bool shared = p.devices.value > 1;
  if (onDrive(r, p)) return;
  if (p.onHost && shared)
    r.host.add(p.component, p.label, p.source, {r.onHost(factors)..., over(r.onHost(p.devices)), r.hostRanks()});
  else if (p.onHost)
    r.host.add(p.component, p.label, p.source, {r.onHost(factors)..., r.hostRanks()});
  else if (shared)
    r.book.add(p.when, p.component, p.label, p.source, {factors..., over(p.devices)});
  else
    r.book.add(p.when, p.component, p.label, p.source, {factors...});
}

// Devices that share a state: alone where it is not sharded.
Factor sharedBy(const Run& r, bool sharded) {
  return sharded ? r.shards() : constant("devices that hold it", 1, Unit::devices, "it is not sharded");
}
Factor expertsSharedBy(const Run& r, bool sharded) {
  return sharded ? r.expertRanks() : constant("devices that hold it", 1, Unit::devices, "it is not sharded");
}

// What swapping parameters to a drive pins on the host: deepspeed/runtime/zero/offload_config.py, buffer_count and
// buffer_size (0.19).
void addSwapBuffers(const Run& r) {
  constexpr std::string_view kSwap =
      "deepspeed/runtime/zero/offload_config.py: buffer_count 5 of buffer_size 1e8 (0.19)";
  if (r.settings.offload.parameters != OffloadTarget::nvme) return;
  r.host.add(ComponentId::workspace, "pinned buffers of swapped parameters", kSwap,
             {constant("buffers", 5, Unit::count, kSwap), constant("elements of a buffer", 1e8, Unit::elements, kSwap),
              r.onHost(r.compute), r.hostRanks()});
}

// Of trained weights autocast keeps its copies through the forward pass, and layers whose results are kept keep those
// of frozen ones; where frozen layers are recomputed, one layer's copies are there at a time, and the head's at the
// loss.
void addAutocastCopies(const Run& r) {
  const RankFactors& f = r.factors;
  const Checkpointing c = r.settings.training.checkpointing;
  const Factor layers = f.allLayers();
  const bool recomputed = c == Checkpointing::full || c == Checkpointing::offloaded;
  const Factor head = f.castHeadElements();
  if (r.trainsWeights() || !recomputed || layers.value <= 0) {
    const Factor cast = r.rank.ledger.sum("elements of Linear weights", Unit::elements, {f.castElements(), head});
    r.book.add(kPasses, ComponentId::weights, "autocast copies", kAutocast, {cast, r.compute});
    return;
  }
  r.book.add(kPasses, ComponentId::weights, "autocast copies of a layer", kAutocast,
             {f.castElements(), over(layers), r.compute});
  if (head.value > 0)
    r.book.add(at(MomentId::loss), ComponentId::weights, "autocast copy of the head", kAutocast, {head, r.compute});
}

void addWeightLines(const Run& r) {
  addSwapBuffers(r);
  const bool host = r.settings.offload.parameters != OffloadTarget::none;
  const bool sharded = r.layout.shardsWeights();
  const RankFactors& f = r.factors;
  const Factor devices = sharedBy(r, sharded);
  const std::optional<NumberFormat> whole = formatWithWholeScales(r.profile, r.settings, r.layout);
  FactorParts packed(r.rank.ledger, "values in 4 bits", Unit::elements);
  for (std::size_t g = 0; g < kGroupCount; ++g)
    for (const bool narrow : {false, true}) {
      if (r.tensors.weights[g][narrow ? 1 : 0].elements <= 0) continue;
      const Place place{ComponentId::weights, kLabels[g], kShapes, kAlways, devices, host};
      const auto group = static_cast<Group>(g);
      if (const auto format = f.formatOf(narrow)) {
        enter(r, place, f.groupElements(group, narrow), bytesOf(*format));
      } else if (narrow && whole) {
        const Factor elements = f.groupElements(group, narrow);
        packed.add(elements);
        enter(r, place, elements, constant("bytes of a packed value", kPackedBytes, Unit::bytes_per_element, kScales));
      } else {
        enter(r, place, f.groupBytes(group, narrow));
      }
    }
  if (!packed.empty())
    r.book.add(
        kAlways, ComponentId::weights, "scales of 4-bit blocks", kScales,
        {packed.close(), constant("bytes of scales per value", scaleBytes(*whole), Unit::bytes_per_element, kScales)});
  if (r.tensors.routed.elements > 0) {
    const Place place{ComponentId::weights, "routed experts", kShapes, kAlways, r.expertShards(), host};
    if (const auto format = f.formatOf(true))
      enter(r, place, f.routedElements(), bytesOf(*format));
    else
      enter(r, place, f.routedBytes());
  }
  // A fully sharded model that is gathered as one unit lies there whole besides its shard.
  const bool fsdp = r.layout.sharding == Sharding::fsdp || r.layout.sharding == Sharding::fsdp2;
  if (fsdp && devices.value > 1 && !r.profile.fullyShardedUnits)
    r.book.add(kAlways, ComponentId::communication, "whole model gathered as one unit",
               "LitGPT's FSDP with frozen and trained weights in one unit (reference rows of 2023)",
               {f.weightBytes(), fitted("measured share", ConstantId::gathered_unit_share_litgpt, Unit::ratio)});
  if (r.castsWeights() && !r.replaysPasses()) addAutocastCopies(r);
}

// A state of so many bytes per trained parameter: dense and routed parts, each with its own group of devices.
void addStateLine(const Run& r, Place place, bool sharded, const Factor& each) {
  place.devices = sharedBy(r, sharded);
  if (r.tensors.trained.elements > 0) enter(r, place, r.factors.trained(), each);
  if (r.tensors.trainedRouted.elements <= 0) return;
  place.devices = expertsSharedBy(r, sharded);
  enter(r, place, r.factors.trainedRouted(), each);
}

// foreach is torch's default on CUDA since 2.0 (2023-03).
bool stepsForeach(const Run& r) {
  return r.profile.foreachStep && !r.age.before(2023) && rowOf(r.settings.optimizer).foreach &&
         r.settings.training.optimizerImplementation == OptimizerImplementation::foreach;
}

// Each gradient is used and freed at once; the largest one is alive, of adapters never more than all of them.
void addOneGradient(const Run& r, const Factor& each) {
  FactorTree& tree = r.rank.ledger;
  const Factor all = tree.sum("trained parameters", Unit::parameters, {r.factors.trained(), r.factors.trainedRouted()});
  const Factor share =
      tree.product("a rank's share of them", Unit::parameters, {all, over(sharedBy(r, r.layout.shardsGradients()))});
  r.book.add(
      at(MomentId::backward_end), ComponentId::gradients, "one gradient at a time",
      "torch/_tensor.py register_post_accumulate_grad_hook; the optimizer steps inside backward",
      {tree.smallest("elements of the largest gradient", Unit::elements, {share, r.factors.largestTensor()}), each});
}

void addGradients(const Run& r) {
  const Factor each = bytesOf(r.settings.gradients, "bytes per gradient");
  const bool stays = r.gradientsStay() && !r.settings.training.optimizerInBackward;
  const bool onHost = r.layout.deepspeed() && r.settings.offload.optimizer != OffloadTarget::none &&
                      r.layout.sharding != Sharding::zero1;
  const bool followsParameters = r.settings.offload.parameters != OffloadTarget::none && r.layout.shardsWeights();
  const bool onDevice = !onHost && !followsParameters;
  // The head's gradient comes first and stands beside all the activations.
  if (!stays && r.trainsWeights() && r.tensors.headElements > 0 && onDevice)
    enter(r,
          {ComponentId::gradients, "gradient of the head", "backward starts at the head", at(MomentId::backward_start),
           sharedBy(r, r.layout.shardsGradients()), false},
          r.factors.headElements(), each);
  if (r.settings.training.optimizerInBackward) {
    if (onDevice) addOneGradient(r, each);
    return;
  }
  Moments when = at(MomentId::backward_end) | at(MomentId::step);
  if (stays) when = kTraining;
  addStateLine(
      r,
      {ComponentId::gradients, "gradients", "one value per trained parameter", when, {}, onHost || followsParameters},
      r.layout.shardsGradients(), each);
}

bool savesModules(const Run& r) {
  return (r.adapters->savesHead && r.stage.part.lastStage) || (r.adapters->savesEmbedding && r.stage.part.firstStage);
}

// States in a format of their own take the trained copies of modules element by element, whatever the copies' format;
// of an embedding's they may be wider, and factored ones are a row and a column of each.
void addStatesBesideCopies(const Run& r, const Place& place) {
  FactorTree& tree = r.rank.ledger;
  const AdapterPlan& plan = *r.adapters;
  const Factor vocabulary = fromModel("vocabulary", static_cast<double>(r.model.vocabulary), Unit::elements);
  const Factor hidden = fromModel("hidden size", static_cast<double>(r.model.hidden), Unit::elements);
  const double elements = static_cast<double>(r.model.vocabulary) * static_cast<double>(r.model.hidden);
  const double head = plan.savesHead && r.stage.part.lastStage ? 1 : 0;
  const double embedding = plan.savesEmbedding && r.stage.part.firstStage ? 1 : 0;
  const Factor copies = tree.product(
      "trained copies, in elements of the adapters", Unit::parameters,
      {vocabulary, hidden, constant("copies", head + embedding, Unit::copies, "modules_to_save"),
       constant("their format over the adapters'", plan.savedFormat, Unit::ratio, "peft: ModulesToSaveWrapper")});
  const Factor low = tree.sum("elements of low-rank adapters", Unit::parameters, {r.factors.trained(), less(copies)});
  const auto states = [&](const StateShape& shape, const Factor& of) {
    const StateRule rule = stateRuleOf(r.settings, shape, elements);
    if (rule.factored)
      enter(r, place, of, rule.eachFactor(tree));
    else
      enter(r, place, of, rule.statesFactor(), rule.eachFactor(tree));
  };
  const bool factored = rowOf(r.settings.optimizer).factored;
  const Factor rank = asked("rank", static_cast<double>(std::max<std::int64_t>(1, r.settings.training.rank)));
  states({.matrix = true, .hidden = true, .adapter = true},
         factored ? tree.product("adapters' long side", Unit::elements, {low, over(rank)}) : low);
  const auto copy = [&](std::string_view symbol) {
    return factored ? tree.sum(symbol, Unit::elements, {vocabulary, hidden})
                    : tree.product(symbol, Unit::parameters, {vocabulary, hidden});
  };
  if (head > 0) states({.matrix = true}, copy("trained copy of the head"));
  if (embedding > 0) states({.matrix = true, .embedding = true}, copy("trained copy of the embedding"));
}

void addOptimizerStates(const Run& r, bool sharded, bool onHost) {
  FactorTree& tree = r.rank.ledger;
  Place place{ComponentId::optimizer_states, "optimizer states", kAdamW, kHeld, {}, onHost};
  const bool uniform = statesAreUniform(r.settings);
  if (r.trainsWeights() && !uniform) {
    place.devices = sharedBy(r, sharded);
    if (r.tensors.trained.stateBytes > 0) enter(r, place, r.factors.stateBytes());
    place.devices = expertsSharedBy(r, sharded);
    if (r.tensors.trainedRouted.stateBytes > 0) enter(r, place, r.factors.stateBytesRouted());
    return;
  }
  if (!r.trainsWeights() && rowOf(r.settings.optimizer).stateBytes > 0 && savesModules(r)) {
    place.devices = sharedBy(r, sharded);
    return addStatesBesideCopies(r, place);
  }
  // Adapters are a few large matrices: their states follow one of them.
  const StateRule rule =
      stateRuleOf(r.settings, {.matrix = true, .hidden = true, .adapter = true}, r.tensors.trained.elements);
  if (rule.states == 0 || r.tensors.trained.elements + r.tensors.trainedRouted.elements <= 0) return;
  if (!rule.factored)
    return addStateLine(r, place, sharded,
                        tree.product("bytes of the states per parameter", Unit::bytes_per_parameter,
                                     {rule.statesFactor(), rule.eachFactor(tree)}));
  const Factor rank = asked("rank", static_cast<double>(std::max<std::int64_t>(1, r.settings.training.rank)));
  const Factor longSide = tree.product("adapters' long side", Unit::elements, {r.factors.trained(), over(rank)});
  place.devices = sharedBy(r, sharded);
  Factor widths = tree.sum("rows and columns", Unit::elements, {longSide, rank});
  widths.why = rule.why;
  enter(r, place, widths, rule.eachFactor(tree));
}

}  // namespace

Factor Run::expertShards() const {
  FactorTree& tree = rank.ledger;
  const Factor shards =
      layout.shardsWeights() ? expertRanks() : constant("devices that hold it", 1, Unit::devices, "it is not sharded");
  if (tensors.routedLayerElements <= 0) return shards;
  // Experts behind a quantizing parametrization stay whole on every rank (axolotl docs/expert_quantization.qmd, 2026:
  // "not all layers being properly sharded across ranks"); 16-bit shards of the same experts bound them.
  const Factor bound = tree.product("shards that 16-bit experts would be as large as", Unit::devices,
                                    {shards, factors.routedBytes(), over(factors.routedElements()), over(compute)});
  const Factor least = constant("at least", 1, Unit::devices, "axolotl docs/expert_quantization.qmd (2026)");
  return tree.smallest("devices that share the experts", Unit::devices,
                       {tree.largest("at least one", Unit::devices, {bound, least}), shards});
}

bool Run::castsWeights() const {
  return !layout.shardsWeights() && profile.mixedPrecisionCast && tensors.castElements > 0 && !settings.masterWeights;
}

void addStates(const Run& r) {
  addWeightLines(r);
  const bool offloaded =
      r.settings.offload.optimizer != OffloadTarget::none || r.settings.offload.parameters != OffloadTarget::none;
  const bool sharded = r.layout.shardsOptimizer();
  // FSDP's CPUOffload takes the shards of all units.
  const bool fsdp = r.layout.sharding == Sharding::fsdp || r.layout.sharding == Sharding::fsdp2;
  if (!r.trainsWeights())
    addStateLine(r,
                 {ComponentId::adapters,
                  "low-rank adapters",
                  "LoRA: https://arxiv.org/abs/2106.09685 section 4.1",
                  kAlways,
                  {},
                  fsdp && r.settings.offload.parameters != OffloadTarget::none},
                 r.layout.shardsWeights(), r.adapter);
  if (!r.replayed) addGradients(r);
  if (r.settings.masterWeights)
    addStateLine(r,
                 {ComponentId::master_weights, "master copy of the trained parameters", kMixed, kHeld, {}, offloaded},
                 sharded, bytesOf(*r.settings.masterWeights, "bytes per master weight"));
  addOptimizerStates(r, sharded, offloaded || rowOf(r.settings.optimizer).paged);
  if (r.replayed || r.settings.training.optimizerInBackward || offloaded || !stepsForeach(r) || !r.trainsWeights())
    return;
  Factor each = r.compute;
  if (r.settings.masterWeights)
    each = bytesOf(*r.settings.masterWeights, "bytes per master weight");
  else if (const auto format = r.factors.formatOf(true))
    each = bytesOf(*format);
  else
    each = r.rank.ledger.product("bytes per weight", Unit::bytes_per_element,
                                 {r.factors.weightBytes(), over(r.factors.weightElements())});
  if (const double tensors = rowOf(r.settings.optimizer).stepTensors; tensors != 1)
    each = r.rank.ledger.product("bytes of the step's tensors per parameter", Unit::bytes_per_element,
                                 {constant("tensors of a step", tensors, Unit::count, kForeach), each});
  addStateLine(r, {ComponentId::workspace, "optimizer step", kForeach, at(MomentId::step), {}, false},
               sharded || r.layout.shardsWeights(), each);
}

}  // namespace headroom::training
