// The dims of a replay by name, so that an explanation can say "hidden size × tokens".
#pragma once

#include <vector>

#include "core/estimate/factor.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

class Shapes {
 public:
  explicit Shapes(Tape& tape) : tape_(tape) { factors_.emplace_back(); }
  // The dim of a factor; the same one for the same symbol and value.
  std::uint8_t dim(const Factor& factor) {
    for (std::size_t i = 1; i < factors_.size(); ++i)
      if (factors_[i].value == factor.value && factors_[i].symbol == factor.symbol) return static_cast<std::uint8_t>(i);
    factors_.push_back(factor);
    return tape_.dim(factor.value);
  }
  const Factor& operator[](std::uint8_t dim) const { return factors_[dim]; }

 private:
  Tape& tape_;
  std::vector<Factor> factors_;
};

}  // namespace headroom::training
