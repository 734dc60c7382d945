#include <algorithm>

#include "core/estimate/serving/llama_cpp/graph_builder.h"
#include "core/estimate/serving/llama_cpp/graph_schedule.h"
#include "core/model/any_layer.h"

namespace headroom::llama {

using F = NumberFormat;

std::size_t Builder::decoderLayers() const {
  return run_.model->order.size();
}

Id Builder::weight(std::size_t il, std::string_view name) {
  const File& file = *run_.file;
  for (std::size_t i = file.firstOfLayer[il]; i < file.firstOfLayer[il + 1]; ++i) {
    const GgufStored& t = file.tensors[i];
    if (t.tensor->name != name) continue;
    const auto [found, fresh] = weights_.try_emplace({static_cast<int>(il), i}, kNone);
    if (fresh)
      found->second =
          g_.weight(t.format, {t.tensor->ne[0], t.tensor->ne[1], t.tensor->ne[2], 1}, weightBackend(run_, t));
    return found->second;
  }
  return kNone;
}

Id Builder::global(std::string_view name) {
  const File& file = *run_.file;
  for (std::size_t i = 0; i < file.firstOfLayer[0]; ++i) {
    const GgufStored& t = file.tensors[i];
    if (t.tensor->name == name)
      return g_.weight(t.format, {t.tensor->ne[0], t.tensor->ne[1], t.tensor->ne[2], 1}, weightBackend(run_, t));
  }
  return kNone;
}

Id Builder::normWeight(std::size_t il, std::int64_t width) {
  return g_.weight(F::fp32, {width, 1, 1, 1}, normBackend(run_, static_cast<int>(il)));
}

Id Builder::addBias(std::size_t il, std::string_view name, Id x) {
  const Id bias = weight(il, name);
  return bias == kNone ? x : g_.add(x, bias);
}

Id Builder::project(std::size_t il, std::string_view name, std::string_view bias, Id x) {
  return addBias(il, bias, g_.mulMat(weight(il, name), x));
}

// il −1: the norm before the head.
Id Builder::norm(Id x, int il, bool weighted) {
  const LayerKind& kind = run_.kind(il < 0 ? decoderLayers() - 1 : static_cast<std::size_t>(il));
  const bool layerNorm = kind.norm == NormKind::layer || kind.norm == NormKind::non_parametric;
  const Id id = g_.like(layerNorm ? Op::norm : Op::rms_norm, x);
  if (!weighted || kind.norm == NormKind::non_parametric) return id;
  // Norms stay with their layer instead of following the layer before (llama-context.cpp, graph_get_cb).
  const int backend =
      run_.layerBackend[il < 0 ? static_cast<std::size_t>(run_.layers()) : static_cast<std::size_t>(il)];
  if (il >= 0 && (tokens_ < 32 || run_.wholeOffload)) g_[id].backend = static_cast<std::int8_t>(backend);
  return g_.mul(id, g_.weight(F::fp32, {g_[x].ne[0], 1, 1, 1}, normBackend(run_, il)));
}

Id Builder::given(F type, Shape ne) {
  return run_.inputsOutside ? g_.cache(type, ne, run_.backends.host()) : g_.input(type, ne);
}

Id Builder::embed() {
  const Id tokens = given(F::int32, {tokens_, 1, 1, 1});
  const Id table = global("token_embd.weight");
  const std::int64_t hidden = run_.model->hidden;
  if (run_.mixedBatches()) return embedMixed(table, tokens);
  Id x = g_.getRows(table, tokens);
  if (traits_.deepStack == 0) g_.expand(x);
  if (!run_.backends.rules.old && !run_.inputsOutside) {
    const std::int64_t width = hidden * (1 + traits_.deepStack);
    if (width > hidden) {
      x = g_.pad(x, width - hidden);
      g_.expand(x);
    }
    const Id vectors =
        g_.input(F::fp32, {width, tokens_, 1, 1});  // embeddings given instead of tokens; always reserved
    g_.expand(vectors);
    embedded_ = x;
    const std::int64_t row = g_[x].nb[1];
    if (width > hidden) x = g_.view(x, {hidden, tokens_, 1, 1}, row, row * tokens_, row * tokens_, 0);
  }
  if (traits_.scaledEmbedding) x = g_.scale(x);
  return x;
}

// Inputs of a micro-batch that may hold tokens, embeddings or both (llama-graph.cpp, build_inp_embd): all three ways
// are laid out, and the graph goes on from the first.
Id Builder::embedMixed(Id table, Id tokens) {
  const std::int64_t hidden = run_.model->hidden, width = hidden * (1 + traits_.deepStack);
  const auto widened = [&](Id rows) { return width > hidden ? g_.pad(rows, width - hidden) : rows; };
  const Id someTokens = g_.input(F::int32, {tokens_, 1, 1, 1});
  const Id looked = g_.getRows(table, tokens), someLooked = g_.getRows(table, someTokens);
  g_.expand(looked);
  g_.expand(someLooked);
  Id x = widened(looked);
  g_.expand(x);
  g_.expand(g_.input(F::fp32, {width, tokens_, 1, 1}));
  const Id places = g_.input(F::int64, {tokens_, 1, 1, 1}), others = g_.input(F::fp32, {width, tokens_, 1, 1});
  const Id copied = g_.like(Op::cont, others);
  g_.expand(g_.setRows(copied, widened(someLooked), places));
  embedded_ = x;
  const std::int64_t row = g_[x].nb[1];
  if (width > hidden) x = g_.view(x, {hidden, tokens_, 1, 1}, row, row * tokens_, row * tokens_, 0);
  // Rows that were tokens are scaled, those that were embeddings are not.
  if (traits_.scaledTokens)
    x = g_.mul(x, g_.input(F::fp32, {1, tokens_, 1, 1}));
  else if (traits_.scaledEmbedding)
    x = g_.scale(x);
  g_.expand(x);
  return x;
}

void Builder::makeInputs() {
  const bool attention = hasAttention(*run_.model);
  const bool state = hasStates(*run_.model);
  positions_ = given(F::int32, {tokens_ * traits_.positionsPerToken, 1, 1, 1});
  if (traits_.temperature) temperature_ = given(F::fp32, {1, 1, tokens_, 1});
  if (state) {
    stateCopy_ = given(F::int32, {run_.sequences, 1, 1, 1});
    if (run_.backends.rules.old) stateExtra_ = given(F::fp32, {1, run_.sequences, 1, 1});
  }
  if (state && !run_.backends.rules.old) {
    const std::int64_t size = typeSize(F::int32);
    stateMain_ = g_.view(stateCopy_, {run_.sequences, 1, 1, 1}, size, size, size, 0);
    stateExtra_ = g_.view(stateCopy_, {0, 1, 1, 1}, size, size, size, run_.sequences * size);
    stateTail_ = g_.view(stateCopy_, {run_.sequences - 1, 1, 1, 1}, size, size, size, size);
  }
  if (attention && run_.backends.rules.old) {
    base_ = oldCacheInputs();
    if (traits_.windowIn2025) window_ = oldCacheInputs();
  } else if (attention) {
    base_ = makeCacheInputs(false);
    if (traits_.window) window_ = makeCacheInputs(true);
    makeIndexInputs();
  }
  outputRows_ = given(F::int32, {outputs_, 1, 1, 1});
}

Id Builder::mixer(std::size_t il, Id normed) {
  const LayerKind& kind = run_.kind(il);
  if (run_.backends.rules.old) {
    if (kind.state.kind == StateKind::mamba1) return oldMamba(il, normed);
    return kind.attention.kind == AttentionKind::latent ? oldLatentAttention(il, normed) : oldAttention(il, normed);
  }
  switch (kind.state.kind) {
    case StateKind::mamba1:
      return mamba1(il, normed);
    case StateKind::mamba2:
      if (kind.attention.kind == AttentionKind::none) return mamba2(il, normed);
      break;  // Falcon-H1: both, side by side (besideAttention)
    case StateKind::gated_delta_net:
      return deltaNet(il, normed);
    case StateKind::short_conv:
      return shortConv(il, normed);
    case StateKind::none:
      break;
    default:
      throw MissingTensor();
  }
  if (kind.attention.kind == AttentionKind::latent) return latentAttention(il, normed);
  return kind.attention.outputGate ? gatedAttention(il, normed) : attention(il, normed);
}

Id Builder::layer(std::size_t il, Id x) {
  if (traits_.perLayerInput) return traits_.copies ? gemma3nLayer(il, x) : gemma4Layer(il, x);
  const LayerKind& kind = run_.kind(il);
  const int at = static_cast<int>(il);
  Id residual = x;
  Id normed = traits_.preNorms ? norm(x, at) : x;
  if (traits_.lateRows && kind.state.kind != StateKind::none) g_.expand(normed);
  const bool mixes = kind.attention.kind != AttentionKind::none || kind.state.kind != StateKind::none;
  if (!mixes) {  // Nemotron-H: one sort of block per layer
    Id y = mlp(il, normed);
    if (last(il) && !lateRows()) y = g_.getRows(y, outputRows_), residual = g_.getRows(residual, outputRows_);
    return g_.add(y, residual);
  }
  Id y = mixer(il, normed);
  if (kind.state.kind == StateKind::mamba2 && kind.attention.kind != AttentionKind::none) {
    // Falcon-H1: a state-space mixer beside attention, with the norm taken anew.
    y = g_.add(y, mamba2(il, norm(x, at)));
    residual = g_.add(y, residual);
    if (last(il)) residual = g_.getRows(residual, outputRows_);
    return g_.add(mlp(il, norm(residual, at)), residual);
  }
  const bool normFirst = traits_.postNorms && run_.backends.rules.old;
  if (normFirst) y = norm(y, at);
  if (last(il) && !lateRows()) {
    y = g_.getRows(y, outputRows_);
    residual = g_.getRows(residual, outputRows_);
    if (kind.parallelBlock) normed = g_.getRows(normed, outputRows_);
  }
  if (kind.parallelBlock && kind.mlp.kind != MlpKind::none) {
    const Id attended = y;
    y = mlp(il, traits_.parallelNorms && kind.normsPerLayer > 1 ? norm(residual, at) : normed);
    switch (traits_.parallelOrder) {
      case ParallelOrder::residual_then_attention:
        return g_.add(g_.add(y, residual), attended);
      case ParallelOrder::attention_then_residual:
        return g_.add(g_.add(y, attended), residual);
      case ParallelOrder::attention_plus_mlp:
        return g_.add(g_.add(attended, y), residual);
    }
  }
  if (traits_.postNorms && !normFirst) y = norm(y, at);
  if (traits_.scaledResidual) y = g_.scale(y);
  y = traits_.residualFirst ? g_.add(residual, y) : g_.add(y, residual);
  if (kind.mlp.kind == MlpKind::none) return y;
  const Id middle = y;
  y = mlp(il, traits_.preNorms ? norm(middle, at) : middle);
  if (traits_.postNorms) {
    // llama.cpp names this norm without its layer, so it is not tied to the layer's device.
    const Id weighted = norm(y, at);
    g_[g_[weighted].src[0]].backend = -1;
    y = weighted;
  }
  if (traits_.scaledResidual) y = g_.scale(y);
  return traits_.residualFirstMlp ? g_.add(middle, y) : g_.add(y, middle);
}

// Rows without output are dropped behind the last layer: where a draft reads every hidden state, and in older builds of
// some architectures always.
bool Builder::lateRows() const {
  if (traits_.copies || run_.nextToken) return true;
  if (!run_.backends.rules.earlyRows) return traits_.lateRows;
  return run_.loadsNextToken && traits_.hiddenKept;
}

Id Builder::head(Id x) {
  if (traits_.copies) x = mergeCopies(x);
  const bool before = traits_.keptBeforeNorm;
  if (traits_.hiddenKept && before) g_[x].output = true;
  if (lateRows() && before) x = g_.getRows(x, outputRows_);
  x = norm(x, -1);
  if ((traits_.hiddenKept || run_.nextToken) && !before) g_[x].output = true;
  if (lateRows() && !before && !traits_.copies) x = g_.getRows(x, outputRows_);
  g_[x].output = true;
  if (!run_.hasHead()) return x;
  const GgufTensor* own = run_.file->inventory.global("output.weight");
  Id weight = run_.nextToken ? this->weight(decoderLayers(), "nextn.shared_head_head.weight") : kNone;
  if (weight != kNone) {
  } else if (own != nullptr) {
    weight = global("output.weight");
  } else {
    weight = global("token_embd.weight");
    g_[weight].homeBackend = run_.layerBackend.back();
    if (!deviceMultiplies(g_[weight].type)) g_[weight].homeBackend = static_cast<std::int8_t>(run_.backends.host());
  }
  x = g_.mulMat(weight, x);
  const Id bias = global("output.bias");
  if (bias != kNone) x = g_.add(x, bias);
  if (traits_.scaledLogits) x = g_.scale(x);
  if (traits_.cappedLogits) x = g_.scale(g_.unary(g_.scale(x)));
  g_[x].output = true;
  return x;
}

// A next-token block by itself: the token's embedding and the target's hidden state joined, one layer, the head
// (llama.cpp src/models/qwen35.cpp and its kin, graph_mtp, b11549).
Graph Builder::buildNextToken() {
  const std::size_t il = decoderLayers();
  const int at = static_cast<int>(il);
  const std::int64_t hidden = run_.model->hidden;
  Id table = weight(il, "nextn.embed_tokens.weight");
  if (table == kNone) table = global("token_embd.weight");
  const Id looked = g_.getRows(table, g_.input(F::int32, {tokens_, 1, 1, 1}));
  const Id given = g_.input(F::fp32, {hidden, tokens_, 1, 1});
  makeInputs();
  const Id state = norm(given, at), token = norm(looked, at);
  const Id x = layer(il, g_.mulMat(weight(il, "nextn.eh_proj.weight"), g_.concat(token, state, 0)));
  g_.expand(head(x));
  return std::move(g_);
}

Graph Builder::build() {
  caches_.resize(static_cast<std::size_t>(run_.layers()));
  if (run_.nextToken) return buildNextToken();
  if (traits_.perLayerInput && !traits_.copies && run_.mixedBatches())
    if (perLayerRows_ = lookUpLayers(); perLayerRows_ != kNone) g_.expand(perLayerRows_);
  Id x = embed();
  makeInputs();
  if (traits_.embeddingFirst) g_.expand(x);
  // Neither existed in 2025-02.
  if (traits_.perLayerInput && run_.backends.rules.old) throw MissingTensor();
  if (traits_.perLayerInput) perLayer_ = perLayerInputs(x);
  if (traits_.copies) x = spreadCopies(x);
  if (traits_.embeddingNorm) x = norm(x, 0);
  if (const Id table = global("position_embd.weight"); table != kNone) x = g_.add(x, g_.getRows(table, positions_));
  for (std::size_t il = 0; il < decoderLayers(); ++il) {
    x = layer(il, x);
    if (static_cast<std::int64_t>(il) >= traits_.deepStack || run_.inputsOutside) continue;
    const std::int64_t row = g_[embedded_].nb[1], hidden = run_.model->hidden;
    x = g_.add(x, g_.view(embedded_, {hidden, tokens_, 1, 1}, row, row * tokens_, row * tokens_,
                          (static_cast<std::int64_t>(il) + 1) * rowSize(F::fp32, hidden)));
  }
  g_.expand(head(x));
  return std::move(g_);
}

std::optional<Graph> buildGraph(const Run& run, std::int64_t tokens, std::int64_t outputs) {
  try {
    return Builder(run, tokens, outputs).build();
  } catch (const MissingTensor&) {
    return std::nullopt;
  }
}

}  // namespace headroom::llama
