// Settings: a scenario with every default filled in, the way the engine itself would. estimate() works on these;
// inputs show them, so that a user sees what an absent key means.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/scenario/scenario.h"

namespace headroom {

// Version of an engine as far as its rules depend on it: "v0.11.2rc1+rhai0.cuda" is 0.11; absent or unreadable is the
// newest known, and `known` is false.
struct EngineVersion {
  int major = 0, minor = 0, patch = 0;
  bool known = false;
  bool before(int maj, int min) const { return known && (major < maj || (major == maj && minor < min)); }
};
EngineVersion engineVersion(std::string_view printed);

// The reinforcement block with its defaults; method is none for inference.
struct ReinforcementSettings {
  ReinforcementMethod method = ReinforcementMethod::none;
  ReferenceModel reference = ReferenceModel::none;
  double rewardParameters = 0, criticParameters = 0, teacherParameters = 0;  // 0: there is none
  Rollout rollout = Rollout::server;                                         // also where nothing is generated
  double rolloutShare = 0;
  std::int64_t rolloutTensor = 1;
  bool rolloutSleeps = false;
  std::int64_t sequencesPerSample = 1;  // 2: a chosen and a rejected answer to each prompt
  std::int64_t completion = 0;          // tokens of a sequence that have logits
  std::int64_t rolloutSequences = 0;    // completions a device generates at once
};

struct Settings {
  Engine engine = Engine::transformers;
  EngineVersion version;
  WeightFormat weights;
  bool weightsAssumed = false;  // no precision given and none in the configuration
  KvFormats kvCache;
  NumberFormat compute = NumberFormat::bf16;
  NumberFormat gradients = NumberFormat::bf16;
  NumberFormat optimizerStates = NumberFormat::fp32;
  NumberFormat adapters = NumberFormat::bf16;
  NumberFormat reduce = NumberFormat::fp32;
  std::optional<NumberFormat> masterWeights;
  std::int64_t batch = 1;
  std::int64_t context = 8192;
  std::int64_t prefillTokens = 8192;
  std::int64_t maxSequences = 256;
  bool unifiedKv = false, fullWindowCache = false, mlaCache = true, cudaGraphs = true;
  double memoryUtilization = 0.9;
  AttentionImplementation attention = AttentionImplementation::flash;
  LogitsRows logits = LogitsRows::last;
  bool generates = true;         // false: embeddings, rerankers and classifiers sample no tokens
  std::int64_t draftTokens = 0;  // proposed per step by speculative decoding
  Optimizer optimizer = Optimizer::adamw;
  Loss loss = Loss::eager;
  ReinforcementSettings reinforcement;
  std::string_view framework;  // lower-case id; empty for inference. Points into the scenario or to a literal
};

// What the training code recomputes where nobody says: torchtitan selective (torchtitan/config/job_config.py), ms-swift
// full (swift/llm/argument/train_args.py, gradient_checkpointing), Unsloth offloaded (unsloth/models/loader.py,
// use_gradient_checkpointing = "unsloth"); the others nothing.
Checkpointing defaultCheckpointing(const Scenario& scenario);

// Total: any scenario whose model is set gives settings. Allocates nothing.
Settings settingsOf(const Scenario& scenario);

}  // namespace headroom
