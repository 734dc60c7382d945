// The sums of rank_tensors.h as factors: an open ledger keeps them down to the layers, rows, columns and formats of
// every tensor, a closed one takes the sum.
#pragma once

#include <array>
#include <optional>

#include "core/estimate/ledger.h"
#include "core/estimate/training/step/rank_tensors.h"

namespace headroom::training {

class RankFactors {
 public:
  // `tree` is the rank's ledger; it, the scope and the sums outlive this.
  RankFactors(FactorTree& tree, const RankScope& scope, const RankTensors& sums)
      : tree_(tree), scope_(scope), sums_(sums), held_(scope) {}

  // Of one group, `narrow`: the tensors that are not in the compute dtype. Where all of them are in one plain format,
  // that one; else nothing, and their bytes are to be asked for.
  std::optional<NumberFormat> formatOf(bool narrow) const;
  Factor groupElements(Group group, bool narrow) const;
  Factor groupBytes(Group group, bool narrow) const;
  Factor routedElements() const;
  Factor routedBytes() const;

  Factor weightElements() const;  // all of the rank's
  Factor weightBytes() const;
  Factor castElements() const;  // of the blocks' Linears that autocast casts
  Factor castHeadElements() const;
  Factor trained() const;  // trained elements outside routed experts; of adapters all
  Factor trainedRouted() const;
  Factor stateBytes() const;  // optimizer states of trained(), where the weights are trained
  Factor stateBytesRouted() const;
  Factor layerElements() const;  // of the largest layer
  Factor layerBytes() const;
  Factor rootElements() const;
  Factor headElements() const;
  Factor largestMatrix() const;
  Factor largestTensor() const;  // the largest matrix, the head or the embedding
  Factor routedLayerElements() const;

  // Layers of a kind on this rank.
  Factor layers(std::size_t kind) const;
  // Layers of all kinds on this rank.
  Factor allLayers() const;

 private:
  enum Known : std::uint8_t {
    weight_elements,
    weight_bytes,
    routed_elements,
    routed_bytes,
    trained_dense,
    trained_routed,
    layer_elements,
    layer_bytes,
    largest_matrix,
    head_elements,
    known_count
  };

  Factor elementsOf(const HeldTensor& held, const Factor& times) const;
  Factor bytesOf(const HeldTensor& held, const Factor& times) const;
  Factor statesOf(const HeldTensor& held) const;
  Factor times(const HeldTensor& held) const;
  ShardFactors shard(const HeldTensor& held) const;
  Factor adapters() const;
  void addAdapters(FactorParts& sum, std::size_t kind) const;

  // What open() makes in an open ledger, `value` in a closed one.
  template <typename Open>
  Factor factor(std::string_view symbol, Unit unit, double value, Open&& open) const;
  // The same, made once.
  template <typename Open>
  Factor once(Known what, std::string_view symbol, Unit unit, double value, Open&& open) const;
  // The sum of measure(held) over the tensors for which pick(held) holds.
  template <typename Pick, typename Measure>
  Factor sum(std::string_view symbol, Unit unit, Pick&& pick, Measure&& measure) const;
  // The largest over the rank's kinds of layers of such a sum over one layer.
  template <typename Pick, typename Measure>
  Factor largestLayer(std::string_view symbol, Unit unit, Pick&& pick, Measure&& measure) const;

  FactorTree& tree_;
  const RankScope& scope_;
  const RankTensors& sums_;
  HeldTensors held_;
  mutable std::array<std::optional<Factor>, known_count> known_;
};

}  // namespace headroom::training
