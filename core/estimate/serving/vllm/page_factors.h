// What the lines of a paged cache are made of: blocks, pages and the layers of a group, each down to the model's
// dimensions and what was asked. The counterpart of PageLayout's numbers.
#pragma once

#include "core/estimate/serving/vllm/pages.h"

namespace headroom {

// What a line asks of the pages.
struct PageQuestion {
  const Model& model;
  const RankPart& part;
  const PageLayout& layout;
  const PageRules& rules;
  Factor tokens;    // of a sequence
  Factor computed;  // tokens computed at once
};

// Tokens of a sequence in whole blocks, where every layer caches all of them.
Factor tokensInBlocks(FactorTree& tree, const PageQuestion& q);

// Blocks one sequence needs of a type, the layers that have a page in a block, and the bytes of a page.
Factor blocksFactor(FactorTree& tree, const PageQuestion& q, const CacheType& type);
Factor groupLayersFactor(FactorTree& tree, const PageQuestion& q);
Factor pageFactor(FactorTree& tree, const PageQuestion& q);

}  // namespace headroom
