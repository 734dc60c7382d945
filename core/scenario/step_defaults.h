// What each training code does inside a step by itself, by release: the values that stand for keys of `training` and
// `parallel` a scenario leaves out. Data; step_settings.cpp asks it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/scenario/settings.h"
#include "core/scenario/training_codes.h"

namespace headroom {

enum class StepKey : std::uint8_t {
  optimizer_implementation,
  checkpoint_reentrant,
  checkpoint_placement,
  selective_option,
  norm_implementation,
  autocast,
  use_cache,
  dropout,
  adapter_dropout,
  rslora,
  kbit_preparation,
  holds_logits,
  loss_rows,
  loss_chunks,
  head_chunk_tokens,
  compiled_loss,
  gradient_clipping,
  lengths,
  strategy,
  wrap,
  units,
  reshard_after_forward,
  root_reshard_after_forward,
  head_reshard_after_forward,
  reshard_after_backward,
  prefetch,
  replicate,
  gradient_sync,
  original_parameters,
  limit_all_gathers,
  adapters_own_unit,
  bucket_bytes,
  gradient_as_bucket_view,
  static_graph,
  loss_parallel,
  pipeline_schedule,
  reduce_bucket_elements,
  allgather_bucket_elements,
  prefetch_bucket_elements,
  persistence_threshold_elements,
  max_live_elements,
  max_reuse_distance_elements,
  overlap_communication,
  contiguous_gradients,
};
constexpr std::size_t kStepKeys = static_cast<std::size_t>(StepKey::contiguous_gradients) + 1;
static_assert(kStepKeys <= 64, "Settings::stepAsked has a bit for each");

struct StepDefault {
  static constexpr std::size_t kKeys = kStepKeys;
  // By key in the order of StepKey; of a key the first row that holds counts, and its last row always holds.
  static std::span<const StepDefault> all();
  static constexpr double kOfModel = -1;  // of a dropout: what the model's configuration says
  StepKey key{};
  double value = 0;                                          // an enumerator's number, 0 or 1, a count, a ratio
  std::string_view why = {};                                 // with its source
  std::string_view codes = {};                               // ids with blanks between them; empty: every code
  Package package = Package::unknown;                        // whose release decides
  std::string_view since = {};                               // the first release it holds of; empty: of all
  bool (*when)(const Scenario&, const Settings&) = nullptr;  // of what else is settled
  std::string_view before = {};                              // the first release it no longer holds of; empty: none
};

// The rates of a step. Who says one says it of scores and embeddings too, as Megatron has one for all; the classes of
// Transformers take a number for each from their configuration.
struct Dropouts {
  double hidden = 0, attention = 0, embedding = 0;
};
Dropouts dropoutsOf(const Scenario& scenario, const Settings& settings);

// Whether a code makes its optimizer as the Trainer of transformers does (trainer.py, create_optimizer).
bool makesTrainersOptimizer(const TrainingCodeRow* code);

}  // namespace headroom
