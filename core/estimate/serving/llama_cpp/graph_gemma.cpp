// Gemma 3n and Gemma 4: every layer also reads an embedding of its own, and Gemma 3n carries several copies of the
// hidden state of which one is worked on (llama.cpp src/models/gemma3n.cpp and gemma4.cpp, 2026-08).
#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

namespace {

constexpr std::int64_t kSparseLayers = 10;  // of Gemma 3n: the gates of the first ones keep their largest values only

}  // namespace

// One of the copies stacked along the third dimension.
Id Builder::slice(Id x, std::int64_t index) {
  const Node n = g_[x];
  const std::int64_t row = rowSize(n.type, n.ne[0]), plane = row * n.ne[1];
  return g_.view(x, {n.ne[0], n.ne[1], 1, 1}, row, plane, plane, index * plane);
}

Id Builder::magnitude(Id x) {
  return g_.like(Op::sqrt, g_.sumRows(g_.like(Op::sqr, x)));
}

Id Builder::lookUpLayers() {
  const Id table = global("per_layer_token_embd.weight");
  return table == kNone ? kNone : g_.getRows(table, given(F::int32, {tokens_, 1, 1, 1}));
}

// The layers' embeddings of the tokens, joined with a projection of the hidden state: width × tokens × layers.
Id Builder::perLayerInputs(Id x) {
  const bool first = perLayerRows_ != kNone;
  const Id rows = first ? perLayerRows_ : lookUpLayers();
  if (rows == kNone) return kNone;
  const auto layers = static_cast<std::int64_t>(decoderLayers()),
             width = g_[rows].ne[0] / std::max<std::int64_t>(1, layers);
  const Shape each{width, layers, tokens_, 1};
  const Id given = first ? g_.reshape(g_.scale(rows), each) : g_.scale(g_.reshape(rows, each));
  if (!first) g_.expand(given);
  Id projected = g_.scale(g_.mulMat(global("per_layer_model_proj.weight"), x));
  projected = norm(g_.reshape(projected, {width, layers, tokens_, 1}), -1);
  const Id both = g_.scale(g_.add(projected, given));
  return g_.cont(g_.permute(both, 0, 2, 1, 3));
}

// The gate of a layer's own embedding and the way back.
Id Builder::perLayerBranch(std::size_t il, Id x) {
  Id own = slice(perLayer_, static_cast<std::int64_t>(il));
  if (g_[x].ne[1] != g_[own].ne[1]) own = g_.getRows(own, outputRows_);
  const Id gated = g_.mul(g_.unary(g_.mulMat(weight(il, "inp_gate.weight"), x)), own);
  return norm(g_.mulMat(weight(il, "proj.weight"), gated), static_cast<int>(il));
}

Id Builder::gemma4Experts(std::size_t il, Id attended) {
  const int at = static_cast<int>(il);
  const Id shared = norm(dense(il, norm(attended, at), ""), at);
  Id routed = norm(attended, at);
  const Id router = g_.mul(g_.scale(g_.like(Op::rms_norm, attended)), normWeight(il, run_.model->hidden));
  routed = norm(experts(il, routed, g_.mulMat(weight(il, "ffn_gate_inp.weight"), router)), at);
  return g_.add(shared, routed);
}

Id Builder::gemma4Layer(std::size_t il, Id x) {
  const LayerKind& kind = run_.kind(il);
  const int at = static_cast<int>(il);
  Id y = attention(il, norm(x, at));
  if (last(il) && !lateRows()) y = g_.getRows(y, outputRows_), x = g_.getRows(x, outputRows_);
  const Id attended = g_.add(norm(y, at), x);
  y = kind.mlp.kind == MlpKind::experts ? gemma4Experts(il, attended) : dense(il, norm(attended, at), "");
  y = norm(y, at);
  g_[g_[y].src[0]].backend = -1;  // named without its layer
  y = g_.add(y, attended);
  if (perLayer_ != kNone) y = g_.add(y, perLayerBranch(il, y));
  return weight(il, "layer_output_scale.weight") == kNone ? y : g_.mul(y, weight(il, "layer_output_scale.weight"));
}

// Copies of the hidden state, all but the first projected and scaled to its magnitude.
Id Builder::spreadCopies(Id x) {
  const Id table = global("altup_proj.weight");
  const std::int64_t hidden = run_.model->hidden, more = g_[table].ne[2];
  const Id wanted = magnitude(x);
  const Id added = g_.mulMat(table, g_.repeat(x, {hidden, tokens_, more, 1}));
  const Id is = magnitude(added);
  return g_.concat(x, g_.binary(Op::div, g_.mul(added, wanted), is), 2);
}

Id Builder::mergeCopies(Id x) {
  const Id table = global("altup_unembd_proj.weight");
  const std::int64_t hidden = run_.model->hidden, more = g_[table].ne[2];
  const std::int64_t row = rowSize(F::fp32, hidden), plane = row * tokens_;
  const Id wanted = magnitude(slice(x, 0));
  const Id rest = g_.mulMat(table, g_.view(x, {hidden, tokens_, more, 1}, row, plane, plane * more, plane));
  const Id is = magnitude(rest);
  const Id scaled = g_.binary(Op::div, g_.mul(rest, wanted), is);
  Id sum = slice(x, 0);
  for (std::int64_t i = 0; i < more; ++i) sum = g_.add(sum, slice(scaled, i));
  return g_.getRows(g_.scale(sum), outputRows_);
}

Id Builder::modalities(std::size_t il, Id x) {
  return g_.unary(g_.mulMat(weight(il, "altup_router.weight"), g_.scale(norm(x, static_cast<int>(il)))));
}

Id Builder::predictCopies(std::size_t il, Id x) {
  const std::int64_t copies = g_[x].ne[2];
  Id mix = g_.mulMat(weight(il, "altup_predict_coef.weight"), modalities(il, slice(x, 0)));
  mix = g_.reshape(mix, {copies, copies, tokens_, 1});
  const Id turned = g_.cont(g_.permute(x, 1, 2, 0, 3));
  const Id predicted = g_.cont(g_.permute(g_.mulMat(turned, mix), 0, 2, 1, 3));
  return g_.add(predicted, x);
}

Id Builder::correctCopies(std::size_t il, Id predictions, Id activated) {
  const Node n = g_[predictions];
  const Id mixing = modalities(il, activated);
  const Id surprise = g_.binary(Op::sub, activated, slice(predictions, 0));
  const Id coefficients = g_.scale(g_.mulMat(weight(il, "altup_correct_coef.weight"), mixing));
  const Id each = g_.cont(g_.transpose(coefficients), {1, tokens_, n.ne[2], 1});
  return g_.add(g_.mul(g_.repeat(surprise, n.ne), each), predictions);
}

// Values far below the mean of a row become zero.
Id Builder::sparseGate(Id x) {
  const Id mean = g_.sumRows(x);
  const Id spread = g_.scale(g_.sumRows(g_.like(Op::sqr, g_.binary(Op::sub, x, mean))));
  const Id cutoff = g_.add(mean, g_.scale(g_.like(Op::sqrt, spread)));
  return g_.unary(g_.binary(Op::sub, x, cutoff));
}

Id Builder::gemma3nLayer(std::size_t il, Id x) {
  const int at = static_cast<int>(il);
  const std::int64_t hidden = run_.model->hidden, copies = g_[x].ne[2];
  const Id predictions = predictCopies(il, x);
  const Id active = slice(predictions, 0);
  const Id normed = norm(active, at);
  const Id low = norm(g_.mulMat(weight(il, "laurel_r.weight"), g_.mulMat(weight(il, "laurel_l.weight"), normed)), at);
  const Id laurel = g_.add(low, normed);
  const Id attended = g_.add(norm(attention(il, normed), at), active);
  const Id middle = g_.scale(g_.add(attended, laurel));

  const Id in = norm(middle, at);
  const Id up = g_.mulMat(weight(il, "ffn_up.weight"), in);
  Id gate = g_.mulMat(weight(il, "ffn_gate.weight"), in);
  if (static_cast<std::int64_t>(il) < kSparseLayers) gate = sparseGate(gate);
  Id y = g_.mulMat(weight(il, "ffn_down.weight"), g_.mul(up, g_.unary(gate)));
  y = norm(y, at);
  g_[g_[y].src[0]].backend = -1;  // named without its layer
  y = g_.add(y, middle);

  const Id corrected = correctCopies(il, predictions, y);
  const Id first = perLayerBranch(il, g_.mul(slice(corrected, 0), normWeight(il, hidden)));
  const std::int64_t row = rowSize(F::fp32, hidden), plane = row * tokens_;
  const Id rest = g_.view(corrected, {hidden, tokens_, copies - 1, 1}, row, plane, plane * (copies - 1), plane);
  return g_.concat(slice(corrected, 0), g_.add(rest, first), 2);
}

}  // namespace headroom::llama
