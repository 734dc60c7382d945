#include "core/estimate/training/step/stage_activations.h"

#include <algorithm>

#include "core/estimate/tensor_factors.h"
#include "core/scenario/liger.h"
#include "core/scenario/step_defaults.h"

namespace headroom::training {
namespace {

constexpr std::string_view kTiles =
    "ALST: TiledMLP cuts a sequence into ceil(tokens / hidden) tiles (DeepSpeed "
    "runtime/sequence_parallel/ulysses_sp.py, 2025)";

// The kept tensors of one kind of layer, line by line.
struct KindFactors {
  std::array<std::optional<Factor>, kKeptCount> perToken;
  std::optional<Factor> perLayer;
};

// Closed it sums plain numbers, open it also keeps the tensors of every kind.
class StageSum {
 public:
  StageSum(const Run& r, Checkpointing checkpointing, double checkpointed)
      : r_(r),
        tree_(r.rank.ledger),
        checkpointing_(checkpointing),
        checkpointed_(checkpointed),
        context_{r.model, r.profile, r.layout, r.adapters, r.settings.training, r.rank.ledger, r.compute, r.adapter} {
    const Settings& s = r.settings;
    context_.compiled = r.settings.training.compile;
    context_.liger = lossOfLiger(s);
    context_.autocast = r.castsWeights();
    context_.float8 = s.compute == NumberFormat::fp8 || s.compute == NumberFormat::fp8_block;
    context_.quantized = r.tensors.quantizedElements > 0;
    context_.eagerAttention = s.attention == AttentionImplementation::eager;
    context_.keys = static_cast<double>(s.context);
    context_.scoresDropped = dropoutsOf(r.scenario, s).attention > 0;
    context_.age = r.age;
    if (r.profile.tilesMlp && checkpointing == Checkpointing::offloaded) context_.mlpShare = tileShare();
  }

  void add(std::size_t kind) {
    const double layers = r_.scope.layers(kind);
    if (layers <= 0) return;
    const LayerKind& layer = r_.model.kinds[kind];
    const double n = r_.tokens;
    const bool open = tree_.open(), selects = checkpointing_ == Checkpointing::selective;
    BlockTensors wholeTensors, selectiveTensors;
    const BlockBytes block = blockBytes(layer, kind, context_, open ? &wholeTensors : nullptr);
    addTo(whole_, block, layers);
    double kept = block.tokenTotal() * n + block.perLayer;
    if (selects) {
      const BlockBytes stays =
          selectiveBytes(layer, kind, block, context_, &wholeTensors, open ? &selectiveTensors : nullptr);
      addTo(selective_, stays, layers);
      kept = stays.tokenTotal() * n + stays.perLayer;
    } else if (checkpointing_ != Checkpointing::none) {
      kept += checkpointed_ * (block.hidden * n - kept);
    }
    block_ = std::max(block_, block.tokenTotal() + block.perLayer / n);
    gradients_ = std::max(gradients_, block.widestGradients);
    r_.rank.savedActivations.push({layer.label, static_cast<std::int64_t>(layers), toBytes(kept)});
    if (!open) return;
    const KindFactors factors = factorsOf(wholeTensors);
    addOpened(wholeKinds_, kind, factors);
    if (selects) addOpened(selectiveKinds_, kind, factorsOf(selectiveTensors));
    addBlock(layer, factors);
    if (!wholeTensors.gradients.empty())
      widest_.push_back(joined(layer.label, Unit::bytes_per_token, Combine::largest, wholeTensors.gradients));
  }

  StageActivations result() {
    StageActivations out;
    out.whole = keptSum(whole_, wholeKinds_);
    if (checkpointing_ == Checkpointing::selective) out.selective = keptSum(selective_, selectiveKinds_);
    out.block = factor("bytes per token of the largest block", block_, Combine::largest, blocks_);
    out.gradients = factor("bytes per token of gradients", gradients_, Combine::largest, widest_);
    Product hidden(tree_, "bytes of a hidden state per token", Unit::bytes_per_token);
    hidden.times(fromModel("hidden size", static_cast<double>(r_.model.hidden), Unit::elements)).times(r_.compute);
    if (r_.layout.sequence) hidden.sharedBy("sequence-parallel ranks", static_cast<double>(r_.layout.tensor));
    out.hidden = hidden.close();
    return out;
  }

 private:
  using Kinds = std::array<std::vector<Factor>, kKeptCount + 1>;  // the last: once per layer

  Factor tileShare() const {
    return tree_.smallest(
        "share of the tokens at a time", Unit::ratio,
        {constant("all", 1, Unit::ratio, kTiles),
         tree_.product(
             "a tile's share", Unit::ratio,
             {fromModel("hidden size", static_cast<double>(r_.model.hidden), Unit::elements), over(r_.microBatch)})});
  }

  static void addTo(BlockBytes& sum, const BlockBytes& block, double layers) {
    for (std::size_t i = 0; i < kKeptCount; ++i) sum.perToken[i] += layers * block.perToken[i];
    sum.perLayer += layers * block.perLayer;
  }

  // One factor of several, itself where it is alone.
  Factor joined(std::string_view symbol, Unit unit, Combine combine, const std::vector<Factor>& parts) const {
    if (parts.size() == 1) return parts.front();
    return tree_.computed(symbol, unit, combine, Round::none, parts.data(), parts.size());
  }
  Factor factor(std::string_view symbol, double value, Combine combine, const std::vector<Factor>& parts) const {
    if (value == 0) return none(symbol, Unit::bytes_per_token);
    if (!tree_.open()) return summed(symbol, value, Unit::bytes_per_token);
    return tree_.computed(symbol, Unit::bytes_per_token, combine, Round::none, parts.data(), parts.size());
  }

  KindFactors factorsOf(const BlockTensors& tensors) const {
    KindFactors out;
    const auto sum = [&](std::string_view symbol, Unit unit,
                         const std::vector<Factor>& parts) -> std::optional<Factor> {
      if (parts.empty()) return std::nullopt;
      return tree_.computed(symbol, unit, Combine::add, Round::none, parts.data(), parts.size());
    };
    for (std::size_t i = 0; i < kKeptCount; ++i)
      out.perToken[i] = sum(labelOf(static_cast<Kept>(i)), Unit::bytes_per_token, tensors.perToken[i]);
    out.perLayer = sum("once per layer", Unit::bytes, tensors.perLayer);
    return out;
  }

  void addOpened(Kinds& kinds, std::size_t kind, const KindFactors& factors) {
    const Factor layers = r_.factors.layers(kind);
    const std::string_view label = r_.model.kinds[kind].label;
    for (std::size_t i = 0; i < kKeptCount; ++i)
      if (factors.perToken[i])
        kinds[i].push_back(tree_.product(label, Unit::bytes_per_token, {layers, *factors.perToken[i]}));
    if (factors.perLayer) kinds[kKeptCount].push_back(tree_.product(label, Unit::bytes, {layers, *factors.perLayer}));
  }

  void addBlock(const LayerKind& layer, const KindFactors& factors) {
    std::vector<Factor> parts;
    for (const auto& kept : factors.perToken)
      if (kept) parts.push_back(*kept);
    if (factors.perLayer)
      parts.push_back(tree_.product("once per layer, of each token", Unit::bytes_per_token,
                                    {*factors.perLayer, over(r_.microBatch)}));
    if (!parts.empty()) blocks_.push_back(joined(layer.label, Unit::bytes_per_token, Combine::add, parts));
  }

  KeptSum keptSum(const BlockBytes& bytes, const Kinds& kinds) const {
    KeptSum out;
    for (std::size_t i = 0; i < kKeptCount; ++i)
      out.perToken[i] = factor("bytes per token of all layers", bytes.perToken[i], Combine::add, kinds[i]);
    out.perLayer = factor("bytes of all layers", bytes.perLayer, Combine::add, kinds[kKeptCount]);
    out.perLayer.unit = Unit::bytes;
    out.perTokenBytes = bytes.tokenTotal();
    return out;
  }

  const Run& r_;
  FactorTree& tree_;
  Checkpointing checkpointing_;
  double checkpointed_;
  BlockContext context_;
  BlockBytes whole_, selective_;
  double block_ = 0, gradients_ = 0;
  Kinds wholeKinds_, selectiveKinds_;
  std::vector<Factor> blocks_, widest_;
};

}  // namespace

StageActivations stageActivations(const Run& run, Checkpointing checkpointing, double checkpointed) {
  StageSum sum(run, checkpointing, checkpointed);
  for (std::size_t k = 0; k < run.model.kinds.size(); ++k) sum.add(k);
  return sum.result();
}

}  // namespace headroom::training
