// Whether an engine or a training code starts with so many ranks at all: heads and experts have to come out even.
#pragma once

#include <string>

#include "core/estimate/estimate_context.h"
#include "core/scenario/engines.h"

namespace headroom {

void diagnoseGroups(EstimateContext& context);

// What a program asks of the heads that it divides over ranks.
struct HeadSplit {
  std::string_view label;  // whose rule it is
  bool even = false;       // query heads have to divide
  KvHeads kvHeads = KvHeads::rounded;
};
HeadSplit headSplitOf(const EngineRow& engine);

// Why so many ranks cannot divide a layer's heads, as a clause; empty: they can.
std::string headsRefused(const HeadSplit& rule, const Model& model, std::int64_t ranks);

}  // namespace headroom
