// What the CUDA backend's fusion step does to the plan of a graph: kernels that run several nodes at once read their
// sources later than the nodes stand, so these are kept until then, and a shared expert is moved beside the routed
// ones. Mechanism restated from ggml/src/ggml-cuda/ggml-cuda.cu (graph_optimize, add_alloc_dep), b11549. Internal to
// the llama.cpp replay.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "core/estimate/serving/llama_cpp/graph_allocator.h"

namespace headroom::llama {

// Tensors by the node up to which they are kept.
using Kept = std::unordered_map<Id, std::vector<Id>>;

// Readers of every tensor in the whole graph, before splits bring copies in.
std::vector<int> readersOf(const Graph& graph);

// Looks through the nodes of one split on a device; may change their order.
void fuse(const Graph& graph, std::span<Id> nodes, const std::vector<int>& readers, const BuildRules& rules,
          Kept& kept);

}  // namespace headroom::llama
