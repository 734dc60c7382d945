// Tensors that the user places by name: llama.cpp's -ot. A pattern is found anywhere in a tensor's name, and the first
// one that is decides (common/arg.cpp, parse_tensor_buffer_overrides; src/llama-model-loader.cpp, create_tensor;
// b11549).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bounded_pattern.h"

namespace headroom::llama {

// Which tensors of a layer --fit leaves elsewhere (common/fit.cpp, get_overflow_pattern).
enum class LayerPart : std::uint8_t {
  none,
  all_but_attention,  // of the MLP everything
  all_but_up,         // of the MLP everything but what is called up
  down,               // of the MLP what is called down
  experts,
};

// A layer of which a part lies with another backend than the layer.
struct PartedLayer {
  std::int64_t layer = 0;
  LayerPart part = LayerPart::none;
  int backend = 0;
};

class TensorOverrides {
 public:
  TensorOverrides() = default;
  // What --fit places, in ascending order of layers.
  TensorOverrides(std::vector<PartedLayer> parted, int devices);
  // "blk\\.1\\.=CPU,exps=CUDA1": pattern and buffer type, commas between. Backends: devices, then the host.
  TensorOverrides(std::string_view text, int devices);

  bool empty() const { return entries_.empty() && parted_.empty(); }
  // The backend whose memory a tensor was asked into; layer −1: a tensor of the whole model.
  std::optional<int> backendOf(std::int64_t layer, std::string_view tensor) const;
  const std::string& text() const { return text_; }      // two of one text are the same
  const std::string& unread() const { return unread_; }  // a pattern that is not tried, if any
  const std::optional<std::string>& unknownBuffer() const {
    return unknownBuffer_;
  }                                                            // a buffer type the machine lacks, if any
  const std::string& elsewhere() const { return elsewhere_; }  // a buffer of another machine, if any

 private:
  struct Entry {
    BoundedPattern pattern;
    int backend;
  };
  std::vector<Entry> entries_;
  std::vector<PartedLayer> parted_;
  std::string text_, unread_, elsewhere_;
  std::optional<std::string> unknownBuffer_;
};

}  // namespace headroom::llama
