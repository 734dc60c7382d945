#include "core/model/weight_bytes.h"

#include "core/model/gguf_mix.h"

namespace headroom {
namespace {

bool isExpert(TensorRole role) {
  return role == TensorRole::expert_gate || role == TensorRole::expert_up || role == TensorRole::expert_gate_up ||
         role == TensorRole::expert_down;
}

constexpr std::int64_t kDefaultGroup = 128;  // of the formats themselves: AWQ and GPTQ as released

// Packed integers with one fp16 scale per group and, if there are zero points, one of the weight's width each
// (AutoGPTQ and AutoAWQ files; vllm/model_executor/layers/quantization/{gptq,awq}_marlin.py 0.11).
Bytes groupedBytes(std::int64_t rows, std::int64_t columns, const StoredGroups& g) {
  const double r = static_cast<double>(rows), groups = static_cast<double>((columns + g.elements - 1) / g.elements);
  const double body = r * static_cast<double>(columns) * g.bits / 8;
  return toBytes(body + r * groups * (2 + (g.zeroPoints ? g.bits / 8 : 0)));
}

}  // namespace

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

NumberFormat formatOf(const Model& model, const Tensor& tensor, const WeightFormat& format) {
  if (std::holds_alternative<AsStored>(format)) return tensor.stored;
  const NumberFormat asked = std::holds_alternative<NumberFormat>(format)
                                 ? std::get<NumberFormat>(format)
                                 : info(std::get<GgufFileType>(format)).defaultFormat;
  if (isPlainFloat(asked)) return asked;
  // MXFP4 checkpoints (gpt-oss) quantize the experts only: openai/gpt-oss-20b,
  // quantization_config.modules_to_not_convert.
  if (asked == NumberFormat::mxfp4 && !isExpert(tensor.role)) return model.dtype;
  return isQuantizable(tensor) ? asked : model.dtype;
}

std::optional<StoredGroups> storedGroups(const Model& model, NumberFormat f, const WeightFormat& format) {
  if (!std::holds_alternative<AsStored>(format) || !model.quantization || model.quantization->groupSize <= 0) return {};
  const bool four = f == NumberFormat::awq_int4 || f == NumberFormat::gptq_int4, eight = f == NumberFormat::gptq_int8;
  if ((!four && !eight) || model.quantization->groupSize == kDefaultGroup) return {};
  return StoredGroups{four ? 4.0 : 8.0, model.quantization->groupSize, model.quantization->zeroPoints};
}

Bytes partBytes(const Model& model, const Tensor& tensor, const WeightFormat& format, std::int64_t rows,
                std::int64_t columns) {
  const NumberFormat f = formatOf(model, tensor, format);
  if (const auto own = storedGroups(model, f, format)) return groupedBytes(rows, columns, *own);
  return bytesFor(f, rows, columns);
}

Bytes tensorBytes(const Model& model, const Tensor& tensor, const WeightFormat& format) {
  return partBytes(model, tensor, format, tensor.rows, tensor.columns) * tensor.copies;
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
