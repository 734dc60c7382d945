#include "core/estimate/training/step/saved_tensors.h"

namespace headroom::training {
namespace {

constexpr std::string_view kActivated = "the product with up gets its gradient from it";

// GELU written out of separate operators (transformers NewGELUActivation) keeps x, 0.5 x, tanh and 1 + tanh.
bool composedGelu(const BlockSaver& s) {
  return !s.fused() && s.context.profile.composesGelu && s.layer.mlp.composedGelu;
}

// What lies between the matrices of one MLP of `width`, for `copies` rows per token.
void saveDense(BlockSaver& s, Kept what, const Factor& width, bool gated, const Factor& copies, Split split,
               std::initializer_list<TensorRole> down) {
  const Factor& e = s.context.compute;
  const Factor& share = s.context.mlpShare.value == 1 ? kSingle : s.context.mlpShare;
  if (gated) {
    s.keep(what, "output of gate", "the activation's backward reads it", split, width, copies, share, e);
    s.keep(what, "output of up", "the product with the activated gate gets its gradient from it", split, width, copies,
           share, e);
    if (!s.fused()) s.keep(what, "activated gate", kActivated, split, width, copies, share, e);
  } else {
    s.keep(what, "activation's input", "the activation's backward reads it", split, width, copies, share, e);
    if (composedGelu(s))
      s.keep(what, "terms of the GELU", "written out of separate operators: half the input, tanh, one plus tanh", split,
             several(3, "terms"), width, copies, share, e);
  }
  if (s.needsInput(down) || s.context.profile.frozenLinearKeepsInput)
    s.keep(what, "input of the last matrix", BlockSaver::kInputWhy, split, width, copies, share, e);
  if (!s.copiesInput()) return;
  s.keep(Kept::linear_input, "copied input of the last matrix", BlockSaver::kCopyWhy, split, width, copies, share, e);
  const int since = s.context.profile.linear4bitKeepsOutputSince;
  if (since > 0 && !s.context.age.before(since))
    s.keep(what, "outputs of gate and up", "LitGPT's adapters add to a copy of the 4-bit product", split,
           several(2, "gate and up"), width, copies, share, e);
}

void saveExperts(BlockSaver& s) {
  const MlpSpec& m = s.layer.mlp;
  const Factor& e = s.context.compute;
  const Factor k = fromModel("experts per token", static_cast<double>(m.expertsPerToken), Unit::experts);
  const bool grouped = s.fused();
  s.keep(Kept::experts, "router's probabilities", "softmax over all experts in fp32 (transformers MoE blocks)",
         Split::sequence, fromModel("experts", static_cast<double>(m.experts), Unit::experts), kFp32);
  s.keepInput(Kept::linear_input, "input of the router and shared experts", Split::sequence,
              {TensorRole::router, TensorRole::shared_gate, TensorRole::shared_up, TensorRole::shared_gate_up},
              s.hidden());
  // Tokens copied to their experts; under tensor parallelism each rank sees them all but of a part of the width.
  const Split width = s.context.layout.expert > 1 ? Split::sequence : Split::tensor;
  const Split rows = s.context.layout.expert > 1 || s.context.layout.sequence ? Split::sequence : Split::none;
  s.keepInput(Kept::experts, "tokens copied to their experts", rows,
              {TensorRole::expert_gate, TensorRole::expert_up, TensorRole::expert_gate_up}, k, s.hidden());
  saveDense(s, Kept::experts,
            fromModel("width of an expert", static_cast<double>(m.expertIntermediate), Unit::elements), m.gatedExperts,
            k, width, {TensorRole::expert_down});
  if (!grouped)
    s.keep(Kept::experts, "experts' outputs", "the routing weight gets its gradient from them", rows, k, s.hidden(), e);
  if (m.sharedIntermediate > 0)
    saveDense(s, Kept::mlp,
              fromModel("width of the shared experts", static_cast<double>(m.sharedIntermediate), Unit::elements),
              m.gatedExperts, kSingle, Split::tensor, {TensorRole::shared_down});
}

}  // namespace

void saveMlp(BlockSaver& s) {
  const MlpSpec& m = s.layer.mlp;
  if (m.kind == MlpKind::experts) saveExperts(s);
  const Factor width = fromModel("MLP width", static_cast<double>(m.intermediate), Unit::elements);
  const bool dense = m.kind != MlpKind::experts || m.intermediate > 0;
  const bool gated = m.kind == MlpKind::gated || (m.kind == MlpKind::experts && m.gatedExperts);
  if (dense) {
    // In a parallel block attention and MLP read the same normalised tensor, kept once.
    const bool alreadyKept =
        s.layer.parallelBlock && s.layer.normsPerLayer < 2 &&
        s.needsInput({TensorRole::q_proj, TensorRole::qkv_proj, TensorRole::k_proj, TensorRole::v_proj});
    if (!alreadyKept || s.copiesInput())
      s.keepInput(Kept::linear_input, "input of the MLP", Split::sequence,
                  {TensorRole::gate_proj, TensorRole::up_proj, TensorRole::gate_up_proj}, s.hidden());
    saveDense(s, Kept::mlp, width, gated, kSingle, Split::tensor, {TensorRole::down_proj});
  }
  // Gradients alive at once in the MLP's backward: of the product, of gate and up, of the hidden state and the
  // residual. Liger's SwiGLU writes the gradients of gate and up over them (liger_kernel/ops/swiglu.py, 0.6).
  const Factor wide = several(s.context.liger && gated ? 1 : gated ? 3 : 2, "gradients of the MLP's width");
  const Factor residual =
      s.context.tree.product("hidden state and residual", Unit::elements, {several(2, "gradients"), s.hidden()});
  if (m.kind == MlpKind::experts)
    s.gradients("backward of the experts",
                {s.share("gradients of the experts' width",
                         {wide, fromModel("experts per token", static_cast<double>(m.expertsPerToken), Unit::experts),
                          fromModel("width of an expert", static_cast<double>(m.expertIntermediate), Unit::elements),
                          s.context.mlpShare}),
                 residual});
  else
    s.gradients("backward of the MLP",
                {s.share("gradients of the MLP's width", {wide, width, s.context.mlpShare}), residual});
}

}  // namespace headroom::training
