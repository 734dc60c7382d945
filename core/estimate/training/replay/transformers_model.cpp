// The modules of a Transformers model from its tensors.
#include <algorithm>

#include "core/estimate/training/replay/transformers_program.h"
#include "core/model/adapter_targets.h"
#include "core/model/classifier.h"

namespace headroom::training::transformers {

Program::Program(Tape& tape, Shapes& shapes, const StepQuestion& question)
    : t_(tape), s_(shapes), q_(question), m_(*question.model), o_{tape} {
  o_.compute = q_.computeWidth, o_.autocast = q_.autocast;
  n_ = s_.dim(asked("tokens of a micro-batch", q_.batch * q_.context, Unit::tokens));
  length_ = s_.dim(asked("tokens of a sequence", q_.context, Unit::tokens));
  batch_ = s_.dim(asked("sequences", q_.batch, Unit::sequences));
  hidden_ = s_.dim(fromModel("hidden size", static_cast<double>(m_.hidden), Unit::elements));
  vocabulary_ =
      s_.dim(fromModel("vocabulary", q_.withoutLogits ? 1 : static_cast<double>(m_.vocabulary), Unit::elements));
  if (!q_.trainsWeights) rank_ = s_.dim(asked("rank", q_.adapters.rank));
}

std::uint8_t Program::modelDim(std::string_view name, std::int64_t value) {
  return s_.dim(fromModel(name, static_cast<double>(value), Unit::elements));
}

std::uint8_t Program::widthOf(std::int64_t value, std::string_view name) {
  return value == m_.hidden ? hidden_ : modelDim(name, value);
}

Parameter Program::parameter(std::initializer_list<std::uint8_t> dims, double width, double times, bool trains) {
  Parameter p;
  p.extent = t_.extent(dims);
  p.width = width, p.trains = trains, p.times = times;
  p.gradWidth = q_.withoutGradients ? 0 : width;
  return p;
}

void Program::adapt(LinearModule& module, double times) {
  module.adapted = true;
  module.rank = rank_;
  module.dropout = q_.adapters.dropout;
  module.a = parameter({rank_, module.in}, q_.adapters.width, times, true);
  module.b = parameter({module.out, rank_}, q_.adapters.width, times, true);
  if (!q_.adapters.dora) return;
  module.dora = true;
  module.magnitude = parameter({module.out}, q_.adapters.width, times, true);
}

LinearModule* Program::linear(Layer& layer, TensorRole role, std::string_view in, std::string_view out) {
  LinearModule* found = nullptr;
  for (const Tensor& tensor : layer.kind->tensors) {
    if (tensor.role != role || tensor.buffer) continue;
    if (tensor.bias || tensor.columns == 1) {
      if (found == nullptr) continue;
      found->hasBias = true;
      found->bias = parameter({found->out}, q_.fourBit ? q_.normWidth : q_.weightWidth, layer.times, q_.trainsWeights);
      continue;
    }
    LinearModule& made = layer.linears.emplace_back();
    made.exists = true;
    made.in = widthOf(tensor.columns, in), made.out = widthOf(tensor.rows, out);
    made.weight = parameter({made.out, made.in}, q_.weightWidth, layer.times, q_.trainsWeights);
    made.fourBit = q_.fourBit && tensor.linear;
    if (made.fourBit) made.weight.width = q_.computeWidth, made.weight.packed = true;
    if (!q_.trainsWeights && (q_.adapters.roles & bit(role)) != 0) adapt(made, layer.times);
    found = &made;
  }
  return found;
}

NormModule* Program::norm(Layer& layer, std::uint8_t width) {
  NormModule& made = layer.norms.emplace_back();
  made.exists = true, made.width = width;
  made.weight =
      parameter({width}, q_.normWidth, layer.times, q_.trainsWeights && layer.kind->norm != NormKind::non_parametric);
  made.hasBias =
      std::ranges::any_of(layer.kind->tensors, [](const Tensor& t) { return t.role == TensorRole::norm && t.bias; });
  if (made.hasBias) made.bias = parameter({width}, q_.normWidth, layer.times, q_.trainsWeights);
  return &made;
}

void Program::buildLayer(Layer& layer) {
  const LayerKind& kind = *layer.kind;
  layer.q = linear(layer, TensorRole::q_proj, {}, "query width"),
  layer.k = linear(layer, TensorRole::k_proj, {}, "key width");
  layer.v = linear(layer, TensorRole::v_proj, {}, "value width"),
  layer.qkv = linear(layer, TensorRole::qkv_proj, {}, "fused width");
  layer.queryDown = linear(layer, TensorRole::q_a_proj, {}, "queries' latent width");
  if (layer.queryDown != nullptr) layer.q = linear(layer, TensorRole::q_b_proj, "queries' latent width", "query width");
  layer.latentDown = linear(layer, TensorRole::kv_a_proj, {}, "latent and rotary width");
  layer.latentUp = linear(layer, TensorRole::kv_b_proj, "latent width", "keys' and values' width");
  layer.o = linear(layer, TensorRole::o_proj, "query width", {});
  layer.gate = linear(layer, TensorRole::gate_proj, {}, "intermediate size");
  layer.up = linear(layer, TensorRole::up_proj, {}, "intermediate size");
  layer.gateUp = linear(layer, TensorRole::gate_up_proj, {}, "twice the intermediate size");
  layer.down = linear(layer, TensorRole::down_proj, "intermediate size", {});
  layer.router = linear(layer, TensorRole::router, {}, "experts");
  layer.sharedGate = linear(layer, TensorRole::shared_gate, {}, "shared experts' width");
  layer.sharedUp = linear(layer, TensorRole::shared_up, {}, "shared experts' width");
  layer.sharedGateUp = linear(layer, TensorRole::shared_gate_up, {}, "twice the shared width");
  layer.sharedDown = linear(layer, TensorRole::shared_down, "shared experts' width", {});
  layer.sharedSwitch = linear(layer, TensorRole::shared_expert_gate, {}, "one");
  if (kind.mlp.kind == MlpKind::experts) {
    const std::uint8_t count = modelDim("experts", kind.mlp.experts);
    const std::uint8_t inner = modelDim("expert width", kind.mlp.expertIntermediate);
    const auto made = [&](double count2) {
      Parameter& p =
          layer.others.emplace_back(parameter({count, inner, hidden_}, q_.weightWidth, layer.times, q_.trainsWeights));
      p.extent = t_.scaled(p.extent, count2);
      if (q_.transformers < 50000) p.pieces = static_cast<double>(kind.mlp.experts);
      return &p;
    };
    if (q_.transformers < 50000)
      layer.expertGate = made(1), layer.expertUp = made(1);
    else
      layer.expertGateUp = made(2);
    layer.expertDown = made(1);
    if (q_.adapters.fusedExperts)
      adaptExperts(layer);
    else if ((q_.adapters.roles & kExpertRoles) != 0)
      adaptLinearExperts(layer);
    if (kind.mlp.clampedGates) {
      const auto bias = [&](std::uint8_t width, double wider) {
        Parameter& p =
            layer.others.emplace_back(parameter({count, width}, q_.weightWidth, layer.times, q_.trainsWeights));
        p.extent = t_.scaled(p.extent, wider);
        return &p;
      };
      layer.upBias = bias(inner, 2), layer.downBias = bias(hidden_, 1);
    }
  }
  const auto one = [&](double uses) {
    Parameter& p = layer.others.emplace_back();
    p.extent.elements = p.extent.count = uses;
    p.width = p.gradWidth = q_.normWidth, p.trains = q_.trainsWeights, p.times = layer.times;
    return &p;
  };
  if (kind.mlp.learntShape) layer.shape = one(2), layer.shape->uses = 2;
  if (kind.attention.sinks) layer.sinks = one(static_cast<double>(kind.attention.heads));
  if (kind.attention.kind == AttentionKind::latent) {
    if (layer.queryDown != nullptr) layer.queryNorm = norm(layer, layer.queryDown->out);
    layer.latentNorm = norm(layer, modelDim("latent width", kind.attention.kvLoraRank));
  }
  buildState(layer);
  layer.norm1 = norm(layer, hidden_);
  if (kind.normsPerLayer > 1) layer.norm2 = norm(layer, hidden_);
  if (kind.normsPerLayer > 2) layer.norm3 = norm(layer, hidden_);
  if (kind.normsPerLayer > 3) layer.norm4 = norm(layer, hidden_);
  if (kind.attention.qkNorm) {
    // Over a head, or over all heads together where the weights are as wide (OLMoE).
    std::int64_t width = kind.attention.headDim, keyWidth = width;
    for (const Tensor& tensor : kind.tensors) {
      if (tensor.role != TensorRole::norm) continue;
      if (tensor.name.find("q_norm") != std::string::npos || tensor.name.find("q_layernorm") != std::string::npos)
        width = tensor.rows;
      if (tensor.name.find("k_norm") != std::string::npos || tensor.name.find("k_layernorm") != std::string::npos)
        keyWidth = tensor.rows;
    }
    layer.qNorm = norm(layer, widthOf(width, "normalized width"));
    layer.kNorm = norm(layer, widthOf(keyWidth, "normalized width"));
  }
}

void Program::build(bool everyLayer) {
  const auto count = static_cast<double>(m_.layers());
  // Layers of one kind are replayed as three; others one by one.
  const bool uniform = !everyLayer && m_.kinds.size() == 1 && count > 3;
  const std::size_t replayed = uniform ? 3 : static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < replayed; ++i) {
    Layer& layer = layers_.emplace_back();
    layer.kind = &m_.layer(i);
    layer.times = uniform && i == 1 ? count - 2 : 1;
    buildLayer(layer);
  }
  embedding_ = parameter({vocabulary_, hidden_}, q_.embeddingWidth, 1, q_.trainsWeights);
  for (const Tensor& tensor : m_.globals)
    if (tensor.role == TensorRole::position_embedding && !tensor.buffer)
      positions_ = parameter({modelDim("positions", tensor.rows), hidden_}, q_.embeddingWidth, 1, q_.trainsWeights);
  head_.exists = true, head_.in = hidden_;
  const std::int64_t labels = labelsOf(m_);
  head_.out = labels > 0 ? modelDim("labels", labels) : vocabulary_;
  head_.weight = parameter({head_.out, hidden_}, q_.embeddingWidth, 1, q_.trainsWeights);
  if (m_.tiedHead && labels == 0) head_.tied = &embedding_, embedding_.uses = 2;
  if (q_.adapters.savesHead) {
    // ModulesToSaveWrapper: a trained copy of the head beside the frozen one.
    head_.tied = nullptr, embedding_.uses = 1;
    head_.weight.trains = true;
    if (q_.stateWidth == q_.adapters.width) head_.weight.stateShare = q_.embeddingWidth / q_.adapters.width;
  }
  if (q_.adapters.savesEmbedding) {
    head_.tied = nullptr, embedding_.uses = 1;
    embedding_.trains = true;
    if (q_.stateWidth == q_.adapters.width) embedding_.stateShare = q_.embeddingWidth / q_.adapters.width;
  }
  if (q_.adapters.head) adapt(head_, 1);
  // The first of two norms outside the layers stands behind the embedding.
  const auto outside = [](const Tensor& t) { return t.role == TensorRole::norm && !t.bias; };
  if (std::ranges::count_if(m_.globals, outside) == 2) {
    embeddingNorm_.exists = true, embeddingNorm_.width = hidden_;
    embeddingNorm_.weight = parameter({hidden_}, q_.normWidth, 1, q_.trainsWeights);
    embeddingNorm_.hasBias =
        std::ranges::any_of(m_.globals, [](const Tensor& t) { return t.role == TensorRole::norm && t.bias; });
    if (embeddingNorm_.hasBias) embeddingNorm_.bias = parameter({hidden_}, q_.normWidth, 1, q_.trainsWeights);
  }
  finalNorm_.width = hidden_, finalNorm_.weight = parameter({hidden_}, q_.normWidth, 1, q_.trainsWeights);
  finalNorm_.hasBias =
      std::ranges::any_of(m_.globals, [](const Tensor& t) { return t.role == TensorRole::norm && t.bias; });
  if (finalNorm_.hasBias) finalNorm_.bias = parameter({hidden_}, q_.normWidth, 1, q_.trainsWeights);
}

void Program::presentGradients() {
  forEachParameter([&](Parameter& p) {
    if (p.trains) p.gradient = t_.make(t_.scaled(p.extent, p.times), p.gradWidth, kGradients);
  });
}

}  // namespace headroom::training::transformers
