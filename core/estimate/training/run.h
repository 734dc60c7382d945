// One rank of a training run, as the memory terms see it. Every term enters its lines into the book with the moments at
// which it is alive.
#pragma once

#include "core/estimate/estimate_context.h"
#include "core/estimate/training/adapters/adapters.h"
#include "core/estimate/training/distribution/layout.h"
#include "core/estimate/training/frameworks/profile.h"
#include "core/estimate/training/step/moments.h"
#include "core/estimate/training/step/rank_tensors.h"
#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {

struct Run {
  const Scenario& scenario;
  const Model& model;
  const Settings& settings;
  const FrameworkProfile& profile;
  const Layout& layout;
  const Stage& stage;
  const RankTensors& tensors;
  const AdapterPlan* adapters;  // nullptr: every weight is trained
  PrintedAge age;
  RankEstimate& rank;
  Ledger& host;
  MomentBook& book;

  double element;                    // bytes of the compute dtype
  double tokens;                     // tokens of one micro-batch on this device; of pairs both answers
  double lossTokens;                 // those of them that have logits
  double rankDevices;                // devices like this one, for the host's ledger
  std::size_t hostLines = 0;         // of the host's ledger that earlier stages wrote
  double bandLow = 1, bandHigh = 1;  // of the device figure

  bool trainsWeights() const { return adapters == nullptr; }
  bool streamsParameters() const {
    return layout.shardsWeights() || settings.offload.parameters != OffloadTarget::none;
  }
  // Weights wider than the compute dtype outside FSDP's own mixed precision: autocast.
  bool castsWeights() const;
  bool compiledLoss() const;
  double expertShards() const;  // devices that share the routed experts' weights
  const ReinforcementSettings& reinforcement() const { return settings.reinforcement; }
  // The factor every term over tokens has.
  Factor tokenFactor(double count) const {
    const bool pairs = reinforcement().sequencesPerSample > 1;
    return asked(pairs ? std::string_view("tokens of a micro-batch, chosen and rejected")
                       : std::string_view("tokens of a micro-batch"),
                 count, Unit::tokens);
  }
  double logits() const;  // logits on this device, 0 where the stage has no head
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
void addProcess(const Run& run, double peakBytes, double lossBytes);

}  // namespace headroom::training
