#include "core/estimate/serving/llama_cpp/graph_schedule.h"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "core/estimate/serving/llama_cpp/graph_fusion.h"

namespace headroom::llama {
namespace {

// Work on weights in host memory moves to a device from this many rows on (ggml-cuda.cu, op_offload_min_batch_size).
constexpr std::int64_t kOffloadRows = 32;

std::int64_t batchRows(const Node& n) {
  switch (n.op) {
    case Op::get_rows:
      return 0;
    case Op::mul_mat:
      return n.ne[1];
    case Op::mul_mat_id:
    case Op::rope:
      return n.ne[2];
    default:
      return n.ne[1] * n.ne[2] * n.ne[3];
  }
}

class Scheduler {
 public:
  Scheduler(Graph& graph, const Backends& backends) : graph_(graph), backends_(backends) {}

  Schedule run() {
    readers_ = readersOf(graph_);
    fixed();
    const int host = backends_.host();
    // Devices spread to their neighbours first, down then up; whatever is left goes where its neighbours are.
    spread(false, host);
    spread(true, host);
    spread(false, -1);
    spread(true, -1);
    unassigned();
    followers();
    split();
    return std::move(schedule_);
  }

 private:
  bool supports(const Node& n, int backend) const {
    return backend == backends_.host() || deviceSupports(graph_, n, backend, backends_);
  }
  int homeOf(const Node& n) const {
    const Node& owner = n.viewOf == kNone ? n : graph_[n.viewOf];
    return owner.home == Home::graph ? -1 : owner.homeBackend;
  }

  // The backend a node gets from memory that is already placed: its own, or that of the weight it works on.
  int fixedBackend(const Node& n) const {
    const int home = homeOf(n);
    if (home != -1 && supports(n, home)) return home;
    if (n.input) return backends_.host();
    if (n.op == Op::none || n.op == Op::rope || n.op == Op::flash_attention) return -1;
    for (const Id s : n.src) {
      if (s == kNone || graph_[s].home != Home::weight) continue;
      const int weight = graph_[s].homeBackend;
      if (weight == backends_.host() && backends_.offloadsOperations && batchRows(n) >= kOffloadRows)
        for (int device = 0; device < backends_.devices; ++device)
          if (supports(n, device)) return device;
      return supports(n, weight) ? weight : -1;
    }
    return -1;
  }

  void fixed() {
    for (const Id leaf : graph_.leafs())
      if (graph_[leaf].backend == -1) assign(leaf, fixedBackend(graph_[leaf]));
    for (const Id id : graph_.order())
      if (graph_[id].backend == -1) assign(id, fixedBackend(graph_[id]));
  }

  void assign(Id id, int backend) { graph_[id].backend = static_cast<std::int8_t>(backend); }

  // Gives unassigned nodes the backend of the node before (or after) them; `barrier` is a backend that does not spread.
  void spread(bool up, int barrier) {
    int current = -1;
    const auto& order = graph_.order();
    for (std::size_t i = 0; i < order.size(); ++i) {
      const Id id = order[up ? order.size() - 1 - i : i];
      const Node& n = graph_[id];
      if (isViewOp(n.op)) continue;
      if (n.backend != -1)
        current = n.backend == barrier ? -1 : n.backend;
      else if (current != -1 && supports(n, current))
        assign(id, current);
    }
  }

  // Backend b can read the tensor where it lies.
  bool readable(const Node& n, int b) const {
    int where = homeOf(n);
    if (where == -1) where = n.backend;
    if (where == -1 && n.viewOf != kNone) where = graph_[n.viewOf].backend;
    return where == b;
  }

  // Nodes no neighbour could take: where most of their sources are.
  void unassigned() {
    for (const Id id : graph_.order()) {
      const Node& n = graph_[id];
      if (isViewOp(n.op) || n.backend != -1) continue;
      int most = -1;
      for (int b = 0; b < backends_.count(); ++b) {
        if (!supports(n, b)) continue;
        int sources = 0;
        for (const Id s : n.src) sources += s != kNone && readable(graph_[s], b);
        if (sources > most) most = sources, assign(id, b);
      }
    }
  }

  // Views stay with what they show, other sources with their reader.
  void followers() {
    for (const Id id : graph_.order()) {
      if (graph_[id].viewOf != kNone && graph_[id].backend == -1) assign(id, graph_[graph_[id].viewOf].backend);
      for (const Id s : graph_[id].src) {
        if (s == kNone || graph_[s].backend != -1) continue;
        assign(s, graph_[s].viewOf != kNone ? graph_[graph_[s].viewOf].backend : graph_[id].backend);
      }
      for (int b = 0; b < backends_.count() && graph_[id].backend == -1; ++b)
        if (supports(graph_[id], b)) assign(id, b);
    }
  }

  struct Split {
    int backend = -1;
    std::size_t first = 0, last = 0;
    std::vector<Id> inputs;
  };

  void split() {
    const auto& order = graph_.order();
    std::size_t i = 0;
    Split current;
    for (; i < order.size(); ++i)
      if (!isViewOp(graph_[order[i]].op)) break;
    current.backend = i < order.size() ? graph_[order[i]].backend : backends_.host();
    for (; i < order.size(); ++i) {
      const Id id = order[i];
      if (isViewOp(graph_[id].op)) continue;
      if (graph_[id].backend != current.backend || needsNewSplit(id, current)) {
        current.last = i;
        splits_.push_back(std::move(current));
        current = {graph_[id].backend, i, 0, {}};
      }
      for (std::size_t s = 0; s < graph_[id].src.size(); ++s)
        if (graph_[id].src[s] != kNone) bring(id, s, current);
    }
    current.last = order.size();
    splits_.push_back(std::move(current));
    if (backends_.copies > 1 && backends_.rules.everyInputCopied)
      for (const Id leaf : graph_.leafs())
        if (graph_[leaf].input) pipelineInput(leaf, graph_[leaf].backend);
    write();
  }

  // Copies of weights from the host are dropped with their split, so the next one's can take their place; and a split
  // holds a limited number of inputs (GGML_SCHED_MAX_SPLIT_INPUTS).
  bool needsNewSplit(Id id, const Split& current) const {
    const std::size_t mostInputs = backends_.rules.old ? 10 : 30;
    if (current.inputs.empty()) return false;
    const bool limited = !backends_.rules.everyInputCopied;
    for (const Id s : graph_[id].src) {
      if (s == kNone) continue;
      const Node& source = graph_[s];
      if (source.home == Home::weight && source.backend != current.backend && !readable(source, current.backend))
        return true;
      if (limited && current.inputs.size() >= mostInputs && source.backend != current.backend &&
          !copies_.contains(key(s, current.backend)) && !readable(source, current.backend))
        return true;
    }
    return false;
  }

  std::int64_t key(Id id, int backend) const { return static_cast<std::int64_t>(id) * backends_.count() + backend; }

  // Makes source s of a node readable in the split's backend, by a copy where it lies elsewhere.
  void bring(Id id, std::size_t s, Split& current) {
    const Id source = graph_[id].src[s];
    const int where = graph_[source].backend;
    if (graph_[source].input && backends_.copies > 1 && !backends_.rules.everyInputCopied) pipelineInput(source, where);
    if (where == current.backend || readable(graph_[source], current.backend)) return;
    const auto [found, fresh] = copies_.try_emplace(key(source, current.backend), kNone);
    if (fresh) {
      for (int c = 0; c < backends_.copies; ++c) {
        const Id copy = graph_.duplicate(source);
        assign(copy, current.backend);
        if (c == 0) found->second = copy;
        if (backends_.copies == 1) continue;
        graph_[copy].input = graph_[copy].output = true;
        pipelined_.push_back(copy);
      }
      current.inputs.push_back(source);
    }
    graph_[id].src[s] = found->second;
  }

  // With a pipeline every input of the graph exists several times from the start.
  void pipelineInput(Id source, int backend) {
    if (!copies_.try_emplace(key(source, backend), source).second) return;
    graph_[source].output = true;
    graphInputs_.push_back(source);
    for (int c = 1; c < backends_.copies; ++c) {
      const Id copy = graph_.duplicate(source);
      assign(copy, backend);
      graph_[copy].input = graph_[copy].output = true;
      graphInputs_.push_back(copy);
    }
  }

  void write() {
    auto& order = graph_.order();
    const bool keeps = backends_.rules.fusesShared || backends_.rules.keepsRouters || backends_.rules.keepsSums;
    const bool fuses = keeps && !backends_.metal;
    Kept kept;
    for (const Split& s : splits_) {
      if (fuses && s.backend != backends_.host())
        fuse(graph_, std::span(order).subspan(s.first, s.last - s.first), readers_, backends_.rules, kept);
      for (const Id source : s.inputs) {
        schedule_.nodes.push_back({kNone, source, graph_[source].backend});
        schedule_.nodes.push_back({copies_[key(source, s.backend)], kNone, s.backend});
      }
      for (std::size_t i = s.first; i < s.last; ++i) {
        schedule_.nodes.push_back({order[i], kNone, graph_[order[i]].backend});
        if (const auto until = kept.find(order[i]); until != kept.end())
          for (const Id tensor : until->second) schedule_.nodes.push_back({kNone, tensor, s.backend});
      }
    }
    schedule_.leafs = graphInputs_;
    schedule_.leafs.insert(schedule_.leafs.end(), pipelined_.begin(), pipelined_.end());
    schedule_.leafs.insert(schedule_.leafs.end(), graph_.leafs().begin(), graph_.leafs().end());
    schedule_.splits = static_cast<int>(splits_.size());
  }

  Graph& graph_;
  const Backends& backends_;
  Schedule schedule_;
  std::vector<Split> splits_;
  std::vector<int> readers_;                     // of every tensor, before copies come in
  std::unordered_map<std::int64_t, Id> copies_;  // of a tensor in another backend
  std::vector<Id> graphInputs_, pipelined_;
};

}  // namespace

Schedule scheduleGraph(Graph& graph, const Backends& backends) {
  return Scheduler(graph, backends).run();
}

}  // namespace headroom::llama
