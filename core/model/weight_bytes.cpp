#include "core/model/weight_bytes.h"

#include "core/model/gguf_mix.h"

namespace headroom {
bool isQuantizable(const Tensor& t) {
  if (!t.linear || t.bias || t.buffer) return false;
  switch (t.role) {
    case TensorRole::head:
    case TensorRole::router:
    case TensorRole::token_embedding:
    case TensorRole::position_embedding:
    case TensorRole::vision:
    case TensorRole::projector:
    case TensorRole::shared_expert_gate:
      return false;
    default:
      return true;
  }
}

const WeightLayout* layoutOf(const Model& model, const Tensor& tensor, const WeightFormat& format, Holder holder) {
  if (!std::holds_alternative<AsStored>(format)) return nullptr;
  const std::size_t at = tensor.layout[static_cast<std::size_t>(holder)];
  return at > 0 && at <= model.layouts.size() ? &model.layouts[at - 1] : nullptr;
}

NumberFormat formatOf(const Model& model, const Tensor& tensor, const WeightFormat& format, Holder holder) {
  if (const WeightLayout* layout = layoutOf(model, tensor, format, holder)) return layout->format;
  if (std::holds_alternative<AsStored>(format)) return tensor.stored;
  const NumberFormat asked = std::holds_alternative<NumberFormat>(format)
                                 ? std::get<NumberFormat>(format)
                                 : info(std::get<GgufFileType>(format)).defaultFormat;
  if (isPlainFloat(asked)) return asked;
  // MXFP4 checkpoints (gpt-oss) quantize the experts only: openai/gpt-oss-20b,
  // quantization_config.modules_to_not_convert.
  if (asked == NumberFormat::mxfp4 && !isRoutedExpert(tensor.role)) return model.dtype;
  return isQuantizable(tensor) ? asked : model.dtype;
}

Bytes partBytes(const Model& model, const Tensor& tensor, const WeightFormat& format, std::int64_t rows,
                std::int64_t columns, Holder holder) {
  if (const WeightLayout* layout = layoutOf(model, tensor, format, holder))
    return bytesFor(*layout, holder, rows, columns);
  return bytesFor(formatOf(model, tensor, format, holder), rows, columns);
}

Bytes tensorBytes(const Model& model, const Tensor& tensor, const WeightFormat& format) {
  return partBytes(model, tensor, format, tensor.rows, tensor.columns) * tensor.copies;
}

Bytes weightBytes(const Model& model, const WeightFormat& format) {
  if (std::holds_alternative<AsStored>(format) && model.storedBytes) return *model.storedBytes;
  if (const auto* type = std::get_if<GgufFileType>(&format)) return ggufTensorBytes(model, *type);
  if (const auto* plain = std::get_if<NumberFormat>(&format); plain != nullptr && isPlainFloat(*plain)) {
    Parameters all;  // not model.parameters, which a file may state
    for (const Parameters group : model.groups) all += group;
    return toBytes(static_cast<double>(all.value()) * info(*plain).blockBytes);
  }
  Bytes sum;
  for (const LayerKind& kind : model.kinds)
    for (const Tensor& t : kind.tensors)
      if (!t.buffer) sum += tensorBytes(model, t, format) * kind.count;
  for (const Tensor& t : model.globals)
    if (!t.buffer) sum += tensorBytes(model, t, format);
  for (const Tensor& t : model.vision)
    if (!t.buffer) sum += tensorBytes(model, t, format);
  return sum;
}

}  // namespace headroom
