#include "core/model/tensor_sizes.h"

#include "core/model/gguf_mix.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

template <typename Put>
void eachTensor(const Model& model, Put put) {
  for (std::size_t layer = 0; layer < model.order.size(); ++layer)
    for (const Tensor& t : model.layer(layer).tensors) put(t, ModelPart::layers, static_cast<int>(layer));
  for (const Tensor& t : model.globals) put(t, ModelPart::globals, -1);
  for (const Tensor& t : model.vision) put(t, ModelPart::vision, -1);
  for (const Tensor& t : model.nextToken) put(t, ModelPart::next_token, -1);
}

// The tensor of the checkpoint that one of the GGUF file was made from; nullptr for what the converter adds.
const Tensor* originOf(const Model& model, const GgufInventory& inventory, const GgufStored& stored) {
  if (stored.tensor->from < 0) return nullptr;
  const std::vector<Tensor>* list = &model.globals;
  if (stored.layer >= 0) {
    const auto layer = static_cast<std::size_t>(stored.layer);
    const GgufBlock& block = inventory.block(layer);
    if (block.nextToken)
      list = &model.nextToken;
    else if (layer < model.order.size() && block.kind == model.order[layer])
      list = &model.layer(layer).tensors;
    else
      return nullptr;
  }
  const auto at = static_cast<std::size_t>(stored.tensor->from);
  return at < list->size() ? &(*list)[at] : nullptr;
}

// The tensors in the order of eachTensor(), with what the file type gives each.
std::vector<TensorSize> mixedSizes(const Model& model, GgufFileType type) {
  std::vector<TensorSize> list;
  eachTensor(model, [&](const Tensor& t, ModelPart part, int layer) {
    list.push_back({&t, part, layer, {}, Bytes(0)});
  });
  std::vector<std::size_t> firstOfLayer;
  std::size_t before = 0;
  for (std::size_t layer = 0; layer < model.order.size(); ++layer) {
    firstOfLayer.push_back(before);
    before += model.layer(layer).tensors.size();
  }
  const std::size_t globals = list.size() - model.globals.size() - model.vision.size() - model.nextToken.size();
  const std::size_t next = list.size() - model.nextToken.size();
  const GgufInventory inventory = ggufInventory(model);
  std::vector<bool> several(list.size());
  for (const GgufStored& stored : ggufMix(inventory, type)) {
    const Tensor* origin = originOf(model, inventory, stored);
    if (origin == nullptr) continue;
    const auto from = static_cast<std::size_t>(stored.tensor->from);
    const std::size_t at = stored.layer < 0 ? globals + from
                           : inventory.block(static_cast<std::size_t>(stored.layer)).nextToken
                               ? next + from
                               : firstOfLayer[static_cast<std::size_t>(stored.layer)] + from;
    TensorSize& size = list[at];
    if (size.bytes > Bytes(0) && size.format != stored.format) several[at] = true;
    size.bytes += stored.bytes;
    size.format = several[at] ? std::nullopt : std::optional(stored.format);
  }
  return list;
}

}  // namespace

std::vector<TensorSize> tensorSizes(const Model& model, const WeightFormat& format) {
  if (const auto* type = std::get_if<GgufFileType>(&format)) return mixedSizes(model, *type);
  std::vector<TensorSize> list;
  eachTensor(model, [&](const Tensor& t, ModelPart part, int layer) {
    list.push_back({&t, part, layer, formatOf(model, t, format), tensorBytes(model, t, format)});
  });
  return list;
}

}  // namespace headroom
