#include "core/estimate/training/replay/wrapped_model.h"

#include <algorithm>
#include <utility>

#include "core/estimate/training/replay/checkpointed.h"
#include "core/estimate/training/replay/flat_parameter_units.h"
#include "core/estimate/training/replay/fully_sharded_units.h"
#include "core/estimate/training/replay/partitioned_units.h"

namespace headroom::training {

namespace {

// Modules whose backward has begun when a block is computed again (torch/utils/checkpoint.py: as the first tensor that
// it kept is asked for).
std::vector<int> beforeAgain(const CompactLayer& l) {
  if (l.down.adapted) return {l.unit, l.mlpUnit, l.down.unit, l.down.b.unit};
  return {l.unit, l.mlpUnit, l.down.base.unit};
}

}  // namespace

WrappedModel::WrappedModel(Tape& tape, Shapes& shapes, const StepQuestion& question, double layers, bool first,
                           bool last)
    : t_(tape), q_(question), model_(tape, shapes, question, layers, first, last) {
  makeUnits();
}

std::vector<Parameter*> WrappedModel::parameters() {
  std::vector<Parameter*> all = model_.embeddingParameters();
  for (CompactLayer& l : model_.layers())
    for (Parameter* p : l.parameters(true)) all.push_back(p);
  for (Parameter* p : model_.headParameters()) all.push_back(p);
  return all;
}

// Units inside others are made first (torch/distributed/fsdp/wrap.py, _recursive_wrap).
void WrappedModel::load(StorageEvents& events) const {
  std::vector<std::size_t> order;
  const std::size_t each = blocks_.empty() ? 0 : adapters_.size() / blocks_.size();
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    for (std::size_t k = 0; k < each; ++k) order.push_back(adapters_[i * each + k]);
    if (blocks_[i] != kNone) order.push_back(blocks_[i]);
  }
  if (root_ != kNone) order.push_back(root_);
  units_->load(order, events);
}

void WrappedModel::makeUnits() {
  const UnitWidths widths{q_.storedWidth, q_.computeWidth, q_.reduceWidth};
  blocks_.assign(model_.layers().size(), kNone);
  if (q_.sharding == StepSharding::fully_sharded)
    units_ = std::make_unique<FullyShardedUnits>(
        t_, FullyShardedUnits::Options{q_.shardRanks, q_.replicated, q_.reshardsAfterBackward, widths});
  else if (q_.sharding == StepSharding::flat_parameters)
    units_ = std::make_unique<FlatParameterUnits>(
        t_, FlatParameterUnits::Options{q_.shardRanks, q_.strategy, q_.prefetch, q_.originalParameters,
                                        q_.checkpointing && q_.reentrant && q_.checkpointAround, widths,
                                        q_.adapterStored, q_.shardsOnHost, q_.syncsStates});
  else if (q_.sharding == StepSharding::zero3) {
    shardModules();
    return;
  } else {
    units_ = std::make_unique<UnitPolicy>();
    return;
  }
  if (q_.wholeUnit) {
    root_ = units_->add(parameters(), 1, q_.reshardsRoot);
    return;
  }
  const bool inRoot = q_.endsInRoot || q_.sharding == StepSharding::flat_parameters;
  if (inRoot) {
    std::vector<Parameter*> ends = model_.embeddingParameters();
    for (Parameter* p : model_.headParameters()) ends.push_back(p);
    root_ = units_->add(ends, 1, q_.reshardsRoot);
  } else {
    if (model_.first()) embedding_ = units_->add(model_.embeddingParameters(), 1, q_.reshardsAfterForward);
  }
  for (std::size_t i = 0; i < blocks_.size(); ++i)
    blocks_[i] = units_->add(model_.layers()[i].parameters(!q_.adaptersOwnUnits), model_.layers()[i].times,
                             q_.reshardsAfterForward);
  if (q_.adaptersOwnUnits)
    for (CompactLayer& l : model_.layers())
      for (CompactLinear* m : l.linears())
        for (LinearModule* part : {&m->a, &m->b})
          if (m->adapted) {
            adapters_.push_back(units_->add({&part->weight}, l.times, q_.reshardsAfterForward));
            part->unit = static_cast<int>(adapters_.back());
          }
  model_.shardModules(*units_);
  if (!inRoot && model_.last()) head_ = units_->add(model_.headParameters(), 1, q_.reshardsHead);
}

// ZeRO-3 (DeepSpeed): every module with parameters of its own, in the order of use; the trace is what a step uses.
void WrappedModel::shardModules() {
  auto partitioned = std::make_unique<PartitionedUnits>(
      t_, PartitionedUnits::Options{q_.shardRanks, q_.computeWidth, q_.reduceBucket, q_.prefetchBucket, q_.persistence,
                                    q_.maxLive, q_.maxReuse, q_.overlaps});
  std::vector<std::size_t> forward, backward;
  whole_ = partitioned->add({}, 1, true);
  forward.push_back(whole_);
  // A fused loss reads the head's weight outside the head's forward: it is the whole model's, from its first hook on to
  // the end of backward (runtime/zero/parameter_offload.py, external parameters).
  if (q_.fusedLoss) root_ = partitioned->add({&model_.head().weight}, 1, true), forward.push_back(root_);
  embedding_ = partitioned->add(model_.embeddingParameters(), 1, true);
  forward.push_back(embedding_);
  const auto own = [&](auto& module) {
    if (!module.exists) return;
    module.unit = static_cast<int>(partitioned->add({&module.weight}, 1, true));
    forward.push_back(static_cast<std::size_t>(module.unit));
  };
  const auto holder = [&](int& unit) {
    unit = static_cast<int>(partitioned->add({}, 1, true));
    forward.push_back(static_cast<std::size_t>(unit));
  };
  const auto linear = [&](CompactLinear& m) {
    if (m.adapted) holder(m.unit);
    own(m.base), own(m.a), own(m.b);
  };
  std::vector<std::vector<std::size_t>> again;
  for (CompactLayer& l : model_.layers()) {
    if (q_.checkpointing) holder(l.wrapper);
    const std::size_t begin = forward.size();
    holder(l.unit), own(l.attentionNorm), holder(l.attentionUnit);
    linear(l.q), linear(l.k), linear(l.v), own(l.queryNorm), own(l.keyNorm), linear(l.o);
    own(l.mlpNorm), holder(l.mlpUnit), linear(l.gate), linear(l.up), linear(l.down);
    again.emplace_back(forward.begin() + static_cast<std::ptrdiff_t>(begin), forward.end());
  }
  own(model_.finalNorm());
  const std::size_t norm = forward.back();
  if (!q_.fusedLoss) own(model_.head());
  backward = {whole_, q_.fusedLoss ? root_ : forward.back(), norm};
  for (std::size_t i = again.size(); i-- > 0;) {
    const CompactLayer& l = model_.layers()[i];
    if (!q_.checkpointing) {
      traceBackward(i, backward);
      continue;
    }
    backward.push_back(static_cast<std::size_t>(l.wrapper));
    std::vector<std::size_t> turn;
    traceBackward(i, turn);
    // Without reentry the last module's backward asks for the recomputation.
    const auto begun = turn.begin() + static_cast<std::ptrdiff_t>(q_.reentrant ? 0 : beforeAgain(l).size());
    backward.insert(backward.end(), turn.begin(), begun);
    backward.insert(backward.end(), again[i].begin(), again[i].end());
    backward.insert(backward.end(), begun, turn.end());
  }
  if (q_.trainsWeights) backward.push_back(embedding_);
  forward.insert(forward.end(), backward.begin(), backward.end());
  partitioned->trace(std::move(forward));
  units_ = std::move(partitioned);
  model_.shardModules(*units_);
}

// Whose results have a gradient, in the order in which autograd comes by.
void WrappedModel::traceBackward(std::size_t layer, std::vector<std::size_t>& trace) {
  const CompactLayer& l = model_.layers()[layer];
  bool grows = q_.trainsWeights || q_.inputsRequireGrad || layer > 0;  // what comes in has a gradient
  const auto add = [&](int unit, bool counts) {
    if (unit >= 0 && counts) trace.push_back(static_cast<std::size_t>(unit));
  };
  const auto linear = [&](const CompactLinear& m, bool given) {
    add(m.unit, true), add(m.b.unit, m.adapted), add(m.a.unit, m.adapted), add(m.base.unit, given);
  };
  const bool in = grows, attends = in || l.q.adapted || l.k.adapted || l.v.adapted;
  const bool middle = attends || l.o.adapted, gated = middle || l.gate.adapted || l.up.adapted;
  grows = gated || l.down.adapted;
  add(l.unit, grows), add(l.mlpUnit, grows);
  linear(l.down, gated), linear(l.up, middle), linear(l.gate, middle), add(l.mlpNorm.unit, middle);
  add(l.attentionUnit, middle), linear(l.o, attends);
  add(l.keyNorm.unit, in || l.k.adapted), add(l.queryNorm.unit, in || l.q.adapted);
  linear(l.v, in), linear(l.k, in), linear(l.q, in), add(l.attentionNorm.unit, in);
}

Var WrappedModel::layer(const Var& x, const Rotary& rotary, std::size_t i) {
  CompactLayer& l = model_.layers()[i];
  const auto inside = [this, &l, rotary](const Var& in, bool again, KeptResults* kept) {
    if (again && l.unit >= 0)
      for (const int unit : beforeAgain(l)) units_->beginAgain(static_cast<std::size_t>(unit));
    return model_.block(in, rotary, l, again, kept);
  };
  const std::size_t unit = blocks_[i];
  const auto checkpointedBlock = [&](const Var& in) {
    if (!q_.checkpointing) return inside(in, false, nullptr);
    // What selective checkpointing keeps lives until the recomputation has taken it.
    std::shared_ptr<KeptResults> kept;
    if (q_.selectiveOperators) kept = std::make_shared<KeptResults>();
    return checkpointed(t_, in, q_.reentrant,
                        [inside, kept](const Var& y, bool again) { return inside(y, again, kept.get()); });
  };
  if (l.wrapper >= 0) {
    const auto wrapper = static_cast<std::size_t>(l.wrapper);
    return units_->leave(wrapper, checkpointedBlock(units_->enter(wrapper, x)));
  }
  if (unit == kNone) return checkpointedBlock(x);
  // Checkpointing without reentry keeps the hooks of its first run: it is then the same around the unit as inside it.
  if (q_.checkpointing && q_.reentrant && q_.checkpointAround)
    return checkpointed(t_, x, true, [this, inside, unit](const Var& in, bool) {
      const Var entered = units_->enter(unit, in);
      return units_->leave(unit, inside(entered, false, nullptr));
    });
  Var entered = units_->enter(unit, x);
  return units_->leave(unit, checkpointedBlock(entered));
}

Var WrappedModel::forward(const Var& input) {
  Var x = input;
  if (whole_ != kNone) units_->enter(whole_, input);
  if (root_ != kNone) x = units_->enter(root_, std::move(x));
  if (embedding_ != kNone) units_->enter(embedding_, input);
  if (model_.first()) x = model_.embed(input);
  if (embedding_ != kNone) x = units_->leave(embedding_, std::move(x));
  Rotary rotary = model_.rotary(x.width());
  auto& layers = model_.layers();
  double before = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (i > 0) kept_ = (t_.alive() - before) / layers[i - 1].times;
    before = t_.alive();
    if (layers[i].times > 1) t_.openUnit(layers[i].times);
    x = layer(x, rotary, i);
    if (layers[i].times > 1) t_.closeUnit();
    if (i == 2) t_.seal();
  }
  if (head_ != kNone) x = units_->enter(head_, std::move(x));
  Var out;
  if (model_.last()) {
    x = model_.normed(x);
    out = q_.fusedLoss ? model_.fusedLoss(x) : model_.logits(x);
    x.reset();
  } else {
    out = std::move(x);
  }
  if (head_ != kNone) out = units_->leave(head_, std::move(out));
  if (root_ != kNone) out = units_->leave(root_, std::move(out));
  if (whole_ != kNone) out = units_->leave(whole_, std::move(out));
  rotary = {};
  units_->endForward();
  return out;
}

WrappedModel::Sizes WrappedModel::sizes() {
  if (units_->heldElements() > 0) return {units_->heldElements(), units_->trainedElements(), units_->largestTrained()};
  Sizes sizes;
  for (const Parameter* p : parameters()) {
    sizes.held += p->extent.elements * p->times;
    if (!p->trains) continue;
    sizes.trained += p->extent.elements * p->times;
    sizes.largest = std::max(sizes.largest, p->extent.elements);
    if (p->gradWidth > p->width) sizes.takenOut += p->extent.elements * p->times;
  }
  return sizes;
}

}  // namespace headroom::training
