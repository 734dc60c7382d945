// A replayed step as the estimate reads it: what is alive at the peak of each phase, tensor by tensor. Steps are kept
// by their question, so that a question asked again costs a comparison.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/estimate/factor.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/step_stream.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

// The terms of one label and component, first to end of a phase's terms, and their bytes.
struct ReplayedLine {
  std::string_view label;
  ComponentId component{};
  std::size_t first = 0, end = 0;
  double bytes = 0;
};

struct ReplayedStep {
  std::array<std::vector<Tape::Term>, kPhaseCount> alive;  // the terms of a label stand together
  std::array<std::vector<ReplayedLine>, kPhaseCount> lines;
  std::vector<Factor> dims;                          // by the numbers of an Extent
  std::vector<std::pair<std::size_t, double>> kept;  // per kind of layer
};

// `model` is the question's; it is kept as long as the step is.
const ReplayedStep& replayed(const StepQuestion& question, const std::shared_ptr<const Model>& model);

// While it lives, no step is replayed on this thread for what the allocator holds: only what is alive counts
// (core/estimate/bounded_estimate.h).
class WithoutAllocator {
 public:
  WithoutAllocator();
  ~WithoutAllocator();
  WithoutAllocator(const WithoutAllocator&) = delete;
  WithoutAllocator& operator=(const WithoutAllocator&) = delete;
  bool leftOut() const { return leftOut_; }

 private:
  friend std::optional<HeldBytes> replayedHeld(const StepQuestion&, const std::shared_ptr<const Model>&, std::int64_t);
  WithoutAllocator* before_;
  bool leftOut_ = false;
};

// What the allocator holds after steps alike; `workspace` as heldBytes takes it. Nothing where no program writes it.
std::optional<HeldBytes> replayedHeld(const StepQuestion& question, const std::shared_ptr<const Model>& model,
                                      std::int64_t workspace);

}  // namespace headroom::training
