// How llama.cpp plans the memory of a graph: which backend runs each node, what is copied between backends, and where
// in each backend's buffer every tensor goes. The buffers' high-water marks are the "compute buffer size" lines it
// prints. Mechanism restated from ggml/src/ggml-backend.cpp (graph splitting) and ggml-alloc.c (best fit, reuse in
// place).
#pragma once

#include <cstdint>
#include <vector>

#include "core/estimate/serving/llama_cpp/builds.h"
#include "core/estimate/serving/llama_cpp/graph.h"

namespace headroom::llama {

// The machine as the scheduler sees it: devices 0 … devices−1, then the host.
struct Backends {
  int devices = 0;
  double computeCapability = 8.9;
  BuildRules rules;
  bool metal = false;              // Apple's: kernels, alignment and scratch of their own
  int copies = 1;                  // of the split inputs, 4 with several devices in a pipeline
  bool offloadsOperations = true;  // a device takes over products of many rows with weights on the host
  int host() const { return devices; }
  int count() const { return devices + 1; }
  std::int64_t alignment(int backend) const { return backend == host() || metal ? 32 : 128; }
};

// True where the device has a kernel for the node. The host runs everything.
bool deviceSupports(const Graph& graph, const Node& node, int device, const Backends& backends);
// Devices of one class have the same kernels: the least compute capability with them.
double kernelClass(double computeCapability);

// Bytes the node takes in a backend's buffer: quantized rows are padded to 512 elements on a device, and attention asks
// for room to widen a quantized cache.
std::int64_t allocationSize(const Graph& graph, const Node& node, int backend, const Backends& backends);

// Tensors of one shape that lie in a buffer at its high-water mark.
struct Alive {
  Op op = Op::none;  // none: an input
  NumberFormat type = NumberFormat::fp32;
  Shape ne{1, 1, 1, 1};
  std::int64_t bytes = 0;  // of the shape
  std::int64_t asked = 0;  // with what a device's kernel wants behind it
  std::int64_t taken = 0;  // aligned
  std::int64_t count = 1;
};

struct Plan {
  std::vector<std::int64_t> bytes;        // per backend, the host last
  std::vector<std::vector<Alive>> alive;  // per backend
  int splits = 0;
};

// Assigns backends (nodes whose backend is set keep it), inserts copies and plans the buffers.
Plan planGraph(Graph& graph, const Backends& backends);

}  // namespace headroom::llama
