#include "core/estimate/training/replay/fully_sharded_units.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::training {
namespace {

constexpr What kGather{"gather buffers", ComponentId::communication},
    kReduce{"reduce buffers", ComponentId::communication}, kUnsharded{"gathered weights", ComponentId::weights},
    kGradients{"gradients", ComponentId::gradients};

// Tensor-parallel ranks whose rows a parameter's gradient has: an embedding's all of them, whatever the rank holds.
double ranksInGradient(const Parameter& p) {
  return p.gradWidth / p.width;
}

}  // namespace

// Rows are padded to a multiple of the ranks (_get_dim0_padded_size).
double FullyShardedUnits::paddedOf(const Parameter& p) const {
  const double rows = t_.valueOf(p.extent.dims[0]);
  return p.extent.elements / rows * std::ceil(rows / o_.ranks) * o_.ranks;
}

Var FullyShardedUnits::flat(double elements, double width, const What& what) {
  Extent extent;
  extent.elements = extent.count = elements;
  return t_.make(extent, width, what);
}

std::size_t FullyShardedUnits::add(const std::vector<Parameter*>& parameters, double times, bool reshardAfterForward) {
  Unit& u = units_.emplace_back();
  u.parameters = parameters;
  u.accumulated.resize(u.parameters.size());
  u.times = times, u.reshards = reshardAfterForward;
  for (const Parameter* p : u.parameters) u.padded += paddedOf(*p) * p->times / times;
  return units_.size() - 1;
}

double FullyShardedUnits::heldElements() const {
  double sum = 0;
  for (const Unit& u : units_) sum += u.padded / o_.ranks * u.times;
  return sum;
}

// The first rank's rows.
double FullyShardedUnits::trainedElements() const {
  double sum = 0;
  for (const Unit& u : units_)
    for (const Parameter* p : u.parameters)
      if (p->trains) sum += paddedOf(*p) / o_.ranks * p->times;
  return sum;
}

double FullyShardedUnits::largestTrained() const {
  double largest = 0;
  for (const Unit& u : units_)
    for (const Parameter* p : u.parameters)
      if (p->trains) largest = std::max(largest, paddedOf(*p) / o_.ranks);
  return largest;
}

void FullyShardedUnits::begin(bool last, bool reduces) {
  last_ = last, reduces_ = reduces;
}

// foreach_all_gather: the cast shard, then the buffer that all ranks' shards come into.
void FullyShardedUnits::unshard(Unit& u) {
  if (u.waiting || u.unsharded) return;
  u.waiting = true;
  if (o_.ranks <= 1) return;
  Var cast;
  t_.onStream(kUnshards);  // _fsdp_collectives.py, foreach_all_gather
  if (o_.widths.compute != o_.widths.stored) cast = flat(u.padded / o_.ranks, o_.widths.compute, kGather);
  u.gathered = flat(u.padded, o_.widths.compute, kGather);
  t_.onStream(kComputes);
  t_.passing(u.gathered);
}

// wait_for_unshard: in forward the buffer before this one is held until this one is copied out.
void FullyShardedUnits::wait(Unit& u) {
  if (!u.waiting) return;
  u.waiting = false;
  Var before;
  if (u.state == State::forward) before = std::move(copiedOut_);
  u.unsharded = flat(u.padded, o_.widths.compute, kUnsharded);
  if (u.state == State::forward) copiedOut_ = std::move(u.gathered);
  u.gathered.reset();
}

Var FullyShardedUnits::enter(std::size_t unit, Var x) {
  Unit& u = units_[unit];
  if (u.state == State::before_backward) {  // a recomputed forward
    unshard(u), wait(u);
    return x;
  }
  const bool entering = u.state != State::forward;
  u.state = State::forward;
  unshard(u), wait(u);
  if (!entering || !t_.recording() || !x.needsGrad()) return x;
  return t_.custom(x, x, {}, [this, unit](Var gradient) {
    afterBackward(unit);
    return gradient;
  });
}

Var FullyShardedUnits::leave(std::size_t unit, Var out) {
  Unit& u = units_[unit];
  if (u.state == State::before_backward) return out;
  if (t_.phase() != Phase::backward) {
    if (u.reshards) u.unsharded.reset();
    u.order.push_back(order_.size());
    order_.push_back(unit);
  } else {
    copiedOut_.reset();  // a recomputed unit is the root of its own forward
  }
  u.state = State::idle;
  if (!t_.recording() || !out.needsGrad()) return out;
  return t_.custom(out, out, {}, [this, unit](Var gradient) {
    beforeBackward(unit);
    return gradient;
  });
}

// FSDPParam.unsharded_grad_data: a gradient that every rank has whole is redistributed to the parameter's placement,
// and Shard._replicate_to_shard (torch/distributed/tensor/placement_types.py, 2.13) clones this rank's rows while the
// whole one, the unsharded weights and the input of the reduction before are still there.
Var FullyShardedUnits::ownRows(const Parameter& p, const Var& gradient) {
  const double ranks = ranksInGradient(p);
  return ranks > 1 ? t_.make(p.extent, gradient.width() / ranks, kGradients) : gradient;
}

void FullyShardedUnits::beforeBackward(std::size_t unit) {
  Unit& u = units_[unit];
  if (u.state == State::before_backward) return;
  u.state = State::before_backward;
  unshard(u), wait(u);
  if (u.order.empty()) return;
  const std::size_t place = u.order.back();
  u.order.pop_back();
  if (place > 0) unshard(units_[order_[place - 1]]);  // prefetched
}

void FullyShardedUnits::afterBackward(std::size_t unit, double times) {
  Unit& u = units_[unit];
  u.state = State::after_backward;
  for (std::size_t i = 0; i < u.parameters.size(); ++i)
    if (u.accumulated[i] && u.parameters[i]->gradient) u.parameters[i]->gradient.reset();
  const bool reshards = o_.reshardsAfterBackward || last_;
  if (!reduces_) {
    if (reshards) u.unsharded.reset();
    for (std::size_t i = 0; i < u.parameters.size(); ++i) {
      Parameter& p = *u.parameters[i];
      if (!p.gradient || o_.widths.compute == o_.widths.reduce) continue;
      const Var gradient = std::move(p.gradient);
      u.accumulated[i] = t_.make(p.extent, o_.widths.reduce * ranksInGradient(p), kGradients);
    }
    return;
  }
  double elements = 0;
  std::vector<Var> gradients;
  for (std::size_t i = 0; i < u.parameters.size(); ++i) {
    Var& found = u.accumulated[i] ? u.accumulated[i] : u.parameters[i]->gradient;
    if (!found) continue;
    elements += paddedOf(*u.parameters[i]) * u.parameters[i]->times / u.times;
    gradients.push_back(ownRows(*u.parameters[i], std::exchange(found, Var())));
  }
  if (reshards) u.unsharded.reset();
  reduceInput_.reset();  // of the unit before
  if (gradients.empty()) return;
  u.allReduced.reset();
  // foreach_reduce: all gradients are copied into one buffer, the rank's part comes out in another.
  // The loop's variable holds the last gradient until it returns.
  Var input = flat(elements, o_.widths.reduce, kReduce);
  gradients.erase(gradients.begin(), gradients.end() - 1);
  t_.onStream(kReduces);  // _fsdp_collectives.py, foreach_reduce
  Var output = flat(elements * times / o_.ranks, o_.widths.reduce, kGradients);
  if (o_.replicated) u.allReduced = output;
  if (o_.widths.reduce != o_.widths.stored) output = flat(elements * times / o_.ranks, o_.widths.stored, kGradients);
  t_.onStream(kComputes);
  if (!u.shardGradient) u.shardGradient = std::move(output);
  t_.passing(input);
  reduceInput_ = std::move(input);
}

// PipelineStage.perform_reduce_grad (torch/distributed/pipelining/stage.py): all units at the end, in forward order.
void FullyShardedUnits::reduceAll() {
  last_ = reduces_ = true;
  for (std::size_t i = 0; i < units_.size(); ++i) afterBackward(i, units_[i].times);
  endBackward();
}

void FullyShardedUnits::endBackward() {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit& u = units_[i];
    if (u.state != State::after_backward) afterBackward(i);
    u.state = State::idle;
    if (!last_) continue;
    u.allReduced.reset(), u.gathered.reset(), u.waiting = false;
    u.order.clear();
  }
  if (!last_) return;
  order_.clear();
  reduceInput_.reset();
}

}  // namespace headroom::training
