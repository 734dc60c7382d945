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

Var Operators::squared(const Var& x) const {
  return tape.apply({.extent = x.extent(),
                     .width = x.width(),
                     .what = {"norms' squares"},
                     .inputs = {{&x}},
                     .saved = {&x},
                     .work = 2 * x.extent().elements * x.width()});
}

Var Operators::multiply(const Var& a, const Var& b, const What& what) const {
  const bool aLarger = a.extent().elements >= b.extent().elements;
  const Extent& extent = aLarger ? a.extent() : b.extent();
  const double width = std::max(a.width(), b.width());
  const auto how = [&](const Var& v) {
    return v.extent().elements < extent.elements || v.width() < width ? Gradient::reduced : Gradient::fresh;
  };
  return tape.apply({.extent = extent,
                     .width = width,
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

Var Operators::ligerNorm(const Var& x, NormModule& norm, bool inPlace, int release, const What& what) const {
  constexpr int kSumsPerMultiprocessor = 400, kOnlyIfTrained = 805;
  constexpr double kMultiprocessors = 132;  // of an H100; other devices' sums differ by as little
  const Var deviation = tape.make(tape.without(x.extent(), norm.width), 4, {"statistics"});
  double sums = tape.valueOf(norm.width) * kMultiprocessors * 4;
  if (release < kSumsPerMultiprocessor) sums = x.extent().elements * norm.weight.width;
  if (release >= kOnlyIfTrained && !norm.weight.trains) sums = 0;
  return tape.apply({.extent = x.extent(),
                     .width = x.width(),
                     .what = what,
                     .inputs = {{&x, nullptr, inPlace ? Gradient::pass : Gradient::fresh}, {nullptr, &norm.weight}},
                     .saved = {&x, &deviation},
                     .work = sums});
}

Var Operators::ligerGated(const Var& gate, const Var& up, const What& what) const {
  return tape.apply({.extent = gate.extent(),
                     .width = gate.width(),
                     .what = what,
                     .inputs = {{&gate, nullptr, Gradient::over}, {&up, nullptr, Gradient::over}},
                     .saved = {&gate, &up}});
}

Var Operators::ligerTurned(const Var& x, const Var& cosines, const Var& sines) const {
  return tape.apply({.extent = x.extent(),
                     .width = x.width(),
                     .what = {},
                     .inputs = {{&x, nullptr, Gradient::pass}},
                     .saved = {&cosines, &sines},
                     .inPlace = true});
}

Var Operators::copied(const Var& x, const What& what) const {
  return tape.apply(
      {.extent = x.extent(), .width = x.width(), .what = what, .inputs = {{&x, nullptr, Gradient::pass}}, .saved = {}});
}

Var Operators::slice(const Var& x, const Extent& extent) const {
  return tape.apply({.extent = extent, .width = x.width(), .what = {}, .inputs = {{&x}}, .saved = {}, .inPlace = true});
}

Extent Operators::through(const Var& x, std::uint8_t in, std::uint8_t out) const {
  return tape.replaced(x.extent(), in, out);
}

Var Operators::product(const Var& x, LinearModule& m, const What& what) const {
  if (!m.fourBit) return times(x, m.matrix(), m.in, m.out, what, m.hasBias ? &m.bias : nullptr);
  const Extent extent = through(x, m.in, m.out);
  const Var input = autocast ? cast(x, compute, {"inputs cast by autocast"}) : x;
  // The packed weight is written out for every product, here and again in backward.
  Var written = tape.make(m.matrix().extent, compute, {"weights written out of 4 bits", ComponentId::workspace});
  return tape.apply({.extent = extent,
                     .width = autocast ? compute : x.width(),
                     .what = what,
                     .inputs = {{&input}},
                     .saved = {keepsPackedInputs ? &input : nullptr},
                     .work = m.matrix().extent.elements * compute});
}

Var Operators::times(const Var& x, Parameter& weight, std::uint8_t in, std::uint8_t out, const What& what,
                     Parameter* bias, bool cachesThis, const Var* into) const {
  const Extent extent = through(x, in, out);
  const double width = autocast ? compute : std::max(x.width(), weight.width);
  const Var input = autocast ? cast(x, compute, {"inputs cast by autocast"}) : x;
  if (autocast && weight.width != compute) {
    weight.sumsInPlace = true;
    Var copy = weight.cast;
    if (!copy) {
      copy = tape.apply({.extent = weight.extent,
                         .width = compute,
                         .what = {"autocast copies of weights", ComponentId::weights},
                         .inputs = {{nullptr, &weight, Gradient::fresh}},
                         .saved = {}});
      if (weight.trains && cachesThis && caches) weight.cast = copy;
    }
    return tape.apply(
        {.extent = extent,
         .width = width,
         .what = what,
         .inputs = {{into, nullptr, Gradient::none}, {&copy}, {&input, nullptr, Gradient::viewed}, {nullptr, bias}},
         .saved = {weight.trains ? &input : nullptr, input.needsGrad() ? &copy : nullptr},
         .inPlace = into != nullptr});
  }
  return tape.apply({.extent = extent,
                     .width = width,
                     .what = what,
                     .inputs = {{into, nullptr, Gradient::none},
                                {nullptr, &weight, Gradient::fresh},
                                {&input, nullptr, Gradient::viewed},
                                {nullptr, bias}},
                     .saved = {weight.trains ? &input : nullptr},
                     .inPlace = into != nullptr});
}

Var Operators::layerNorm(const Var& x, NormModule& norm, std::uint8_t width, const What& what) const {
  const Var input = autocast ? cast(x, 4, what) : x;  // on autocast's fp32 list
  const Extent each = tape.without(input.extent(), width);
  const Var mean = tape.make(each, 4, {"statistics"}), deviation = tape.make(each, 4, {"statistics"});
  return tape.apply({.extent = input.extent(),
                     .width = input.width(),
                     .what = what,
                     .inputs = {{&input}, {nullptr, &norm.weight}, {nullptr, norm.hasBias ? &norm.bias : nullptr}},
                     .saved = {&input, &mean, &deviation}});
}

Var Operators::joined(std::initializer_list<const Var*> parts, const Extent& extent, double width,
                      const What& what) const {
  const auto part = [&](std::size_t i) {
    return i < parts.size() ? Input{*(parts.begin() + i), nullptr, Gradient::pass} : Input{};
  };
  return tape.apply(
      {.extent = extent, .width = width, .what = what, .inputs = {part(0), part(1), part(2)}, .saved = {}});
}

Var Operators::split(const Var& x) const {
  return tape.apply({.extent = x.extent(),
                     .width = x.width(),
                     .what = {},
                     .inputs = {{&x}},
                     .saved = {},
                     .inPlace = true,
                     .together = true});
}

Var Operators::reordered(const Var& x) const {
  return slice(x, x.extent());
}

Var Operators::repeated(const Var& x, double times, const What& what) const {
  if (times == 1) return x;
  return tape.apply(
      {.extent = tape.scaled(x.extent(), times), .width = x.width(), .what = what, .inputs = {{&x}}, .saved = {}});
}

Var Operators::fusedAttention(const Var& queries, const Var& keys, const Var& values, const Extent& rows,
                              const Var& mask, const Var* into) const {
  const auto narrow = [&](const Var& v) { return autocast ? cast(v, compute, {"queries, keys and values"}) : v; };
  const Var q = narrow(queries), k = narrow(keys), v = narrow(values);
  const Var logSum = into != nullptr ? Var() : tape.make(rows, 4, {"attention's log-sums"});
  Extent two;
  two.elements = two.count = 2;
  const Var generator = tape.make(two, 8, {"statistics"});
  return tape.apply({.extent = q.extent(),
                     .width = q.width(),
                     .what = {"attention output"},
                     .inputs = {{into, nullptr, Gradient::none}, {&q}, {&k}, {&v}},
                     .saved = {&q, &k, &v, &logSum, &generator, &mask},
                     .savesResult = true,
                     .inPlace = into != nullptr});
}

}  // namespace headroom::training
