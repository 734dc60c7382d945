#include "core/estimate/tensor_factors.h"

#include <cmath>

#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

// Factors of a product that say something: a leaf of one copy or one column is left out.
class Product {
 public:
  Product(FactorTree& tree, std::string_view symbol, Unit unit) : parts_(tree, symbol, unit, Combine::multiply) {}

  Product& times(const Factor& f) {
    if (f.value != 1 || f.origin == Origin::computed) parts_.add(f), any_ = true;
    return *this;
  }
  Factor close() {
    if (!any_) parts_.add(constant("element", 1, Unit::elements, "a scalar"));
    return parts_.close();
  }

 private:
  FactorParts parts_;
  bool any_ = false;
};

bool isWhole(double v) {
  return v == std::floor(v);
}

// One scale (and perhaps a zero point) per group of a row: what AutoGPTQ and AutoAWQ files keep.
Factor groupedBytes(FactorTree& tree, NumberFormat format, double bits, const Factor& group, bool zeroPoints,
                    const Factor& rows, const Factor& columns) {
  const std::string_view why = info(format).source;
  const Factor body = tree.product("packed weights", Unit::bytes,
                                   {rows, columns, constant("bits", bits, Unit::count, why),
                                    over(constant("bits of a byte", 8, Unit::count, "eight bits"))});
  const Factor groups = tree.product("groups of a row", Unit::count, {columns, over(group)}, Round::up);
  const Factor scale =
      constant("bytes of a scale", 2.0 + (zeroPoints ? bits / 8 : 0), Unit::bytes, "fp16, with its zero point if any");
  const Factor scales = tree.product("scales", Unit::bytes, {rows, groups, scale});
  return tree.sum("bytes of one", Unit::bytes, {body, scales}, Round::nearest);
}

// bitsandbytes packs a matrix as one row: two elements a byte, an absmax for 64 of them in fp32, or in 8 bit with one
// fp32 for 256 of those (functional.py quantize_4bit, 0.45).
Factor packedBytes(FactorTree& tree, NumberFormat format, const Factor& rows, const Factor& columns) {
  const std::string_view why = info(format).source;
  const auto wholes = [&](std::string_view symbol, const Factor& of, double block) {
    return tree.product(symbol, Unit::count, {of, over(constant("elements of one", block, Unit::elements, why))},
                        Round::up);
  };
  const Factor elements = tree.product("elements", Unit::elements, {rows, columns});
  const Factor packed = wholes("packed weights", elements, 2), scales = wholes("blocks", elements, 64);
  const Factor wide = constant("bytes of a scale", 4, Unit::bytes, why);
  if (format != NumberFormat::nf4_dq)
    return tree.sum("bytes of one", Unit::bytes, {packed, tree.product("scales", Unit::bytes, {scales, wide})});
  return tree.sum("bytes of one", Unit::bytes,
                  {packed, scales,
                   tree.product("scales of the scales", Unit::bytes, {wholes("blocks of scales", scales, 256), wide})});
}

}  // namespace

Factor tensorElements(FactorTree& tree, std::string_view name, const Factor& layers, const ShardFactors& s) {
  return Product(tree, name, Unit::elements).times(layers).times(s.copies).times(s.rows).times(s.columns).close();
}

Factor matrixBytes(FactorTree& tree, NumberFormat format, const Factor& rows, const Factor& columns) {
  const FormatInfo& f = info(format);
  constexpr std::string_view kSymbol = "bytes of one";
  if (format == NumberFormat::fp8_block) {
    const Factor tile = constant("side of a tile", 128, Unit::elements, f.source);
    return tree.sum(kSymbol, Unit::bytes,
                    {tree.product("weights", Unit::bytes, {rows, columns, bytesOf(format)}),
                     tree.product("scales of the tiles", Unit::bytes,
                                  {constant("bytes of a scale", 4, Unit::bytes, f.source),
                                   tree.product("rows of tiles", Unit::rows, {rows, over(tile)}, Round::up),
                                   tree.product("columns of tiles", Unit::count, {columns, over(tile)}, Round::up)})});
  }
  if (format == NumberFormat::bnb_int8)
    return tree.sum(kSymbol, Unit::bytes,
                    {tree.product("weights", Unit::bytes, {rows, columns, bytesOf(format)}),
                     tree.product("scales of the rows", Unit::bytes,
                                  {constant("bytes of a scale", 4, Unit::bytes, f.source), rows})});
  if (format == NumberFormat::nf4 || format == NumberFormat::fp4 || format == NumberFormat::nf4_dq)
    return packedBytes(tree, format, rows, columns);
  // The last group of a row is as short as the row: its scale is whole, its weights are not padded.
  const bool awq = format == NumberFormat::awq_int4, eight = format == NumberFormat::gptq_int8;
  if (awq || eight || format == NumberFormat::gptq_int4)
    return groupedBytes(tree, format, eight ? 8 : 4,
                        constant("elements of a group", f.blockElements, Unit::elements, f.source), awq, rows, columns);
  if (f.blockElements == 1)
    return Product(tree, kSymbol, Unit::bytes).times(rows).times(columns).times(bytesOf(format)).close();
  const Factor blocks = tree.product(
      "blocks of a row", Unit::count,
      {columns, over(constant("elements of a block", f.blockElements, Unit::elements, f.source))}, Round::up);
  return tree.product(kSymbol, Unit::bytes,
                      {rows, blocks, constant("bytes of a block", f.blockBytes, Unit::bytes, f.source)},
                      isWhole(f.blockBytes) ? Round::none : Round::nearest);
}

namespace {

Factor unitsFactor(FactorTree& tree, std::string_view symbol, const Factor& of, const Units& units,
                   std::string_view why) {
  if (units == kEach) return of;
  std::vector<Factor> parts{of};
  if (units.times != 1) parts.push_back(constant("times", static_cast<double>(units.times), Unit::count, why));
  if (units.by != 1) parts.push_back(over(constant("in one", static_cast<double>(units.by), Unit::count, why)));
  FactorParts product(tree, symbol, Unit::count, Combine::multiply);
  for (const Factor& part : parts) product.add(part);
  return product.close(Round::up);
}

Factor termFactor(FactorTree& tree, const LayoutTerm& term, std::string_view why, const Factor& rows,
                  const Factor& columns) {
  Product product(tree, term.name, Unit::bytes);
  if (term.bytes != 1) product.times(constant("bytes of one", term.bytes, Unit::bytes, why));
  if (term.flat) {
    const Factor elements = tree.product("elements", Unit::elements, {rows, columns});
    return product.times(unitsFactor(tree, "along the matrix", elements, term.columns, why)).close();
  }
  if (term.rows.times != 0) product.times(unitsFactor(tree, "along the rows", rows, term.rows, why));
  if (term.columns.times != 0) product.times(unitsFactor(tree, "along the columns", columns, term.columns, why));
  return product.close();
}

}  // namespace

Factor partBytes(FactorTree& tree, const Model& model, const Tensor& tensor, const WeightFormat& format,
                 const Factor& rows, const Factor& columns, Holder holder) {
  const WeightLayout* layout = layoutOf(model, tensor, format, holder);
  if (layout == nullptr) return matrixBytes(tree, formatOf(model, tensor, format, holder), rows, columns);
  FactorParts sum(tree, "bytes of one", Unit::bytes);
  for (const LayoutTerm& term : layout->terms)
    if ((term.in & only(holder)) != 0) sum.add(termFactor(tree, term, layout->source, rows, columns));
  return sum.close(Round::nearest);
}

Factor tensorBytes(FactorTree& tree, std::string_view name, const Factor& layers, const Factor& copies,
                   const Factor& matrix) {
  Product product(tree, name, Unit::bytes);
  product.times(layers).times(copies);
  if (matrix.combine != Combine::multiply || matrix.round != Round::none) return product.times(matrix).close();
  const FactorSpan parts = tree.parts(matrix);
  const std::vector<Factor> apart(parts.begin(), parts.end());  // the tree grows while they are added
  for (const Factor& part : apart) product.times(part);
  return product.close();
}

namespace {

// add(tensor, layers) for every tensor of the model that is a parameter.
template <typename Add>
void forEachParameter(const Model& m, Add&& add) {
  const auto visit = [&](const Tensor& t, std::int64_t layers) {
    if (!t.buffer) add(t, fromModel("layers", static_cast<double>(layers), Unit::layers));
  };
  for (const LayerKind& kind : m.kinds)
    for (const Tensor& t : kind.tensors) visit(t, kind.count);
  for (const Tensor& t : m.globals) visit(t, 1);
  for (const Tensor& t : m.vision) visit(t, 1);
}

}  // namespace

Factor modelBytes(FactorTree& tree, const Model& m, const WeightFormat& format) {
  constexpr std::string_view kSymbol = "bytes of the tensors";
  const auto all = static_cast<double>(weightBytes(m, format).value());
  if (std::holds_alternative<AsStored>(format) && m.storedBytes)
    return leaf(Origin::model, kSymbol, all, Unit::bytes, "stored in the file");
  return sumOf(tree, kSymbol, Unit::bytes, all, [&](FactorParts& sum) {
    forEachParameter(m, [&](const Tensor& t, const Factor& layers) {
      const ShardFactors s = shardFactors(tree, t, nullptr, WeightSplit{});
      sum.add(tensorBytes(tree, t.name, layers, s.copies, partBytes(tree, m, t, format, s.rows, s.columns)));
    });
  });
}

Factor parametersFactor(FactorTree& tree, const Model& m) {
  const auto all = static_cast<double>(m.parameters.value());
  double sum = 0;
  for (const Parameters& group : m.groups) sum += static_cast<double>(group.value());
  if (sum != all) return leaf(Origin::model, "parameters", all, Unit::parameters, "as given");
  return sumOf(tree, "parameters", Unit::parameters, all, [&](FactorParts& parts) {
    forEachParameter(m, [&](const Tensor& t, const Factor& layers) {
      parts.add(tensorElements(tree, t.name, layers, shardFactors(tree, t, nullptr, WeightSplit{})));
    });
  });
}

}  // namespace headroom
