#include "core/estimate/serving/llama_cpp/graph_fusion.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace headroom::llama {
namespace {

constexpr std::int64_t kMostSummed = 15;  // MOE_WEIGHTED_REDUCTION_MAX_EXPERTS

bool isMatrix(const Node& n) {
  return n.ne[2] == 1 && n.ne[3] == 1;
}

class Fusion {
 public:
  Fusion(const Graph& graph, std::span<Id> nodes, const std::vector<int>& readers, Kept& kept)
      : graph_(graph), nodes_(nodes), readers_(readers), kept_(kept) {}

  void besideShared() {
    for (std::size_t i = 0; i + 5 < nodes_.size(); ++i) {
      if (at(i).op != Op::mul_mat_id) continue;
      for (std::size_t j = i + 3; j + 2 < nodes_.size(); ++j) {
        if (at(j).op == Op::mul_mat_id && at(j + 1).op == Op::mul_mat_id) break;
        if (at(j).op != Op::mul_mat || !isShared(i, j)) continue;
        std::rotate(nodes_.begin() + static_cast<std::ptrdiff_t>(i + 3),
                    nodes_.begin() + static_cast<std::ptrdiff_t>(j),
                    nodes_.begin() + static_cast<std::ptrdiff_t>(j + 3));
        const Node& up = graph_[at(i + 2).src[1]];
        keep(up.src[1], nodes_[i + 5]);
        keep(up.src[2], nodes_[i + 5]);
        i += 5;
        break;
      }
    }
  }

  void routersAndSums(const BuildRules& rules) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (const std::size_t nodes = rules.keepsSums ? weightedSum(i) : 0; nodes > 0) {
        const Node& product = at(i);
        const bool first = graph_[product.src[0]].ne == product.ne;
        keep(product.src[first ? 0 : 1], nodes_[i + nodes - 1]);
        keep(product.src[first ? 1 : 0], nodes_[i + nodes - 1]);
        i += nodes - 1;
      }
      if (!rules.keepsRouters || (at(i).op != Op::unary && at(i).op != Op::soft_max)) continue;
      const std::size_t nodes = router(i);
      if (nodes == 0) continue;
      // Everything the router's nodes make or read is kept until the node behind them.
      for (std::size_t k = i; k < i + nodes && i + nodes < nodes_.size(); ++k) {
        keep(nodes_[k], nodes_[i + nodes]);
        for (const Id s : at(k).src)
          if (s != kNone) keep(s, nodes_[i + nodes]);
      }
      i += nodes - 1;
    }
  }

 private:
  const Node& at(std::size_t i) const { return graph_[nodes_[i]]; }
  bool is(std::size_t i, Op op) const { return i < nodes_.size() && at(i).op == op; }

  void keep(Id tensor, Id until) {
    std::vector<Id>& list = kept_[until];
    if (std::ranges::find(list, tensor) == list.end()) list.push_back(tensor);
  }

  // ggml_can_fuse_subgraph: what lies inside is read inside only. `members` and `outputs` are places among the nodes.
  bool closed(std::span<const std::size_t> members, std::span<const std::size_t> outputs) const {
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (std::ranges::find(outputs, members[m]) != outputs.end()) continue;
      const Id id = nodes_[members[m]];
      const Node& n = graph_[id];
      if (n.output) return false;
      int inside = 0;
      for (std::size_t later = m + 1; later < members.size(); ++later)
        inside += static_cast<int>(std::ranges::count(at(members[later]).src, id));
      if (inside != readers_[static_cast<std::size_t>(id)]) return false;
      if (n.viewOf == kNone || graph_[n.viewOf].home == Home::weight) continue;
      if (std::ranges::none_of(members, [&](std::size_t k) { return nodes_[k] == n.viewOf; })) return false;
    }
    return true;
  }

  // Gate and up of a product with a matrix, whose results one gating node reads.
  bool gated(std::size_t i, Op product) const {
    if (!is(i, product) || !is(i + 1, product) || !is(i + 2, Op::glu)) return false;
    const Node& glu = at(i + 2);
    const bool pair = (glu.src[0] == nodes_[i] && glu.src[1] == nodes_[i + 1]) ||
                      (glu.src[1] == nodes_[i] && glu.src[0] == nodes_[i + 1]);
    if (!pair) return false;
    const Node &gate = graph_[glu.src[0]], &up = graph_[glu.src[1]];
    const Node &gateWeight = graph_[gate.src[0]], &upWeight = graph_[up.src[0]];
    return gateWeight.type == upWeight.type && gateWeight.ne == upWeight.ne && gateWeight.nb == upWeight.nb &&
           gate.src[1] == up.src[1] && gate.src[2] == up.src[2];
  }

  // ggml_cuda_match_shared_expert: an expert that every token uses, of the shape and format of the routed ones.
  bool isShared(std::size_t routed, std::size_t shared) const {
    if (!gated(routed, Op::mul_mat_id) || !gated(shared, Op::mul_mat)) return false;
    const std::size_t members[] = {routed, routed + 1, routed + 2, shared, shared + 1, shared + 2};
    const std::size_t outputs[] = {routed + 2, shared + 2};
    if (!closed(members, outputs)) return false;
    const Node &up = graph_[at(routed + 2).src[1]], &sharedUp = graph_[at(shared + 2).src[1]];
    const Node &input = graph_[up.src[1]], &weight = graph_[up.src[0]], &sharedWeight = graph_[sharedUp.src[0]];
    return info(weight.type).blockElements > 1 && weight.home == Home::weight && input.op == Op::reshape &&
           input.src[0] == sharedUp.src[1] && input.ne[1] == 1 && input.ne[3] == 1 && isContiguous(input) &&
           isMatrix(graph_[sharedUp.src[1]]) && weight.type == sharedWeight.type &&
           weight.ne[0] == sharedWeight.ne[0] && weight.ne[1] == sharedWeight.ne[1] &&
           weight.nb[1] == sharedWeight.nb[1] && isMatrix(sharedWeight) && sharedWeight.op == Op::none;
  }

  // ggml_cuda_match_moe_weighted_reduction: the chosen experts' results times their weights, summed one by one.
  // Returns the number of nodes, 0 where it is none.
  std::size_t weightedSum(std::size_t i) const {
    const Node& product = at(i);
    if (product.op != Op::mul || product.type != NumberFormat::fp32 || !isContiguous(product)) return 0;
    const auto isWeights = [&](Id id) {
      const Node& n = graph_[id];
      return n.type == NumberFormat::fp32 && isContiguous(n) &&
             n.ne == Shape{1, product.ne[1], product.ne[2], product.ne[3]};
    };
    const auto isResults = [&](Id id) {
      const Node& n = graph_[id];
      return n.type == NumberFormat::fp32 && isContiguous(n) && n.ne == product.ne;
    };
    const Id a = product.src[0], b = product.src[1];
    if (!(isResults(a) && isWeights(b)) && !(isResults(b) && isWeights(a))) return 0;
    const std::int64_t used = product.ne[1], rows = product.ne[2] * product.ne[3];
    if (used < 2 || used > kMostSummed) return 0;
    const auto count = static_cast<std::size_t>(2 * used);
    if (i + count > nodes_.size()) return 0;
    std::vector<Id> parts;
    std::int64_t sums = 0;
    Id previous = kNone;
    for (std::size_t k = i + 1; k < i + count; ++k) {
      const Node& n = at(k);
      if (n.op == Op::view) {
        const auto expert = static_cast<std::int64_t>(parts.size());
        if (expert >= used || n.src[0] != nodes_[i] || n.ne != Shape{product.ne[0], rows, 1, 1} ||
            n.nb[1] != product.nb[2] || n.offset != expert * product.nb[1])
          return 0;
        parts.push_back(nodes_[k]);
        continue;
      }
      if (n.op != Op::add || parts.size() < 2 || sums + 1 >= static_cast<std::int64_t>(parts.size())) return 0;
      if (n.src[0] != (sums == 0 ? parts.front() : previous) || n.src[1] != parts[static_cast<std::size_t>(sums + 1)])
        return 0;
      previous = nodes_[k];
      ++sums;
    }
    if (static_cast<std::int64_t>(parts.size()) != used || sums != used - 1) return 0;
    std::vector<std::size_t> members(count);
    for (std::size_t k = 0; k < count; ++k) members[k] = i + k;
    return closed(members, std::span(members).last(1)) ? count : 0;
  }

  // ggml_cuda_topk_moe_fusion: probabilities, the best of them and their weights. Returns the number of nodes.
  std::size_t router(std::size_t i) const {
    std::size_t k = i;
    if (is(i, Op::unary) && is(i + 1, Op::sqrt) && at(i + 1).src[0] == nodes_[i]) ++k;
    const Id probabilities = nodes_[k];
    if (!is(k + 1, Op::reshape) || at(k + 1).src[0] != probabilities) return 0;
    const Id tall = nodes_[++k];
    Id scores = probabilities;
    if (is(k + 1, Op::add) && at(k + 1).src[0] == probabilities) scores = nodes_[++k];
    if (!is(k + 1, Op::argsort) || at(k + 1).src[0] != scores) return 0;
    ++k;
    if (!is(k + 1, Op::view) || at(k + 1).src[0] != nodes_[k]) return 0;
    const std::size_t chosen = ++k;
    if (!is(k + 1, Op::get_rows) || at(k + 1).src[0] != tall || at(k + 1).src[1] != nodes_[k]) return 0;
    ++k;
    constexpr Op kNormalized[] = {Op::reshape, Op::sum_rows, Op::clamp, Op::div, Op::reshape};
    bool normalized = true;
    for (std::size_t step = 0; step < std::size(kNormalized) && normalized; ++step)
      normalized = is(k + 1 + step, kNormalized[step]) && (step == 3 || at(k + 1 + step).src[0] == nodes_[k + step]);
    if (normalized) normalized = at(k + 4).src[1] == nodes_[k + 3] && at(k + 4).src[0] == nodes_[k + 1];
    if (normalized) k += std::size(kNormalized);
    if (is(k + 1, Op::scale) && at(k + 1).src[0] == nodes_[k]) ++k;
    const std::size_t count = k + 1 - i;
    std::vector<std::size_t> members(count);
    for (std::size_t m = 0; m < count; ++m) members[m] = i + m;
    const std::size_t outputs[] = {chosen, k};
    if (!closed(members, outputs)) return 0;
    // Numbers of experts the kernel is built for.
    const std::int64_t experts = at(chosen).nb[1] / at(chosen).nb[0];
    const bool power = std::has_single_bit(static_cast<std::uint64_t>(experts)) && experts <= 512;
    if (!power && experts != 288 && experts != 576) return 0;
    const Node& gate = at(i);
    if (gate.op == Op::soft_max && (gate.src[1] != kNone || gate.src[2] != kNone)) return 0;
    return isContiguous(graph_[gate.src[0]]) && isContiguous(at(k)) ? count : 0;
  }

  const Graph& graph_;
  std::span<Id> nodes_;
  const std::vector<int>& readers_;
  Kept& kept_;
};

}  // namespace

std::vector<int> readersOf(const Graph& graph) {
  std::vector<int> readers(graph.size());
  for (const Id id : graph.order())
    for (const Id s : graph[id].src)
      if (s != kNone) ++readers[static_cast<std::size_t>(s)];
  return readers;
}

void fuse(const Graph& graph, std::span<Id> nodes, const std::vector<int>& readers, const BuildRules& rules,
          Kept& kept) {
  Fusion fusion(graph, nodes, readers, kept);
  if (rules.fusesShared) fusion.besideShared();
  if (rules.keepsSums || rules.keepsRouters) fusion.routersAndSums(rules);
}

}  // namespace headroom::llama
