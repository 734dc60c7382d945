#include <algorithm>

#include "core/estimate/training/allocator/library_workspace.h"
#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kContextSource =
    "CUDA context, kernels and libraries outside the allocator: 1343 MiB with torch 1.10 (Hugging Face "
    "perf_train_gpu_one, 2022), "
    "0.47 GiB with lazy loading and torch 2.1, up to 1.4 GiB after the first kernels (ml-engineering debug/pytorch.md, "
    "2025)";
constexpr std::string_view kLibraries = "work buffers of libraries inside the allocator, for the whole run";
constexpr std::string_view kProducts =
    "cuBLAS' workspace, taken from the allocator at a thread's first product: 32 MiB on Hopper, 8.125 MiB on other "
    "NVIDIA devices, 32 MiB on AMD's, 128 MiB on gfx94 and gfx95 (torch 2.11, aten/src/ATen/cuda/CublasHandlePool.cpp)";
constexpr std::string_view kReplayed =
    "the caching allocator's rules run on three steps of the replayed order of allocations (torch 2.11, "
    "c10/cuda/CUDACachingAllocator.cpp): its segments less what is alive at the peak";
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

// Beyond what is alive at the peak: blocks that the loss took and that nothing smaller reuses; gradients that come
// later take new ones.
Factor blocksOfLoss(const Run& r, const ProcessBytes& bytes) {
  const AllocatorHabit& a = r.profile.allocator;
  FactorTree& tree = r.rank.ledger;
  constexpr std::string_view kSymbol = "bytes beyond the peak that the loss' blocks hold";
  const Factor floor =
      a.floorPerHidden > 0
          ? tree.product("least", Unit::bytes,
                         {amountOf("cached bytes per hidden unit", a.floorPerHidden, Unit::bytes_per_element, a.source),
                          fromModel("hidden size", static_cast<double>(r.model.hidden), Unit::elements)})
          : none("least", Unit::bytes);
  if (r.compiledLoss() || r.settings.loss == Loss::fused) return floor;
  const Checkpointing checkpointing = r.settings.training.checkpointing;
  const bool recomputes = checkpointing == Checkpointing::full || checkpointing == Checkpointing::offloaded;
  FactorParts held(tree, "blocks of the loss beyond the peak", Unit::bytes);
  held.add(bytes.loss);
  const Amount perLogit = recomputes ? a.perLogitRecomputed : a.perLogit;
  const Factor logits = r.logits();
  if (r.settings.loss == Loss::eager && perLogit > 0 && logits.value > 0)
    held.add(tree.product("freed and not reused", Unit::bytes,
                          {amountOf("cached bytes per logit", perLogit, Unit::bytes_per_element, a.source), logits}));
  if (a.gradientsAfterLogits && bytes.laterGradients.value > 0) held.add(bytes.laterGradients);
  held.add(less(bytes.peak));
  return tree.largest(kSymbol, Unit::bytes, {held.close(), floor});
}

// A share of what is allocated. A rollout engine's pool is one block that never fragments.
Factor blocksByShare(const Run& r) {
  Ledger& ledger = r.rank.ledger;
  return ledger.product("cached blocks", Unit::bytes,
                        {amountOf("share of what is allocated", r.profile.allocator.share, Unit::ratio),
                         sumOfLines(ledger, "allocated at the peak", [&](std::size_t i) {
                           const ComponentId c = ledger.lines()[i].component;
                           return c != ComponentId::runtime && c != ComponentId::kv_cache;
                         })});
}

// Samples of changing length, of which one length's replay shows the least.
bool changesLength(const Run& r) {
  const Lengths lengths = r.settings.training.lengths;
  return lengths != Lengths::fixed && lengths != Lengths::packed &&
         r.profile.allocator.share.fitted() == ConstantId::allocator_share_changing;
}

ConstantId contextOf(const Run& r) {
  if (r.age.before(2023)) return ConstantId::process_context_torch1;
  const Accelerator* device = r.device();
  const bool hopper = device != nullptr && device->computeCapability == 9.0;
  return hopper && !r.age.before(2025) ? ConstantId::process_context_hopper : ConstantId::process_context;
}

}  // namespace

void addWorkspace(const Run& r) {
  // A replayed step is of torch's own kernels: none of the packages that a profile's buffers come from.
  if (r.profile.workspaceBytes > 0 && !r.passesReplayed)
    r.book.add(kAlways, ComponentId::workspace, "library work buffers", kLibraries,
               {amountOf("bytes", r.profile.workspaceBytes, Unit::bytes)});
  else if (const double bytes = r.replaysPasses() ? productWorkspace(r.device()) : 0; bytes > 0)
    r.book.add(kAlways, ComponentId::workspace, "library work buffers", kProducts,
               {constant("threads that multiply: forward's and backward's", kProductThreads, Unit::copies, kProducts),
                constant("bytes of one's", bytes, Unit::bytes, kProducts)});
  if (r.tensors.quantizedElements <= 0 || r.replaysPasses()) return;
  FactorTree& tree = r.rank.ledger;
  if (r.tensors.routedLayerElements > 0) {
    const Factor whole = tree.product("a layer's routed experts in the compute dtype", Unit::bytes,
                                      {r.factors.routedLayerElements(), r.compute});
    Product wide(tree, "all of them in the compute dtype", Unit::bytes);
    wide.times(r.factors.routedElements()).times(r.compute);
    if (r.layout.shardsWeights()) wide.times(over(r.expertRanks()));
    const Factor saved = tree.sum(
        "bytes that quantizing saves", Unit::bytes,
        {wide.close(),
         less(tree.product("all of them quantized", Unit::bytes, {r.factors.routedBytes(), over(r.expertShards())}))});
    if (saved.value > 0)
      r.book.add(kPasses, ComponentId::workspace, "dequantized experts of a layer",
                 "a layer's experts are one tensor each way and are written out whole (axolotl "
                 "monkeypatch/moe_quant.py, 2026)",
                 {tree.smallest("bytes of a layer's routed experts, at most what quantizing them saves", Unit::bytes,
                                {whole, saved})});
  }
  // A quantized matrix is written out in the compute dtype to be multiplied, in forward and again in backward.
  constexpr std::string_view kSource =
      "QLoRA: https://arxiv.org/abs/2305.14314 section 3; one matrix in use and one still referenced";
  r.book.add(kPasses, ComponentId::workspace, "dequantized matrices", kSource,
             {constant("matrices", r.profile.dequantizedMatrices, Unit::copies, kSource), r.factors.largestMatrix(),
              r.compute});
}

void addProcess(const Run& r, const ProcessBytes& bytes) {
  const AllocatorHabit& a = r.profile.allocator;
  Ledger& ledger = r.rank.ledger;
  const ConstantId context = contextOf(r);
  ledger.add(ComponentId::runtime, "device context and libraries", kContextSource,
             {fitted("bytes", context, Unit::bytes)});
  const bool distributed = r.layout.shards * r.layout.tensor * r.layout.pipeline > 1;
  if (distributed)
    ledger.add(ComponentId::runtime, "collective communication", kNccl,
               {fitted("bytes", ConstantId::process_collectives, Unit::bytes)});
  const double runtime = static_cast<double>(ledger.bytes(ComponentId::runtime).value());
  const bool alike = bytes.cached && !changesLength(r);
  const Factor shared = alike ? none("cached blocks", Unit::bytes) : blocksByShare(r);
  const Factor byLoss = alike ? none("blocks of the loss", Unit::bytes) : blocksOfLoss(r, bytes);
  if (bytes.cached && *bytes.cached >= shared.value + byLoss.value) {
    ledger.add(ComponentId::fragmentation, "cached blocks", kReplayed,
               {constant("bytes of segments beyond the peak", *bytes.cached, Unit::bytes, kReplayed)});
  } else {
    ledger.add(ComponentId::fragmentation, "cached blocks", a.source, {shared});
    ledger.add(ComponentId::fragmentation, "blocks of the loss that are not reused", a.source, {byLoss});
  }
  // Whatever the device holds, this is what the allocator would keep; before it fails it returns what no tensor lives
  // in (c10/cuda/CUDACachingAllocator.cpp, release_cached_blocks), which here is all of it.
  r.rank.releasable = ledger.bytes(ComponentId::fragmentation);
  const double fragmentation = static_cast<double>(ledger.bytes(ComponentId::fragmentation).value());
  const double device = bytes.peak.value + runtime + fragmentation;
  setBand(ledger, (1 - r.bandLow) * device, toBytes(fragmentation + (r.bandHigh - 1) * device));
}

}  // namespace headroom::training
