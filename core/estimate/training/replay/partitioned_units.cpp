#include "core/estimate/training/replay/partitioned_units.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::training {
namespace {

constexpr What kGathered{"gathered weights", ComponentId::weights},
    kReduce{"reduce buffers", ComponentId::communication};

}  // namespace

// What is made while it lives is made on another stream (partitioned_param_coordinator.py, stage3.py).
class PartitionedUnits::Stream {
 public:
  Stream(const PartitionedUnits& units, std::uint8_t stream) : t_(units.t_) {
    if (units.o_.overlaps) t_.onStream(stream);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { t_.onStream(kComputes); }

 private:
  Tape& t_;
};

Var PartitionedUnits::flat(double elements, const What& what) const {
  Extent extent;
  extent.elements = extent.count = elements;
  return t_.make(extent, o_.width, what);
}

std::size_t PartitionedUnits::add(const std::vector<Parameter*>& parameters, double, bool) {
  Unit& u = units_.emplace_back();
  u.persists = true;
  if (parameters.empty()) return units_.size() - 1;
  u.parameter = parameters.front();
  if (u.parameter->trains) u.parameter->sink = this;
  u.elements = u.parameter->extent.elements;
  u.persists = u.elements <= o_.persistence;
  return units_.size() - 1;
}

void PartitionedUnits::begin(bool, bool) {
  step_ = 0, queued_ = 0;
  for (Unit& u : units_) u.fetched = -1, u.runsBackward = false;
}

// A single parameter's gather is the parameter; several come in one buffer and are copied out of it when waited for.
void PartitionedUnits::fetch(const std::vector<std::size_t>& units) {
  const Stream stream(*this, kUnshards);
  double padded = 0;
  for (const std::size_t i : units) {
    available_ += units_[i].elements;
    padded += std::ceil(units_[i].elements / o_.ranks) * o_.ranks;
  }
  if (units.size() == 1) {
    units_[units.front()].whole = flat(padded, kGathered);
    return;
  }
  for (const std::size_t i : units) units_[i].group = static_cast<int>(gathers_.size());
  gathers_.push_back(flat(padded, kGathered));
}

void PartitionedUnits::use(std::size_t unit) {
  Unit& u = units_[unit];
  if (!u.persists && !u.whole && u.group < 0) fetch({unit});
  if (u.group >= 0) {
    const Stream stream(*this, kUnshards);
    const int group = u.group;
    for (Unit& other : units_)
      if (other.group == group) other.whole = flat(other.elements, kGathered), other.group = -1;
    gathers_[static_cast<std::size_t>(group)].reset();
  }
  if (u.parameter != nullptr && u.fetched < step_)
    while (queued_ < trace_.size()) {
      const std::size_t next = trace_[queued_];
      units_[next].fetched = static_cast<int>(queued_++);
      if (next == unit) break;
    }
  const double most = std::min(o_.maxLive - available_, o_.prefetchBucket);
  std::vector<std::size_t> ahead;
  double elements = 0;
  while (queued_ < trace_.size() && elements < most) {
    const std::size_t next = trace_[queued_];
    Unit& n = units_[next];
    n.fetched = std::max(n.fetched, static_cast<int>(queued_++));
    if (n.persists || n.whole || n.group >= 0 || std::ranges::find(ahead, next) != ahead.end()) continue;
    ahead.push_back(next);
    elements += n.elements;
  }
  if (!ahead.empty()) fetch(ahead);
  ++step_;
}

// __params_to_release: not what is used again within the reuse distance, nor what was fetched for a later step.
void PartitionedUnits::release(std::size_t unit) {
  Unit& u = units_[unit];
  if (u.persists || !u.whole || u.fetched > step_) return;
  double passed = 0;
  for (auto at = static_cast<std::size_t>(step_); at < trace_.size() && passed < o_.maxReuse; ++at) {
    if (trace_[at] == unit) return;
    passed += units_[trace_[at]].elements;
  }
  u.whole.reset();
  available_ -= u.elements;
}

Var PartitionedUnits::enter(std::size_t unit, Var x) {
  use(unit);
  if (!t_.recording() || !x.needsGrad()) return x;
  return t_.custom(x, x, {}, [this, unit](Var gradient) {
    units_[unit].runsBackward = false;
    release(unit);
    return gradient;
  });
}

void PartitionedUnits::beginAgain(std::size_t unit) {
  use(unit);
  units_[unit].runsBackward = true;
}

// A recomputation ends before the module does whose backward asked for it: that one's weights stay.
Var PartitionedUnits::leave(std::size_t unit, Var out) {
  if (!units_[unit].runsBackward) release(unit);
  if (!t_.recording() || !out.needsGrad()) return out;
  return t_.custom(out, out, {}, [this, unit](Var gradient) {
    if (!units_[unit].runsBackward) use(unit);
    return gradient;
  });
}

// __add_grad_to_ipg_bucket: the bucket is there at all times; a gradient that does not fit into it stays its own.
void PartitionedUnits::arrived(Parameter& p) {
  const double elements = p.extent.elements;
  if (inBucket_ > 0 && inBucket_ + elements > o_.reduceBucket) reduce();
  if (inBucket_ + elements <= o_.reduceBucket) p.gradient.reset();
  bucket_.push_back(&p);
  inBucket_ += elements;
}

// reduce_scatter_coalesced: the gradients once more in one buffer.
void PartitionedUnits::reduce() {
  if (bucket_.empty()) return;
  double padded = 0;
  for (const Parameter* p : bucket_) padded += std::ceil(p->extent.elements / o_.ranks) * o_.ranks;
  const Stream stream(*this, kReduces);
  const Var buffer = flat(padded, kReduce);
  for (Parameter* p : bucket_) p->gradient.reset();
  bucket_.clear();
  inBucket_ = 0;
}

void PartitionedUnits::endBackward() {
  reduce();
  for (Unit& u : units_) {
    if (u.whole) u.whole.reset(), available_ -= u.elements;
    u.group = -1;
  }
  gathers_.clear();
}

}  // namespace headroom::training
