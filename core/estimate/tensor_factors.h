// What a tensor takes, as factors: layers × copies × rows × columns × bytes, with the blocks and scales of its format.
// The exact counterpart of bytesFor() and partBytes(), for ledgers that keep every factor.
#pragma once

#include "core/estimate/ledger.h"
#include "core/estimate/placement.h"
#include "core/model/model.h"
#include "core/numerics/weight_format.h"

namespace headroom {

// Elements of a tensor in all the layers that have it. Factors of one are left out.
Factor tensorElements(FactorTree& tree, std::string_view name, const Factor& layers, const ShardFactors& shard);

// Bytes of a rows × columns matrix in a format: whole blocks per row plus row and tile scales, as bytesFor() counts.
Factor matrixBytes(FactorTree& tree, NumberFormat format, const Factor& rows, const Factor& columns);

// Bytes of such a part of one tensor, as partBytes() counts: a checkpoint taken as stored has layouts of its own.
Factor partBytes(FactorTree& tree, const Model& model, const Tensor& tensor, const WeightFormat& format,
                 const Factor& rows, const Factor& columns, Holder holder = Holder::file);

// Bytes of a tensor in all the layers that have it: layers × copies × `matrix`, which is taken apart where it is a
// plain product.
Factor tensorBytes(FactorTree& tree, std::string_view name, const Factor& layers, const Factor& copies,
                   const Factor& matrix);

// Tensors that a line of weights counts: a loop over plain numbers sums them up.
struct TensorSum {
  double elements = 0, bytes = 0;
  NumberFormat format = NumberFormat::bf16;  // of all of them while `uniform`
  bool uniform = true;

  void add(NumberFormat f, double moreElements, double moreBytes) {
    if (elements > 0 && f != format) uniform = false;
    format = f, elements += moreElements, bytes += moreBytes;
  }
  // True where all are in one plain float: the line is elements × bytes per element.
  bool plain() const { return uniform && isPlainFloat(format); }
};

// A sum's factor. An open ledger is given its parts by each(FactorParts&); a closed one has the sum already.
template <typename Each>
Factor sumOf(FactorTree& tree, std::string_view symbol, Unit unit, double value, Each&& each) {
  if (!tree.open()) return summed(symbol, value, unit);
  FactorParts parts(tree, symbol, unit);
  each(parts);
  return parts.close();
}

// Adds a line of weights. each(parts, elements): adds every tensor's elements or else its bytes.
template <typename Each>
Bytes addTensors(Ledger& ledger, ComponentId component, std::string_view label, std::string_view source,
                 const TensorSum& sum, Each&& each) {
  if (sum.elements <= 0) return Bytes(0);
  if (sum.plain())
    return ledger.add(
        component, label, source,
        {sumOf(ledger, "elements", Unit::elements, sum.elements, [&](FactorParts& parts) { each(parts, true); }),
         bytesOf(sum.format)});
  return ledger.add(
      component, label, source,
      {sumOf(ledger, "tensors", Unit::bytes, sum.bytes, [&](FactorParts& parts) { each(parts, false); })});
}

// Bytes of the whole model in a format other than a GGUF file's mix, as weightBytes() counts.
Factor modelBytes(FactorTree& tree, const Model& model, const WeightFormat& format);

// The model's parameters down to its tensors, tied heads once; what was given or stored without them is a leaf.
Factor parametersFactor(FactorTree& tree, const Model& model);

}  // namespace headroom
