#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {
namespace {

constexpr std::string_view kConvolution = "the short convolution's backward reads it";
constexpr std::string_view kScan = "the scan runs again over each chunk in backward";
constexpr std::string_view kGate = "the gated norm's backward reads it";
constexpr std::string_view kBorders = "the states at chunk borders, from which backward runs each chunk again";

}  // namespace

// Recurrent mixers on their fused kernels. Kept: the input projection's output, the short convolution's output, the
// scan's inputs and output, the gated norm, and the states at chunk borders (https://arxiv.org/abs/2405.21060 section
// 7; mamba_ssm ssd_combined.py; flash-linear-attention chunk.py: chunks of 64, Mamba-2 of 256).
void saveState(BlockSaver& s) {
  const StateSpec& t = s.layer.state;
  const auto width = [](std::string_view name, std::int64_t n) {
    return fromModel(name, static_cast<double>(n), Unit::elements);
  };
  const Factor inner = width("inner width", t.inner), conv = width("convolved channels", t.convChannels);
  const auto keep = [&](std::string_view name, std::string_view why, const Factor& elements, double count = 1) {
    s.keep(Kept::state, name, why, Split::tensor, count == 1 ? kSingle : several(count, "tensors"), elements,
           s.context.compute);
  };
  s.keepInput(Kept::linear_input, "input of the mixer", Split::sequence, {TensorRole::state_in}, s.hidden());
  double chunk = 0;
  std::string_view chunkWhy;
  switch (t.kind) {
    case StateKind::mamba1:
      keep("x and z", kConvolution, inner, 2);
      keep("convolution's output", kScan, conv);
      keep("dt before and after its projection", kScan, inner, 2);
      keep("B and C", kScan, width("state size", t.stateSize), 2);
      chunk = 2048, chunkWhy = "mamba_ssm selective_scan: chunks of 2048";
      break;
    case StateKind::mamba2:  // z, xBC and dt come of one projection
      keep("z", kGate, inner);
      keep("x, B and C", kConvolution, conv);
      keep("dt", kScan, fromModel("heads", static_cast<double>(t.heads), Unit::heads));
      keep("x, B and C after the convolution", kScan, conv);
      keep("y", kGate, inner);
      chunk = 256, chunkWhy = "mamba_ssm ssd_combined.py: chunks of 256";
      break;
    case StateKind::gated_delta_net:
    case StateKind::kimi_delta:
      keep("queries, keys and values before and after the convolution", kConvolution, conv, 2);
      keep("gate", kGate, inner);
      keep("normalised queries and keys, decay and output of the scan", kScan, conv, 2);
      keep("output and its norm", kGate, inner, 2);
      chunk = 64, chunkWhy = "flash-linear-attention chunk.py: chunks of 64";
      break;
    case StateKind::short_conv:
      keep("B, C and x of the projection", kConvolution, inner, 3);
      keep("B × x and its convolution", "the product with C gets its gradient from it", inner, 2);
      break;
    default:  // lightning, RG-LRU, RWKV
      keep("projections, gates and mixed values", kScan, inner, 6);
      chunk = 256, chunkWhy = "chunks of 256, as Mamba-2";
      break;
  }
  if (t.kind == StateKind::mamba1 || t.kind == StateKind::mamba2 || t.kind == StateKind::gated_delta_net)
    s.norm(Kept::norm, inner, kSingle, Split::tensor);
  if (chunk > 0)
    s.keep(Kept::state, "states at chunk borders", kBorders, Split::tensor,
           width("elements of a state", t.stateElements),
           over(constant("tokens of a chunk", chunk, Unit::tokens, chunkWhy)), kFp32);
  s.keepInput(Kept::linear_input, "input of the mixer's last matrix", Split::tensor, {TensorRole::state_out}, inner);
  s.gradients("backward of the mixer", {s.share("gradients of the inner width", {several(3, "gradients"), inner}),
                                        s.context.tree.product("hidden state and residual", Unit::elements,
                                                               {several(2, "gradients"), s.hidden()})});
}

}  // namespace headroom::training
