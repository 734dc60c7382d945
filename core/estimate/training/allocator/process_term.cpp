#include <algorithm>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kContextSource =
    "CUDA context, kernels and libraries outside the allocator: 1343 MiB with torch 1.10 (Hugging Face "
    "perf_train_gpu_one, 2022), "
    "0.47 GiB with lazy loading and torch 2.1, up to 1.4 GiB after the first kernels (ml-engineering debug/pytorch.md, "
    "2025)";
constexpr std::string_view kNccl =
    "NCCL channels and buffers of one device: NV 0.55 to 1.28 GiB after init (ml-engineering, 2024)";

// Enters the band of the device figure where the uncertainty lies: above in the cached blocks, below first in them,
// then in what the allocator, the kernels and the loss decide, and only then in what follows from shapes. No component
// falls below nothing, and the components' lows add up to the band's.
void setBand(Ledger& ledger, double below, Bytes highOfFragmentation) {
  using C = ComponentId;
  constexpr C kOrder[][9] = {{C::fragmentation},
                             {C::activations, C::logits, C::workspace, C::communication, C::runtime},
                             {C::weights, C::adapters, C::kv_cache, C::state_cache, C::gradients, C::optimizer_states,
                              C::master_weights, C::cuda_graphs, C::output}};
  constexpr std::size_t kMembers[] = {1, 5, 9};
  Bytes missing = toBytes(below);
  for (std::size_t group = 0; group < 3; ++group) {
    Bytes left;
    for (std::size_t i = 0; i < kMembers[group]; ++i) left += ledger.bytes(kOrder[group][i]);
    Bytes take = std::min(missing, left);
    missing = missing - take;
    for (std::size_t i = 0; i < kMembers[group]; ++i) {
      const C component = kOrder[group][i];
      const Bytes bytes = ledger.bytes(component);
      if (bytes <= Bytes(0)) continue;
      Bytes part;
      if (take > Bytes(0)) {  // the last one's share is all that is left
        const double share = static_cast<double>(bytes.value()) / static_cast<double>(left.value());
        part = std::min(bytes, toBytes(static_cast<double>(take.value()) * share));
      }
      left = left - bytes, take = take - part;
      ledger.setBand(component, bytes - part, bytes);
    }
  }
  ledger.setBand(C::fragmentation, ledger.low(C::fragmentation), highOfFragmentation);
}

}  // namespace

void addWorkspace(const Run& r) {
  if (r.profile.workspaceBytes > 0)
    r.book.add(kAlways, ComponentId::workspace, "library work buffers", r.profile.workspaceSource,
               {constant("bytes", r.profile.workspaceBytes, Unit::bytes)});
  if (r.tensors.quantizedElements <= 0) return;
  const double whole = r.tensors.routedLayerElements * r.element;
  const double wide = r.tensors.routed.elements * r.element /
                      (r.layout.shardsWeights() ? static_cast<double>(r.layout.expertShards) : 1.0);
  const double saved = wide - r.tensors.routed.bytes / r.expertShards();
  if (whole > 0 && saved > 0)
    r.book.add(
        kPasses, ComponentId::workspace, "dequantized experts of a layer",
        "a layer's experts are one tensor each way and are written out whole (axolotl monkeypatch/moe_quant.py, 2026)",
        {derived("bytes of a layer's routed experts, at most what quantizing them saves", std::min(whole, saved),
                 Unit::bytes)});
  // A quantized matrix is written out in the compute dtype to be multiplied, in forward and again in backward.
  r.book.add(kPasses, ComponentId::workspace, "dequantized matrices",
             "QLoRA: https://arxiv.org/abs/2305.14314 section 3; one matrix in use and one still referenced",
             {constant("matrices", r.profile.dequantizedMatrices),
              fromModel("elements of the largest matrix", r.tensors.largestMatrix, Unit::elements),
              asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element)});
}

void addProcess(const Run& r, double peakBytes, double lossBytes) {
  const AllocatorHabit& a = r.profile.allocator;
  Ledger& ledger = r.rank.ledger;
  const double context = r.age.before(2023) ? 1343.0 * kMiB : 1.0 * kGiB;
  ledger.add(ComponentId::runtime, "device context and libraries", kContextSource,
             {constant("bytes", context, Unit::bytes)});
  const bool distributed = r.layout.shards * r.layout.tensor * r.layout.pipeline > 1;
  if (distributed)
    ledger.add(ComponentId::runtime, "collective communication", kNccl, {constant("bytes", 0.5 * kGiB, Unit::bytes)});

  // Blocks freed after the loss are not reused by smaller requests; gradients that come later take new ones.
  const Checkpointing checkpointing = r.settings.training.checkpointing;
  const bool recomputes = checkpointing == Checkpointing::full || checkpointing == Checkpointing::offloaded;
  double byLoss = 0;
  if (!r.compiledLoss() && r.settings.loss != Loss::fused) {
    const double perLogit = r.settings.loss != Loss::eager ? 0 : recomputes ? a.perLogitRecomputed : a.perLogit;
    const double later = a.gradientsAfterLogits
                             ? static_cast<double>((r.book.at(MomentId::backward_end, ComponentId::gradients) -
                                                    r.book.at(MomentId::loss, ComponentId::gradients))
                                                       .value())
                             : 0;
    byLoss = std::max(0.0, lossBytes + perLogit * r.logits() + std::max(0.0, later) - peakBytes);
  }
  byLoss = std::max(byLoss, a.floorPerHidden * static_cast<double>(r.model.hidden));
  // torch before 2.0 split and rounded more: 27 % of the activations and 120 MiB, fitted on nine runs of BERT (2022).
  // A rollout engine's pool is one block that never fragments.
  const double own = peakBytes - static_cast<double>(ledger.bytes(ComponentId::kv_cache).value());
  const bool old = r.age.before(2023) && a.share > 0;
  const double shared =
      old ? 0.27 * static_cast<double>(ledger.bytes(ComponentId::activations).value()) + 120.0 * kMiB : a.share * own;
  const double runtime = static_cast<double>(ledger.bytes(ComponentId::runtime).value());
  ledger.add(ComponentId::fragmentation, "cached blocks", a.source,
             {derived("share of what is allocated", shared / std::max(1.0, peakBytes), Unit::ratio),
              derived("allocated at the peak", peakBytes, Unit::bytes)});
  ledger.add(ComponentId::fragmentation, "blocks of the loss that are not reused", a.source,
             {derived("bytes beyond the peak that the loss' blocks hold", byLoss, Unit::bytes)});
  // Whatever the device holds, this is what the allocator would keep; before it fails it returns what no tensor lives
  // in (c10/cuda/CUDACachingAllocator.cpp, release_cached_blocks), which here is all of it.
  r.rank.releasable = ledger.bytes(ComponentId::fragmentation);
  const double device = peakBytes + runtime + static_cast<double>(ledger.bytes(ComponentId::fragmentation).value());
  const double fragmentation = static_cast<double>(ledger.bytes(ComponentId::fragmentation).value());
  setBand(ledger, (1 - r.bandLow) * device, toBytes(fragmentation + (r.bandHigh - 1) * device));
}

}  // namespace headroom::training
