#include "core/estimate/serving/vllm/runtime.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::string_view kNonTorch =
    "fitted: printed non-torch memory of vLLM 0.6-0.20 logs (resources/measured/serving.json), median per device class";
constexpr std::string_view kSymmetric =
    "fitted: pools of vLLM 0.17-0.20 on H200 and B200 with tensor parallelism are 1.47 GiB smaller than before";
constexpr std::string_view kDelta =
    "fitted: Qwen3-Next and Qwen3.5 on H200 (vLLM 0.11-0.18), 0.55-0.85 GiB beyond other models";
constexpr std::string_view kLatentBlocks =
    "fitted: DeepSeek-R1 fp8 on 8 × H200 and MI300X, by version (vLLM 0.11-0.20)";
constexpr std::string_view kCompressed =
    "fitted: DeepSeek-V4-Pro on 8 × H200 (vLLM 0.20.2), 3.5 and 4.2 GiB beyond the rest; none on one B300 (0.26)";
constexpr std::string_view kGraphs =
    "fitted: 'Graph capturing finished' lines of vLLM 0.6-0.20 (resources/measured/serving.json)";

constexpr double kGi = static_cast<double>(kGiB);

// GiB outside torch by device class for 1, 2, 4 and 8 tensor-parallel ranks.
struct NonTorch {
  DeviceClass device;
  double one, two, four, eight;
};
constexpr NonTorch kTable[] = {
    {DeviceClass::card, 0.05, 0.12, 0.20, 0.36},
    {DeviceClass::ampere, 0.10, 0.30, 0.43, 0.93},
    {DeviceClass::datacenter, 0.24, 0.55, 0.66, 0.92},
    {DeviceClass::rocm, 0.90, 1.10, 1.28, 2.00},
};

double nonTorch(const ServingDevice& device, std::int64_t tp) {
  const NonTorch& row = *std::ranges::find(kTable, device.kind, &NonTorch::device);
  if (tp >= 8) return row.eight;
  if (tp >= 4) return row.four;
  if (tp >= 2) return row.two;
  // 80 GB Hopper cards print 0.13-0.14 on one rank, the larger ones leave room for 0.24.
  const bool hopper80 = device.kind == DeviceClass::datacenter && device.total && *device.total < Bytes(100 * kGiB);
  return hopper80 ? 0.135 : row.one;
}

bool servesFp8Blocks(const Settings& s) {
  const auto* f = std::get_if<NumberFormat>(&s.weights);
  return f != nullptr && *f == NumberFormat::fp8_block;
}

// What latent attention with block-scaled fp8 experts takes on top. It comes and goes with the kernels of a release.
double latentBlocks(const EngineVersion& v, DeviceClass device, double computeCapability) {
  if (device == DeviceClass::rocm) return v.before(0, 14) ? 1.1 : 2.95;
  if (device != DeviceClass::datacenter || computeCapability >= 10.0) return 0;
  if (v.before(0, 11) || (v.before(0, 12) && v.patch < 1)) return 0;
  if (v.before(0, 13)) return 1.50;
  if (v.before(0, 14)) return 0;
  if (v.before(0, 16)) return 1.68;
  if (v.before(0, 17)) return 0;
  return 1.68;
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
  double base = nonTorch(device, tp);
  // Up to 0.6.4 the printed figure also held what the process had before the profile run.
  if (s.version.before(0, 6) || (s.version.before(0, 7) && s.version.patch <= 4)) base = std::max(base, 0.5);
  ledger.add(id, "outside torch: NCCL, attention and cuBLAS workspaces", kNonTorch,
             {constant("non-torch", base * kGi, Unit::bytes, kNonTorch)});
  double high = 0.3;
  if (device.kind == DeviceClass::datacenter && tp > 1 && !s.version.before(0, 17))
    ledger.add(id, "communication buffers since 0.17", kSymmetric,
               {constant("buffers", 1.47 * kGi, Unit::bytes, kSymmetric)});
  if (traits.gatedDelta && device.kind != DeviceClass::card)
    ledger.add(id, "gated delta net kernels", kDelta, {constant("workspace", 0.7 * kGi, Unit::bytes, kDelta)});
  if (traits.latent && traits.experts && servesFp8Blocks(s)) {
    ledger.add(id, "latent attention with fp8 blocks", kLatentBlocks,
               {constant("workspace", latentBlocks(s.version, device.kind, device.computeCapability) * kGi, Unit::bytes,
                         kLatentBlocks)});
    high = 1.7;
  }
  if (traits.compressed && device.kind == DeviceClass::datacenter && tp > 1) {
    ledger.add(id, "compressed sparse attention and experts over several ranks", kCompressed,
               {constant("workspace", 3.85 * kGi, Unit::bytes, kCompressed)});
    high = 1.5;
  }
  // Residuals of the pools: 0.1-0.2 GiB on dense models, up to 1.7 on latent-attention experts in fp8.
  const Bytes bytes = ledger.bytes(id);
  ledger.setBand(id, bytes - toBytes(std::min(0.3 * kGi, 0.5 * static_cast<double>(bytes.value()))),
                 bytes + toBytes(high * kGi));
  return bytes;
}

Bytes addVllmGraphs(Ledger& ledger, const VllmTraits& traits, const Settings& s, const ServingDevice& device,
                    std::int64_t layers) {
  if (!s.cudaGraphs) return Bytes(0);
  const ComponentId id = ComponentId::cuda_graphs;
  const auto count = static_cast<double>(layers);
  if (device.kind == DeviceClass::rocm) {
    const double each = s.version.before(0, 17) ? 0.064 : 0.107;
    ledger.add(
        id, "captured graphs", kGraphs,
        {fromModel("layers", count, Unit::layers), constant("bytes per layer", each * kGi, Unit::bytes, kGraphs)});
    // Upstream builds between 0.13 and 0.14 captured up to 1.7 times as much.
    ledger.setBand(id, {0.8, 1.75});
  } else if (s.version.before(0, 17)) {
    // The printed difference of free memory ran from −1.2 to +1.2 GiB: no rule in it.
    ledger.add(id, "captured graphs", kGraphs, {constant("graphs", 0.4 * kGi, Unit::bytes, kGraphs)});
    ledger.setBand(id, {0.0, 3.0});
  } else if (traits.latent || traits.experts || traits.recurrent) {
    ledger.add(id, "captured graphs", kGraphs,
               {constant("graphs", (traits.latent ? 2.4 : 1.2) * kGi, Unit::bytes, kGraphs)});
    ledger.setBand(id, {0.7, 1.3});
  } else {
    ledger.add(id, "captured graphs, fixed part", kGraphs, {constant("graphs", 0.4 * kGi, Unit::bytes, kGraphs)});
    ledger.add(
        id, "captured graphs", kGraphs,
        {fromModel("layers", count, Unit::layers), constant("bytes per layer", 0.0063 * kGi, Unit::bytes, kGraphs)});
    ledger.setBand(id, {0.6, 1.4});
  }
  return ledger.bytes(id);
}

// From 0.20 the pool is smaller by 0.55, 0.90, 0.91, 0.64 and 1.55 GiB where graphs of 0.67, 0.90, 0.94, 1.15 and 2.28
// are printed later: three quarters in the mean.
double vllmGraphCharge(const Settings& s) {
  return s.version.before(0, 20) ? 0.0 : 0.75;
}

}  // namespace headroom
