#include "core/estimate/training/adapters/adapters.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/estimate/lora.h"

namespace headroom::training {
namespace {

constexpr RoleMask kQuery = bit(TensorRole::q_proj), kKey = bit(TensorRole::k_proj), kValue = bit(TensorRole::v_proj);
constexpr RoleMask kExperts = kExpertRoles;
constexpr RoleMask kProjections = kQuery | kKey | kValue | bit(TensorRole::qkv_proj) | bit(TensorRole::o_proj) |
                                  bit(TensorRole::gate_proj) | bit(TensorRole::up_proj) |
                                  bit(TensorRole::gate_up_proj) | bit(TensorRole::down_proj) | kExperts;

std::string_view withoutWeight(std::string_view name) {
  constexpr std::string_view kWeight = ".weight";
  if (name.ends_with(kWeight)) name.remove_suffix(kWeight.size());
  return name;
}

// "linear_attn.out_proj" matches "model.layers.{}.linear_attn.out_proj.weight" (peft: key.endswith("." + target)).
bool endsWithModule(std::string_view tensor, std::string_view target) {
  const std::string_view module = withoutWeight(tensor);
  if (!module.ends_with(target)) return false;
  return module.size() == target.size() || module[module.size() - target.size() - 1] == '.';
}

struct Asked {
  bool byTensor = false;  // the names answer to tensors of this model
  RoleMask roles = 0;     // else: the roles the names stand for
  bool fusedQkv = false;  // one adapter for q, k and v together
};

bool isTarget(const Tensor& t, const TrainingSettings& training) {
  if (isLoraTarget(t, *training.targets)) return true;
  if (training.targets->kind != Targets::Kind::named || !t.linear || t.bias || t.role == TensorRole::head) return false;
  return std::ranges::any_of(training.targets->names, [&](const std::string& n) { return endsWithModule(t.name, n); });
}

template <typename Check>
bool anyTensor(const Model& model, Check check) {
  return std::ranges::any_of(model.kinds, [&](const LayerKind& k) { return std::ranges::any_of(k.tensors, check); });
}

// Whether the checkpoint itself calls a Linear of its layers so.
bool namesTensor(const Tensor& t, std::string_view name) {
  return t.linear && !t.bias && t.role != TensorRole::head && endsWithModule(t.name, name);
}

// The roles of one name: of the tensors that it names, else those it stands for.
RoleMask rolesOf(const Model& model, std::string_view name) {
  RoleMask roles = 0;
  for (const LayerKind& kind : model.kinds)
    for (const Tensor& t : kind.tensors)
      if (t.linear && !t.bias && endsWithModule(t.name, name)) roles |= bit(t.role);
  if ((roles & bit(TensorRole::qkv_proj)) != 0) roles |= kQuery | kKey | kValue;
  if (const TargetName* known = targetName(name); known != nullptr && roles == 0) roles = known->standsFor;
  return roles;
}

Asked askedOf(const Model& model, const TrainingSettings& training, TargetRule rule) {
  Asked asked;
  if (training.targets->kind != Targets::Kind::named) return asked.byTensor = true, asked;
  if (rule.byRole) {
    for (const std::string& name : training.targets->names) asked.roles |= rolesOf(model, name);
    return asked;
  }
  const std::vector<std::string>& names = training.targets->names;
  const auto named = [&](const std::string& name) {
    return anyTensor(model, [&](const Tensor& t) { return namesTensor(t, name); });
  };
  const auto called = [&](const std::string& name) {
    const TargetName* known = targetName(name);
    return known == nullptr ||
           anyTensor(model, [&](const Tensor& t) { return t.linear && !t.bias && (known->called & bit(t.role)) != 0; });
  };
  // The checkpoint's own names are looked up as PEFT does, which passes over the others; usual names on a checkpoint
  // that has none of them mean what they stand for, each of them.
  const bool matched = anyTensor(model, [&](const Tensor& t) { return isTarget(t, training); });
  if (matched && (std::ranges::any_of(names, named) || std::ranges::all_of(names, called)))
    return asked.byTensor = true, asked;
  for (const std::string& name : names)
    if (const TargetName* known = targetName(name)) {
      asked.roles |= known->called | known->standsFor;
      asked.fusedQkv = asked.fusedQkv || known->standsFor == kQueryKeyValue;
    }
  return asked;
}

// Adds an adapter to what a layer has of them.
void count(KindAdapters& kind, const LayerKind& layer, const AdapterPair& pair, double rank, bool dora) {
  const Tensor& t = *pair.tensor;
  const double copies = static_cast<double>(t.copies), in = pair.in(), out = pair.out();
  kind.roles |= bit(t.role);
  kind.parameters += copies * (rank * (in + out) + (dora ? out : 0));
  const bool routed = isRouted(t.role);
  const double perToken = routed ? static_cast<double>(layer.mlp.expertsPerToken) : copies;
  (routed ? kind.routedTargets : kind.targets) += perToken;
  (routed ? kind.routedInputWidth : kind.inputWidth) += perToken * in;
  if (!routed) kind.outputWidth += out;
}

// Parts of a fused projection asked for by their own names: each has its own A and B.
template <typename Visit>
void forEachPart(const LayerKind& layer, const Tensor& t, RoleMask roles, Visit&& visit) {
  const AttentionSpec& a = layer.attention;
  const std::int64_t total = std::max<std::int64_t>(1, a.heads + 2 * a.kvHeads);
  if (roles & kQuery) visit(AdapterPair{&t, true, a.heads, total, "queries"});
  if (roles & kKey) visit(AdapterPair{&t, true, a.kvHeads, total, "keys"});
  if (roles & kValue) visit(AdapterPair{&t, true, a.kvHeads, total, "values"});
}

// Routers that Transformers 5 keeps as a bare parameter beside the experts' (models/*/modeling_*.py,
// …TopKRouter; 5.24); those of AFMoE, DBRX, HunYuan and JetMoE hold a Linear.
bool isBareRouter(const Tensor& t) {
  constexpr std::string_view kLinears[] = {"router.gate", "router.layer", "gate.wg"};
  return t.role == TensorRole::router &&
         std::ranges::none_of(kLinears, [&](std::string_view name) { return endsWithModule(t.name, name); });
}

// Experts that are one parameter, and what else PEFT then calls a parameter (transformers_weight_conversion.py, 0.21:
// the names of before are taken from the modules' and given to the parameters'). Gates and values are one matrix per
// expert, with twice the rank. Returns false for a tensor that is adapted as ever.
template <typename Visit>
bool visitFused(const Tensor& t, const TrainingSettings& training, FusedAdapters how, Visit&& visit) {
  constexpr std::array<std::string_view, 4> kMixtral{"gate", "w1", "w3", "w2"};
  constexpr std::array<std::string_view, 4> kQwen{"gate", "gate_proj", "up_proj", "down_proj"};
  const auto& names = how == FusedAdapters::as_mixtral ? kMixtral : kQwen;
  const auto asked = [&](std::size_t name) {
    return training.targets->kind == Targets::Kind::all_linear ||
           std::ranges::any_of(training.targets->names, [&](std::string_view one) { return one == names[name]; });
  };
  if ((bit(t.role) & kExperts) == 0) {
    const bool named = t.linear && std::ranges::any_of(names, [&](auto n) { return endsWithModule(t.name, n); });
    if (named && endsWithModule(t.name, names[0]) && asked(0)) visit(AdapterPair{&t});
    return named;
  }
  if (t.bias) return true;
  if (t.role == TensorRole::expert_down && asked(3)) visit(AdapterPair{&t});
  if (t.role == TensorRole::expert_gate_up && asked(1)) visit(AdapterPair{&t}), visit(AdapterPair{&t});
  if ((t.role == TensorRole::expert_gate || t.role == TensorRole::expert_up) && asked(1))
    visit(AdapterPair{&t, true, 2, 1, "gates and values"});
  return true;
}

// Calls visit(AdapterPair) for every adapter of a layer.
template <typename Visit>
void forEachPair(const LayerKind& layer, const Asked& asked, const TrainingSettings& training, TargetRule rule,
                 Visit&& visit) {
  const bool allLinear = training.targets->kind == Targets::Kind::all_linear;
  // Experts stored as one three-dimensional parameter are no Linear layers (gpt-oss, Llama 4; peft tuners_utils.py).
  const bool fusedExperts = rule.fusedExperts || std::ranges::any_of(layer.tensors, [](const Tensor& t) {
                              return t.role == TensorRole::expert_gate_up;
                            });
  bool sharedDone = false;
  const bool fusedAdapters = rule.fusedAdapters != FusedAdapters::none;
  for (const Tensor& t : layer.tensors) {
    if (fusedAdapters && visitFused(t, training, rule.fusedAdapters, visit)) continue;
    if (asked.byTensor) {
      if (!isTarget(t, training) ||
          (allLinear && ((rule.standardOnly && (bit(t.role) & kProjections) == 0) ||
                         (fusedExperts && (bit(t.role) & kExperts) != 0) || (rule.fusedExperts && isBareRouter(t)))))
        continue;
      if (allLinear && rule.standardOnly && t.role == TensorRole::qkv_proj) {
        forEachPart(layer, t, kQuery | kKey | kValue, visit);
      } else if (allLinear && rule.standardOnly && t.role == TensorRole::gate_up_proj) {
        visit(AdapterPair{&t, true, 1, 2, "gate"});
        visit(AdapterPair{&t, true, 1, 2, "up"});
      } else {
        visit(AdapterPair{&t});
      }
      continue;
    }
    if (!t.linear || t.bias) continue;
    const RoleMask role = bit(t.role);
    if (t.role == TensorRole::qkv_proj && (asked.roles & (kQuery | kKey | kValue)) != 0) {
      if (asked.fusedQkv)
        visit(AdapterPair{&t});
      else
        forEachPart(layer, t, asked.roles, visit);
    } else if ((asked.roles & role) != 0) {
      // A fused name over separate matrices: they share one A.
      const bool shares = asked.fusedQkv && (role & (kQuery | kKey | kValue)) != 0;
      visit(AdapterPair{&t, !(shares && sharedDone)});
      sharedDone = sharedDone || shares;
    }
  }
}

}  // namespace

bool namesHead(std::string_view name) {
  return name == "lm_head" || name.ends_with(".lm_head") || name == "embed_out" || name == "output";
}

bool namesEmbedding(std::string_view name) {
  constexpr std::string_view kNames[] = {"embed_tokens", "wte", "embed_in", "word_embeddings", "tok_embeddings"};
  return std::ranges::any_of(kNames, [name](std::string_view known) {
    return name == known || (name.ends_with(known) && name[name.size() - known.size() - 1] == '.');
  });
}

bool passedOver(const Model& model, const AdapterPlan& plan, std::string_view target) {
  const TargetName* row = targetName(target);
  const RoleMask called = row != nullptr ? row->called : 0;
  return plan.byTensor && !anyTensor(model, [&](const Tensor& t) {
           return namesTensor(t, target) || (t.linear && !t.bias && (called & bit(t.role)) != 0);
         });
}

bool answersTo(const Model& model, std::string_view target) {
  const TargetName* row = targetName(target);
  RoleMask roles = row != nullptr ? row->called | row->standsFor : 0;
  if ((roles & kQueryKeyValue) != 0) roles |= bit(TensorRole::qkv_proj);
  const auto answers = [&](const Tensor& t) {
    return t.linear && !t.bias && t.role != TensorRole::head &&
           ((roles & bit(t.role)) != 0 || endsWithModule(t.name, target));
  };
  return std::ranges::any_of(model.kinds, [&](const LayerKind& k) { return std::ranges::any_of(k.tensors, answers); });
}

AdapterPlan adapterPlanOf(const Model& model, const TrainingSettings& training, TargetRule rule) {
  AdapterPlan plan;
  plan.rule = rule;
  const Asked asked = askedOf(model, training, rule);
  plan.byTensor = asked.byTensor;
  for (const LayerKind& layer : model.kinds) {
    KindAdapters kind;
    forEachPair(layer, asked, training, rule, [&](const AdapterPair& pair) {
      count(kind, layer, pair, static_cast<double>(training.rank), training.dora);
    });
    plan.parameters += kind.parameters * static_cast<double>(layer.count);
    plan.matched = plan.matched || kind.roles != 0;
    plan.kinds.push(kind);
  }
  if (training.targets->kind == Targets::Kind::named)
    plan.head = std::ranges::any_of(training.targets->names, namesHead);
  const double hidden = static_cast<double>(model.hidden), vocabulary = static_cast<double>(model.vocabulary);
  if (plan.head) {
    plan.headParameters = static_cast<double>(training.rank) * (hidden + vocabulary) + (training.dora ? vocabulary : 0);
    plan.parameters += plan.headParameters, plan.matched = true;
  }
  plan.savesHead = std::ranges::any_of(*training.modulesToSave, namesHead);
  if (plan.savesHead) plan.savedParameters = hidden * vocabulary, plan.parameters += plan.savedParameters;
  plan.savesEmbedding = std::ranges::any_of(*training.modulesToSave, namesEmbedding);
  if (plan.savesEmbedding) plan.savedEmbedding = hidden * vocabulary, plan.parameters += plan.savedEmbedding;
  return plan;
}

std::vector<AdapterPair> adaptersOf(const Model& model, const LayerKind& layer, const TrainingSettings& training,
                                    TargetRule rule) {
  std::vector<AdapterPair> pairs;
  forEachPair(layer, askedOf(model, training, rule), training, rule,
              [&](const AdapterPair& pair) { pairs.push_back(pair); });
  return pairs;
}

}  // namespace headroom::training
