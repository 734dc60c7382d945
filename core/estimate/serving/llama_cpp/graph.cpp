#include "core/estimate/serving/llama_cpp/graph.h"

#include <cassert>

namespace headroom::llama {
namespace {

void setStrides(Node& n) {
  n.nb[0] = typeSize(n.type);
  n.nb[1] = rowSize(n.type, n.ne[0]);
  n.nb[2] = n.nb[1] * n.ne[1];
  n.nb[3] = n.nb[2] * n.ne[2];
}

}  // namespace

std::int64_t typeSize(NumberFormat type) {
  return static_cast<std::int64_t>(info(type).blockBytes);
}

std::int64_t rowSize(NumberFormat type, std::int64_t elements) {
  return typeSize(type) * elements / info(type).blockElements;
}

std::int64_t bytesOf(const Node& n) {
  for (const std::int64_t e : n.ne)
    if (e <= 0) return 0;
  const std::int64_t block = info(n.type).blockElements;
  std::int64_t bytes = block == 1 ? typeSize(n.type) + (n.ne[0] - 1) * n.nb[0] : n.ne[0] * n.nb[0] / block;
  for (std::size_t d = 1; d < 4; ++d) bytes += (n.ne[d] - 1) * n.nb[d];
  return bytes;
}

bool isContiguous(const Node& n, int from) {
  std::int64_t next = typeSize(n.type);
  if (n.ne[0] != info(n.type).blockElements && n.nb[0] != next) return false;
  next *= n.ne[0] / info(n.type).blockElements;
  for (int d = 1; d < 4; ++d) {
    const auto i = static_cast<std::size_t>(d);
    if (d > from) {
      if (n.ne[i] != 1 && n.nb[i] != next) return false;
      next *= n.ne[i];
    } else {
      next = n.ne[i] * n.nb[i];
    }
  }
  return true;
}

bool isViewOp(Op op) {
  return op == Op::view || op == Op::reshape || op == Op::permute || op == Op::transpose;
}

Id Graph::push(Op op, NumberFormat type, Shape ne, std::initializer_list<Id> sources) {
  Node n;
  n.op = op;
  n.type = type;
  n.ne = ne;
  setStrides(n);
  std::size_t i = 0;
  for (const Id s : sources) n.src[i++] = s;
  nodes_.push_back(n);
  return static_cast<Id>(nodes_.size() - 1);
}

Id Graph::pushView(Op op, Id a, Shape ne, std::initializer_list<Id> sources) {
  const Id id = push(op, (*this)[a].type, ne, sources);
  const Node& shown = (*this)[a];
  (*this)[id].viewOf = shown.viewOf == kNone ? a : shown.viewOf;
  (*this)[id].offset = shown.offset;
  return id;
}

void Graph::expand(Id id) {
  if (visited_.size() < nodes_.size()) visited_.resize(nodes_.size());
  if (visited_[static_cast<std::size_t>(id)]) return;
  visited_[static_cast<std::size_t>(id)] = true;
  for (const Id s : (*this)[id].src)
    if (s != kNone) expand(s);
  ((*this)[id].op == Op::none ? leafs_ : order_).push_back(id);
}

Id Graph::input(NumberFormat type, Shape ne) {
  const Id id = push(Op::none, type, ne, {});
  (*this)[id].input = true;
  return id;
}

Id Graph::weight(NumberFormat type, Shape ne, int backend) {
  const Id id = push(Op::none, type, ne, {});
  (*this)[id].home = Home::weight;
  (*this)[id].homeBackend = static_cast<std::int8_t>(backend);
  return id;
}

Id Graph::cache(NumberFormat type, Shape ne, int backend) {
  const Id id = weight(type, ne, backend);
  (*this)[id].home = Home::cache;
  return id;
}

Id Graph::leaf(NumberFormat type, Shape ne) {
  return push(Op::none, type, ne, {});
}

Id Graph::duplicate(Id a) {
  const Node original = (*this)[a];
  const Id id = push(Op::none, original.type, original.ne, {});
  (*this)[id].nb = original.nb;
  return id;
}

Id Graph::view(Id a, Shape ne, std::int64_t nb1, std::int64_t nb2, std::int64_t nb3, std::int64_t offset) {
  const Id id = pushView(Op::view, a, ne, {a});
  (*this)[id].nb = {(*this)[a].nb[0], nb1, nb2, nb3};
  (*this)[id].offset += offset;
  return id;
}

Id Graph::viewAll(Id a) {
  const Id id = pushView(Op::view, a, (*this)[a].ne, {a});
  (*this)[id].nb = (*this)[a].nb;
  return id;
}

Id Graph::reshape(Id a, Shape ne) {
  return pushView(Op::reshape, a, ne, {a});
}

Id Graph::permute(Id a, int axis0, int axis1, int axis2, int axis3) {
  const Id id = pushView(Op::permute, a, (*this)[a].ne, {a});
  const int axes[] = {axis0, axis1, axis2, axis3};
  for (std::size_t d = 0; d < 4; ++d) {
    const auto to = static_cast<std::size_t>(axes[d]);
    (*this)[id].ne[to] = (*this)[a].ne[d];
    (*this)[id].nb[to] = (*this)[a].nb[d];
  }
  return id;
}

Id Graph::transpose(Id a) {
  const Id id = permute(a, 1, 0, 2, 3);
  (*this)[id].op = Op::transpose;
  return id;
}

Id Graph::getRows(Id a, Id rows) {
  const Node& r = (*this)[rows];
  const NumberFormat type = (*this)[a].type == NumberFormat::int32 ? NumberFormat::int32 : NumberFormat::fp32;
  return push(Op::get_rows, type, {(*this)[a].ne[0], r.ne[0], r.ne[1], r.ne[2]}, {a, rows});
}

Id Graph::setRows(Id a, Id values, Id rows) {
  const Id id = pushView(Op::set_rows, a, (*this)[a].ne, {values, rows, a});
  (*this)[id].nb = (*this)[a].nb;
  return id;
}

Id Graph::mulMat(Id a, Id b) {
  const Node& y = (*this)[b];
  return push(Op::mul_mat, NumberFormat::fp32, {(*this)[a].ne[1], y.ne[1], y.ne[2], y.ne[3]}, {a, b});
}

Id Graph::mulMatId(Id experts, Id b, Id ids) {
  return push(Op::mul_mat_id, NumberFormat::fp32, {(*this)[experts].ne[1], (*this)[ids].ne[0], (*this)[b].ne[2], 1},
              {experts, b, ids});
}

Id Graph::binary(Op op, Id a, Id b) {
  return push(op, (*this)[a].type, (*this)[a].ne, {a, b});
}

Id Graph::addId(Id a, Id b, Id ids) {
  return push(Op::add_id, (*this)[a].type, (*this)[a].ne, {a, b, ids});
}

Id Graph::like(Op op, Id a, std::initializer_list<Id> more) {
  const Id id = push(op, (*this)[a].type, (*this)[a].ne, {a});
  std::size_t i = 1;
  for (const Id s : more) (*this)[id].src[i++] = s;
  return id;
}

Id Graph::glu(Id gate, Id up) {
  Shape ne = (*this)[gate].ne;
  if (up == kNone) ne[0] /= 2;
  return push(Op::glu, (*this)[gate].type, ne, {gate, up});
}

Id Graph::clamp(Id a) {
  const Id id = pushView(Op::clamp, a, (*this)[a].ne, {a});
  (*this)[id].nb = (*this)[a].nb;
  return id;
}

Id Graph::flashAttention(Id q, Id k, Id v, Id mask, Id sinks) {
  const Node& query = (*this)[q];
  return push(Op::flash_attention, NumberFormat::fp32, {(*this)[v].ne[0], query.ne[2], query.ne[1], query.ne[3]},
              {q, k, v, mask, sinks});
}

Id Graph::cont(Id a, Shape ne) {
  return push(Op::cont, (*this)[a].type, ne, {a});
}

Id Graph::copy(Id from, Id to) {
  const Id id = pushView(Op::copy, to, (*this)[to].ne, {from, to});
  (*this)[id].nb = (*this)[to].nb;
  return id;
}

Id Graph::cast(Id a, NumberFormat type) {
  return push(Op::copy, type, (*this)[a].ne, {a});
}

Id Graph::concat(Id a, Id b, int dimension) {
  const auto d = static_cast<std::size_t>(dimension);
  Shape ne = (*this)[a].ne;
  ne[d] += (*this)[b].ne[d];
  return push(Op::concat, (*this)[a].type, ne, {a, b});
}

Id Graph::repeat(Id a, Shape ne) {
  return push(Op::repeat, (*this)[a].type, ne, {a});
}

Id Graph::pad(Id a, std::int64_t columns) {
  Shape ne = (*this)[a].ne;
  ne[0] += columns;
  return push(Op::pad, (*this)[a].type, ne, {a});
}

Id Graph::inPlace(Op op, Id a, Id b) {
  const Id id = pushView(op, a, (*this)[a].ne, {a, b});
  (*this)[id].nb = (*this)[a].nb;
  return id;
}

Id Graph::poolColumns(Id a, std::int64_t columns) {
  Shape ne = (*this)[a].ne;
  ne[0] /= columns;
  return push(Op::pool, NumberFormat::fp32, ne, {a});
}

Id Graph::topK(Id a, std::int64_t k) {
  const Id sorted = push(Op::argsort, NumberFormat::int32, (*this)[a].ne, {a});
  const Node s = (*this)[sorted];
  return view(sorted, {k, s.ne[1], s.ne[2], s.ne[3]}, s.nb[1], s.nb[2], s.nb[3], 0);
}

Id Graph::topRows(Id a, std::int64_t k) {
  Shape ne = (*this)[a].ne;
  ne[0] = k;
  return push(Op::top_k, NumberFormat::int32, ne, {a});
}

Id Graph::sumRows(Id a) {
  Shape ne = (*this)[a].ne;
  ne[0] = 1;
  return push(Op::sum_rows, (*this)[a].type, ne, {a});
}

Id Graph::ssmConv(Id x, Id kernel) {
  const Node& in = (*this)[x];
  return push(Op::ssm_conv, NumberFormat::fp32,
              {(*this)[kernel].ne[1], in.ne[0] - (*this)[kernel].ne[0] + 1, in.ne[2], 1}, {x, kernel});
}

Id Graph::ssmScan(Id state, Id x, Id dt, Id a, Id b, Id c, Id ids) {
  const Node& s = (*this)[state];
  const std::int64_t sequences = ids == kNone ? 1 : (*this)[ids].ne[0];
  const std::int64_t n = (*this)[x].elements() + s.ne[0] * s.ne[1] * s.ne[2] * sequences;
  return push(Op::ssm_scan, NumberFormat::fp32, {n, 1, 1, 1}, {state, x, dt, a, b, c, ids});
}

Id Graph::lightningIndexer(Id q, Id k, Id weights, Id mask) {
  const Node &query = (*this)[q], &key = (*this)[k];
  return push(Op::lightning_indexer, NumberFormat::fp32, {key.ne[2], query.ne[2], 1, query.ne[3]},
              {q, k, weights, mask});
}

Id Graph::gatedDeltaNet(Id q, Id k, Id v, Id gate, Id beta, Id state, std::int64_t snapshots) {
  const Node& values = (*this)[v];
  const std::int64_t rows = values.ne[2] * values.ne[3] + values.ne[0] * values.ne[3] * snapshots;
  return push(Op::gated_delta_net, NumberFormat::fp32, {values.ne[0] * values.ne[1], rows, 1, 1},
              {q, k, v, gate, beta, state});
}

}  // namespace headroom::llama
