// What a layout makes a device send: the volume of its collectives, without latency, overlap or topology. Enough to
// tell layouts of one job apart, and no prediction of time.
//
// Rings move 2(n − 1)/n of what is reduced, and (n − 1)/n of what is gathered or scattered (https://arxiv.org/abs/
// 1910.02054 section 7). Tensor parallelism reduces two hidden states per layer and direction
// (https://arxiv.org/abs/1909.08053 section 3), pipeline stages hand one on, context-parallel ranks pass their keys and
// values round (https://arxiv.org/abs/2310.01889), experts' tokens go out and come back (https://arxiv.org/abs/
// 2006.16668), replicas reduce gradients, and full sharding gathers the weights for every pass (1910.02054).
#pragma once

#include "core/analysis/plan.h"
#include "core/scenario/settings.h"

namespace headroom {

// What of a model and its settings these volumes depend on.
struct CommunicationModel {
  double layers = 0, expertLayers = 0, expertsPerToken = 0;
  double hidden = 0, keysAndValues = 0;     // elements of a token, the latter of one layer on average
  double bytes = 2;                         // of an element of a hidden state
  double trainable = 0, gradientBytes = 2;  // parameters, and the bytes they are reduced in
  double tokens = 0;                        // of one sequence in a step; serving: one
  bool training = false;
  std::vector<double> weightBytes;  // of the whole model, by PlanAxes::weights
};
CommunicationModel communicationModel(const Scenario& scenario, const PlanAxes& axes);

// Bytes that a device sends in an optimizer step; serving: while every sequence gets one token.
double communicationOf(const CommunicationModel& model, const Layout& layout);

}  // namespace headroom
