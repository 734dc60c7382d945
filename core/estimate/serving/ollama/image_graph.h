// The graph that encodes an image: Ollama's own engine reserves it with the text model's, for a picture of 2048 x 2048
// (runner/ollamarunner/runner.go, reserveWorstCaseGraph, since 0.7.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/estimate/serving/llama_cpp/graph_allocator.h"
#include "core/model/model.h"
#include "core/scenario/engine_version.h"

namespace headroom::ollama {

enum class PictureSize : std::uint8_t {
  as_configured,  // one size, whatever comes
  pixels,         // scaled to at most so many pixels, each side to a multiple of some patches
  tiles           // cut into four, with a class token each, padded to eight
};
enum class Turning : std::uint8_t { none, by_parts, by_kernel, by_halves };  // rotary positions

struct ImageEncoder {
  std::string_view architecture;
  PictureSize size = PictureSize::as_configured;
  std::int64_t merge = 1;   // patches of a side that sizes are multiples of
  std::int64_t pixels = 0;  // at most, in this release
  bool rmsNorms = false, gated = false, headNorms = false, postNorms = false;
  Turning turning = Turning::none;
  bool writtenOut = false;      // attention is written out with a mask, flash attention or not
  std::int64_t keptStates = 0;  // hidden states of layers within that the projector reads
};

// How the release encodes a picture for an architecture; nothing where it is not known.
std::optional<ImageEncoder> imageEncoder(const EngineVersion& release, std::string_view architecture);
bool reservesImage(const EngineVersion& release);

// Patches of a picture of 2048 x 2048, and the encoder's width for the bytes of its widest products.
std::int64_t patchesOf(const ImageEncoder& encoder, const VisionSpec& tower);

// Compute buffers per backend, the host last, of the encoder on one backend. headKernel: the device has a kernel of
// flash attention for the tower's heads.
std::vector<std::int64_t> imageBuffers(const ImageEncoder& encoder, const VisionSpec& tower,
                                       const llama::Backends& backends, int backend, bool flash, bool headKernel);

}  // namespace headroom::ollama
