// What follows from a choice: switching the workload, the engine or the number of devices takes along what would make
// no sense any more, and leaves everything else as the user said it.
#pragma once

#include <vector>

#include "core/formats/config/edited_model.h"
#include "core/scenario/scenario.h"

namespace headroom::ui {

// The weight formats of the precision slider, from few bits to many.
struct WeightStop {
  WeightFormat format;
  const char* label;
};
std::vector<WeightStop> weightStops(const Scenario& scenario);

// Bits of one weight, for putting formats in order; scales left out where a file type mixes formats.
double bitsOf(const WeightFormat& format, const Model& model);

// The GGUF file type that comes nearest to what the model's file stores; nothing where it is not of block formats.
std::optional<GgufFileType> storedFileType(const Model& model);

// Takes another model. Weights that are there are taken as they are stored, and a GGUF file runs on llama.cpp unless an
// engine was asked for.
void takeModel(Scenario& scenario, const NamedModel& model);

// Puts an edited copy in the place of the model it was made from, or the model back in the place of the copy. A copy of
// a quantized GGUF file asks for the file's type by name, as it has no file that stores it.
void exchangeModel(Scenario& scenario, const NamedModel& model);

void setWorkload(Scenario& scenario, Workload workload);
void setEngine(Scenario& scenario, std::optional<Engine> engine);

// Asks for `count` of the scenario's first accelerator: tensor parallel for serving, data parallel for training.
void setDeviceCount(Scenario& scenario, std::int64_t count);
void setAccelerator(Scenario& scenario, const Accelerator& accelerator);

}  // namespace headroom::ui
