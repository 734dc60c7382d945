#include "core/estimate/training/replay/operators.h"

#include <algorithm>

namespace headroom::training {

Var Operators::unary(const Var& x, Keep keep, const What& what) const {
  return tape.apply({.extent = x.extent(),
                     .width = x.width(),
                     .what = what,
                     .inputs = {{&x}},
                     .saved = {keep == Keep::input ? &x : nullptr},
                     .savesResult = keep == Keep::result});
}

Var Operators::multiply(const Var& a, const Var& b, const What& what) const {
  const bool aLarger = a.extent().elements >= b.extent().elements;
  const Extent& extent = aLarger ? a.extent() : b.extent();
  const auto how = [&](const Var& v) {
    return v.extent().elements < extent.elements ? Gradient::reduced : Gradient::fresh;
  };
  return tape.apply({.extent = extent,
                     .width = std::max(a.width(), b.width()),
                     .what = what,
                     .inputs = {{&a, nullptr, how(a)}, {&b, nullptr, how(b)}},
                     .saved = {b.needsGrad() ? &a : nullptr, a.needsGrad() ? &b : nullptr}});
}

Var Operators::add(const Var& a, const Var& b, const What& what) const {
  const double width = std::max(a.width(), b.width());
  const bool aLarger = a.extent().elements >= b.extent().elements;
  const Extent& extent = aLarger ? a.extent() : b.extent();
  const auto how = [&](const Var& v) {
    return v.width() == width && v.extent().elements == extent.elements ? Gradient::pass : Gradient::fresh;
  };
  return tape.apply({.extent = extent,
                     .width = width,
                     .what = what,
                     .inputs = {{&a, nullptr, how(a)}, {&b, nullptr, how(b)}},
                     .saved = {}});
}

Var Operators::cast(const Var& x, double width, const What& what) const {
  if (x.width() == width) return x;
  return tape.apply({.extent = x.extent(), .width = width, .what = what, .inputs = {{&x}}, .saved = {}});
}

Var Operators::weighted(const Var& x, Parameter& weight, const What& what) const {
  return tape.apply({.extent = x.extent(),
                     .width = std::max(x.width(), weight.width),
                     .what = what,
                     .inputs = {{nullptr, &weight, Gradient::reduced}, {&x}},
                     .saved = {weight.trains ? &x : nullptr}});
}

Var Operators::mean(const Var& x, const Extent& extent) const {
  return tape.apply({.extent = extent, .width = x.width(), .what = {"statistics"}, .inputs = {{&x}}, .saved = {}});
}

Var Operators::dropout(const Var& x, const What& what) const {
  const Var mask = tape.make(x.extent(), 1, {"dropout's masks"});
  return tape.apply({.extent = x.extent(), .width = x.width(), .what = what, .inputs = {{&x}}, .saved = {&mask}});
}

Var Operators::copied(const Var& x, const What& what) const {
  return tape.apply(
      {.extent = x.extent(), .width = x.width(), .what = what, .inputs = {{&x, nullptr, Gradient::pass}}, .saved = {}});
}

Var Operators::slice(const Var& x, const Extent& extent) const {
  return tape.apply({.extent = extent, .width = x.width(), .inputs = {{&x}}, .saved = {}, .inPlace = true});
}

Var Operators::product(const Var& x, LinearModule& m, const What& what) const {
  Extent extent = x.extent();
  extent.elements = extent.elements / tape.valueOf(m.in) * tape.valueOf(m.out);
  bool swapped = false;
  for (auto& d : extent.dims)
    if (d == m.in && !swapped) d = m.out, swapped = true;
  Parameter& weight = m.matrix();
  const double width = autocast ? compute : m.fourBit ? x.width() : std::max(x.width(), weight.width);
  const Var input = autocast ? cast(x, compute, {"inputs cast by autocast"}) : x;
  if (m.fourBit) {
    // The packed weight is written out for every product, here and again in backward.
    Var written = tape.make(weight.extent, compute, {"weights written out of 4 bits", ComponentId::workspace});
    return tape.apply({.extent = extent,
                       .width = width,
                       .what = what,
                       .inputs = {{&input}},
                       .saved = {},
                       .work = weight.extent.elements * compute});
  }
  if (autocast && weight.width != compute) {
    const What castWhat{"autocast copies of weights", ComponentId::weights};
    weight.sumsInPlace = true;
    Var copy = weight.cast;
    if (!copy) {
      copy = tape.apply({.extent = weight.extent,
                         .width = compute,
                         .what = castWhat,
                         .inputs = {{nullptr, &weight, Gradient::fresh}},
                         .saved = {}});
      if (weight.trains) weight.cast = copy;
    }
    return tape.apply({.extent = extent,
                       .width = width,
                       .what = what,
                       .inputs = {{&copy}, {&input}},
                       .saved = {weight.trains ? &input : nullptr, input.needsGrad() ? &copy : nullptr}});
  }
  return tape.apply({.extent = extent,
                     .width = width,
                     .what = what,
                     .inputs = {{nullptr, &weight, Gradient::fresh}, {&input}},
                     .saved = {weight.trains ? &input : nullptr}});
}

}  // namespace headroom::training
