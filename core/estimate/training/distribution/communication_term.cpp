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

// Bytes of gathered elements: quantized blocks travel as they are stored, everything else in the compute dtype.
double gatheredLayer(const Run& r) {
  const bool quantized = r.tensors.quantizedElements > 0;
  return quantized ? r.tensors.layerBytes : r.tensors.layerElements * r.element;
}

void addReduction(const Run& r) {
  if (!r.trainsWeights()) return;
  r.book.add(kBackward, ComponentId::communication, "gradients of a block before and in their reduction", kReduce,
             {fromModel("elements of a block", r.tensors.layerElements, Unit::elements),
              derived("bytes per element: gradient and reduction", r.element + info(r.settings.reduce).blockBytes,
                      Unit::bytes_per_element)});
}

void addFsdp(const Run& r) {
  const bool second = r.layout.sharding == Sharding::fsdp2;
  const std::string_view source = second ? kFsdp2 : kFsdp1;
  // One device gathers nothing; units that are not wrapped are entered with the weights (states_term.cpp).
  if (!r.profile.fullyShardedUnits || r.layout.shards <= 1) return;
  if (r.layout.keepsGathered) {
    // Not more than what sharding took away.
    const double saved = r.tensors.weightBytes() * (1 - 1 / static_cast<double>(r.layout.shards));
    r.book.add(kPasses, ComponentId::communication, "gathered blocks", source,
               {derived("bytes of all parameters in the compute dtype",
                        std::min(saved, r.tensors.weightElements() * r.element), Unit::bytes)});
    addReduction(r);
    return;
  }
  // What is gathered at once is never more than what sharding took away: a small model is simply whole.
  const double saved = r.tensors.weightBytes() * (1 - 1 / static_cast<double>(r.layout.shards));
  const double root = std::min(r.tensors.rootElements * r.element, saved);
  r.book.add(kPasses, ComponentId::communication, "gathered embeddings and head", source,
             {fromModel("elements outside the blocks", root / r.element, Unit::elements),
              asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element)});
  const double layer = gatheredLayer(r);
  const auto blocks = [&](Moments when, double count) {
    if (layer <= 0) return;
    r.book.add(when, ComponentId::communication, "gathered blocks", source,
               {derived("blocks", std::min(count, (saved - root) / layer), Unit::layers),
                derived("bytes of a gathered block", layer, Unit::bytes)});
  };
  blocks(static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss)), second ? 1 : 2);
  blocks(kBackward, 2);
  addReduction(r);
}

void addDeepspeed(const Run& r) {
  const double devices = static_cast<double>(r.layout.shards);
  if (devices <= 1) return;
  const double trained = r.tensors.trained.elements + r.tensors.trainedRouted.elements;
  const double each = info(r.settings.gradients).blockBytes;
  if (r.streamsParameters()) {
    // Never more than the weights, nor than what sharding and offloading took off the device.
    const double whole = std::min(r.tensors.weightElements() * r.element, r.tensors.weightBytes());
    const double shard = r.layout.shardsWeights() ? r.tensors.weightBytes() / devices : r.tensors.weightBytes();
    const double saved = r.tensors.weightBytes() - (r.settings.offload.parameters != OffloadTarget::none ? 0 : shard);
    const double live = std::min({kLiveParameters * r.element, whole, saved});
    r.book.add(kPasses, ComponentId::communication, "live parameters", kDeepspeed,
               {derived("bytes of gathered parameters", live, Unit::bytes)});
  }
  const double bucket = std::min(kBucket, trained);
  // A bucket of gradients and, where the reduction is wider, its copy.
  const double width = info(r.settings.reduce).blockBytes > each ? each + info(r.settings.reduce).blockBytes : each;
  r.book.add(kBackward, ComponentId::communication, "reduce bucket", kDeepspeed,
             {derived("elements, at most the trained parameters", bucket, Unit::elements),
              derived("bytes per element", width, Unit::bytes_per_element)});
}

// Parameters on the host without sharding: blocks are copied to the device one after the other.
void addStreamedBlocks(const Run& r) {
  if (r.settings.offload.parameters == OffloadTarget::none) return;
  r.book.add(kPasses, ComponentId::communication, "blocks on the device",
             "two blocks at a time are copied from the host",
             {derived("bytes of at most two blocks", std::min(2 * r.tensors.layerBytes, r.tensors.weightBytes()),
                      Unit::bytes)});
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
      if (r.layout.shards > 1 && r.settings.offload.parameters != OffloadTarget::none) {
        addStreamedBlocks(r);
      } else if (r.layout.shards > 1 && !r.profile.gradientsStay &&
                 r.settings.offload.optimizer == OffloadTarget::none) {
        const double trained = r.tensors.trained.elements + r.tensors.trainedRouted.elements;
        r.book.add(kHeld, ComponentId::communication, "gradient buckets", kDdp,
                   {fromModel("trained parameters", trained, Unit::parameters),
                    asked("bytes per parameter", info(r.settings.gradients).blockBytes, Unit::bytes_per_parameter)});
      }
      break;
    case Sharding::distributed_optimizer:
      break;
  }
  const bool outer = r.stage.part.firstStage || r.stage.part.lastStage;
  if (r.profile.embeddingBuffer > 0 && outer && (r.settings.parallel.sequence || r.layout.pipeline > 1)) {
    const double elements =
        static_cast<double>(r.model.vocabulary * r.model.hidden) / static_cast<double>(r.layout.tensor);
    r.book.add(kHeld, ComponentId::communication, "vocabulary-sized buffer", kEmbedding,
               {fromModel("vocabulary × hidden", elements, Unit::elements),
                constant("bytes per element", 2 * r.profile.embeddingBuffer, Unit::bytes_per_element)});
  }
}

}  // namespace headroom::training
