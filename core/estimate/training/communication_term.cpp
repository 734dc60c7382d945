#include <algorithm>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kFsdp2 = "torchtitan docs/fsdp.md (2025): root parameters stay gathered, the last block is not resharded, backward prefetches one";
constexpr std::string_view kFsdp1 = "torch/distributed/fsdp, FSDP1: the running block and the prefetched one are gathered";
constexpr std::string_view kReduce = "the block's gradients are reduced in the reduction dtype (torch/distributed/fsdp/_fully_shard/_fsdp_collectives.py)";
constexpr std::string_view kDeepspeed = "DeepSpeed defaults: stage3_max_live_parameters 1e9, reduce and allgather buckets 5e8 elements "
                                        "(https://www.deepspeed.ai/docs/config-json)";
constexpr std::string_view kDdp = "torch DistributedDataParallel: buckets copy the gradients unless gradient_as_bucket_view";
constexpr std::string_view kEmbedding = "one vocabulary-sized work buffer, found by difference on Megatron rows with TransformerEngine and on pipelines";
constexpr double kLiveParameters = 1e9, kBucket = 5e8;

// Bytes of gathered elements: quantized blocks travel as they are stored, everything else in the compute dtype.
double gatheredLayer(const Run& r) {
  const bool quantized = r.tensors.quantizedElements > 0;
  return quantized ? r.tensors.layerBytes : r.tensors.layerElements * r.element;
}

void addFsdp(const Run& r) {
  const bool second = r.layout.sharding == Sharding::fsdp2;
  const std::string_view source = second ? kFsdp2 : kFsdp1;
  if (!r.profile.fullyShardedUnits) return;  // states_term.cpp enters the whole model
  r.book.add(kPasses, ComponentId::communication, "gathered embeddings and head", source,
             {fromModel("elements outside the blocks", r.tensors.rootElements, Unit::elements),
              asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element)});
  if (r.layout.keepsGathered) {
    r.book.add(kPasses, ComponentId::communication, "gathered blocks", source,
               {fromModel("elements of the blocks", r.tensors.weightElements() - r.tensors.rootElements, Unit::elements),
                asked("bytes per element of the compute dtype", r.element, Unit::bytes_per_element)});
    return;
  }
  const double layer = gatheredLayer(r);
  const double atLoss = second ? 1 : 2;
  r.book.add(static_cast<Moments>(at(MomentId::forward) | at(MomentId::loss)), ComponentId::communication, "gathered blocks", source,
             {constant("blocks", atLoss, Unit::layers), derived("bytes of a gathered block", layer, Unit::bytes)});
  r.book.add(kBackward, ComponentId::communication, "gathered blocks", source,
             {constant("blocks", 2, Unit::layers), derived("bytes of a gathered block", layer, Unit::bytes)});
  if (r.trainsWeights())
    r.book.add(kBackward, ComponentId::communication, "gradients of a block before and in their reduction", kReduce,
               {fromModel("elements of a block", r.tensors.layerElements, Unit::elements),
                derived("bytes per element: gradient and reduction", r.element + info(r.settings.reduce).blockBytes, Unit::bytes_per_element)});
}

void addDeepspeed(const Run& r) {
  const double devices = static_cast<double>(r.layout.shards);
  if (devices <= 1 && !r.streamsParameters()) return;
  const double trained = r.tensors.trained.elements + r.tensors.trainedRouted.elements;
  const double each = info(r.settings.gradients).blockBytes;
  if (r.streamsParameters()) {
    const double whole = r.tensors.weightElements() * r.element;
    const double saved = r.scenario.offload.parameters != OffloadTarget::none ? whole : r.tensors.weightBytes() * (1 - 1 / devices);
    const double live = std::min({kLiveParameters * r.element, whole, saved});
    r.book.add(kPasses, ComponentId::communication, "live parameters", kDeepspeed, {derived("bytes of gathered parameters", live, Unit::bytes)});
  }
  const double bucket = std::min(kBucket, trained);
  // A bucket of gradients and, where the reduction is wider, its copy.
  const double width = info(r.settings.reduce).blockBytes > each ? each + info(r.settings.reduce).blockBytes : each;
  r.book.add(kBackward, ComponentId::communication, "reduce bucket", kDeepspeed,
             {derived("elements, at most the trained parameters", bucket, Unit::elements), derived("bytes per element", width, Unit::bytes_per_element)});
}

}  // namespace

void addCommunication(const Run& r) {
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
      if (r.scenario.offload.parameters != OffloadTarget::none) {
        r.book.add(kPasses, ComponentId::communication, "layers on the device", "two layers at a time are copied from the host",
                   {constant("blocks", 2, Unit::layers), derived("bytes of a block", r.tensors.layerBytes, Unit::bytes)});
      } else if (r.layout.shards > 1 && !r.profile.gradientsStay && r.scenario.offload.optimizer == OffloadTarget::none) {
        const double trained = r.tensors.trained.elements + r.tensors.trainedRouted.elements;
        r.book.add(kTraining, ComponentId::communication, "gradient buckets", kDdp,
                   {fromModel("trained parameters", trained, Unit::parameters),
                    asked("bytes per parameter", info(r.settings.gradients).blockBytes, Unit::bytes_per_parameter)});
      }
      break;
    case Sharding::distributed_optimizer:
      break;
  }
  const bool outer = r.stage.part.firstStage || r.stage.part.lastStage;
  if (r.profile.embeddingBuffer > 0 && outer && (r.settings.loss == Loss::fused || r.layout.pipeline > 1)) {
    const double elements = static_cast<double>(r.model.vocabulary * r.model.hidden) / static_cast<double>(r.layout.tensor);
    r.book.add(kTraining, ComponentId::communication, "vocabulary-sized buffer", kEmbedding,
               {fromModel("vocabulary × hidden", elements, Unit::elements), constant("bytes per element", 2 * r.profile.embeddingBuffer, Unit::bytes_per_element)});
  }
}

}  // namespace headroom::training
