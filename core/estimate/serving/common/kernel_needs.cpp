#include "core/estimate/serving/common/kernel_needs.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "core/hardware/accelerator.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

bool concerns(KernelsOf layers, const Model& m) {
  if (layers == KernelsOf::any) return true;
  const auto some = [&m](auto is) { return std::ranges::any_of(m.kinds, is); };
  const bool sparse = some([](const LayerKind& k) { return k.attention.indexerDim > 0; });
  if (layers == KernelsOf::sparse) return sparse;
  const bool latent = some([](const LayerKind& k) { return k.attention.kind == AttentionKind::latent; });
  return layers == KernelsOf::latent ? latent && !sparse : !latent && !sparse;
}

bool holds(const KernelNeed& need, const EngineVersion& v) {
  if (!v.known) return need.before.empty();
  return !v.before(engineVersion(need.since)) && (need.before.empty() || v.before(engineVersion(need.before)));
}

// What the weights are in: as asked, else what the checkpoint says of most of its modules.
std::optional<NumberFormat> weightsOf(const EstimateContext& c) {
  if (const auto* format = std::get_if<NumberFormat>(&c.settings.weights)) return *format;
  // A file's mix is of ggml's blocks: one stands for all.
  if (std::holds_alternative<GgufFileType>(c.settings.weights)) return NumberFormat::q4_k;
  const bool stored = std::holds_alternative<AsStored>(c.settings.weights);
  return stored && c.model.quantization ? std::optional(c.model.quantization->format) : std::nullopt;
}

// The devices of a scenario whose compute capability is known.
class Devices {
 public:
  explicit Devices(EstimateContext& c) : c_(c), engine_(rowOf(c.settings.engine).label) {}

  // The first device that lacks what a need asks for; nullptr: none does.
  const DeviceRequest* lacking(double least, double beyond) const {
    for (const DeviceRequest& d : c_.scenario.devices) {
      const double own = cudaCapability(d);
      if (own > 0 && (own < least || (beyond > 0 && own >= beyond))) return &d;
    }
    return nullptr;
  }

  // The first row that stops the start, or leaves it open, speaks.
  void judge(std::span<const KernelNeed> needs, std::optional<NumberFormat> format, std::string_view what,
             std::string_view key) {
    for (const KernelNeed& need : needs) {
      if ((format && !need.formats.has(*format)) || !concerns(need.layers, c_.model)) continue;
      if (!holds(need, c_.settings.version)) continue;
      const DeviceRequest* device = need.least > 0 ? lacking(need.least, need.beyond) : nullptr;
      if (need.least > 0 && device == nullptr) continue;
      const std::string kernels = fmt::format("{}{}", what, format ? fmt::format(" in {}", info(*format).id) : "");
      if (!need.certain) return c_.unmodelled(fmt::format("whether {} has kernels for {} here", engine_, kernels));
      if (device == nullptr) return say(fmt::format("this release of {} has no kernels for {}", engine_, kernels), key);
      const std::string range = need.beyond > 0 ? fmt::format(" to below {:.1f}", need.beyond) : " on";
      return say(fmt::format("this release of {} has kernels for {} from compute capability {:.1f}{}; {} has {:.1f}",
                             engine_, kernels, need.least, range, nameOf(*device), cudaCapability(*device)),
                 key);
    }
  }
  bool judgeDevice(double least) {
    const DeviceRequest* device = lacking(least, 0);
    if (device == nullptr) return true;
    say(fmt::format("{} runs on devices of compute capability {:.1f} and above; {} has {:.1f}", engine_, least,
                    nameOf(*device), cudaCapability(*device)),
        "devices");
    return false;
  }

 private:
  static std::string nameOf(const DeviceRequest& d) { return d.entry != nullptr ? d.entry->name : "the device"; }
  void say(std::string why, std::string_view key) { c_.refuse("no-kernels", std::move(why), key); }

  EstimateContext& c_;
  std::string_view engine_;
};

}  // namespace

double cudaCapability(const DeviceRequest& d) {
  const bool known = d.entry != nullptr && d.entry->vendor == "NVIDIA";
  return d.computeCapability.value_or(known ? d.entry->computeCapability.value_or(0) : 0);
}

void diagnoseKernels(EstimateContext& c, const EngineKernels& kernels) {
  Devices devices(c);
  if (!devices.judgeDevice(kernels.device)) return;
  if (const std::optional<NumberFormat> format = weightsOf(c))
    devices.judge(kernels.weights, format, "weights", "precision.weights");
  devices.judge(kernels.caches, c.settings.kvCache.k, "a KV cache", "precision.kv_cache");
  devices.judge(kernels.attention, std::nullopt, "the attention of such layers", "devices");
}

}  // namespace headroom
