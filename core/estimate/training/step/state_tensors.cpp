#include "core/estimate/training/step/saved_tensors.h"

#include <algorithm>

namespace headroom::training {

// Recurrent mixers on their fused kernels. Kept: the input projection's output, the short convolution's output, the
// scan's inputs and output, the gated norm, and the states at chunk borders (https://arxiv.org/abs/2405.21060 section
// 7; mamba_ssm ssd_combined.py; flash-linear-attention chunk.py: chunks of 64, Mamba-2 of 256).
void saveState(BlockSaver& s) {
  const StateSpec& t = s.layer.state;
  const double e = s.context.element;
  const double h = static_cast<double>(s.context.model.hidden);
  const double inner = static_cast<double>(t.inner);
  const double conv = static_cast<double>(t.convChannels);
  const double state = static_cast<double>(t.stateElements);
  s.keepInput(Kept::linear_input, h, Split::sequence, {TensorRole::state_in});
  double width = 0, chunk = 0;
  switch (t.kind) {
    case StateKind::mamba1:  // x and z, conv output, dt (before and after its projection), B and C
      width = 2 * inner + conv + 2 * inner + 2 * static_cast<double>(t.stateSize);
      chunk = 2048;
      break;
    case StateKind::mamba2:  // z, xBC, dt in one projection; xBC after the convolution; y
      width = inner + conv + static_cast<double>(t.heads) + conv + inner;
      chunk = 256;
      break;
    case StateKind::gated_delta_net:
    case StateKind::kimi_delta:  // q, k, v before and after the convolution, normalised q and k, gate, decay, output
      width = 2 * conv + inner + 2 * conv + 2 * inner;
      chunk = 64;
      break;
    case StateKind::short_conv:  // B, C and x of the projection, B x, and its convolution
      width = 3 * inner + 2 * inner;
      break;
    default:  // lightning, RG-LRU, RWKV: projections, gates and the mixed values
      width = 6 * inner;
      chunk = 256;
      break;
  }
  s.keep(Kept::state, width, e, Split::tensor);
  if (t.kind == StateKind::mamba1 || t.kind == StateKind::mamba2 || t.kind == StateKind::gated_delta_net)
    s.norm(Kept::norm, inner, 1, Split::tensor);
  if (chunk > 0) s.keep(Kept::state, state / chunk, 4, Split::tensor);
  s.keepInput(Kept::linear_input, inner, Split::tensor, {TensorRole::state_out});
  s.bytes.widestGradients =
      std::max(s.bytes.widestGradients, (3 * inner / static_cast<double>(s.context.layout.tensor) + 2 * h) * e);
}

}  // namespace headroom::training
