#include "core/estimate/training/step/saved_tensors.h"

#include <algorithm>

namespace headroom::training {
namespace {

// GELU written out of separate operators (transformers NewGELUActivation) keeps x, 0.5 x, tanh and 1 + tanh.
bool unfusedGelu(const BlockSaver& s) {
  if (s.fused() || !s.layer.mlp.gelu) return false;
  const std::string& f = s.context.model.family;
  return f == "gpt2" || f == "gptj" || f == "gpt_neo" || f == "codegen";
}

// What lies between the matrices of one MLP of `width`, for `copies` rows per token.
void saveDense(BlockSaver& s, Kept what, double width, bool gated, double copies, Split split,
               std::initializer_list<TensorRole> down) {
  const double e = s.context.element;
  const double each = width * copies * s.context.mlpShare;
  if (gated) {
    s.keep(what, 2 * each, e, split);              // gate and up
    if (!s.fused()) s.keep(what, each, e, split);  // act(gate)
  } else {
    s.keep(what, each, e, split);  // the activation's input
    if (unfusedGelu(s)) s.keep(what, 3 * each, e, split);
  }
  // The last matrix's input.
  if (s.needsInput(down) || s.context.profile.frozenLinearKeepsInput) s.keep(what, each, e, split);
  if (!s.copiesInput()) return;
  s.keep(Kept::linear_input, each, e, split);
  const int since = s.context.profile.linear4bitKeepsOutputSince;
  if (since > 0 && !s.context.age.before(since)) s.keep(what, 2 * each, e, split);
}

void saveExperts(BlockSaver& s) {
  const MlpSpec& m = s.layer.mlp;
  const double e = s.context.element;
  const double h = static_cast<double>(s.context.model.hidden);
  const double k = static_cast<double>(m.expertsPerToken);
  const bool grouped = s.fused();
  // Router: probabilities over all experts in fp32 (transformers MoE blocks; Megatron moe_router_dtype fp32).
  s.keep(Kept::experts, static_cast<double>(m.experts), 4, Split::sequence);
  s.keepInput(Kept::linear_input, h, Split::sequence,
              {TensorRole::router, TensorRole::shared_gate, TensorRole::shared_up, TensorRole::shared_gate_up});
  // Tokens copied to their experts; under tensor parallelism each rank sees them all but of a part of the width.
  const Split width = s.context.layout.expert > 1 ? Split::sequence : Split::tensor;
  const Split rows = s.context.layout.expert > 1 || s.context.layout.sequence ? Split::sequence : Split::none;
  if (s.needsInput({TensorRole::expert_gate, TensorRole::expert_up, TensorRole::expert_gate_up}))
    s.keep(Kept::experts, k * h, e, rows);
  saveDense(s, Kept::experts, static_cast<double>(m.expertIntermediate), m.gatedExperts, k, width,
            {TensorRole::expert_down});
  // The routing weight multiplies each expert's output, which it needs for its own gradient.
  if (!grouped) s.keep(Kept::experts, k * h, e, rows);
  if (m.sharedIntermediate > 0)
    saveDense(s, Kept::mlp, static_cast<double>(m.sharedIntermediate), m.gatedExperts, 1, Split::tensor,
              {TensorRole::shared_down});
}

}  // namespace

void saveMlp(BlockSaver& s) {
  const MlpSpec& m = s.layer.mlp;
  const double h = static_cast<double>(s.context.model.hidden);
  const double e = s.context.element;
  if (m.kind == MlpKind::experts) saveExperts(s);
  const double width = static_cast<double>(m.intermediate);
  const bool dense = m.kind != MlpKind::experts || m.intermediate > 0;
  const bool gated = m.kind == MlpKind::gated || (m.kind == MlpKind::experts && m.gatedExperts);
  if (dense) {
    // In a parallel block attention and MLP read the same normalised tensor, kept once.
    const bool alreadyKept =
        s.layer.parallelBlock && s.layer.normsPerLayer < 2 &&
        s.needsInput({TensorRole::q_proj, TensorRole::qkv_proj, TensorRole::k_proj, TensorRole::v_proj});
    if (!alreadyKept || s.copiesInput())
      s.keepInput(Kept::linear_input, h, Split::sequence,
                  {TensorRole::gate_proj, TensorRole::up_proj, TensorRole::gate_up_proj});
    saveDense(s, Kept::mlp, width, gated, 1, Split::tensor, {TensorRole::down_proj});
  }
  // Gradients alive at once in the MLP's backward: of the product, of gate and up, of the hidden state and the
  // residual.
  const double tensor = static_cast<double>(s.context.layout.tensor);
  const double rows =
      m.kind == MlpKind::experts ? static_cast<double>(m.expertsPerToken * m.expertIntermediate) : width;
  // Liger's SwiGLU writes the gradients of gate and up over them (liger_kernel/ops/swiglu.py, 0.6).
  const double wide = s.context.liger && gated ? 1 : gated ? 3 : 2;
  s.bytes.widestGradients = std::max(s.bytes.widestGradients, (wide * rows * s.context.mlpShare / tensor + 2 * h) * e);
}

}  // namespace headroom::training
