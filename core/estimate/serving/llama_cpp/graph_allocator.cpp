#include "core/estimate/serving/llama_cpp/graph_allocator.h"

#include <algorithm>
#include <limits>

#include "core/estimate/serving/llama_cpp/alignment.h"
#include "core/estimate/serving/llama_cpp/graph_schedule.h"

namespace headroom::llama {
namespace {

constexpr std::int64_t roundUp(std::int64_t n, std::int64_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

// One buffer that is planned, not allocated: free blocks in the order of their offsets, the last one open-ended.
class Buffer {
 public:
  explicit Buffer(std::int64_t alignment) : alignment_(alignment) {}

  std::int64_t allocate(std::int64_t size) {
    size = roundUp(size, alignment_);
    std::size_t best = free_.size() - 1;
    std::int64_t bestSize = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i + 1 < free_.size(); ++i)
      if (free_[i].size >= size && free_[i].size <= bestSize) best = i, bestSize = free_[i].size;
    const std::int64_t offset = free_[best].offset;
    free_[best].offset += size;
    free_[best].size -= size;
    if (free_[best].size == 0) free_.erase(free_.begin() + static_cast<std::ptrdiff_t>(best));
    peak_ = std::max(peak_, offset + size);
    return offset;
  }

  void release(std::int64_t offset, std::int64_t size) {
    size = roundUp(size, alignment_);
    if (size == 0) return;
    const auto next = std::ranges::lower_bound(free_, offset, {}, &Block::offset);
    const bool joinsNext = next != free_.end() && offset + size == next->offset;
    const bool joinsPrevious = next != free_.begin() && (next - 1)->offset + (next - 1)->size == offset;
    if (joinsPrevious) {
      (next - 1)->size += size + (joinsNext ? next->size : 0);
      if (joinsNext) free_.erase(next);
    } else if (joinsNext) {
      next->offset = offset;
      next->size += size;
    } else {
      free_.insert(next, {offset, size});
    }
  }

  std::int64_t peak() const { return peak_; }

 private:
  struct Block {
    std::int64_t offset, size;
  };
  std::int64_t alignment_;
  std::int64_t peak_ = 0;
  std::vector<Block> free_{{0, std::numeric_limits<std::int64_t>::max() / 2}};
};

bool runsInPlace(Op op, bool old) {
  switch (op) {
    case Op::fill:
      return !old;
    case Op::scale:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div:
    case Op::sqr:
    case Op::sqrt:
    case Op::unary:
    case Op::rope:
    case Op::rms_norm:
    case Op::soft_max:
      return true;
    case Op::add_id:
      return !old;
    default:
      return false;
  }
}

// Follows the graph node by node, giving memory to results and taking it back after their last reader.
class Replay {
 public:
  Replay(const Graph& graph, const Backends& backends) : graph_(graph), backends_(backends), state_(graph.size()) {
    for (int b = 0; b < backends.count(); ++b) buffers_.emplace_back(backends.alignment(b));
    held_.resize(buffers_.size()), atPeak_.resize(buffers_.size());
  }

  std::vector<std::int64_t> run(const Schedule& schedule) {
    for (const Id leaf : schedule.leafs) give(leaf, graph_[leaf].backend);
    for (const Scheduled& s : schedule.nodes) countReaders(s);
    for (const Scheduled& s : schedule.nodes) step(s);
    std::vector<std::int64_t> peaks;
    for (const Buffer& b : buffers_) peaks.push_back(b.peak());
    return peaks;
  }

  // What lay in a backend's buffer when it was largest, tensors of one shape together.
  std::vector<Alive> aliveAtPeak(std::size_t backend) const {
    std::vector<Alive> out;
    for (const Held& h : atPeak_[backend]) {
      const Node& n = graph_[h.id];
      const Alive one{n.op,   n.type, n.ne, bytesOf(n), allocationSize(graph_, n, static_cast<int>(backend), backends_),
                      h.size, 1};
      const auto same = std::ranges::find_if(out, [&](const Alive& a) {
        return a.op == one.op && a.type == one.type && a.ne == one.ne && a.asked == one.asked && a.taken == one.taken;
      });
      if (same == out.end())
        out.push_back(one);
      else
        ++same->count;
    }
    return out;
  }

 private:
  struct State {
    int readers = 0, views = 0;
    int backend = -1;
    bool owned = false;
    std::int64_t offset = 0;
  };
  State& at(Id id) { return state_[static_cast<std::size_t>(id)]; }
  bool external(const Node& n) const { return n.home != Home::graph; }
  std::int64_t size(Id id) { return allocationSize(graph_, graph_[id], at(id).backend, backends_); }

  void countReaders(const Scheduled& s) {
    if (s.dependency != kNone) {  // keeps the source of a copy alive up to here
      ++at(s.dependency).readers;
      if (graph_[s.dependency].input) give(s.dependency, s.backend);
      return;
    }
    const Node& n = graph_[s.node];
    if (n.viewOf != kNone && n.op != Op::none) ++at(n.viewOf).views;
    if (n.input) give(s.node, s.backend);
    for (const Id p : n.src) {
      if (p == kNone) continue;
      ++at(p).readers;
      if (graph_[p].input) give(p, s.backend);
    }
  }

  void step(const Scheduled& s) {
    if (s.dependency != kNone) {
      give(s.dependency, s.backend);
      return done(s.dependency);
    }
    const Node& n = graph_[s.node];
    for (const Id p : n.src)
      if (p != kNone) give(p, s.backend);
    give(s.node, s.backend);
    for (const Id p : n.src)
      if (p != kNone) done(p);
  }

  // A reader of p has run.
  void done(Id p) {
    State& parent = at(p);
    if (--parent.readers > 0 || parent.views > 0) return;
    const Id shown = graph_[p].viewOf;
    if (shown != kNone) {
      State& base = at(shown);
      if (--base.views == 0 && base.readers == 0 && base.owned) take(shown);
    } else if (parent.owned) {
      take(p);
    }
  }

  // A tensor in a buffer.
  struct Held {
    Id id;
    std::int64_t size;  // aligned
  };
  std::vector<Held>& heldWith(Id id) { return held_[static_cast<std::size_t>(at(id).backend)]; }

  void take(Id id) {
    if (graph_[id].output) return;
    buffers_[static_cast<std::size_t>(at(id).backend)].release(at(id).offset, size(id));
    std::erase_if(heldWith(id), [id](const Held& h) { return h.id == id; });
    at(id).owned = false;
  }

  void give(Id id, int backend) {
    const Node& n = graph_[id];
    State& own = at(id);
    if (own.owned || external(n) || n.viewOf != kNone) return;
    own.owned = true;
    if (runsInPlace(n.op, backends_.rules.old) && reuseParent(id)) return;
    own.backend = backend;
    Buffer& buffer = buffers_[static_cast<std::size_t>(backend)];
    const std::int64_t before = buffer.peak(), bytes = allocationSize(graph_, n, backend, backends_);
    own.offset = buffer.allocate(bytes);
    heldWith(id).push_back({id, roundUp(bytes, backends_.alignment(backend))});
    if (buffer.peak() > before) atPeak_[static_cast<std::size_t>(backend)] = heldWith(id);
  }

  bool reuseParent(Id id) {
    const Node& n = graph_[id];
    for (const Id p : n.src) {
      if (p == kNone) continue;
      const Node& candidate = graph_[p];
      State& parent = at(p);
      if (!parent.owned || candidate.output || candidate.type != n.type || candidate.ne != n.ne || candidate.nb != n.nb)
        continue;
      if (parent.readers != 1 || parent.views != 0) continue;
      State& own = at(id);
      own.backend = parent.backend;
      own.offset = parent.offset;
      parent.owned = false;
      const std::int64_t alignment = backends_.alignment(own.backend);
      for (Held& h : heldWith(id))
        if (h.id == p) h = {id, roundUp(size(id), alignment)};
      const std::int64_t before = roundUp(size(p), alignment), after = roundUp(size(id), alignment);
      if (before > after && !backends_.rules.old)
        buffers_[static_cast<std::size_t>(own.backend)].release(own.offset + after, before - after);
      return true;
    }
    return false;
  }

  const Graph& graph_;
  const Backends& backends_;
  std::vector<Buffer> buffers_;
  std::vector<State> state_;
  std::vector<std::vector<Held>> held_, atPeak_;  // per backend: now, and when its buffer was largest
};

}  // namespace

std::int64_t allocationSize(const Graph& graph, const Node& node, int backend, const Backends& backends) {
  std::int64_t bytes = bytesOf(node);
  if (backend == backends.host()) return bytes;
  if (backends.metal) return bytes + metalScratch(graph, node, backends.rules);
  if (node.op == Op::flash_attention && backends.rules.countsScratch) bytes = attentionBytes(graph, node, backends);
  return bytes + rowPadding(node.type, node.ne[0]);
}

Plan planGraph(Graph& graph, const Backends& backends) {
  const Schedule schedule = scheduleGraph(graph, backends);
  Plan plan;
  plan.splits = schedule.splits;
  Replay replay(graph, backends);
  plan.bytes = replay.run(schedule);
  for (std::size_t b = 0; b < plan.bytes.size(); ++b) plan.alive.push_back(replay.aliveAtPeak(b));
  return plan;
}

}  // namespace headroom::llama
