// Which backend runs each node of a graph and what is copied between backends. Internal to the llama.cpp replay.
// Mechanism restated from ggml/src/ggml-backend.cpp (ggml_backend_sched_split_graph) and ggml-cuda.cu (supports_op).
#pragma once

#include <vector>

#include "core/estimate/serving/llama_cpp/graph_allocator.h"

namespace headroom::llama {

struct Scheduled {
  Id node = kNone;
  Id dependency = kNone;  // instead of a node: a copy's source, kept alive up to here
  int backend = -1;
};

struct Schedule {
  std::vector<Scheduled> nodes;
  std::vector<Id> leafs;  // allocated before everything else
  int splits = 0;
};

Schedule scheduleGraph(Graph& graph, const Backends& backends);

// Bytes of an attention node on a device: its result and, where the kernel wants fp16 keys and values and the cache is
// something else, room for them (ggml-cuda/fattn-common.cuh, 2026-08).
// What a Metal kernel wants behind its result (graph_metal.cpp), and whether Metal has an attention kernel.
std::int64_t metalScratch(const Graph& graph, const Node& node, const BuildRules& rules);
bool metalAttends(const Graph& graph, const Node& node);

std::int64_t attentionBytes(const Graph& graph, const Node& node, const Backends& backends);

// False where the device has no matrix kernel for a weight's format: such weights stay on the host.
bool deviceMultiplies(NumberFormat weights);

}  // namespace headroom::llama
