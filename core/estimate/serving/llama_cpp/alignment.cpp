#include "core/estimate/serving/llama_cpp/alignment.h"

#include "core/estimate/serving/llama_cpp/graph.h"

namespace headroom::llama {
namespace {

constexpr std::int64_t kRow = 512, kTensor = 128;
constexpr std::string_view kSource = "ggml/src/ggml-cuda/ggml-cuda.cu: MATRIX_ROW_PADDING 512 elements, 128 bytes";

bool fillsRows(NumberFormat format, std::int64_t columns) {
  return info(format).blockElements > 1 && columns % kRow != 0;
}

}  // namespace

std::int64_t rowPadding(NumberFormat format, std::int64_t columns) {
  return fillsRows(format, columns) ? rowSize(format, kRow - columns % kRow) : 0;
}

std::int64_t alignmentOf(NumberFormat format, std::int64_t columns, std::int64_t rows) {
  const std::int64_t extra = rowPadding(format, columns);
  const std::int64_t rest = (rowSize(format, columns) % kTensor * (rows % kTensor) + extra) % kTensor;
  return extra + (rest == 0 ? 0 : kTensor - rest);
}

Factor rowBytes(FactorTree& tree, std::string_view symbol, NumberFormat format, const Factor& columns) {
  const FormatInfo& f = info(format);
  if (f.blockElements == 1) return tree.product(symbol, Unit::bytes, {columns, bytesOf(format)});
  return tree.product(symbol, Unit::bytes,
                      {constant("bytes of a block", static_cast<double>(typeSize(format)), Unit::bytes, f.source),
                       columns, over(constant("elements of a block", f.blockElements, Unit::elements, f.source))},
                      Round::down);
}

Factor filledUp(FactorTree& tree, std::string_view symbol, const Factor& value, std::int64_t multiple,
                std::string_view why) {
  const Factor step = constant("a multiple", static_cast<double>(multiple), value.unit, why);
  return tree.product(symbol, value.unit,
                      {tree.product("multiples", Unit::count, {value, over(step)}, Round::up), step});
}

Factor alignmentOf(FactorTree& tree, NumberFormat format, const Factor& columns, const Factor& rows) {
  const Factor size = tree.product("bytes", Unit::bytes, {rows, rowBytes(tree, "bytes of a row", format, columns)});
  Factor whole = size;
  if (fillsRows(format, static_cast<std::int64_t>(columns.value))) {
    const Factor filled = filledUp(tree, "columns, filled up", columns, kRow, kSource);
    const Factor missing = tree.sum("columns added once", Unit::elements, {filled, less(columns)});
    whole = tree.sum("with a full row", Unit::bytes, {size, rowBytes(tree, "added to a row", format, missing)});
  }
  return tree.sum("alignment", Unit::bytes, {filledUp(tree, "aligned", whole, kTensor, kSource), less(size)});
}

}  // namespace headroom::llama
