// The step for the allocator: every layer by itself, over micro-batches where there are several (trainer.py, 5.x).
#include "core/estimate/training/replay/transformers_program.h"
#include "core/estimate/training/replay/transformers_step.h"

namespace headroom::training::transformers {
namespace {

// bitsandbytes' 4-bit formats hold half a byte per value and an fp32 scale for 64 of them.
constexpr double kPacked = 0.5, kScale = 4.0 / 64;

std::int64_t whole(double bytes) {
  return static_cast<std::int64_t>(bytes);
}

}  // namespace

void Program::write(StepStream& stream) {
  build(true);
  forEachParameter([&](const Parameter& p) {
    if (p.packed)
      for (const double width : {kPacked, kScale}) stream.weights.push_back(whole(p.extent.elements * width));
    else
      stream.weights.push_back(whole(p.extent.elements * p.width));
    if (!p.trains) return;
    for (int i = 0; i < q_.states; ++i)
      stream.states.push_back(whole(p.extent.elements * q_.stateWidth * p.stateShare));
  });
  t_.writeTo(&stream.events);
  std::vector<std::pair<std::size_t, double>> kept;
  for (int i = 0; i < (q_.gradientsThere ? 2 : 1); ++i) {
    microBatch(kept);
    cos_.reset(), sin_.reset(), mask_.reset(), labels_.reset();
    if (i == 0) stream.backward = backwardAt_;
  }
  t_.phase(Phase::step);
  stream.optimizer = stream.events.size();
  optimizerStep();
  forEachParameter([](Parameter& p) { p.gradient.reset(); });
}

}  // namespace headroom::training::transformers
