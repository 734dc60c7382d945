// The computation graph llama.cpp builds for one micro-batch, as far as memory is concerned: tensors with shapes,
// strides and sources, in the order in which they would run. No numbers are computed. llama_cpp_graph_allocator.h
// replays how the graph's buffers are planned; together they give the compute buffers llama.cpp prints.
// Mechanism: ggml/src/ggml.c and ggml-backend.cpp, ggml 0.20.2.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "core/numerics/number_format.h"

namespace headroom::llama {

enum class Op : std::uint8_t {
  none,
  view,
  reshape,
  permute,
  transpose,  // none: a leaf
  get_rows,
  set_rows,
  mul_mat,
  mul_mat_id,
  add,
  add_id,
  mul,
  div,
  sub,
  scale,
  sqr,
  sqrt,
  unary,
  glu,
  clamp,
  norm,
  rms_norm,
  l2_norm,
  rope,
  soft_max,
  flash_attention,
  cont,
  copy,
  concat,
  repeat,
  pad,
  argsort,
  top_k,
  sum_rows,
  fill,
  ssm_conv,
  ssm_scan,
  gated_delta_net,
  lightning_indexer,
  pool,
};

using Id = std::int32_t;
constexpr Id kNone = -1;
using Shape = std::array<std::int64_t, 4>;

// Where a tensor that the graph does not allocate lies: a weight or a cache.
enum class Home : std::uint8_t { graph, weight, cache };

struct Node {
  Op op = Op::none;
  NumberFormat type = NumberFormat::fp32;
  bool input = false, output = false;
  Home home = Home::graph;
  std::int8_t homeBackend = -1;  // of weights and caches
  std::int8_t backend = -1;      // assigned; −1 before that
  Shape ne{1, 1, 1, 1};
  Shape nb{};  // bytes between elements of each dimension
  std::array<Id, 8> src{kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};
  Id viewOf = kNone;        // the tensor whose memory this one shows
  std::int64_t offset = 0;  // of a view
  std::int64_t extra = 0;   // scratch bytes a device kernel wants behind the result
  std::int64_t elements() const { return ne[0] * ne[1] * ne[2] * ne[3]; }
};

std::int64_t typeSize(NumberFormat type);                        // bytes of one block
std::int64_t rowSize(NumberFormat type, std::int64_t elements);  // of whole blocks
std::int64_t bytesOf(const Node& node);                          // from first to last byte
bool isContiguous(const Node& node, int from = 0);               // of dimensions above `from`
bool isViewOp(Op op);

// Thrown, and caught where a graph is built, when a graph needs a tensor the model does not have.
struct MissingTensor {};

// Builds nodes; `expand` appends a node and everything it needs to the order of execution.
class Graph {
 public:
  Graph() { nodes_.reserve(4096); }

  Node& operator[](Id id) { return id < 0 ? throw MissingTensor() : nodes_[static_cast<std::size_t>(id)]; }
  const Node& operator[](Id id) const { return id < 0 ? throw MissingTensor() : nodes_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return nodes_.size(); }
  std::vector<Id>& order() { return order_; }
  const std::vector<Id>& order() const { return order_; }
  std::vector<Id>& leafs() { return leafs_; }

  void expand(Id id);

  Id input(NumberFormat type, Shape ne);
  Id weight(NumberFormat type, Shape ne, int backend);
  Id cache(NumberFormat type, Shape ne, int backend);
  Id leaf(NumberFormat type, Shape ne);  // neither input nor weight: memory of its own from the start
  Id duplicate(Id a);                    // a leaf with the same layout (copies between devices)

  Id view(Id a, Shape ne, std::int64_t nb1, std::int64_t nb2, std::int64_t nb3, std::int64_t offset);
  Id viewAll(Id a);
  Id reshape(Id a, Shape ne);
  Id permute(Id a, int axis0, int axis1, int axis2, int axis3);
  Id transpose(Id a);

  Id getRows(Id a, Id rows);
  Id setRows(Id a, Id values, Id rows);
  Id mulMat(Id a, Id b);
  Id mulMatId(Id experts, Id b, Id ids);
  Id binary(Op op, Id a, Id b);  // add, mul, div, sub: shape of a
  Id add(Id a, Id b) { return binary(Op::add, a, b); }
  Id mul(Id a, Id b) { return binary(Op::mul, a, b); }
  Id addId(Id a, Id b, Id ids);
  Id like(Op op, Id a, std::initializer_list<Id> more = {});  // same shape as a, contiguous
  Id scale(Id a) { return like(Op::scale, a); }
  Id unary(Id a) { return like(Op::unary, a); }
  Id rope(Id a, Id positions, Id factors) { return like(Op::rope, a, {positions, factors}); }
  Id softMax(Id a, Id mask = kNone, Id sinks = kNone) { return like(Op::soft_max, a, {mask, sinks}); }
  Id glu(Id gate, Id up);  // up kNone: both halves in `gate`
  Id clamp(Id a);          // shows a
  Id flashAttention(Id q, Id k, Id v, Id mask, Id sinks);
  Id cont(Id a, Shape ne);
  Id cont(Id a) { return cont(a, (*this)[a].ne); }
  Id copy(Id from, Id to);
  Id cast(Id a, NumberFormat type);
  Id concat(Id a, Id b, int dimension);
  Id repeat(Id a, Shape ne);
  Id pad(Id a, std::int64_t columns);
  Id inPlace(Op op, Id a, Id b);               // shape of a, in its memory
  Id poolColumns(Id a, std::int64_t columns);  // the largest of so many neighbours in a row
  Id topK(Id a, std::int64_t k);
  Id topRows(Id a, std::int64_t k);  // as one node, without sorting the rest
  Id sumRows(Id a);
  Id ssmConv(Id x, Id kernel);
  Id ssmScan(Id state, Id x, Id dt, Id a, Id b, Id c, Id ids = kNone);
  Id lightningIndexer(Id q, Id k, Id weights, Id mask);
  Id gatedDeltaNet(Id q, Id k, Id v, Id gate, Id beta, Id state, std::int64_t snapshots = 1);

 private:
  Id push(Op op, NumberFormat type, Shape ne, std::initializer_list<Id> sources);
  Id pushView(Op op, Id a, Shape ne, std::initializer_list<Id> sources);

  std::vector<Node> nodes_;
  std::vector<Id> order_, leafs_;
  std::vector<bool> visited_;
};

}  // namespace headroom::llama
