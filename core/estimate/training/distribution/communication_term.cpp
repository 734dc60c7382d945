#include <algorithm>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kFsdp2 =
    "torchtitan docs/fsdp.md (2025): root parameters stay gathered, the last block is not resharded, backward "
    "prefetches one";
constexpr std::string_view kFsdp1 =
    "torch/distributed/fsdp, FSDP1: the running block and the prefetched one are gathered";
constexpr std::string_view kReduce =
    "the block's gradients are reduced in the reduction dtype "
    "(torch/distributed/fsdp/_fully_shard/_fsdp_collectives.py)";
constexpr std::string_view kDeepspeed =
    "DeepSpeed defaults: stage3_max_live_parameters 1e9, reduce and allgather buckets 5e8 elements "
    "(https://www.deepspeed.ai/docs/config-json)";
constexpr std::string_view kDdp =
    "torch DistributedDataParallel: buckets copy the gradients unless gradient_as_bucket_view";
constexpr std::string_view kEmbedding =
    "one vocabulary-sized work buffer (dummy weight gradient of fused gradient accumulation), found by difference on "
    "pipelines and with sequence parallelism";
constexpr double kLiveParameters = 1e9, kBucket = 5e8;

constexpr Moments kForward = static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss));

// Bytes of the largest block as it is gathered: quantized blocks travel as they are stored, everything else in the
// compute dtype.
Factor gatheredLayer(const Run& r) {
  if (r.tensors.quantizedElements > 0) return r.factors.layerBytes();
  return r.rank.ledger.product("bytes of a gathered block", Unit::bytes, {r.factors.layerElements(), r.compute});
}

// What sharding took away from a rank's weights: gathering never brings back more.
Factor savedBySharding(const Run& r) {
  FactorTree& tree = r.rank.ledger;
  const Factor own = tree.product("the rank's share", Unit::ratio, {over(r.shards())});
  return tree.product("bytes that sharding saves", Unit::bytes,
                      {r.factors.weightBytes(),
                       tree.sum("share of the other ranks", Unit::ratio,
                                {constant("all", 1, Unit::ratio, "a share of one is everything"), less(own)})});
}

void addReduction(const Run& r) {
  if (!r.trainsWeights()) return;
  const Factor each = r.rank.ledger.sum("bytes per element, gradient and its reduction", Unit::bytes_per_element,
                                        {r.compute, bytesOf(r.settings.reduce, "bytes per element of the reduction")});
  r.book.add(kBackward, ComponentId::communication, "gradients of a block before and in their reduction", kReduce,
             {r.factors.layerElements(), each});
}

void addFsdp(const Run& r) {
  const bool second = r.layout.sharding == Sharding::fsdp2;
  const std::string_view source = second ? kFsdp2 : kFsdp1;
  // One device gathers nothing; units that are not wrapped are entered with the weights (states_term.cpp).
  if (!r.profile.fullyShardedUnits || r.layout.shards <= 1) return;
  FactorTree& tree = r.rank.ledger;
  const Factor saved = savedBySharding(r);
  if (r.layout.keepsGathered) {
    const Factor whole =
        tree.product("all parameters in the compute dtype", Unit::bytes, {r.factors.weightElements(), r.compute});
    r.book.add(kPasses, ComponentId::communication, "gathered blocks", source,
               {tree.smallest("bytes gathered", Unit::bytes, {saved, whole})});
    addReduction(r);
    return;
  }
  // What is gathered at once is never more than what sharding took away: a small model is simply whole.
  const Factor outside = r.factors.rootElements();
  const Factor root = tree.smallest(
      "bytes gathered outside the blocks", Unit::bytes,
      {tree.product("outside the blocks in the compute dtype", Unit::bytes, {outside, r.compute}), saved});
  const bool all = outside.value * r.compute.value <= saved.value;
  if (all)
    r.book.add(kPasses, ComponentId::communication, "gathered embeddings and head", source, {outside, r.compute});
  else
    r.book.add(kPasses, ComponentId::communication, "gathered embeddings and head", source, {root});
  const Factor layer = gatheredLayer(r);
  const Factor left = tree.sum("bytes left to gather", Unit::bytes, {saved, less(root)});
  const auto blocks = [&](Moments when, double count) {
    if (layer.value <= 0) return;
    const Factor some = constant("blocks", count, Unit::layers, source);
    if (count * layer.value <= left.value)
      r.book.add(when, ComponentId::communication, "gathered blocks", source, {some, layer});
    else
      r.book.add(when, ComponentId::communication, "gathered blocks", source,
                 {tree.smallest("bytes gathered", Unit::bytes,
                                {tree.product("of the blocks", Unit::bytes, {some, layer}), left})});
  };
  blocks(kForward, second ? 1 : 2);
  blocks(kBackward, 2);
  addReduction(r);
}

// Never more than the weights, nor than what sharding and offloading took off the device.
void addLiveParameters(const Run& r) {
  FactorTree& tree = r.rank.ledger;
  const Factor all = r.factors.weightBytes();
  const Factor wide =
      tree.product("weights in the compute dtype", Unit::bytes, {r.factors.weightElements(), r.compute});
  const Factor most =
      tree.product("live parameters at most", Unit::bytes,
                   {constant("live parameters", kLiveParameters, Unit::parameters, kDeepspeed), r.compute});
  const bool onHost = r.settings.offload.parameters != OffloadTarget::none;
  Factor saved = all;
  if (!onHost)
    saved = r.layout.shardsWeights()
                ? tree.sum("bytes that sharding saves", Unit::bytes,
                           {all, less(tree.product("the rank's share", Unit::bytes, {all, over(r.shards())}))})
                : none("bytes that sharding saves", Unit::bytes);
  r.book.add(kPasses, ComponentId::communication, "live parameters", kDeepspeed,
             {tree.smallest("bytes of gathered parameters", Unit::bytes, {most, wide, all, saved})});
}

Factor trainedParameters(const Run& r) {
  return r.rank.ledger.sum("trained parameters", Unit::parameters, {r.factors.trained(), r.factors.trainedRouted()});
}

void addDeepspeed(const Run& r) {
  if (r.layout.shards <= 1) return;
  FactorTree& tree = r.rank.ledger;
  if (r.streamsParameters()) addLiveParameters(r);
  // A bucket of gradients and, where the reduction is wider, its copy.
  const Factor gradient = bytesOf(r.settings.gradients, "bytes per gradient");
  const Factor reduced = bytesOf(r.settings.reduce, "bytes per element of the reduction");
  const Factor each = reduced.value > gradient.value ? tree.sum("bytes per element, gradient and its reduction",
                                                                Unit::bytes_per_element, {gradient, reduced})
                                                     : gradient;
  r.book.add(kBackward, ComponentId::communication, "reduce bucket", kDeepspeed,
             {tree.smallest("elements of a bucket", Unit::elements,
                            {constant("elements at most", kBucket, Unit::elements, kDeepspeed), trainedParameters(r)}),
              each});
}

// Parameters on the host without sharding: blocks are copied to the device one after the other.
void addStreamedBlocks(const Run& r) {
  constexpr std::string_view kSource = "two blocks at a time are copied from the host";
  if (r.settings.offload.parameters == OffloadTarget::none) return;
  FactorTree& tree = r.rank.ledger;
  const Factor two =
      tree.product("two blocks", Unit::bytes, {constant("blocks", 2, Unit::layers, kSource), r.factors.layerBytes()});
  r.book.add(kPasses, ComponentId::communication, "blocks on the device", kSource,
             {tree.smallest("bytes of at most two blocks", Unit::bytes, {two, r.factors.weightBytes()})});
}

}  // namespace

void addCommunication(const Run& r) {
  if (r.layout.shards <= 1) addStreamedBlocks(r);
  switch (r.layout.sharding) {
    case Sharding::fsdp:
    case Sharding::fsdp2:
      addFsdp(r);
      break;
    case Sharding::zero1:
    case Sharding::zero2:
    case Sharding::zero3:
      addDeepspeed(r);
      break;
    case Sharding::none:
      if (r.layout.shards > 1 && r.settings.offload.parameters != OffloadTarget::none)
        addStreamedBlocks(r);
      else if (r.layout.shards > 1 && !r.profile.gradientsStay && r.settings.offload.optimizer == OffloadTarget::none)
        r.book.add(kHeld, ComponentId::communication, "gradient buckets", kDdp,
                   {trainedParameters(r), bytesOf(r.settings.gradients, "bytes per gradient")});
      break;
    case Sharding::distributed_optimizer:
      break;
  }
  const bool outer = r.stage.part.firstStage || r.stage.part.lastStage;
  if (r.profile.embeddingBuffer > 0 && outer && (r.settings.parallel.sequence || r.layout.pipeline > 1))
    r.book.add(kHeld, ComponentId::communication, "vocabulary-sized buffer", kEmbedding,
               {constant("buffers", r.profile.embeddingBuffer, Unit::copies, kEmbedding),
                fromModel("vocabulary", static_cast<double>(r.model.vocabulary), Unit::rows),
                fromModel("hidden size", static_cast<double>(r.model.hidden), Unit::elements),
                over(asked("tensor-parallel ranks", static_cast<double>(r.layout.tensor), Unit::devices)),
                bytesOf(NumberFormat::bf16)});
}

}  // namespace headroom::training
