#include "core/estimate/serving/vllm/runtime.h"

#include <algorithm>

#include "core/estimate/constants.h"

namespace headroom {
namespace {

constexpr std::string_view kNonTorch = "printed non-torch memory of vLLM 0.6-0.20 logs, by class of device and ranks";
constexpr std::string_view kSymmetric = "pools of vLLM 0.17-0.20 with tensor parallelism, against earlier releases";
constexpr std::string_view kDelta = "pools of hybrid models (vLLM 0.11-0.18), against others";
constexpr std::string_view kKernels =
    "kernels of latent attention with fp8 blocks and of compressed sparse attention: the middle of what was seen";
constexpr std::string_view kGraphs = "'Graph capturing finished' lines of vLLM 0.6-0.20";

// Outside torch by device class: of one rank, and of every further one.
struct NonTorch {
  DeviceClass device;
  ConstantId one, further;
};
constexpr NonTorch kTable[] = {
    {DeviceClass::card, ConstantId::vllm_outside_card, ConstantId::vllm_outside_card_rank},
    {DeviceClass::ampere, ConstantId::vllm_outside_ampere, ConstantId::vllm_outside_ampere_rank},
    {DeviceClass::datacenter, ConstantId::vllm_outside_datacenter, ConstantId::vllm_outside_datacenter_rank},
    {DeviceClass::rocm, ConstantId::vllm_outside_rocm, ConstantId::vllm_outside_rocm_rank},
};

// What the engine prints as non-torch memory.
void addOutside(Ledger& ledger, const Settings& s, const ServingDevice& device, std::int64_t tp) {
  const NonTorch& row = *std::ranges::find(kTable, device.kind, &NonTorch::device);
  ConstantId first = row.one;
  auto further = static_cast<double>(tp - 1);
  if (device.kind == DeviceClass::datacenter && tp > 1)
    first = ConstantId::vllm_outside_datacenter_two, further -= 1;
  else if (device.kind == DeviceClass::datacenter && device.total && *device.total < Bytes(100 * kGiB) &&
           s.version.before(0, 18))  // from then on such a card prints what the larger ones do (logs of 0.19)
    first = ConstantId::vllm_outside_hopper80;
  // Up to 0.6.4 the printed figure also held what the process had before the profile run: its context (worker.py
  // measures from init_gpu_memory on since 0.6.5).
  const bool whole = s.version.before(0, 6, 5);
  if (whole && tp == 1) first = ConstantId::context_torch2;
  ledger.add(ComponentId::runtime, "outside torch: NCCL, attention and cuBLAS workspaces", kNonTorch,
             {fitted("non-torch", first, Unit::bytes)});
  ledger.add(ComponentId::runtime, "outside torch: channels to further ranks", kNonTorch,
             {asked("further ranks", further, Unit::devices), fitted("bytes per rank", row.further, Unit::bytes)});
}

bool servesFp8Blocks(const Settings& s) {
  const auto* f = std::get_if<NumberFormat>(&s.weights);
  return f != nullptr && *f == NumberFormat::fp8_block;
}

// Kernels that hold memory outside torch: between nothing and this much, by release.
ConstantId kernelsOf(const VllmTraits& traits, const Settings& s, const ServingDevice& device, std::int64_t tp) {
  if (traits.compressed && device.kind == DeviceClass::datacenter && tp > 1)
    return ConstantId::band_vllm_compressed_high;
  return traits.latent && traits.experts && servesFp8Blocks(s) ? ConstantId::band_vllm_kernels_high : ConstantId::none;
}

}  // namespace

VllmTraits VllmTraits::of(const Model& m) {
  VllmTraits t;
  for (const LayerKind& k : m.kinds) {
    t.latent |= k.attention.kind == AttentionKind::latent;
    t.compressed |= k.attention.compressRatio > 0;
    t.gatedDelta |= k.state.kind == StateKind::gated_delta_net;
    t.recurrent |= k.state.kind != StateKind::none;
    t.experts |= k.mlp.kind == MlpKind::experts;
  }
  return t;
}

Bytes addVllmRuntime(Ledger& ledger, const VllmTraits& traits, const Settings& s, const ServingDevice& device,
                     std::int64_t tp) {
  const ComponentId id = ComponentId::runtime;
  addOutside(ledger, s, device, tp);
  if (device.kind == DeviceClass::datacenter && tp > 1 && !s.version.before(0, 17))
    ledger.add(id, "communication buffers since 0.17", kSymmetric,
               {fitted("buffers", ConstantId::vllm_symmetric_buffers, Unit::bytes)});
  if (traits.gatedDelta && device.kind != DeviceClass::card)
    ledger.add(id, "gated delta net kernels", kDelta,
               {fitted("workspace", ConstantId::vllm_delta_kernels, Unit::bytes)});
  double below = fittedValue(ConstantId::band_vllm_runtime_high), above = below;
  if (const ConstantId kernels = kernelsOf(traits, s, device, tp); kernels != ConstantId::none) {
    const Factor most = fitted("most that was seen", kernels, Unit::bytes);
    ledger.add(id, "kernels outside torch, between nothing and all that was seen", kKernels,
               {most, over(constant("the middle", 2, Unit::count, kKernels))});
    below += most.value / 2, above += most.value / 2;
  }
  const Bytes bytes = ledger.bytes(id);
  ledger.setBand(id, bytes - toBytes(std::min(below, 0.5 * static_cast<double>(bytes.value()))),
                 bytes + toBytes(above));
  return bytes;
}

Bytes addVllmGraphs(Ledger& ledger, const VllmTraits& traits, const Settings& s, const ServingDevice& device,
                    std::int64_t layers) {
  if (!s.cudaGraphs) return Bytes(0);
  const ComponentId id = ComponentId::cuda_graphs;
  const auto count = static_cast<double>(layers);
  if (device.kind == DeviceClass::rocm) {
    const ConstantId each =
        s.version.before(0, 17) ? ConstantId::vllm_graphs_rocm_layer_old : ConstantId::vllm_graphs_rocm_layer;
    ledger.add(id, "captured graphs", kGraphs,
               {fromModel("layers", count, Unit::layers), fitted("bytes per layer", each, Unit::bytes)});
    ledger.setBand(id, fittedBand(ConstantId::band_vllm_graphs_rocm_low, ConstantId::band_vllm_graphs_rocm_high));
  } else if (s.version.before(0, 17)) {
    ledger.add(id, "captured graphs", kGraphs, {fitted("graphs", ConstantId::vllm_graphs_old, Unit::bytes)});
    ledger.setBand(id, fittedBand(ConstantId::band_vllm_graphs_old_low, ConstantId::band_vllm_graphs_old_high));
  } else if (traits.latent || traits.experts || traits.recurrent) {
    ledger.add(id, "captured graphs", kGraphs,
               {fitted("graphs", traits.latent ? ConstantId::vllm_graphs_latent : ConstantId::vllm_graphs_experts,
                       Unit::bytes)});
    ledger.setBand(id, fittedBand(ConstantId::band_vllm_graphs_experts_low, ConstantId::band_vllm_graphs_experts_high));
  } else {
    ledger.add(id, "captured graphs, fixed part", kGraphs,
               {fitted("graphs", ConstantId::vllm_graphs_constant, Unit::bytes)});
    ledger.add(id, "captured graphs", kGraphs,
               {fromModel("layers", count, Unit::layers),
                fitted("bytes per layer", ConstantId::vllm_graphs_layer, Unit::bytes)});
    ledger.setBand(id, fittedBand(ConstantId::band_vllm_graphs_dense_low, ConstantId::band_vllm_graphs_dense_high));
  }
  return ledger.bytes(id);
}

double vllmGraphCharge(const Settings& s, const VllmTraits& traits) {
  const bool dense = !traits.experts && !traits.recurrent && !traits.latent;
  const bool withoutEstimate = dense && !s.version.before(0, 25) && s.version.before(0, 29);
  return s.version.before(0, 20) || withoutEstimate ? 0.0 : fittedValue(ConstantId::vllm_graphs_charge);
}

}  // namespace headroom
