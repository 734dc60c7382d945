#include <algorithm>
#include <cmath>

#include "core/estimate/training/step/stage_activations.h"
#include "core/scenario/step_defaults.h"

namespace headroom::training {
namespace {

constexpr std::string_view kOperators =
    "tensors autograd keeps, operator by operator (transformers 4.57 and torch 2.6 saved_tensors_hooks; fused kernels: "
    "https://arxiv.org/abs/2205.05198 section 4)";
constexpr std::string_view kCheckpoint =
    "torch.utils.checkpoint: a block keeps its input and is run again in backward (https://arxiv.org/abs/1604.06174)";
constexpr std::string_view kGradients =
    "gradients alive at once in the backward of one MLP: product, gate and up, hidden state and residual";
constexpr Moments kKept =
    static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss) | at(MomentId::backward_start));

// The layers that keep their input alone: all, or every n-th. torchtitan's _apply_ac_to_transformer_block counts the
// layers from 1 and wraps the n-th, 2n-th, … (models/llama3, 2025).
struct Checkpointed {
  Factor layers, share, rest;  // how many; of all layers; 1 - share
};
Checkpointed checkpointedOf(const Run& r, const Factor& all) {
  FactorTree& tree = r.rank.ledger;
  const Factor every =
      asked("every n-th block is checkpointed", static_cast<double>(r.settings.training.checkpointEvery), Unit::layers);
  Checkpointed c;
  c.layers = tree.product("checkpointed layers", Unit::layers, {all, over(every)}, Round::down);
  c.share = tree.product("share of the layers that is checkpointed", Unit::ratio, {c.layers, over(all)});
  c.rest = tree.sum("share of the layers that is not", Unit::ratio,
                    {constant("all", 1, Unit::ratio, "a share of one is everything"), less(c.share)});
  return c;
}

// Bytes of all that is kept of the micro-batches in flight.
Factor bytesOf(const Run& r, const KeptSum& kept) {
  FactorTree& tree = r.rank.ledger;
  Factor perToken = none("bytes per token of all layers", Unit::bytes_per_token);
  if (kept.perTokenBytes > 0) {
    FactorParts sum(tree, "bytes per token of all layers", Unit::bytes_per_token);
    for (const Factor& f : kept.perToken)
      if (f.value > 0) sum.add(f);
    perToken = sum.close();
  }
  Factor bytes = tree.product("kept per token", Unit::bytes, {perToken, r.microBatch});
  if (kept.perLayer.value > 0) bytes = tree.sum("kept of a micro-batch", Unit::bytes, {bytes, kept.perLayer});
  return Product(tree, "all that is kept", Unit::bytes).times(bytes).times(r.inFlight).close();
}

// A line per kind of kept tensors; `share` of the layers keeps them.
void addKept(const Run& r, const KeptSum& kept, const Factor& share) {
  FactorTree& tree = r.rank.ledger;
  const auto line = [&](std::string_view label, const Factor& bytes, const Factor* tokens) {
    if (bytes.value <= 0) return;
    Product times(tree, "micro-batches in flight, of the layers not checkpointed", Unit::ratio);
    const bool part = share.value != 1, flight = r.inFlight.value != 1;
    if (part) times.times(share);
    if (flight) times.times(r.inFlight);
    const Factor more = part && flight ? times.close() : part ? share : r.inFlight;
    if (tokens == nullptr && !part && !flight)
      r.book.add(kKept, ComponentId::activations, label, kOperators, {bytes});
    else if (tokens == nullptr)
      r.book.add(kKept, ComponentId::activations, label, kOperators, {bytes, more});
    else if (!part && !flight)
      r.book.add(kKept, ComponentId::activations, label, kOperators, {bytes, *tokens});
    else
      r.book.add(kKept, ComponentId::activations, label, kOperators, {bytes, *tokens, more});
  };
  for (std::size_t i = 0; i < kKeptCount; ++i) line(labelOf(static_cast<Kept>(i)), kept.perToken[i], &r.microBatch);
  line("once per layer", kept.perLayer, nullptr);
}

// Of the embedding, whose result layers read; frozen it is dropped without a gradient to mask.
void addEmbeddingMask(const Run& r) {
  if (!r.stage.part.firstStage || !r.trainsWeights() || dropoutsOf(r.scenario, r.settings).embedding <= 0) return;
  const Factor hidden = fromModel("hidden size", static_cast<double>(r.model.hidden), Unit::elements);
  r.book.add(kKept, ComponentId::activations, "mask of the embedding's dropout", kOperators,
             {hidden, constant("bytes per element", 1, Unit::bytes_per_element, "a mask"), r.microBatch, r.inFlight});
}

// Kept tensors travel to the host; the block in flight and the one on its way stay. Returns what stays.
Factor addTravelling(const Run& r, const Factor& whole, const Factor& block) {
  FactorTree& tree = r.rank.ledger;
  const Factor two =
      tree.product("two blocks", Unit::bytes,
                   {constant("blocks", 2, Unit::layers, "one in use and one on its way"), block, r.microBatch});
  const Factor stay = tree.smallest("bytes of at most two blocks", Unit::bytes, {whole, two});
  r.book.add(kKept, ComponentId::activations, "blocks on their way to the host", kOperators, {stay});
  r.host.add(ComponentId::activations, "kept activations", kOperators, {r.onHost(whole), r.hostRanks()});
  return stay;
}

// The inputs of checkpointed blocks; offloaded ones leave two layers on the device. Returns what is kept in all.
Factor addInputs(const Run& r, const StageActivations& a, const Checkpointed& c, const Factor& whole, bool offloaded) {
  FactorTree& tree = r.rank.ledger;
  Factor layers = c.layers;
  if (offloaded)
    layers = tree.smallest("layers on the device", Unit::layers,
                           {constant("layers in flight", 2, Unit::layers, "one in use and one on its way"),
                            Product(tree, "checkpointed layers of all micro-batches", Unit::layers)
                                .times(c.layers)
                                .times(r.inFlight)
                                .close()});
  Product inputs(tree, "inputs", Unit::bytes);
  inputs.times(layers).times(a.hidden).times(r.microBatch);
  if (!offloaded) inputs.times(r.inFlight);
  const Factor input = inputs.close();
  // Never more than the blocks would keep without.
  const Factor blocks = tree.product("all the blocks keep", Unit::bytes, {c.share, whole});
  const Factor kept = tree.smallest("inputs, at most what the blocks keep", Unit::bytes, {input, blocks});
  if (c.rest.value > 0) addKept(r, a.whole, c.rest);
  constexpr std::string_view kLabel = "inputs of checkpointed blocks";
  if (kept.value < input.value)
    r.book.add(kKept, ComponentId::activations, kLabel, kCheckpoint, {kept});
  else if (offloaded || r.inFlight.value == 1)
    r.book.add(kKept, ComponentId::activations, kLabel, kCheckpoint, {layers, a.hidden, r.microBatch});
  else
    r.book.add(kKept, ComponentId::activations, kLabel, kCheckpoint, {layers, a.hidden, r.microBatch, r.inFlight});
  if (offloaded)
    r.host.add(ComponentId::activations, kLabel, kCheckpoint,
               {r.onHost(c.layers), r.onHost(a.hidden), r.onHost(r.microBatch), r.onHost(r.inFlight), r.hostRanks()});
  return tree.sum("kept with checkpointing", Unit::bytes,
                  {kept, tree.product("kept by the other blocks", Unit::bytes, {c.rest, whole})});
}

}  // namespace

void addActivations(const Run& r) {
  Checkpointing checkpointing = r.settings.training.checkpointing;
  const bool host = checkpointing == Checkpointing::offloaded || r.settings.offload.activations != OffloadTarget::none;
  if (host && checkpointing == Checkpointing::full) checkpointing = Checkpointing::offloaded;
  FactorTree& tree = r.rank.ledger;
  const Factor all = r.factors.allLayers();
  if (all.value <= 0) return;
  const Checkpointed checkpointed = checkpointedOf(r, all);
  addEmbeddingMask(r);
  const bool inputsAlone = checkpointing == Checkpointing::full || checkpointing == Checkpointing::offloaded;
  if (inputsAlone && checkpointed.share.value <= 0) checkpointing = Checkpointing::none;
  const StageActivations a = stageActivations(r, checkpointing, checkpointed.share.value);
  const Factor whole = bytesOf(r, a.whole);
  const Factor everything = constant("share", 1, Unit::ratio, "nothing of it is recomputed");
  Factor stored = whole;
  switch (checkpointing) {
    case Checkpointing::none:
      if (host)
        stored = addTravelling(r, whole, a.block);
      else
        addKept(r, a.whole, everything);
      break;
    case Checkpointing::selective:
      stored = bytesOf(r, a.selective);
      if (host)
        stored = addTravelling(r, stored, a.block);
      else
        addKept(r, a.selective, everything);
      break;
    case Checkpointing::full:
    case Checkpointing::offloaded:
      stored = addInputs(r, a, checkpointed, whole, checkpointing == Checkpointing::offloaded);
      break;
  }
  const Factor block = tree.product("the largest block", Unit::bytes, {a.block, r.microBatch});
  const auto blockLine = [&](Moments when, std::string_view label, std::string_view source, const Factor& atMost) {
    if (atMost.value <= 0) return;
    if (block.value <= atMost.value)
      r.book.add(when, ComponentId::activations, label, source, {a.block, r.microBatch});
    else
      r.book.add(when, ComponentId::activations, label, source,
                 {tree.smallest("the largest block, at most", Unit::bytes, {block, atMost})});
  };
  // The block in recomputation; never more than not checkpointing would have kept.
  if (checkpointing != Checkpointing::none)
    blockLine(kBackward, "block in recomputation", kCheckpoint,
              tree.sum("kept without checkpointing beyond what is kept with", Unit::bytes, {whole, less(stored)}));
  else
    blockLine(at(MomentId::backward_end), "last block's activations", kOperators, whole);
  r.book.add(kBackward, ComponentId::activations, "gradients in flight", kGradients, {a.gradients, r.microBatch});
}

}  // namespace headroom::training
