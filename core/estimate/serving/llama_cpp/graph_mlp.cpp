#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

Id Builder::mlp(std::size_t il, Id x) {
  const MlpSpec& m = run_.kind(il).mlp;
  if (m.kind != MlpKind::experts || m.experts == 0) return dense(il, x, "");
  Id y = experts(il, x);
  if (weight(il, "ffn_down_shexp.weight") == kNone) return y;
  Id shared = dense(il, x, "_shexp");
  if (const Id gate = weight(il, "ffn_gate_inp_shexp.weight"); gate != kNone) {
    const Id opened = g_.mulMat(gate, x);
    shared =
        g_.mul(shared, traits_.sigmoidAsQuotient ? g_.binary(Op::div, g_.unary(opened), opened) : g_.unary(opened));
  }
  return g_.add(y, shared);
}

Id Builder::dense(std::size_t il, Id x, std::string_view suffix) {
  struct Names {
    std::string_view gate, up, down;
  };
  const Names n = suffix.empty() ? Names{"ffn_gate.weight", "ffn_up.weight", "ffn_down.weight"}
                                 : Names{"ffn_gate_shexp.weight", "ffn_up_shexp.weight", "ffn_down_shexp.weight"};
  const bool biases = suffix.empty();
  Id up = g_.mulMat(weight(il, n.up), x);
  if (biases) up = addBias(il, "ffn_up.bias", up);
  Id y;
  if (const Id w = weight(il, n.gate); w != kNone) {
    Id gate = g_.mulMat(w, x);
    if (biases) gate = addBias(il, "ffn_gate.bias", gate);
    y = run_.backends.rules.old ? oldGate(gate, up) : g_.glu(gate, up);
  } else if (run_.kind(il).mlp.fusedGateUp) {
    y = run_.backends.rules.old ? oldFusedGate(up) : g_.glu(up, kNone);
  } else {
    y = g_.unary(up);
    if (traits_.relu2) y = g_.like(Op::sqr, y);
  }
  y = g_.mulMat(weight(il, n.down), y);
  return biases ? addBias(il, "ffn_down.bias", y) : y;
}

// Scores of all but the best groups of experts are masked (DeepSeek-V3, arXiv 2412.19437 section 2.1.2).
Id Builder::groupLimited(Id scores) {
  const std::int64_t experts = g_[scores].ne[0], groups = traits_.expertGroups, each = experts / groups;
  const std::int64_t rows = g_[scores].ne[1];
  const Id grouped = g_.reshape(scores, {each, groups, rows, 1});
  Id best = g_.topK(grouped, 2);
  const Id tall = g_.reshape(grouped, {1, each, groups, rows});
  best = g_.getRows(tall, best);
  best = g_.sumRows(g_.reshape(best, {2, groups, rows, 1}));
  const Id chosen = g_.topK(g_.reshape(best, {groups, rows, 1, 1}), traits_.groupsUsed);
  const Id kept = g_.getRows(grouped, chosen);
  const Id masked = g_.setRows(g_.like(Op::fill, grouped), kept, chosen);
  return g_.reshape(masked, {experts, rows, 1, 1});
}

Id Builder::chooseExperts(Id logits, Id probabilities, std::size_t il) {
  Id scores = probabilities;
  if (const Id bias = weight(il, "exp_probs_b.bias"); bias != kNone) scores = g_.add(probabilities, bias);
  if (traits_.weightBeforeExperts) scores = logits;
  if (traits_.expertGroups > 1) scores = groupLimited(scores);
  return g_.topK(scores, run_.kind(il).mlp.expertsPerToken);
}

// Files may hold the experts' gates and up-projections as one tensor, which the loader asks for first
// (llama-model.cpp, create_tensor_gate_up_exps).
bool Builder::mergesExperts() const {
  return traits_.mergedExperts || (traits_.mergeableExperts && run_.backends.rules.filesAsLoaded);
}

Id Builder::mergedExperts(std::size_t il) {
  const Id up = weight(il, "ffn_up_exps.weight");
  const Node n = g_[up];
  return g_.weight(n.type, {n.ne[0], 2 * n.ne[1], n.ne[2], 1}, n.homeBackend);
}

Id Builder::separateExperts(std::size_t il, Id in, Id chosen) {
  const auto biased = [&](std::string_view name, Id y) {
    const Id bias = weight(il, name);
    return bias == kNone ? y : g_.addId(y, bias, chosen);
  };
  const Id up = biased("ffn_up_exps.bias", g_.mulMatId(weight(il, "ffn_up_exps.weight"), in, chosen));
  if (const Id gate = weight(il, "ffn_gate_exps.weight"); gate != kNone) {
    const Id gated = biased("ffn_gate_exps.bias", g_.mulMatId(gate, in, chosen));
    return run_.backends.rules.old ? g_.mul(up, g_.unary(gated)) : g_.glu(gated, up);
  }
  const Id y = g_.unary(up);
  return traits_.relu2 ? g_.like(Op::sqr, y) : y;
}

Id Builder::experts(std::size_t il, Id x, Id logits) {
  const MlpSpec& m = run_.kind(il).mlp;
  const std::int64_t hidden = g_[x].ne[0], rows = g_[x].ne[1], used = m.expertsPerToken;
  if (used <= 0) throw MissingTensor();
  if (logits == kNone) logits = addBias(il, "ffn_gate_inp.bias", g_.mulMat(weight(il, "ffn_gate_inp.weight"), x));
  Id probabilities = logits;
  if (traits_.gating == Gating::softmax) probabilities = g_.softMax(logits);
  if (traits_.gating == Gating::sigmoid) probabilities = g_.unary(logits);
  const Id chosen = chooseExperts(logits, probabilities, il);
  Id weights = g_.getRows(g_.reshape(probabilities, {1, m.experts, rows, 1}), chosen);
  const Shape flat{used, rows, 1, 1}, tall{1, used, rows, 1};
  if (traits_.gating == Gating::softmax_of_chosen) weights = g_.reshape(g_.softMax(g_.reshape(weights, flat)), tall);
  if (traits_.normalizeWeights) {
    weights = g_.reshape(weights, flat);
    Id sum = g_.sumRows(weights);
    if (!run_.backends.rules.old) sum = g_.clamp(sum);
    weights = g_.reshape(g_.binary(Op::div, weights, sum), tall);
  }
  if (traits_.scaleWeights) weights = g_.scale(weights);
  if (!run_.backends.rules.old) g_.expand(weights);
  Id in = g_.reshape(x, {hidden, 1, rows, 1});
  if (traits_.weightBeforeExperts) in = g_.mul(g_.repeat(in, {hidden, used, rows, 1}), weights);

  const auto biased = [&](std::string_view name, Id y) {
    const Id bias = weight(il, name);
    return bias == kNone ? y : g_.addId(y, bias, chosen);
  };
  Id y;
  if (mergesExperts()) {
    const Id both = g_.mulMatId(mergedExperts(il), in, chosen);
    const Node n = g_[both];
    const std::int64_t width = n.ne[0] / 2;
    const auto half = [&](std::int64_t i) {
      return g_.view(both, {width, n.ne[1], n.ne[2], 1}, n.nb[1], n.nb[2], n.nb[2] * n.ne[2], i * width * n.nb[0]);
    };
    y = g_.glu(half(0), half(1));
  } else {
    y = separateExperts(il, in, chosen);
  }
  y = biased("ffn_down_exps.bias", g_.mulMatId(weight(il, "ffn_down_exps.weight"), y, chosen));
  if (!traits_.weightBeforeExperts) y = g_.mul(y, weights);
  if (!run_.backends.rules.old) g_.expand(y);

  const Node all = g_[y];
  std::vector<Id> parts;
  for (std::int64_t i = 0; i < used; ++i) {
    parts.push_back(g_.view(y, {hidden, rows, 1, 1}, all.nb[2], all.nb[2] * rows, all.nb[2] * rows, i * all.nb[1]));
    if (!run_.backends.rules.old) g_.expand(parts.back());
  }
  Id sum = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    sum = g_.add(sum, parts[i]);
    if (!run_.backends.rules.old) g_.expand(sum);
  }
  return used == 1 ? g_.cont(sum) : sum;
}

}  // namespace headroom::llama
