// ZeRO-1 and ZeRO-2 (DeepSpeed 0.19.8, runtime/zero/stage_1_and_2.py): gradients go through buckets to the rank whose
// part of the flat parameters they belong to. The rank looked at is the first.
#pragma once

#include <array>
#include <vector>

#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

class ZeroBuckets final : public GradientSink {
 public:
  // All parameters in the order of the model's modules.
  ZeroBuckets(Tape& tape, const StepQuestion& question, const std::vector<Parameter*>& parameters);
  void begin(bool last) { last_ = last; }
  void arrived(Parameter& parameter) override;
  void endBackward();
  // Clipping's norm and the step on the rank's part, its gradients in fp32.
  void step();
  double partElements() const { return part_; }

 private:
  struct Place {
    Parameter* parameter;
    double begin, end;
  };
  Var flat(double elements, double width, const char* label) const;
  void add(const Place& place);
  void reduce();
  bool own(const Place& place) const { return place.begin < part_; }

  Tape& t_;
  const StepQuestion& q_;
  std::vector<Place> places_, bucket_;
  double part_ = 0, ownElements_ = 0, inBucket_ = 0, pieces_ = 0, largest_ = 0;
  std::array<Var, 2> buffers_;
  Var ownGradients_, averaged_;
  bool last_ = true;
};

}  // namespace headroom::training
