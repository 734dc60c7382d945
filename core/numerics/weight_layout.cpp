#include "core/numerics/weight_layout.h"

#include <cmath>

namespace headroom {

double Units::of(double n) const {
  if (times == 0) return 1;
  return std::ceil(n * static_cast<double>(times) / static_cast<double>(by));
}

double LayoutTerm::of(double matrixRows, double matrixColumns) const {
  return bytes * (flat ? columns.of(matrixRows * matrixColumns) : rows.of(matrixRows) * columns.of(matrixColumns));
}

Bytes bytesFor(const WeightLayout& layout, Holder holder, std::int64_t rows, std::int64_t columns) {
  double sum = 0;
  for (const LayoutTerm& term : layout.terms)
    if ((term.in & only(holder)) != 0) sum += term.of(static_cast<double>(rows), static_cast<double>(columns));
  return toBytes(sum);
}

}  // namespace headroom
