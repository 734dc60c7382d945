#include "core/estimate/gguf_factors.h"

#include <algorithm>

#include "core/estimate/tensor_factors.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

Factor layersOf(const GgufTensors& t) {
  return fromModel("layers", static_cast<double>(t.layers), Unit::layers);
}

// A tensor's matrices lie behind one another: rows of them all, each of `columns` elements.
ShardFactors shapeOf(const GgufTensor& t) {
  return {fromModel("rows", static_cast<double>(t.ne[1]), Unit::rows),
          fromModel("columns", static_cast<double>(t.ne[0]), Unit::elements),
          fromModel("copies", static_cast<double>(t.ne[2]), Unit::copies)};
}

}  // namespace

void addAlike(std::vector<GgufTensors>& all, const GgufTensor& tensor, NumberFormat format) {
  const auto same = std::ranges::find_if(all, [&](const GgufTensors& t) {
    return t.format == format && t.tensor->name == tensor.name && t.tensor->ne == tensor.ne;
  });
  if (same == all.end())
    all.push_back({&tensor, format, 1});
  else
    ++same->layers;
}

Factor ggufElements(FactorTree& tree, const GgufTensors& t) {
  return tensorElements(tree, t.tensor->name, layersOf(t), shapeOf(*t.tensor));
}

Factor ggufMatrix(FactorTree& tree, const GgufTensors& t) {
  const ShardFactors s = shapeOf(*t.tensor);
  const Factor rows =
      t.tensor->ne[2] == 1 ? s.rows : tree.product("rows of all copies", Unit::rows, {s.copies, s.rows});
  return matrixBytes(tree, t.format, rows, s.columns);
}

Factor ggufBytes(FactorTree& tree, const GgufTensors& t) {
  const Factor one = constant("copy", 1, Unit::copies, "all in one");
  return tensorBytes(tree, t.tensor->name, layersOf(t), one, ggufMatrix(tree, t));
}

Factor ggufFileBytes(FactorTree& tree, const Model& model, GgufFileType type) {
  constexpr std::string_view kSymbol = "bytes of the file's tensors";
  if (!tree.open()) return summed(kSymbol, static_cast<double>(weightBytes(model, type).value()), Unit::bytes);
  const GgufInventory inventory = ggufInventory(model);
  std::vector<GgufTensors> all;
  for (const GgufStored& t : ggufMix(inventory, type)) addAlike(all, *t.tensor, t.format);
  FactorParts sum(tree, kSymbol, Unit::bytes);
  for (const GgufTensors& t : all) sum.add(ggufBytes(tree, t));
  return sum.close();
}

}  // namespace headroom
