#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {
namespace {

// A sum over the adapters of a layer, for one token; routed experts count as often as a token meets one.
enum class Over : std::uint8_t { matrices, inputs, outputs };

Factor summedOver(const BlockSaver& s, Over what, std::string_view symbol, Unit unit, double closed) {
  FactorTree& tree = s.context.tree;
  if (!tree.open() || closed == 0) {
    Factor f = leaf(Origin::model, symbol, closed, unit);
    if (closed != 0) f.origin = Origin::computed;
    return f;
  }
  FactorParts sum(tree, symbol, unit);
  for (const AdapterPair& pair : adaptersOf(s.context.model, s.layer, s.context.training, s.context.adapters->rule)) {
    const Tensor& t = *pair.tensor;
    if ((what == Over::inputs && !pair.ownsA) || (what == Over::outputs && (isRouted(t.role) || pair.numerator == 0)))
      continue;
    FactorParts one(tree, pair.part.empty() ? std::string_view(t.name) : pair.part, unit, Combine::multiply);
    if (what != Over::outputs && isRouted(t.role))
      one.add(fromModel("experts per token", static_cast<double>(s.layer.mlp.expertsPerToken), Unit::experts));
    else if (what != Over::outputs && t.copies != 1)
      one.add(fromModel("copies", static_cast<double>(t.copies), Unit::copies));
    if (what == Over::inputs) one.add(fromModel("columns", static_cast<double>(t.columns), Unit::elements));
    if (what == Over::outputs) {
      one.add(fromModel("rows", static_cast<double>(t.rows), Unit::rows));
      if (pair.numerator != pair.denominator) {
        one.add(over(fromModel("heads or halves of the matrix", static_cast<double>(pair.denominator))));
        one.add(fromModel("heads or halves of the part", static_cast<double>(pair.numerator)));
      }
    }
    if (one.empty()) one.add(constant("matrix", 1, Unit::count, "peft tuners/lora/layer.py: one pair a matrix (0.18)"));
    sum.add(one.close());
  }
  return sum.close();
}

}  // namespace

// What adapters keep beside the Linear's own input: A's output, which B reads; a cast or dropped copy of the input
// where the framework makes one; DoRA keeps the Linear's output for the magnitude's gradient.
void saveAdapters(BlockSaver& s, std::size_t kind) {
  if (kind >= s.context.adapters->kinds.size()) return;
  const KindAdapters& a = s.context.adapters->kinds[kind];
  if (a.roles == 0) return;
  const Factor& e = s.context.compute;
  const auto inputs = [&] {
    return summedOver(s, Over::inputs, "inputs of the adapters", Unit::elements, a.inputWidth + a.routedInputWidth);
  };
  s.keep(Kept::adapter, "outputs of the A matrices", "B's gradient is A's output times its own output's gradient",
         Split::none, summedOver(s, Over::matrices, "adapters of a token", Unit::count, a.targets + a.routedTargets),
         asked("rank", static_cast<double>(s.context.training.rank)), s.context.adapterCompute);
  if (s.context.training.adapterDropout > 0) {
    // A copy for every adapted matrix and a mask of one byte (peft/tuners/lora/layer.py: lora_A(dropout(x)); autocast
    // narrows what A reads); LitGPT runs one dropout per fused projection.
    const Factor width = s.context.profile.keepsFusedQkv ? s.hidden() : inputs();
    s.keep(Kept::adapter, "dropped inputs", "A's gradient is its input times its output's gradient", Split::none, width,
           s.context.training.autocast ? e : s.context.adapterCompute);
    s.keep(Kept::adapter, "dropout's masks", "dropout's backward zeroes the same elements", Split::none, width, kMask);
  } else if (s.context.profile.adaptersInFp32 && s.context.adapterCompute.value > e.value) {
    s.keep(Kept::adapter, "inputs cast for the adapters", "A's gradient is its input times its output's gradient",
           Split::none, inputs(), s.context.adapterCompute);
  }
  if (a.outputWidth > 0 && s.context.training.dora)
    s.keep(Kept::adapter, "outputs of the adapted Linears", "the magnitudes get their gradient from them (DoRA)",
           Split::tensor, summedOver(s, Over::outputs, "outputs of the adapters", Unit::elements, a.outputWidth), e);
}

}  // namespace headroom::training
