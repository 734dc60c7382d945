// estimate(): the memory a scenario needs, as one ledger per kind of rank. Pure and total: no I/O, any scenario gets
// the best numbers there are, and what is doubtful about them becomes a diagnostic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/ledger.h"
#include "core/scenario/scenario.h"

namespace headroom {

enum class Verdict : std::uint8_t { fits, tight, exceeds };
std::string_view nameOf(Verdict verdict);

// note: worth knowing; assumed: nobody said; ignored: asked for, and without effect here; warning: doubtful; error: the
// numbers do not hold.
enum class Severity : std::uint8_t { note, assumed, ignored, warning, error };
std::string_view nameOf(Severity severity);

struct Diagnostic {
  std::string_view code;  // stable, kebab-case: "unknown-accelerator"
  Severity severity = Severity::note;
  std::string message;   // one sentence
  std::string key = {};  // of the scenario, which it speaks of ("parallel.sharding"); empty where it speaks of none
};

// One moment of a training step (or of serving): what is alive then, per component.
struct Moment {
  std::string_view name;  // "forward", "loss", "backward", "optimizer step", "load"
  std::array<Bytes, kComponentCount> bytes{};
  Bytes total() const {
    Bytes sum;
    for (Bytes b : bytes) sum += b;
    return sum;
  }
};

// Bytes autograd keeps for one layer of a kind and one micro-batch.
struct SavedActivations {
  std::string_view layers;  // points into the scenario's model
  std::int64_t count = 0;   // layers of the kind on this rank
  Bytes bytesPerLayer;
};

struct RankEstimate {
  RankEstimate() {}             // not defaulted: value-initialising it would first clear the ledger's 30 KB
  std::string label;            // "every device", "stage 0", "device 1"
  int stage = 0;                // pipeline index
  std::int64_t devices = 1;     // how many devices are like this one
  std::string accelerator;      // id of its device; empty where none was named
  Ledger ledger;                // what is alive at the peak moment
  std::string_view peakMoment;  // name of the moment; empty for engines without one
  InlineVector<Moment, 6> moments;
  InlineVector<SavedActivations, 8> savedActivations;

  // Set by estimate() from the ledger: device is everything, allocated all but runtime and fragmentation. reserved is
  // what the allocator holds of this device: device − runtime, less what it had to give back where that is too much.
  Bytes allocated, reserved, device, low, high;
  // Of the component fragmentation: blocks in which nothing lives, which the allocator gives back before it fails.
  Bytes releasable;
  std::optional<Bytes> claimed;   // engines that claim memory up front: utilization × total
  std::optional<Bytes> poolLeft;  // engines with a pool: what it holds beyond what is asked; < 0: too small
  std::optional<Bytes> capacity;  // of the device
  std::optional<Bytes> usable;  // capacity × (1 − reserve); engines with a pool: device + poolLeft, where that is less
  std::optional<Bytes> headroom;   // usable − device
  std::optional<Verdict> verdict;  // exceeds: device − releasable > usable
};

// What an engine's KV pool would hold (vLLM, SGLang).
struct PoolCapacity {
  std::optional<Bytes> kvBytes;          // per device, as the engine prints it
  std::optional<std::int64_t> kvTokens;  // per replica, smallest over ranks
  std::optional<double> maxConcurrency;  // sequences of the asked context
};

struct Estimate {
  Parameters parameters, activeParameters, trainableParameters;
  Bytes weightBytes;                // of the whole model in the asked format
  double kvBytesPerToken = 0;       // per device of the heaviest rank, all layers that grow with the context
  std::vector<RankEstimate> ranks;  // heaviest first; at least one
  Ledger host;                      // what lies in host memory
  PoolCapacity pool;
  std::vector<Diagnostic> diagnostics;
  // What takes memory and is not counted, each as a noun phrase: "the adapters' optimizer on the host".
  // Why the engine or the code would not run this at all, as clauses ("32 attention heads …"); empty: nothing known.
  std::vector<std::string> refused;
  std::vector<std::string> unmodelled;
  Detail detail = Detail::bytes;

  const RankEstimate& heaviest() const { return ranks.front(); }
  // Worst verdict over all ranks; nothing where a capacity is unknown, unless another rank exceeds its own.
  std::optional<Verdict> verdict() const;
};

// The scenario's model must be set; its ledgers are open. See estimateInto for loops.
Estimate estimate(const Scenario& scenario) noexcept;

// The same into an Estimate that is used again and again (sliders, sweeps, limits): closed, it allocates nothing once
// warm.
void estimateInto(const Scenario& scenario, Estimate& result, Detail detail = Detail::bytes) noexcept;

}  // namespace headroom
