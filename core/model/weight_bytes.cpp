#include "core/model/weight_bytes.h"

#include "core/model/gguf_mix.h"

namespace headroom {
namespace {

bool staysWide(const Tensor& t) {
  if (!t.linear || t.bias) return true;
  switch (t.role) {
    case TensorRole::head:
    case TensorRole::router:
    case TensorRole::token_embedding:
    case TensorRole::position_embedding:
    case TensorRole::vision:
    case TensorRole::projector:
    case TensorRole::shared_expert_gate:
      return true;
    default:
      return false;
  }
}

bool isExpert(TensorRole role) {
  return role == TensorRole::expert_gate || role == TensorRole::expert_up || role == TensorRole::expert_gate_up ||
         role == TensorRole::expert_down;
}

}  // namespace

NumberFormat formatOf(const Model& model, const Tensor& tensor, const WeightFormat& format) {
  if (std::holds_alternative<AsStored>(format)) return tensor.stored;
  const NumberFormat asked = std::holds_alternative<NumberFormat>(format)
                                 ? std::get<NumberFormat>(format)
                                 : info(std::get<GgufFileType>(format)).defaultFormat;
  if (isPlainFloat(asked)) return asked;
  // MXFP4 checkpoints (gpt-oss) quantize the experts only: openai/gpt-oss-20b, quantization_config.modules_to_not_convert.
  if (asked == NumberFormat::mxfp4 && !isExpert(tensor.role)) return model.dtype;
  return staysWide(tensor) ? model.dtype : asked;
}

Bytes tensorBytes(const Model& model, const Tensor& tensor, const WeightFormat& format) {
  return bytesFor(formatOf(model, tensor, format), tensor.rows, tensor.columns) * tensor.copies;
}

Bytes weightBytes(const Model& model, const WeightFormat& format) {
  if (std::holds_alternative<AsStored>(format) && model.storedBytes) return *model.storedBytes;
  if (const auto* type = std::get_if<GgufFileType>(&format)) return ggufTensorBytes(model, *type);
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
