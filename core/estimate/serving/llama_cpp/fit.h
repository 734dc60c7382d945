// What llama.cpp changes by itself so that a model fits: --fit, on unless it is switched off since December 2025. It
// shortens a context that nobody asked for, then leaves layers, of models with experts their experts first, to the
// host (common/fit.cpp, before April 2026 src/llama.cpp: llama_params_fit_impl, read from b7446 to b10256).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/estimate/serving/llama_cpp/tensor_overrides.h"

namespace headroom::llama {

// The layers of one device: those at its end are parted, the first of them in its own way, the others without experts.
struct FitLayers {
  std::int64_t layers = 0, parted = 0;
  LayerPart first = LayerPart::experts;
  bool ontoNext = false;  // what the first one lacks lies on the next device, not on the host
  std::int64_t whole() const { return layers - parted; }
};

// One way to lay a run out.
struct FitTrial {
  std::int64_t cells = 0;          // of all sequences together
  std::vector<FitLayers> devices;  // none: every layer on the devices, by their memory
  bool expertsOnHost = false;      // with none: but for all experts
};

// What a device would hold, as a run that allocates nothing says.
struct FitMemory {
  std::int64_t model = 0, context = 0, compute = 0;
  std::int64_t total() const { return model + context + compute; }
};
using FitProbe = std::function<std::vector<FitMemory>(const FitTrial&)>;

struct FitQuestion {
  std::vector<std::int64_t> free, margins;  // of each device
  std::int64_t layers = 0;                  // without the output
  bool experts = false;
  std::int64_t cells = 0;          // asked for, or what the model was trained for
  std::int64_t leastCells = 4096;  // --fit-ctx
  std::int64_t evenCells = 256;    // a shortened context is made of so many
  bool cellsAsked = false;
  bool placed = false;  // somebody placed layers or tensors: that stays
  // By build (BuildRules).
  bool interpolates = true, firstAlone = true, outputIsLayer = true;
};

enum class FitStep : std::uint8_t {
  nothing,   // it fits as asked
  shorter,   // with a shorter context
  parted,    // with layers, or parts of them, on the host
  hindered,  // neither does, as somebody placed layers
};

struct FitAnswer {
  FitStep step = FitStep::nothing;
  FitTrial trial;
};
FitAnswer fitRun(const FitQuestion& question, const FitProbe& probe);

// Where a trial's parted layers lie, in ascending order.
std::vector<PartedLayer> partedLayers(const FitQuestion& question, const FitTrial& trial);

// What -ngl would say of a trial.
std::int64_t layersOnDevices(const FitTrial& trial);

}  // namespace headroom::llama
