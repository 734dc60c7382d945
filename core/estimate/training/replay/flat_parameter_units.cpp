#include "core/estimate/training/replay/flat_parameter_units.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::training {
namespace {

constexpr What kGather{"gather buffers", ComponentId::communication},
    kReduce{"reduce buffers", ComponentId::communication}, kUnsharded{"gathered weights", ComponentId::weights},
    kGradients{"gradients", ComponentId::gradients};
constexpr double kAlignment = 16;  // bytes, of each parameter's place (_flat_param.py, _get_aligned_numel)

}  // namespace

Var FlatParameterUnits::flat(double elements, double width, const What& what) {
  Extent extent;
  extent.elements = extent.count = elements;
  return t_.make(extent, width, what);
}

std::size_t FlatParameterUnits::add(const std::vector<Parameter*>& parameters, double unitTimes, bool) {
  Unit& u = units_.emplace_back();
  u.parameters = parameters, u.times = unitTimes;
  const double step = o_.originalParameters ? kAlignment / o_.widths.compute : 1;
  bool frozen = false;
  for (const Parameter* p : u.parameters) {
    const double times = p->times / unitTimes;
    u.elements = std::ceil(u.elements / step) * step + p->lying(o_.widths.compute) * times;
    frozen |= !p->trains;
    if (!p->trains) continue;
    u.trains = true, u.trained += p->extent.elements * times;
    largest_ = std::max(largest_, p->extent.elements);
  }
  u.stored = u.trains && !frozen && o_.ownStored > 0 ? o_.ownStored : o_.widths.stored;
  // Views of a flat parameter that trains have gradients, whether their own parameters train or not.
  if (u.trains)
    for (Parameter* p : u.parameters) p->trains = true;
  u.padded = std::ceil(u.elements / o_.ranks) * o_.ranks;
  if (o_.originalParameters) u.elements = u.padded;  // the padding is a part of the flat parameter
  return units_.size() - 1;
}

double FlatParameterUnits::heldElements() const {
  double sum = 0;
  for (const Unit& u : units_)
    sum += (o_.strategy == FlatStrategy::no_shard ? u.elements : u.padded / o_.ranks) * u.times;
  return sum;
}

double FlatParameterUnits::trainedElements() const {
  double sum = 0;
  for (const Unit& u : units_)
    if (u.trains) sum += (o_.strategy == FlatStrategy::no_shard ? u.trained : u.trained / o_.ranks) * u.times;
  return sum;
}

double FlatParameterUnits::largestTrained() const {
  return o_.strategy == FlatStrategy::no_shard ? largest_ : largest_ / o_.ranks;
}

// The first forward of a run makes and frees a full-precision copy of each unit (init_flat_param_attributes).
void FlatParameterUnits::begin(bool, bool reduces) {
  if (!begun_ && o_.strategy != FlatStrategy::no_shard) {
    const Unit* largest = nullptr;
    for (const Unit& u : units_)
      if (o_.widths.compute != u.stored && (largest == nullptr || u.padded > largest->padded)) largest = &u;
    if (largest != nullptr) {
      const Var copy = flat(largest->padded, largest->stored, kUnsharded);
    }
  }
  begun_ = true;
  reduces_ = reduces;
}

// unshard(): the cast shard, or the copy of one on the host, goes when all shards have come into the flat parameter
// (_flat_param.py, pre_unshard, _use_low_precision_shard). Without sharding a mixed format's
// copy is the whole.
void FlatParameterUnits::gather(Unit& u) {
  if (u.unsharded) return;
  const bool casts = o_.widths.compute != u.stored;
  if (o_.strategy == FlatStrategy::no_shard) {
    if (casts) u.unsharded = flat(u.elements, o_.widths.compute, kUnsharded);
    return;
  }
  Var cast;
  t_.onStream(kUnshards);  // _runtime_utils.py, _unshard
  if (casts || o_.onHost) cast = flat(u.padded / o_.ranks, o_.widths.compute, kGather);
  if (casts && o_.onHost) {
    const Var brought = flat(u.padded / o_.ranks, u.stored, kGather);
  }
  u.unsharded = flat(u.padded, o_.widths.compute, kUnsharded);
  t_.onStream(kComputes);
  if (t_.phase() == Phase::backward) t_.passing(u.unsharded);
}

bool FlatParameterUnits::frees(const Unit& u, bool afterForward) const {
  if (o_.strategy == FlatStrategy::no_shard) return true;  // its low-precision copy
  if (afterForward) return o_.strategy == FlatStrategy::full_shard && &u != &units_.front();
  return reduces_ || o_.strategy == FlatStrategy::full_shard;
}

void FlatParameterUnits::reshard(Unit& u, bool free) {
  if (free) u.unsharded.reset();
  u.prefetched = false;
}

Var FlatParameterUnits::enter(std::size_t unit, Var x) {
  Unit& u = units_[unit];
  if (u.state == State::before_backward) return x;
  u.state = State::forward;
  if (!u.prefetched) gather(u);
  if (!t_.recording() || !x.needsGrad()) return x;
  // A frozen unit's hook holds the inputs it waits for and their gradients until the end of backward; in a reentrant
  // recomputation these are leaves of their own.
  if (!u.trains && o_.reentrant) u.held.push_back(x);
  return t_.custom(x, x, {}, [this, unit](Var gradient) {
    Unit& done = units_[unit];
    if (!done.trains && o_.reentrant) done.held.push_back(gradient);
    afterBackward(unit);
    return gradient;
  });
}

Var FlatParameterUnits::leave(std::size_t unit, Var out) {
  Unit& u = units_[unit];
  if (u.state == State::before_backward) return out;
  if (u.place < 0) u.place = static_cast<int>(order_.size()), order_.push_back(unit);
  reshard(u, frees(u, true));
  u.state = State::idle;
  if (!t_.recording()) return out;
  u.needsGather = u.ran = false;
  if (!out.needsGrad()) return out;
  u.needsGather = true;
  return t_.custom(out, out, {}, [this, unit](Var gradient) {
    beforeBackward(unit);
    return gradient;
  });
}

void FlatParameterUnits::prefetch(const Unit& u, State at) {
  const bool now =
      at == State::before_backward ? o_.prefetch == BackwardPrefetch::pre : o_.prefetch == BackwardPrefetch::post;
  if (!now || u.place <= 0) return;
  Unit& next = units_[order_[static_cast<std::size_t>(u.place) - 1]];
  if (!next.needsGather || next.prefetched) return;
  gather(next);
  next.prefetched = true;
}

void FlatParameterUnits::beforeBackward(std::size_t unit) {
  Unit& u = units_[unit];
  if (u.ran) return;
  u.state = State::before_backward;
  if (u.needsGather && !u.prefetched) gather(u);
  u.needsGather = false;
  prefetch(u, State::before_backward);
  u.ran = true;
}

// _post_backward_hook. The gradients of the parameters' views meet in one flat tensor (the backward of their split).
void FlatParameterUnits::afterBackward(std::size_t unit) {
  Unit& u = units_[unit];
  u.reduced = true;
  bool any = false;
  for (const Parameter* p : u.parameters) any = any || p->gradient;
  if (any) {
    Var whole = flat(u.elements, o_.widths.compute, kGradients);
    for (Parameter* p : u.parameters) p->gradient.reset();
    if (!u.gradient) u.gradient = std::move(whole);
  }
  if (u.trains && !any) return;
  u.state = State::after_backward;
  reshard(u, frees(u, false));
  prefetch(u, State::after_backward);
  if (!u.trains || !reduces_) return;
  t_.onStream(kReduces);  // _runtime_utils.py, _post_backward_hook
  const Var computed = std::move(u.gradient);
  Var input = computed;
  if (o_.widths.reduce != o_.widths.compute) input = flat(u.elements, o_.widths.reduce, kReduce);
  Var output;
  if (o_.strategy == FlatStrategy::no_shard) {
    output = input;
    if (o_.widths.reduce != u.stored) output = flat(u.elements, u.stored, kGradients);
  } else {
    if (u.padded > u.elements) input = flat(u.padded, o_.widths.reduce, kReduce);
    const Var reduced = flat(u.padded / o_.ranks, o_.widths.reduce, kGradients);
    output = reduced;
    if (o_.widths.reduce != u.stored) output = flat(u.padded / o_.ranks, u.stored, kGradients);
  }
  t_.onStream(kComputes);
  if (!u.shardGradient) u.shardGradient = std::move(output);
}

void FlatParameterUnits::endBackward() {
  for (std::size_t i = 0; i < units_.size(); ++i)
    if (!units_[i].reduced) afterBackward(i);
  for (Unit& u : units_) {
    if (u.unsharded && frees(u, false)) reshard(u, true);
    u.held.clear();
    if (o_.onHost && reduces_) u.shardGradient.reset();  // the host has it (prepare_gradient_for_optim)
    u.state = State::idle;
    u.ran = u.needsGather = u.prefetched = u.reduced = false;
    u.place = -1;
  }
  order_.clear();
}

}  // namespace headroom::training
