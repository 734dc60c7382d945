// What one choice implies: switching the workload, the engine, the model or the devices takes along what would make no
// sense any more, and leaves everything else as it was said. Window, flags and pasted commands choose through these, so
// that the same choices give the same scenario; what is merely a default stands in settings.h.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.h"

namespace headroom {

// Another kind of work (serving instead of training, or back) has other programs: engine, training code and version are
// let go, and so are formats the workload cannot hold.
void chooseWorkload(Scenario& scenario, Workload workload);

// Another engine has other releases and formats: version and what it does not have are let go. Absent: as the
// workload's own default.
void chooseEngine(Scenario& scenario, std::optional<Engine> engine);

// Takes another model; a checkpoint's weights are taken as they are stored.
void chooseModel(Scenario& scenario, const ModelReference& reference, std::shared_ptr<const Model> model);

// Puts an edited copy in the place of the model it was made from, or the model back in the place of the copy. A copy of
// a quantized GGUF file asks for the file's type by name, as it has no file that stores it.
void exchangeModel(Scenario& scenario, const ModelReference& reference, std::shared_ptr<const Model> model);

// A slider that comes back to the default says nothing any more.
void chooseBatch(Scenario& scenario, std::int64_t batch);
void chooseRank(Scenario& scenario, std::int64_t rank);

// Asks for `count` of the scenario's first accelerator. How they are used follows from the engine where nobody spelled
// a layout out (settings.h).
void chooseDeviceCount(Scenario& scenario, std::int64_t count);
void chooseAccelerator(Scenario& scenario, const Accelerator& accelerator);

// How many data-centre devices one machine holds (NVIDIA HGX boards and AMD's OAM platforms carry eight).
constexpr std::int64_t kNodeDevices = 8;

// True where somebody spelled out how several devices are used; how many it takes follows from that.
bool spellsLayout(const Scenario& scenario);

// Asks for `count` of the scenario's first device and leaves the way to use them to the engine. Beyond a node: each
// layer over a node's devices and a run of layers on each node, where the engine can do both.
void spreadOver(Scenario& scenario, std::int64_t count);

// True for a format in which this workload and engine could really hold the weights.
bool makesSense(const WeightFormat& format, const Scenario& scenario);

// The weight formats people weigh against one another for this workload and engine, from few bits to many, each with a
// word short enough for a slider's mark.
struct WeightStop {
  WeightFormat format;
  std::string_view label;
};
std::vector<WeightStop> weightStops(const Scenario& scenario);

// Bits of one weight, for putting formats in order; scales left out where a file type mixes formats.
double bitsOf(const WeightFormat& format, const Model& model);

// The GGUF file type that comes nearest to what the model's file stores; nothing where it is not of block formats.
std::optional<GgufFileType> storedFileType(const Model& model);

}  // namespace headroom
