// The training codes: one row each, with what a code does by itself where a scenario is silent. Its habits inside a
// step stand in its profile (core/estimate/training/frameworks).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/scenario/engine_version.h"
#include "core/scenario/engines.h"
#include "core/scenario/scenario.h"

namespace headroom {

inline constexpr std::array kPlainPyTorch{Engine::pytorch};

struct TrainingCodeRow {
  std::string_view id = {};                       // as scenarios spell it
  std::string_view label = {};                    // as its makers spell it
  std::string_view profile = {};                  // whose profile accounts for its step
  Package package = Package::unknown;             // whose releases change what it does
  Engine engine = Engine::pytorch;                // what runs it where no engine is named
  Sharding sharding = Sharding::none;             // over data-parallel ranks
  Feature splits{};                               // the ways it can split a step: tensor, pipeline, context, expert
  ShardingProgram shards{};                       // the programs that may shard its runs
  std::span<const Engine> hosts = kPlainPyTorch;  // what runs it besides its own engine
  std::string_view layoutSource = {};
  std::string_view stagesSource = {};  // of stages that are no schedule: layers on several devices of one process
  bool replicatesStages = true;        // replicas of such a process can train together
  bool expertTensorFollows = false;  // ranks that split an expert are as many as tensor-parallel ones where nobody says
  bool evenHeads = false;            // query heads have to divide over the tensor-parallel ranks
  KvHeads kvHeads = KvHeads::rounded;
  std::string_view headsSource = {};
  std::span<const NumberFormat> trainedFormats = {};  // kept narrow while they are trained in full
  std::string_view trainedFormatsSource = {};
  bool ownAttention = false;  // how attention is computed cannot be chosen
  Checkpointing checkpointing = Checkpointing::none;
  std::string_view checkpointingSince = {};  // the release that turned it on; empty: always so
  std::string_view checkpointingSource = {};
  Loss loss = Loss::eager;
  bool fusedLossIsLiger = false;    // comes with Liger's norms, rotary embedding and SwiGLU
  std::string_view lossSince = {};  // the release that turned it on; empty: always so
  std::string_view lossSource = {};
  std::int64_t rank = 16;    // of adapters
  std::int64_t context = 0;  // tokens samples are cut at; 0: nothing is cut
  std::string_view sizesSource = {};
  std::string_view targets = {};  // the modules that get adapters, blanks between them; empty: nobody says
  std::string_view targetsSource = {};
  NumberFormat qlora = NumberFormat::nf4;  // of a 4-bit base
  std::string_view qloraSource = {};
  std::span<const NumberFormat> bases = {};  // the quantized formats it trains adapters on, where its list is known
  std::string_view basesWhy = {};            // what it says of others

  bool splitsBy(Feature way) const { return includes(splits, way); }
  bool shardedBy(Sharding s) const { return headroom::shardedBy(shards, s); }
};

// Whether the code could hold the weights it starts from in the format; as of an engine.
FormatSupport supports(const TrainingCodeRow& code, const WeightFormat& format);

// Whether the code has a way to run on the engine.
bool runsOn(const TrainingCodeRow& code, Engine engine);

// Whether `id` is one of the ids in a list with blanks between them.
bool listsCode(std::string_view ids, std::string_view id);

std::span<const TrainingCodeRow> trainingCodes();
// The row of an id or one of its spellings; nullptr for a code that is not known.
const TrainingCodeRow* trainingCode(std::string_view id);

}  // namespace headroom
