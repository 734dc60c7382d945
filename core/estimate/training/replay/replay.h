// The replay in the estimate: which runs it knows, what it asks and what it enters.
#pragma once

#include <optional>

#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/run.h"

namespace headroom::training {

// Whether what a model's layers compute is written down: as what they are, not as the nearest usual block.
bool knowsLayers(const Model& model);
// Whether any program is of the code.
bool hasProgram(const FrameworkProfile& profile);

// The question that a run's step is, or nothing where no program runs its code, its model's layers or its distribution.
std::optional<StepQuestion> stepQuestionOf(const Run& run);

// The forward and backward passes of a run for which there is no such question, as far as they are those of one device;
// nothing where a layer is split or no program runs it.
std::optional<StepQuestion> passesQuestionOf(const Run& run);

// The same of Megatron-Core, whose buffers and optimizer are accounted for by formulas at any rate.
std::optional<StepQuestion> megatronQuestionOf(const Run& run);

// What stands behind plain attention of Megatron-Core, whether that program answers or not.
void sayOfPlainAttention(EstimateContext& context, const Run& run, bool answered);

// A dense decoder's block as most have it.
bool usualBlock(const Model& model, const Settings& settings);

// The same for runs on several devices.
std::optional<StepQuestion> distributedQuestionOf(const Run& run);
// What their wrappers hold from step to step beside weights and states.
void addHeldBuffers(const Run& run);

// Enters what a step allocates beside the model and its states, phase by phase.
void addReplayedStep(const Run& run, const StepQuestion& question);
// Enters what the passes alone keep and make; gradients, the optimizer and, without logits, the loss are left to
// others.
void addReplayedPasses(const Run& run, const StepQuestion& question);
// Bytes that the allocator holds beyond what is alive at the peak, from a replay of its rules; nothing where the step
// is not written for it.
std::optional<double> replayedCache(const Run& run, const StepQuestion& question);

}  // namespace headroom::training
