// One rank of a training run, as the memory terms see it. Every term enters its lines into the book with the moments at
// which it is alive.
#pragma once

#include <optional>

#include "core/estimate/estimate_context.h"
#include "core/estimate/training/adapters/adapters.h"
#include "core/estimate/training/distribution/layout.h"
#include "core/estimate/training/frameworks/profile.h"
#include "core/estimate/training/product.h"
#include "core/estimate/training/step/moments.h"
#include "core/estimate/training/step/rank_factors.h"
#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {

struct Run {
  const Scenario& scenario;
  const Model& model;
  const Settings& settings;
  const FrameworkProfile& profile;
  const Layout& layout;
  const Stage& stage;
  const RankScope& scope;
  const RankTensors& tensors;
  const RankFactors& factors;   // the same sums, opened
  const AdapterPlan* adapters;  // nullptr: every weight is trained
  PrintedAge age;
  RankEstimate& rank;
  Ledger& host;
  MomentBook& book;

  Factor compute;                    // bytes per element of the compute dtype
  Factor adapter;                    // of the adapters' dtype
  Factor microBatch;                 // tokens of one micro-batch on this device; of pairs both answers
  Factor lossRows;                   // those of them that have logits
  Factor inFlight;                   // micro-batches whose activations a layer of the stage keeps at the peak
  double element, tokens;            // the values of compute and microBatch
  std::size_t hostLines = 0;         // of the host's ledger that earlier stages wrote
  double bandLow = 1, bandHigh = 1;  // of the device figure
  bool replayed = false;             // the step's own allocations come from its replay
  bool passesReplayed = false;       // those of its passes alone do

  bool replaysPasses() const { return replayed || passesReplayed; }
  bool trainsWeights() const { return adapters == nullptr; }
  bool streamsParameters() const {
    return layout.shardsWeights() || settings.offload.parameters != OffloadTarget::none;
  }
  // Weights wider than the compute dtype outside FSDP's own mixed precision: autocast.
  bool castsWeights() const;
  bool compiledLoss() const;
  Factor expertRanks() const;   // devices that share a routed expert's states
  Factor expertShards() const;  // devices that share the routed experts' weights
  const ReinforcementSettings& reinforcement() const { return settings.reinforcement; }
  Factor logits() const;  // logits on this device, 0 where the stage has no head
  // Device memory that a process can use; of a device that is named.
  Factor capacity() const;
  // The device of this rank; nullptr where none is named or known.
  const Accelerator* device() const { return scenario.devices.empty() ? nullptr : scenario.devices.front().entry; }
  // A factor of the rank's ledger as one of the host's.
  Factor onHost(const Factor& factor) const { return host.adopt(rank.ledger, factor); }
  // Devices like this one, whose shares all lie on the host.
  Factor hostRanks() const;
  // Devices that share dense states, where they are sharded.
  Factor shards(std::string_view symbol = "devices that share them") const;
  // Gradient buffers that outlive a micro-batch's backward.
  bool gradientsStay() const {
    return profile.gradientsStay || settings.training.accumulation > 1 || layout.pipeline > 1 || age.before(2023);
  }
};

// Weights, adapters, master weights, gradients, optimizer states and what the step needs on top.
void addStates(const Run& run);
// Saved activations, the block in recomputation, gradients in flight.
void addActivations(const Run& run);
// Logits and loss. Returns bytes per logit at the loss.
void addLoss(const Run& run);
// Reference, reward, critic and teacher models, the teacher's part in the loss, and the rollout engine. Call after the
// policy's states and activations and before its loss: a critic is trained as the policy is, without logits.
void addReinforcement(const Run& run);
// Unsharded parameters, buckets and other buffers of distributed training.
void addCommunication(const Run& run);
// Dequantization and library work buffers inside the allocator.
void addWorkspace(const Run& run);
// After the peak is known: fragmentation, runtime, band.
struct ProcessBytes {
  Factor peak, loss;                  // alive at the peak and at the loss
  Factor laterGradients;              // of the end of the backward pass that are not yet alive at the loss
  std::optional<double> cached = {};  // beyond the peak, by a replay of the allocator
};
void addProcess(const Run& run, const ProcessBytes& bytes);

// The lines for which keep(index) holds as one sum, each in whole bytes as it was entered; lines from `first` on.
template <typename Keep>
Factor sumOfLines(Ledger& ledger, std::string_view symbol, Keep&& keep, std::size_t first = 0) {
  FactorParts sum(ledger, symbol, Unit::bytes);
  double closed = 0;
  for (std::size_t i = first; i < ledger.lines().size(); ++i) {
    if (!keep(i)) continue;
    const Line& line = ledger.lines()[i];
    closed += static_cast<double>(line.bytes.value());
    if (!ledger.open()) continue;
    const FactorSpan factors = ledger.factors(line);
    sum.add(ledger.computed(line.label, Unit::bytes, Combine::multiply, Round::nearest, factors.first, factors.count));
  }
  if (closed == 0) return none(symbol, Unit::bytes);
  return ledger.open() ? sum.close() : summed(symbol, closed, Unit::bytes);
}

}  // namespace headroom::training
