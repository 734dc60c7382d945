#include "core/estimate/serving/llama_cpp/tensor_overrides.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace headroom::llama {
namespace {

// "CUDA1", "ROCm0", "Vulkan0", "MTL0": a backend's name and the device's number; "Metal" of older builds is its only
// one. Nothing where the name is no device's.
std::optional<int> deviceNamed(std::string_view buffer) {
  constexpr std::string_view kBackends[] = {"CUDA", "ROCm", "Vulkan", "SYCL", "MTL", "CANN", "MUSA", "OpenCL"};
  if (buffer == "Metal") return 0;
  for (const std::string_view backend : kBackends) {
    if (!buffer.starts_with(backend)) continue;
    const std::string_view digits = buffer.substr(backend.size());
    int device = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), device);
    if (error == std::errc() && end == digits.data() + digits.size() && device >= 0) return device;
  }
  return std::nullopt;
}

std::string_view patternOf(LayerPart part) {
  switch (part) {
    case LayerPart::all_but_attention:
      return "ffn_(gate|up|gate_up|down).*";
    case LayerPart::all_but_up:
      return "ffn_(gate|gate_up|down).*";
    case LayerPart::down:
      return "ffn_down.*";
    case LayerPart::experts:
      return "ffn_(up|down|gate_up|gate)_(ch|)exps";
    case LayerPart::none:
      break;
  }
  return {};
}

// What those patterns find, without trying them one after another.
bool isOf(LayerPart part, std::string_view tensor) {
  if (!tensor.starts_with("ffn_")) return false;
  tensor.remove_prefix(4);
  const bool down = tensor.starts_with("down"), gate = tensor.starts_with("gate");
  switch (part) {
    case LayerPart::all_but_attention:
      return down || gate || tensor.starts_with("up");
    case LayerPart::all_but_up:
      return down || gate;
    case LayerPart::down:
      return down;
    case LayerPart::experts:
      return (down || gate || tensor.starts_with("up")) && tensor.find("exps") != tensor.npos &&
             tensor.find("shexp") == tensor.npos;
    case LayerPart::none:
      break;
  }
  return false;
}

}  // namespace

TensorOverrides::TensorOverrides(std::vector<PartedLayer> parted, int devices) : parted_(std::move(parted)) {
  for (const PartedLayer& p : parted_)
    text_ += fmt::format("{}blk\\.{}\\.{}={}", text_.empty() ? "" : ",", p.layer, patternOf(p.part),
                         p.backend >= devices ? "CPU" : fmt::format("CUDA{}", p.backend));
}

TensorOverrides::TensorOverrides(std::string_view text, int devices) : text_(text) {
  constexpr std::size_t kMost = 256;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == part.npos || entries_.size() == kMost) {
      unread_ = part;
      continue;
    }
    const std::string_view buffer = part.substr(equals + 1);
    int backend = devices;
    if (buffer != "CPU") {
      const std::optional<int> device = deviceNamed(buffer);
      if (!device && buffer.starts_with("RPC")) {
        elsewhere_ = buffer;
        continue;
      }
      if (!device || *device >= devices) {
        unknownBuffer_ = buffer;
        continue;
      }
      backend = *device;
    }
    if (std::optional<BoundedPattern> pattern = BoundedPattern::of(std::string(part.substr(0, equals))))
      entries_.push_back({*std::move(pattern), backend});
    else
      unread_ = part;
  }
}

std::optional<int> TensorOverrides::backendOf(std::int64_t layer, std::string_view tensor) const {
  if (!parted_.empty()) {
    const auto at = std::ranges::lower_bound(parted_, layer, {}, &PartedLayer::layer);
    const bool placed = at != parted_.end() && at->layer == layer && isOf(at->part, tensor);
    return placed ? std::optional(at->backend) : std::nullopt;
  }
  if (entries_.empty()) return std::nullopt;
  std::string name = layer < 0 ? std::string() : "blk." + std::to_string(layer) + ".";
  name += tensor;
  const auto found = std::ranges::find_if(entries_, [&](const Entry& e) { return e.pattern.within(name); });
  return found == entries_.end() ? std::nullopt : std::optional(found->backend);
}

}  // namespace headroom::llama
