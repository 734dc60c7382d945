#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {

// What adapters keep beside the Linear's own input: A's output, which B reads; a cast or dropped copy of the input
// where the framework makes one; DoRA keeps the Linear's output for the magnitude's gradient.
void saveAdapters(BlockSaver& s, std::size_t kind) {
  if (kind >= s.context.adapters->kinds.size()) return;
  const KindAdapters& a = s.context.adapters->kinds[kind];
  if (a.roles == 0) return;
  const double e = s.context.element;
  const double width = a.inputWidth + a.routedInputWidth;
  s.keep(Kept::adapter, (a.targets + a.routedTargets) * s.context.rank, s.context.adapterElement, Split::none);
  if (s.context.profile.adapterDropout) {
    // LitGPT runs one dropout per fused projection: its output and a mask of one byte.
    const double h = static_cast<double>(s.context.model.hidden);
    const double inputs = s.context.profile.keepsFusedQkv ? h : width;
    s.keep(Kept::adapter, inputs, e + 1, Split::none);
  } else if (s.context.profile.adaptersInFp32 && s.context.adapterElement > e) {
    s.keep(Kept::adapter, width, s.context.adapterElement, Split::none);
  }
  if (a.outputWidth > 0 && s.context.dora) s.keep(Kept::adapter, a.outputWidth, e, Split::tensor);
}

}  // namespace headroom::training
