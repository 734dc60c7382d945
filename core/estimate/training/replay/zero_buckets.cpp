#include "core/estimate/training/replay/zero_buckets.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::training {

ZeroBuckets::ZeroBuckets(Tape& tape, const StepQuestion& question, const std::vector<Parameter*>& parameters)
    : t_(tape), q_(question) {
  double at = 0;
  for (Parameter* p : parameters) {
    if (!p->trains) continue;
    places_.push_back({p, at, at + p->extent.elements});
    at += p->extent.elements;
    p->sink = this;
  }
  // Parts are aligned to two elements (nccl_start_alignment_factor).
  part_ = std::ceil(at / (2 * q_.shardRanks)) * 2;
  for (const Place& p : places_)
    if (own(p)) {
      ownElements_ += p.end - p.begin;
      largest_ = std::max(largest_, std::min(p.end, part_) - p.begin);
      pieces_ += 1;
    }
}

Var ZeroBuckets::flat(double elements, double width, const char* label) const {
  Extent extent;
  extent.elements = extent.count = elements;
  return t_.make(extent, width, {label, ComponentId::gradients});
}

void ZeroBuckets::arrived(Parameter& parameter) {
  // setup_buckets, at the first gradient.
  if (!buffers_[0]) {
    buffers_[0] = flat(q_.reduceBucket, q_.computeWidth, "reduce buffers");
    if (q_.overlaps) buffers_[1] = flat(q_.reduceBucket, q_.computeWidth, "reduce buffers");
  }
  if (q_.sharding == StepSharding::zero1 && (!q_.overlaps || !last_)) return;
  add(*std::ranges::find(places_, &parameter, &Place::parameter));
}

// A gradient larger than the bucket stays where it is.
void ZeroBuckets::add(const Place& place) {
  const double elements = place.end - place.begin;
  if (inBucket_ + elements > q_.reduceBucket) reduce();
  if (elements <= q_.reduceBucket) place.parameter->gradient.reset();
  bucket_.push_back(place);
  inBucket_ += elements;
}

// What goes to more than one rank is copied into one buffer beside the bucket.
void ZeroBuckets::reduce() {
  if (bucket_.empty()) return;
  double first = places_.back().end, last = 0;
  for (const Place& p : bucket_) first = std::min(first, p.begin), last = std::max(last, p.end);
  if (std::floor(first / part_) != std::floor((last - 1) / part_))
    const Var buffer = flat(inBucket_, q_.computeWidth, "reduce buffers");
  for (const Place& p : bucket_) {
    if (own(p)) {
      if (!ownGradients_) ownGradients_ = flat(ownElements_, q_.computeWidth, "gradients");
      p.parameter->gradient.reset();
    } else if (q_.sharding == StepSharding::zero2) {
      p.parameter->gradient.reset();
    }
  }
  bucket_.clear();
  inBucket_ = 0;
}

// independent_gradient_partition_epilogue; ZeRO-1 without a reduction leaves gradients and buckets as they are.
void ZeroBuckets::endBackward() {
  if (q_.sharding == StepSharding::zero1 && !last_) return;
  if (q_.sharding == StepSharding::zero1 && !q_.overlaps)
    for (const Place& p : places_) add(p);
  reduce();
  if (!averaged_) averaged_ = std::move(ownGradients_);
  ownGradients_.reset();
  buffers_ = {};
  for (const Place& p : places_) p.parameter->gradient.reset();
}

void ZeroBuckets::step() {
  { const Var norm = flat(largest_, 8, "optimizer step"); }
  Var gradients;
  {
    Var together = averaged_;
    if (pieces_ > 1) together = flat(part_, q_.computeWidth, "gradients");
    gradients = flat(part_, 4, "gradients");
    averaged_.reset();
  }
  if (q_.loop == StepLoop::fused) return;
  const Var roots = flat(part_, 4, "optimizer step");
  if (q_.loop == StepLoop::each) const Var divided = flat(part_, 4, "optimizer step");
}

}  // namespace headroom::training
