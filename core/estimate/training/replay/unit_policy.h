// What sharding does around the blocks of a model: a unit's parameters are gathered before its forward and its
// backward, its gradients reduced after its backward. A program calls enter() and leave() around whatever the unit
// computes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

// The streams that FSDP works on besides the one that computes.
constexpr std::uint8_t kComputes = 0, kUnshards = 1, kReduces = 2;

// Bytes per element of the shards that stay, of what is gathered, and of what is reduced.
struct UnitWidths {
  double stored = 4, compute = 2, reduce = 4;
};

class UnitPolicy {
 public:
  virtual ~UnitPolicy() = default;
  // Adds a unit, in the order of the model's modules: the root first. Returns its number. `times`: layers it stands
  // for.
  virtual std::size_t add(const std::vector<Parameter*>&, double /*times*/, bool /*reshardAfterForward*/) { return 0; }
  // What making the units, one after another in this order, asks the allocator for; their shards stay.
  virtual void load(const std::vector<std::size_t>& /*order*/, StorageEvents& /*events*/) const {}
  // A micro-batch begins: whether it is the step's last, and whether its gradients are reduced.
  virtual void begin(bool /*last*/, bool /*reduces*/) {}
  virtual Var enter(std::size_t /*unit*/, Var x) { return x; }
  virtual Var leave(std::size_t /*unit*/, Var out) { return out; }
  // The unit's backward begins before what it computed is computed again.
  virtual void beginAgain(std::size_t /*unit*/) {}
  virtual void endForward() {}
  virtual void endBackward() {}
  virtual void reduceAll() {}  // what several backward passes have gathered up
  // Elements that this rank holds of all parameters, padding included, and of those that train without padding.
  virtual double heldElements() const { return 0; }
  virtual double trainedElements() const { return 0; }
  virtual double largestTrained() const { return 0; }  // of one parameter
};

}  // namespace headroom::training
