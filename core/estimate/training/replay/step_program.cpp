#include "core/estimate/training/replay/step_program.h"

#include <algorithm>

#include "core/estimate/training/replay/single_tensor_step.h"

namespace headroom::training {

StepProgram::StepProgram(Tape& tape, Shapes& shapes, const StepQuestion& question)
    : t(tape), s(shapes), q_(question), m(*question.model) {
  o.compute = q_.computeWidth, o.autocast = q_.autocast;
  n = s.dim(asked("tokens of a micro-batch", q_.batch * q_.context, Unit::tokens));
  length = s.dim(asked("tokens of a sequence", q_.context, Unit::tokens));
  batch = s.dim(asked("sequences", q_.batch, Unit::sequences));
  hidden = s.dim(fromModel("hidden size", static_cast<double>(m.hidden), Unit::elements));
  vocabulary = s.dim(fromModel("vocabulary", static_cast<double>(m.vocabulary), Unit::elements));
  if (q_.rank > 0) rank_ = s.dim(asked("adapters' rank", q_.rank, Unit::elements));
}

Extent StepProgram::plain(double elements) {
  Extent extent;
  extent.elements = extent.count = elements;
  return extent;
}

Parameter StepProgram::parameter(std::initializer_list<std::uint8_t> dims, double width, double times) const {
  Parameter p;
  p.extent = t.extent(dims);
  p.width = width, p.trains = q_.trainsWeights, p.times = times;
  p.gradWidth = q_.withoutGradients ? 0 : width;
  p.streams = q_.optimizerInBackward;
  // The step of one parameter: the root of its second moment (foreach), or two tensors (a plain loop).
  if (p.streams && !q_.pagedStates && q_.loop != StepLoop::fused)
    p.stepBytes = p.extent.elements * q_.stateWidth * (q_.loop == StepLoop::foreach ? 1 : 2);
  return p;
}

LinearModule* StepProgram::addLinear(LayerModules& layer, std::uint8_t in, std::uint8_t out, bool bias) {
  LinearModule& made = layer.linears.emplace_back();
  made.exists = true, made.in = in, made.out = out, made.hasBias = bias, made.fourBit = q_.fourBit;
  made.weight = parameter({out, in}, q_.weightWidth, layer.times);
  if (bias) made.bias = parameter({out}, q_.weightWidth, layer.times);
  return &made;
}

NormModule* StepProgram::addNorm(LayerModules& layer, std::uint8_t width, bool bias) {
  NormModule& made = layer.norms.emplace_back();
  made.exists = true, made.width = width, made.hasBias = bias;
  made.weight = parameter({width}, q_.normWidth, layer.times);
  if (bias) made.bias = parameter({width}, q_.normWidth, layer.times);
  return &made;
}

void StepProgram::adapt(LinearModule& linear, double times) const {
  linear.adapted = true, linear.rank = rank_, linear.dropout = q_.adapterDropout;
  linear.a = parameter({rank_, linear.in}, q_.adapterWidth, times);
  linear.b = parameter({linear.out, rank_}, q_.adapterWidth, times);
  linear.a.trains = linear.b.trains = true;
}

bool StepProgram::hasBias(const LayerKind& kind, std::initializer_list<TensorRole> roles) const {
  return std::ranges::any_of(kind.tensors, [&](const Tensor& tensor) {
    return tensor.bias && std::ranges::find(roles, tensor.role) != roles.end();
  });
}

const Tensor* StepProgram::named(const LayerKind& kind, std::string_view text) {
  const auto found = std::ranges::find_if(
      kind.tensors, [&](const Tensor& tensor) { return tensor.name.find(text) != std::string::npos; });
  return found == kind.tensors.end() ? nullptr : &*found;
}

void StepProgram::layOutGradients() {
  if (!q_.gradientsThere) return;
  forEachParameter([&](Parameter& p) {
    if (p.trains && !p.streams)
      p.gradient = t.make(t.scaled(p.extent, p.times), p.gradWidth, {"gradients", ComponentId::gradients});
  });
}

Var StepProgram::throughLayers(Var x, const std::function<Var(const Var&, LayerModules&)>& block) {
  // The layer that stands for the one in the middle.
  std::size_t middle = layers_.size() / 2;
  for (std::size_t i = 0; i < layers_.size(); ++i)
    if (const auto half = static_cast<std::size_t>(m.layers()) / 2;
        layers_[i].times > 1 && layers_[i].kind == &m.layer(half) && variantOf(layers_[i].index) == variantOf(half))
      middle = i;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    LayerModules& layer = layers_[i];
    if (layer.times > 1) t.openUnit(layer.times);
    const double before = t.alive();
    {
      Var next = block(x, layer);  // the loop's variable holds the layer's input until it returns
      if (i == middle)
        answer_.kept.assign(1, {static_cast<std::size_t>(layer.kind - m.kinds.data()), t.alive() - before});
      x = std::move(next);
    }
    if (layer.times > 1) t.closeUnit();
  }
  t.seal();
  return x;
}

Var StepProgram::checkpointed(const Var& x, const std::function<Var(const Var&)>& block) {
  const Extent extent = x.extent();
  const double width = x.width();
  const Var input = q_.offloadsActivations ? Var() : t.detach(x);
  const bool needs = x.needsGrad();
  t.pack([this, input, extent, width, needs, block] {
    const Var back = input ? input : t.make(extent, width, kStream);
    const Var out = block(needs ? t.leaf(back) : back);
    if (!autocastSurrounds_) forgetCasts();  // the recomputation's own context ends
  });
  Var out = block(x);
  t.endPack();
  return out;
}

Var StepProgram::reentrant(const Var& x, const std::function<Var(const Var&)>& block) {
  t.record(false);
  const Var out = block(x);
  t.record(true);
  const Var input = t.detach(x);
  return t.custom(out, x, {&input}, [this, input, block](Var gradient) {
    const Var held = gradient;
    const std::size_t floor = t.mark();
    const Var leaf = t.leaf(input);
    const Var again = block(leaf);
    t.backward(again, std::move(gradient), floor);
    return t.gradientOf(leaf);
  });
}

void StepProgram::forgetCasts() {
  t.dropWhole(true);
  forEachParameter([](Parameter& p) { p.cast.reset(); });
  t.dropWhole(false);
}

void StepProgram::optimizerStep() {
  if (q_.optimizerInBackward || q_.pagedStates) return;
  double all = 0;
  OneByOne loop;
  forEachParameter([&](const Parameter& p) {
    if (p.trains) all += p.extent.elements * p.times, loop.add(p);
  });
  const double bytes = stepTemporaries(q_, all, loop);
  if (bytes <= 0) return;
  const Var temporary = t.make(plain(bytes), 1, {"optimizer step", ComponentId::workspace});
}

Var StepProgram::buffer(const Extent& extent, double width) {
  t.mute(true);
  Var made = t.make(extent, width, {"buffers"});
  t.mute(false);
  return made;
}

Var StepProgram::scalar(double width) {
  return t.make(plain(1), width, kLogits);
}

}  // namespace headroom::training
