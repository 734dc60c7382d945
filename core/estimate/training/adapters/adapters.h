// Low-rank adapters: which matrices get one, and how many parameters that is (LoRA, https://arxiv.org/abs/2106.09685;
// DoRA, https://arxiv.org/abs/2402.09353).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/inline_vector.h"
#include "core/model/adapter_targets.h"
#include "core/model/model.h"
#include "core/scenario/settings.h"

namespace headroom::training {

// The matrices of which a token meets only those of its experts.
constexpr bool isRouted(TensorRole role) {
  return (bit(role) & kExpertRoles) != 0;
}

struct KindAdapters {
  RoleMask roles = 0;           // of this kind's Linears that carry an adapter
  double parameters = 0;        // of one layer
  double targets = 0;           // adapted matrices of one layer, experts counted once each
  double inputWidth = 0;        // sum of the input widths over the adapted matrices that see every token
  double routedInputWidth = 0;  // the same over experts, for one token: experts per token × width
  double routedTargets = 0;
  double outputWidth = 0;  // sum of output widths, for DoRA
};

// By which names PEFT reaches experts that are one parameter: those of the modules that they were before. The Linears
// of the same names elsewhere in the model are then no targets.
enum class FusedAdapters : std::uint8_t { none, as_mixtral, as_qwen };

// How a code reads its targets.
struct TargetRule {
  bool standardOnly = false;  // "all-linear" means the projections of attention and MLP, not routers (Unsloth);
                              // otherwise every Linear but the head (PEFT)
  bool byRole = false;        // each name means its part of a block, whatever a checkpoint calls it (LitGPT's flags);
                              // otherwise names that a checkpoint has leave the others without effect (PEFT)
  bool fusedExperts = false;  // experts are one parameter that "all-linear" does not find (Transformers 5)
  FusedAdapters fusedAdapters = FusedAdapters::none;  // unless PEFT adapts that parameter
};

struct AdapterPlan {
  TargetRule rule;
  InlineVector<KindAdapters, 16> kinds;  // by Model::kinds
  double parameters = 0;                 // of the whole model
  bool byTensor = false;                 // the checkpoint's own names count, not what they stand for
  bool matched = false;                  // false: no tensor answers to the asked names
  bool head = false;                     // the head carries an adapter: lm_head among the targets
  double headParameters = 0;             // of that adapter; in `parameters` too
  bool savesHead = false;                // a trained copy of the head beside the frozen one: modules_to_save
  double savedParameters = 0;            // of that copy; in `parameters` too
  bool savesEmbedding = false;           // a trained copy of the input embedding, likewise
  double savedEmbedding = 0;             // its parameters; in `parameters` too
  double savedFormat = 1;                // bytes of such a copy's element over those of the adapters'
};

// One adapter of a layer: A reads `in` features of the tensor's, B writes `rows` × numerator / denominator.
struct AdapterPair {
  const Tensor* tensor = nullptr;
  bool ownsA = true;  // false: it shares the A of another adapter of the layer
  // B's part of the tensor's rows: of a fused projection one of its matrices.
  std::int64_t numerator = 1, denominator = 1;
  std::string_view part = {};  // "queries", where B is a part

  double in() const { return ownsA ? static_cast<double>(tensor->columns) : 0.0; }
  double out() const {
    return static_cast<double>(tensor->rows) / static_cast<double>(denominator) * static_cast<double>(numerator);
  }
  // True where the adapter has the tensor's own shape.
  bool whole() const { return ownsA && numerator == denominator; }
};

// The adapters of one layer, for those who ask for each.
std::vector<AdapterPair> adaptersOf(const Model& model, const LayerKind& layer, const TrainingSettings& training,
                                    TargetRule rule);

AdapterPlan adapterPlanOf(const Model& model, const TrainingSettings& training, TargetRule rule);

// Whether a target's name is the head's.
bool namesHead(std::string_view name);
// Whether it is the input embedding's.
bool namesEmbedding(std::string_view name);

// Whether any Linear that takes an adapter answers to a target's name.
bool answersTo(const Model& model, std::string_view target);
// True for a name that is none of the checkpoint's, where others are.
bool passedOver(const Model& model, const AdapterPlan& plan, std::string_view target);

}  // namespace headroom::training
