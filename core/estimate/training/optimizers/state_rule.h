// What an optimizer keeps per trained element: how many values, in which format, with which scales.
#pragma once

#include "core/estimate/factor.h"
#include "core/model/tensor.h"
#include "core/scenario/settings.h"

namespace headroom::training {

// What the optimizers look at in a tensor.
struct StateShape {
  bool matrix = false;     // two-dimensional: Adafactor factors it
  bool hidden = false;     // a matrix inside the network, neither embedding nor head: Muon orthogonalizes its update
  bool embedding = false;  // of tokens or positions
  bool adapter = false;    // of low rank, beside a frozen matrix
};
StateShape shapeOf(const Tensor& tensor);

struct StateRule {
  double states = 0;                      // values per element
  double each = 4;                        // bytes of one
  double scaleBytes = 0, scaleBlock = 1;  // of block-quantized states: one scale per so many elements
  bool factored = false;                  // one value per row and one per column in place of one per element
  std::string_view symbol = {}, eachWhy = {}, why = {};

  // Bytes of the states of `copies` tensors of rows × columns.
  double bytes(double rows, double columns, double copies) const {
    if (factored) return (rows + columns) * copies * each;
    return states * (rows * columns * copies * (each + scaleBytes / scaleBlock));
  }
  // The factors a number of elements is multiplied with.
  Factor statesFactor() const { return constant(symbol, states, Unit::count, why); }
  Factor eachFactor(FactorTree& tree) const;
};

// For a tensor of so many elements.
StateRule stateRuleOf(const Settings& settings, const StateShape& shape, double elements);

// True where one rule holds for tensors of every shape and size.
bool statesAreUniform(const Settings& settings);

}  // namespace headroom::training
