#include <algorithm>
#include <utility>

#include "core/estimate/training/replay/tape.h"

// The backward pass: where gradients meet, in which order nodes run, what each leaves (torch/csrc/autograd, 2.13).
namespace headroom::training {
namespace {

constexpr What kInFlight{"gradients in flight", ComponentId::activations};
constexpr What kOfLogits{"gradients of the logits", ComponentId::logits};

}  // namespace

// The storage that a node has kept in a place; nothing where its frame has none.
std::int32_t Tape::keptAt(const Node& node, std::int32_t place) const {
  if (node.frame >= 0 && place < node.packed)
    return frames_[static_cast<std::size_t>(node.frame)].stored[static_cast<std::size_t>(node.firstPacked + place)];
  return place < node.savedCount ? node.saved[static_cast<std::size_t>(place)] : kNothing;
}

Var Tape::met(Var first, const Var& /*second*/) {
  if (alone(first)) return first;
  return make(first.extent(), first.width(), kInFlight);
}

void Tape::arrive(std::int32_t node, Var gradient) {
  if (node < 0 || !gradient) return;
  Node& n = nodes_[static_cast<std::size_t>(node)];
  if (n.together) {
    n.parts.push_back(std::move(gradient));
    return;
  }
  if (!n.gradient) {
    n.gradient = std::move(gradient);
    return;
  }
  Var sum = met(std::move(n.gradient), gradient);
  nodes_[static_cast<std::size_t>(node)].gradient = std::move(sum);
}

void Tape::accumulate(Parameter& parameter, Var gradient) {
  if (!gradient) return;
  const What what{parameter.label, ComponentId::gradients};
  if (parameter.uses > 1) {
    // The first one is a transposed view, so that the first sum is a tensor of its own; the others are added to that.
    if (parameter.sum && parameter.arrived == 1 && !parameter.sumsInPlace) {
      Var both = make(parameter.extent, parameter.gradWidth, what);
      parameter.sum = std::move(both);
    } else if (!parameter.sum) {
      parameter.sum = std::exchange(gradient, Var());
    }
    gradient.reset();
    if (++parameter.arrived < parameter.uses) return;
    parameter.arrived = 0;
    gradient = std::move(parameter.sum);
  }
  if (parameter.streams && parameter.stepBytes > 0) {
    Extent bytes;
    bytes.elements = bytes.count = parameter.stepBytes;
    const Var temporary = make(bytes, 1, {"optimizer step", ComponentId::workspace});
  }
  if (parameter.streams) parameter.gradient.reset();
  if (parameter.streams) return;
  if (!parameter.gradient) {  // else added in place
    if (!alone(gradient)) gradient = make(parameter.extent, parameter.gradWidth, what);
    parameter.gradient = std::exchange(gradient, Var());
  }
  gradient.reset();
  if (parameter.sink != nullptr) parameter.sink->arrived(parameter);
}

void Tape::run(std::int32_t index) {
  if (const std::int32_t frame = nodes_[static_cast<std::size_t>(index)].frame;
      frame >= 0 && !frames_[static_cast<std::size_t>(frame)].full)
    fill(frame);
  Node* node = &nodes_[static_cast<std::size_t>(index)];
  std::array<Var, 5> outs;
  std::array<Edge, 5> edges = node->edges;
  const std::size_t count = node->edgeCount;
  {
    Var gradient = std::move(node->gradient);
    std::vector<Var> parts = std::move(node->parts);
    node->parts.clear();
    if (node->function >= 0) {
      const auto function = std::move(functions_[static_cast<std::size_t>(node->function)]);
      outs = function(std::move(gradient));
    } else {
      const Extent extent = node->extent;
      const double width = node->width;
      // What flows back from the loss to the logits; the head's own product ends it.
      const bool ofLogits = node->ofLogits && edges[0].parameter == nullptr && edges[count - 1].parameter == nullptr;
      const What flowing = ofLogits ? kOfLogits : kInFlight;
      Var work;
      if (const double more = node->work + node->fetched; more > 0) {
        Extent bytes;
        bytes.elements = bytes.count = more;
        work = make(bytes, 1, flowing);
      }
      const std::array<double, 2> inner = node->inner;
      for (std::size_t i = 0; i < count; ++i) {
        const Edge& e = edges[i];
        const What what = e.parameter != nullptr ? What{e.parameter->label, ComponentId::gradients} : flowing;
        const std::int32_t kept =
            e.gradient == Gradient::over ? keptAt(nodes_[static_cast<std::size_t>(index)], e.place) : kNothing;
        if (kept >= 0)
          outs[i] = {this, tensor(kept, e.extent, e.width, -1)};
        else if (e.gradient == Gradient::pass && gradient)
          outs[i] = e.node >= 0 ? view(gradient, e.extent) : gradient;
        else if (e.gradient == Gradient::reduced)
          outs[i] = make(extent, width, flowing);
        else if (e.parameter != nullptr && e.parameter->gradient && e.parameter->pieces > 1)
          outs[i] = make(scaled(e.extent, 1 / e.parameter->pieces), e.width, what);
        else
          outs[i] = make(e.extent, e.width, what);
        if (e.gradient == Gradient::viewed) tensors_[static_cast<std::size_t>(outs[i].tensor_)].based = true;
      }
      work.reset();
      // What does not fit its input is summed or cast when all are there (engine.cpp, validate_outputs).
      for (std::size_t i = 0; i < count; ++i) {
        const Edge& e = edges[i];
        if (e.gradient != Gradient::reduced) continue;
        const What what = e.parameter != nullptr ? What{e.parameter->label, ComponentId::gradients} : kInFlight;
        outs[i] = make(e.extent, e.width, what);
      }
      const std::array<std::int32_t, 2> held{come(inner[0]), come(inner[1])};
      go(held[0]), go(held[1]);
    }
  }
  releaseSaved(nodes_[static_cast<std::size_t>(index)]);
  leaveFrame(nodes_[static_cast<std::size_t>(index)]);
  for (std::size_t i = 0; i < count; ++i) {
    if (edges[i].parameter != nullptr)
      accumulate(*edges[i].parameter, std::move(outs[i]));
    else
      arrive(edges[i].node, std::move(outs[i]));
  }
}

void Tape::backward(const Var& root, Var gradient, std::size_t floor) {
  const std::int32_t last = tensors_[static_cast<std::size_t>(root.tensor_)].node;
  if (last < 0) return;
  const bool outermost = floor == 0;
  arrive(last, std::move(gradient));
  std::size_t hook = hooks_.size();
  std::int32_t unit = outermost ? static_cast<std::int32_t>(units_.size()) - 1 : -1;
  for (std::int32_t i = last; i >= static_cast<std::int32_t>(floor); --i) {
    while (outermost && unit >= 0) {
      Unit& u = units_[static_cast<std::size_t>(unit)];
      if ((u.done && inside_ != unit) || static_cast<std::int32_t>(u.firstNode) > last) {
        --unit;
        continue;
      }
      if (inside_ < 0 && i < static_cast<std::int32_t>(u.lastNode)) inside_ = unit, enterUnit();
      if (inside_ == unit && i < static_cast<std::int32_t>(u.firstNode)) {
        leaveUnit();
        --unit;
        continue;
      }
      break;
    }
    if (outermost)
      while (hook > 0 && hooks_[hook - 1].first > i) {
        --hook;
        const auto call = std::move(hooks_[hook].second);
        hooks_.pop_back();
        call();
      }
    const Node& n = nodes_[static_cast<std::size_t>(i)];
    if (n.leaf || (!n.gradient && n.parts.empty())) continue;
    run(i);
  }
  if (!outermost) return;
  if (inside_ >= 0) leaveUnit();
  while (!hooks_.empty()) {
    const auto call = std::move(hooks_.back().second);
    hooks_.pop_back();
    call();
  }
}

Var Tape::gradientOf(const Var& leaf) {
  return std::move(nodes_[static_cast<std::size_t>(tensors_[static_cast<std::size_t>(leaf.tensor_)].node)].gradient);
}

void Tape::onBackward(std::function<void()> hook) {
  hooks_.emplace_back(static_cast<std::int32_t>(nodes_.size()), std::move(hook));
}

}  // namespace headroom::training
