#include "core/model/model.h"

#include <algorithm>

namespace headroom {

std::string_view nameOf(Group group) {
  constexpr std::array<std::string_view, kGroupCount> kNames{"embedding", "attention", "mlp",    "experts", "norm",
                                                             "state",     "head",      "vision", "other"};
  return kNames[static_cast<std::size_t>(group)];
}

std::int64_t LayerKind::parameters() const {
  std::int64_t sum = 0;
  for (const Tensor& t : tensors)
    if (!t.buffer) sum += t.elements();
  return sum;
}

bool storesGgmlBlocks(const Model& m) {
  const auto inBlocks = [](const Tensor& t) { return info(t.stored).blockElements > 1; };
  const auto anyInBlocks = [&](const LayerKind& k) { return std::ranges::any_of(k.tensors, inBlocks); };
  return m.storedBytes && !m.quantization && std::ranges::any_of(m.kinds, anyInBlocks);
}

namespace {

bool holdsUnread(const LayerKind& k) {
  return k.crossAttention.kind == AttentionKind::none && std::ranges::any_of(k.tensors, [](const Tensor& t) {
           return t.name.find("encoder_attn") != t.name.npos || t.name.find("crossattention") != t.name.npos;
         });
}

}  // namespace

void Model::finish() {
  for (LayerKind& kind : kinds) kind.unreadTensors = holdsUnread(kind);
  groups.fill(Parameters(0));
  parameters = activeParameters = nextTokenParameters = Parameters(0);
  const auto count = [this](const Tensor& t, std::int64_t layers, const MlpSpec* mlp) {
    if (t.buffer) return;
    const Parameters n(t.elements() * layers);
    groups[static_cast<std::size_t>(t.group)] += n;
    parameters += n;
    const bool routed = mlp != nullptr && mlp->experts > 0 && isRoutedExpert(t.role);
    activeParameters += routed ? Parameters(n.value() / mlp->experts * mlp->expertsPerToken) : n;
  };
  for (const LayerKind& kind : kinds)
    for (const Tensor& t : kind.tensors) count(t, kind.count, &kind.mlp);
  for (const Tensor& t : globals) count(t, 1, nullptr);
  for (const Tensor& t : vision) count(t, 1, nullptr);
  for (const Tensor& t : nextToken)
    if (!t.buffer) nextTokenParameters += Parameters(t.elements());
  if (givenParameters) parameters = *givenParameters;
}

}  // namespace headroom
