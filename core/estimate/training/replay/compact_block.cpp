#include "core/estimate/training/replay/compact_block.h"

#include <algorithm>
#include <utility>

#include "core/model/adapter_targets.h"
#include "core/scenario/liger.h"

namespace headroom::training {
namespace {

using Keep = Operators::Keep;
constexpr What kNorm{"norms: inputs and statistics"}, kQkv{"queries, keys and values"}, kMlp{"MLP activations"},
    kStream{"hidden states"}, kRotary{"rotary embedding"}, kAttended{"attention output"},
    kCollective{"tensor-parallel collectives", ComponentId::communication};

}  // namespace

// In the order of the modules.
std::vector<Parameter*> CompactLayer::parameters(bool adapters) {
  std::vector<Parameter*> all;
  const auto add = [&](CompactLinear& m) {
    all.push_back(&m.base.weight);
    if (adapters && m.adapted) all.push_back(&m.a.weight), all.push_back(&m.b.weight);
  };
  add(q), add(k), add(v), add(o);
  for (NormModule* m : {&queryNorm, &keyNorm})
    if (m->exists) all.push_back(&m->weight);
  add(gate), add(up), add(down);
  all.push_back(&attentionNorm.weight), all.push_back(&mlpNorm.weight);
  return all;
}

CompactModel::CompactModel(Tape& tape, Shapes& shapes, const StepQuestion& question, double layers, bool first,
                           bool last)
    : t_(tape), s_(shapes), q_(question), first_(first), last_(last) {
  const Model& m = *q_.model;
  const LayerKind& kind = m.layer(0);
  const AttentionSpec& a = kind.attention;
  ranks_ = q_.tensorRanks, parallel_ = ranks_ > 1, sequence_ = parallel_ && q_.sequenceParallel;
  o_.compute = q_.computeWidth, o_.keepsPackedInputs = q_.keepsPackedInputs;
  const auto model = [&](std::string_view name, double value) {
    return s_.dim(fromModel(name, value, Unit::elements));
  };
  n_ = s_.dim(asked("tokens of a micro-batch", q_.batch * q_.context, Unit::tokens));
  nHere_ = sequence_
               ? s_.dim(asked("tokens of a micro-batch on the rank", q_.batch * q_.context / ranks_, Unit::tokens))
               : n_;
  length_ = s_.dim(asked("tokens of a sequence", q_.context, Unit::tokens));
  hidden_ = model("hidden size", static_cast<double>(m.hidden));
  vocabulary_ = model("vocabulary", static_cast<double>(m.vocabulary));
  vocabularyHere_ =
      parallel_ ? model("vocabulary of the rank", static_cast<double>(m.vocabulary) / ranks_) : vocabulary_;
  headSize_ = model("head size", static_cast<double>(a.headDim));
  headsHere_ = model("heads", static_cast<double>(a.heads) / ranks_);
  queryWidth_ = model("query width", static_cast<double>(a.heads * a.headDim) / ranks_);
  keyWidth_ = model("key width", static_cast<double>(a.kvHeads * a.headDim) / ranks_);
  intermediate_ = model("intermediate size", static_cast<double>(kind.mlp.intermediate) / ranks_);
  queryKeyNorm_ = a.qkNorm;

  const bool few = layers <= 3 || q_.explicitLayers;
  for (std::size_t i = 0; i < (few ? static_cast<std::size_t>(layers) : 3); ++i) {
    CompactLayer& l = layers_.emplace_back();
    l.times = !few && i == 1 ? layers - 2 : 1;
    using enum TensorRole;
    l.q = adaptable(hidden_, queryWidth_, q_proj), l.k = adaptable(hidden_, keyWidth_, k_proj);
    l.v = adaptable(hidden_, keyWidth_, v_proj), l.o = adaptable(queryWidth_, hidden_, o_proj);
    l.gate = adaptable(hidden_, intermediate_, gate_proj), l.up = adaptable(hidden_, intermediate_, up_proj);
    l.down = adaptable(intermediate_, hidden_, down_proj);
    l.attentionNorm = normModule(hidden_), l.mlpNorm = normModule(hidden_);
    if (queryKeyNorm_) l.queryNorm = normModule(headSize_), l.keyNorm = normModule(headSize_);
    for (Parameter* p : l.parameters(true)) p->times = l.times;
  }
  embedding_ = parameter({vocabularyHere_, hidden_}, q_.trainsWeights);
  // embedding_dense_backward has no strategy that shards rows (torch/distributed/tensor/_ops/_embedding_ops.py, 2.13):
  // its gradient is made for the whole vocabulary on every rank.
  embedding_.gradWidth *= ranks_;
  head_ = linear(hidden_, vocabularyHere_, q_.trainsWeights);
  finalNorm_ = normModule(hidden_);
  // A head that is the embedding's own matrix: one parameter with two gradients that are summed. Known where both stand
  // in one unit, or none, of one rank.
  const bool together = q_.sharding == StepSharding::data_parallel || q_.sharding == StepSharding::flat_parameters ||
                        (q_.sharding == StepSharding::fully_sharded && (q_.wholeUnit || q_.endsInRoot));
  if (q_.model->tiedHead && together && first_ && last_ && !parallel_) {
    head_.tied = &embedding_, embedding_.uses = 2;
    embedding_.sumsInPlace = q_.fusedLoss;  // a fused loss makes the head's gradient itself: no view of a product
  }
}

Parameter CompactModel::parameter(std::initializer_list<std::uint8_t> dims, bool trains) {
  Parameter p;
  p.extent = t_.extent(dims);
  p.width = p.gradWidth = q_.computeWidth, p.trains = trains;
  return p;
}

LinearModule CompactModel::linear(std::uint8_t in, std::uint8_t out, bool trains) {
  LinearModule m;
  m.exists = true, m.in = in, m.out = out;
  m.weight = parameter({out, in}, trains);
  return m;
}

CompactLinear CompactModel::adaptable(std::uint8_t in, std::uint8_t out, TensorRole role) {
  CompactLinear m;
  m.base = linear(in, out, q_.trainsWeights);
  m.base.fourBit = m.base.weight.packed = q_.fourBit;
  m.adapted = (q_.adapters.roles & bit(role)) != 0;
  if (!m.adapted) return m;
  const std::uint8_t rank = s_.dim(asked("rank", q_.adapters.rank));
  m.a = linear(in, rank, true), m.b = linear(rank, out, true);
  for (LinearModule* part : {&m.a, &m.b}) part->weight.width = part->weight.gradWidth = q_.adapters.width;
  return m;
}

NormModule CompactModel::normModule(std::uint8_t width) {
  NormModule m;
  m.exists = true, m.width = width;
  m.weight = parameter({width}, q_.trainsWeights);
  return m;
}

std::vector<Parameter*> CompactModel::embeddingParameters() {
  if (!first_) return {};
  return {&embedding_};
}

std::vector<Parameter*> CompactModel::headParameters() {
  if (!last_) return {};
  if (head_.tied != nullptr) return {&finalNorm_.weight};
  return {&finalNorm_.weight, &head_.weight};
}

Extent CompactModel::hiddenStates() const {
  return t_.extent({nHere_, hidden_});
}

// ---- tensor parallelism: functional collectives give a new tensor

Var CompactModel::shared(const Var& x) {
  if (!parallel_ || sequence_) return x;
  return o_.slice(x, x.extent());
}

// Ranks' parts lie one after the other: with several sequences they are put in order by a copy; what is scattered
// always is.
Var CompactModel::gathered(const Var& x) {
  if (!sequence_) return x;
  const Extent whole = t_.extent({n_, hidden_});
  Var parts;
  if (q_.batch > 1) parts = t_.make(whole, x.width(), kCollective);
  return t_.apply({.extent = whole,
                   .width = x.width(),
                   .what = kCollective,
                   .inputs = {{&x}},
                   .saved = {},
                   .work = whole.elements * x.width()});
}

Var CompactModel::summed(Var x) {
  if (!parallel_) return x;
  if (!sequence_)
    return t_.apply({.extent = hiddenStates(),
                     .width = x.width(),
                     .what = kCollective,
                     .inputs = {{&x, nullptr, Gradient::pass}},
                     .saved = {}});
  const Var parts = t_.make(x.extent(), x.width(), kCollective);
  return t_.apply({.extent = hiddenStates(),
                   .width = x.width(),
                   .what = kCollective,
                   .inputs = {{&x}},
                   .saved = {},
                   .work = q_.batch > 1 ? x.extent().elements * x.width() : 0});
}

// ---- operators

Var CompactModel::product(const Var& input, LinearModule& module, const What& what) {
  if (module.unit >= 0) {
    const auto unit = static_cast<std::size_t>(std::exchange(module.unit, -1));
    Var out = units_->leave(unit, product(units_->enter(unit, input), module, what));
    module.unit = static_cast<int>(unit);
    return out;
  }
  const Var& x = input;
  if (module.fourBit) return o_.product(x, module, what);
  const bool keeps = kept_ != nullptr && products_++ % 2 == 0;  // every second product, the first included
  const Extent extent = t_.replaced(x.extent(), module.in, module.out);
  Parameter& weight = module.matrix();
  if (keeps && again_) {
    const Var& result = (*kept_)[taken_++];
    return t_.apply({.extent = extent,
                     .width = result.width(),
                     .what = what,
                     .inputs = {{&result, nullptr, Gradient::none}, {nullptr, &weight, Gradient::fresh}, {&x}},
                     .saved = {keepsInput(weight) ? &x : nullptr},
                     .inPlace = true});
  }
  Var result = t_.apply({.extent = extent,
                         .width = std::max(x.width(), weight.width),
                         .what = what,
                         .inputs = {{nullptr, &weight, Gradient::fresh}, {&x}},
                         .saved = {keepsInput(weight) ? &x : nullptr}});
  if (keeps) kept_->push_back(t_.detach(result));
  return result;
}

// What an adapter reads: peft/tuners/lora/layer.py drops of its input.
Var CompactModel::dropped(const Var& x) {
  return q_.adapters.dropout ? o_.dropout(x, {"adapters' results"}) : x;
}

Var CompactModel::linear(const Var& x, CompactLinear& m, const What& what) {
  if (!m.adapted) return product(x, m.base, what);
  return within(m.unit, x, [&](const Var& in) { return adapted(in, m, what); });
}

Var CompactModel::adapted(const Var& x, CompactLinear& m, const What& what) {
  const Var y = product(x, m.base, what);
  const What low{"adapters' results"};
  Var scaled;
  {
    const Var narrow = o_.cast(x, m.a.weight.width, low);
    Var inner = product(dropped(narrow), m.a, low);
    inner = product(inner, m.b, low);
    scaled = o_.scaled(inner);
  }
  scaled = o_.cast(scaled, y.width(), low);
  return o_.add(y, scaled, what);
}

// A recomputation's last Linear: what its backward needs is there as soon as its input is, or with an adapter the
// result of A. Nothing after that is computed again.
Var CompactModel::unfinished(const Var& x, CompactLinear& m) {
  const Extent whole = t_.replaced(x.extent(), m.base.in, m.base.out);
  const auto last = [&](const Var& given, LinearModule& module) {
    const bool shards = module.unit >= 0;
    const auto unit = static_cast<std::size_t>(module.unit);
    const Var input = shards ? units_->enter(unit, given) : given;
    const Var nothing =
        t_.apply({.extent = Extent{},
                  .width = input.width(),
                  .what = {},
                  .inputs = {{nullptr, module.fourBit ? nullptr : &module.weight, Gradient::fresh}, {&input}},
                  .saved = {keepsInput(module.weight) && !module.fourBit ? &input : nullptr},
                  .work = module.fourBit ? module.weight.extent.elements * q_.computeWidth : 0});
    const Var result = t_.view(nothing, whole);
    return shards ? units_->leave(unit, result) : result;
  };
  if (!m.adapted) return last(x, m.base);
  return within(m.unit, x, [&](const Var& in) {
    const Var y = product(in, m.base, {"adapters' results"});
    const Var inner = last(product(dropped(in), m.a, {"adapters' results"}), m.b);
    const Var scaled = t_.view(
        t_.apply({.extent = Extent{}, .width = inner.width(), .what = {}, .inputs = {{&inner}}, .saved = {}}), whole);
    return t_.view(t_.apply({.extent = Extent{},
                             .width = y.width(),
                             .what = {},
                             .inputs = {{&y, nullptr, Gradient::pass}, {&scaled, nullptr, Gradient::pass}},
                             .saved = {}}),
                   whole);
  });
}

// One operator that keeps its input and one number per row; its backward also gets that number's gradient.
Var CompactModel::fusedNorm(const Var& x, NormModule& module) {
  const Extent each = t_.without(x.extent(), module.width);
  const Var scale = t_.make(each, 4, kNorm);
  return t_.apply({.extent = x.extent(),
                   .width = x.width(),
                   .what = kNorm,
                   .inputs = {{nullptr, &module.weight, Gradient::fresh}, {&x}},
                   .saved = {&x, &scale},
                   .work = each.elements * 4});
}

Var CompactModel::norm(const Var& input, NormModule& module) {
  if (module.unit >= 0) {
    const auto unit = static_cast<std::size_t>(std::exchange(module.unit, -1));
    Var out = units_->leave(unit, norm(units_->enter(unit, input), module));
    module.unit = static_cast<int>(unit);
    return out;
  }
  const Var& x = input;
  if (q_.liger > 0) return o_.ligerNorm(x, module, ligerClass(*q_.model)->normsInPlace, q_.liger, kNorm);
  if (q_.fusedNorm) return fusedNorm(x, module);
  const double width = x.width();
  const Var wide = o_.cast(x, 4, kNorm);
  const Extent each = t_.without(wide.extent(), module.width);
  Var narrow;
  {
    Var root;
    {
      Var variance = o_.mean(o_.unary(wide, Keep::input, {"norms' squares"}), each);
      variance = o_.unary(variance, Keep::nothing, kNorm);  // + epsilon
      root = o_.unary(variance, Keep::result, kNorm);
    }
    const Var scaled = o_.multiply(wide, root, kNorm);
    narrow = o_.cast(scaled, width, kNorm);
  }
  return o_.weighted(narrow, module.weight, kNorm);
}

Var CompactModel::rotated(const Var& x, const Rotary& r) {
  const Var straight = o_.multiply(x, r.cos, kRotary);
  Var half = o_.slice(x, t_.scaled(x.extent(), 0.5));
  Var negative = o_.unary(half, Keep::nothing, kRotary);
  half = o_.slice(x, t_.scaled(x.extent(), 0.5));
  Var across = t_.apply({.extent = x.extent(),
                         .width = x.width(),
                         .what = kRotary,
                         .inputs = {{&negative, nullptr, Gradient::pass}, {&half, nullptr, Gradient::pass}},
                         .saved = {}});
  negative.reset(), half.reset();
  across = o_.multiply(across, r.sin, kRotary);
  return o_.add(straight, across, kQkv);
}

Var CompactModel::attention(const Var& z, const Rotary& r, CompactLayer& l) {
  Var queries = columns(z, l.q, kQkv), keys = columns(z, l.k, kQkv), values = columns(z, l.v, kQkv);
  if (queryKeyNorm_) {
    Var a = norm(queries, l.queryNorm), b = norm(keys, l.keyNorm);
    queries = std::move(a), keys = std::move(b);
  } else if (q_.liger == 0) {
    // The gradient of the turned heads is put in order before the product's backward.
    queries = o_.slice(queries, queries.extent()), keys = o_.slice(keys, keys.extent());
  }
  {
    const bool whereTheyLie = q_.liger > 0 && ligerClass(*q_.model)->rotary;
    const auto turned = [&](const Var& x) { return whereTheyLie ? o_.ligerTurned(x, r.cos, r.sin) : rotated(x, r); };
    Var a = turned(queries), b = turned(keys);
    queries = std::move(a), keys = std::move(b);
  }
  const Extent rows = t_.extent({n_, headsHere_});
  Var attended;
  if (kept_ != nullptr && again_) {
    const Var result = (*kept_)[taken_], logSum = (*kept_)[taken_ + 1];
    taken_ += 2;
    attended = t_.apply({.extent = queries.extent(),
                         .width = queries.width(),
                         .what = kAttended,
                         .inputs = {{&result, nullptr, Gradient::none}, {&queries}, {&keys}, {&values}},
                         .saved = {&queries, &keys, &values, &logSum},
                         .savesResult = true,
                         .work = rows.elements * 4,
                         .inPlace = true});
  } else {
    const Var logSum = t_.make(rows, 4, {"attention's log-sums"});
    attended = t_.apply({.extent = queries.extent(),
                         .width = queries.width(),
                         .what = kAttended,
                         .inputs = {{&queries}, {&keys}, {&values}},
                         .saved = {&queries, &keys, &values, &logSum},
                         .savesResult = true,
                         .work = rows.elements * 4});
    if (kept_ != nullptr) kept_->push_back(t_.detach(attended)), kept_->push_back(logSum);
  }
  return summed(linear(attended, l.o, {"attention's projection"}));
}

Var CompactModel::mlp(const Var& z, CompactLayer& l) {
  if (q_.liger > 0) {
    Var gated;
    {
      const Var gate = columns(z, l.gate, kMlp), up = columns(z, l.up, kMlp);
      gated = o_.ligerGated(gate, up, kMlp);
    }
    return again_ ? unfinished(gated, l.down) : linear(gated, l.down, {"MLP's projection"});
  }
  Var gate = columns(z, l.gate, kMlp);
  gate = o_.unary(gate, Keep::input, kMlp);
  Var up = columns(z, l.up, kMlp);
  const Var both = o_.multiply(gate, up, kMlp);
  gate.reset(), up.reset();
  if (again_) return unfinished(both, l.down);
  return linear(both, l.down, {"MLP's projection"});
}

Var CompactModel::block(const Var& x, const Rotary& r, CompactLayer& l, bool again, KeptResults* kept) {
  again_ = again, kept_ = kept, products_ = taken_ = 0;
  Var out = within(l.unit, x, [&](const Var& in) { return blockOf(in, r, l, again); });
  again_ = false, kept_ = nullptr;
  return out;
}

Var CompactModel::blockOf(const Var& x, const Rotary& r, CompactLayer& l, bool again) {
  Var middle;
  {
    Var out;
    {
      const Var part = norm(x, l.attentionNorm), z = gathered(part);
      out = within(l.attentionUnit, z, [&](const Var& in) { return attention(in, r, l); });
    }
    middle = o_.add(x, out, kStream);
  }
  Var out;
  {
    const Var part = norm(middle, l.mlpNorm), z = gathered(part);
    out = within(l.mlpUnit, z, [&](const Var& in) { return mlp(in, l); });
    if (!again) out = summed(std::move(out));
  }
  if (!again) return o_.add(middle, out, kStream);
  return t_.apply(
      {.extent = Extent{},
       .width = middle.width(),
       .what = {},
       .inputs = {{&middle, nullptr, Gradient::pass}, {&out, nullptr, sequence_ ? Gradient::fresh : Gradient::pass}},
       .saved = {}});
}

}  // namespace headroom::training
