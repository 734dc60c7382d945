// A product whose number of factors depends on what is asked: leaves of one (no parallelism, one copy) are left out.
#pragma once

#include "core/estimate/factor.h"

namespace headroom::training {

class Product {
 public:
  Product(FactorTree& tree, std::string_view symbol, Unit unit)
      : parts_(tree, symbol, unit, Combine::multiply), symbol_(symbol), unit_(unit) {}

  Product& times(const Factor& f) {
    if (f.value != 1 || f.origin == Origin::computed) parts_.add(f);
    return *this;
  }
  // `count` ones share it; a count of one leaves it whole.
  Product& sharedBy(std::string_view symbol, double count) {
    return count == 1 ? *this : times(over(asked(symbol, count, Unit::devices)));
  }
  Factor close(Round round = Round::none) {
    if (parts_.empty()) parts_.add(asked(symbol_, 1, unit_));
    return parts_.close(round);
  }

 private:
  FactorParts parts_;
  std::string_view symbol_;
  Unit unit_;
};

// A part of a sum that there is nothing of.
constexpr Factor none(std::string_view symbol, Unit unit) {
  return leaf(Origin::constant, symbol, 0, unit, "there is none here");
}

}  // namespace headroom::training
