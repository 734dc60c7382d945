// Factors: the named numbers an estimate is computed from. A computed factor is made of factors of its own, down to
// leaves: what a person asked, the model's dimensions, the catalogue, cited constants and measured figures.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/numerics/number_format.h"

namespace headroom {

enum class Unit : std::uint8_t {
  count,  // a plain number
  bytes,
  bytes_per_element,
  bytes_per_token,
  bytes_per_parameter,
  elements,
  parameters,
  layers,
  heads,
  tokens,
  sequences,
  experts,
  devices,
  rows,
  copies,
  ratio,
};
std::string_view nameOf(Unit unit);  // "B/element", "tokens", …; empty for count and ratio

// Where a factor's value comes from. `computed` is a factor with parts; a leaf is never computed.
enum class Origin : std::uint8_t { user, model, catalogue, constant, measured, computed };
std::string_view nameOf(Origin origin);

// How a computed factor follows from its parts; `root` is the square root of one, `power` raises the first to the
// second.
enum class Combine : std::uint8_t { multiply, add, largest, smallest, root, power };
std::string_view nameOf(Combine combine);  // "multiply", "add", "max", "min", "root", "power"
// What happens to the combined value: whole blocks are rounded up, a share per rank down, bytes to the nearest.
enum class Round : std::uint8_t { none, up, down, nearest };
std::string_view nameOf(Round round);  // empty for none

// One named number. Names and reasons must outlive the ledger: literals, or strings of the embedded catalogues and of
// the scenario's model.
struct Factor {
  std::string_view symbol;
  double value = 0;
  Unit unit = Unit::count;
  Origin origin = Origin::computed;
  bool inverse = false;  // under the fraction bar of a product, or subtracted in a sum
  Combine combine = Combine::multiply;
  Round round = Round::none;
  std::uint16_t partCount = 0;
  std::uint32_t firstPart = 0;
  std::string_view why;  // source of a constant, why a tensor is kept; empty where the symbol says it all
};

// Factors next to one another.
struct FactorSpan {
  const Factor* first;
  std::size_t count;
  const Factor* begin() const { return first; }
  const Factor* end() const { return first + count; }
};

// Makes computed factors and, while it is open, keeps their parts. Closed it keeps their values only and allocates
// nothing.
class FactorTree {
 public:
  // Set before the first factor is made.
  void setOpen(bool open) { open_ = open; }
  bool open() const { return open_; }

  // Factors that are computed: the value follows from the parts, which an open ledger keeps.
  Factor product(std::string_view symbol, Unit unit, std::initializer_list<Factor> parts, Round round = Round::none) {
    return computed(symbol, unit, Combine::multiply, round, parts.begin(), parts.size());
  }
  Factor sum(std::string_view symbol, Unit unit, std::initializer_list<Factor> parts, Round round = Round::none) {
    return computed(symbol, unit, Combine::add, round, parts.begin(), parts.size());
  }
  Factor largest(std::string_view symbol, Unit unit, std::initializer_list<Factor> parts) {
    return computed(symbol, unit, Combine::largest, Round::none, parts.begin(), parts.size());
  }
  Factor smallest(std::string_view symbol, Unit unit, std::initializer_list<Factor> parts) {
    return computed(symbol, unit, Combine::smallest, Round::none, parts.begin(), parts.size());
  }
  Factor squareRoot(std::string_view symbol, Unit unit, const Factor& part) {
    return computed(symbol, unit, Combine::root, Round::none, &part, 1);
  }
  Factor computed(std::string_view symbol, Unit unit, Combine combine, Round round, const Factor* parts,
                  std::size_t count);
  // A factor of another tree with all its parts, as one of this tree.
  Factor adopt(const FactorTree& from, const Factor& factor);
  // The parts of a computed factor; none where the tree is closed.
  FactorSpan parts(const Factor& factor) const { return {parts_.data() + factor.firstPart, factor.partCount}; }

 protected:
  void clearParts() { parts_.clear(); }

 private:
  std::vector<Factor> parts_;
  bool open_ = false;
};

// A computed factor whose parts are found one by one: FactorParts sum(tree, "elements", Unit::elements); sum.add(…);
// … sum.close(). A closed tree keeps the running value only.
class FactorParts {
 public:
  FactorParts(FactorTree& tree, std::string_view symbol, Unit unit, Combine combine = Combine::add)
      : tree_(tree), symbol_(symbol), unit_(unit), combine_(combine) {}

  void add(const Factor& part);
  double value() const { return value_; }
  bool empty() const { return empty_; }
  // The factor; call once.
  Factor close(Round round = Round::none);

 private:
  FactorTree& tree_;
  std::string_view symbol_;
  Unit unit_;
  Combine combine_;
  double value_ = 0;
  bool empty_ = true;
  std::vector<Factor> parts_;
};

// A computed factor of a closed tree whose value a loop over plain numbers has summed; an open one needs its parts.
constexpr Factor summed(std::string_view symbol, double value, Unit unit) {
  Factor f;
  f.symbol = symbol, f.value = value, f.unit = unit, f.origin = Origin::computed, f.combine = Combine::add;
  return f;
}

// Short makers, so that a formula in code reads like the formula on paper. `why` is the source of a constant.
constexpr Factor leaf(Origin origin, std::string_view s, double v, Unit u, std::string_view why = {}) {
  Factor f;
  f.symbol = s, f.value = v, f.unit = u, f.origin = origin, f.why = why;
  return f;
}
constexpr Factor asked(std::string_view s, double v, Unit u = Unit::count) {
  return leaf(Origin::user, s, v, u);
}
constexpr Factor fromModel(std::string_view s, double v, Unit u = Unit::count) {
  return leaf(Origin::model, s, v, u);
}
constexpr Factor fromCatalogue(std::string_view s, double v, Unit u = Unit::count) {
  return leaf(Origin::catalogue, s, v, u);
}
// `why`: where the number comes from; there is no constant without it.
constexpr Factor constant(std::string_view s, double v, Unit u, std::string_view why) {
  return leaf(Origin::constant, s, v, u, why);
}
constexpr Factor measured(std::string_view s, double v, Unit u = Unit::count, std::string_view why = {}) {
  return leaf(Origin::measured, s, v, u, why);
}
// Under the fraction bar.
constexpr Factor over(Factor f) {
  return f.inverse = true, f;
}
// Subtracted in a sum.
constexpr Factor less(Factor f) {
  return f.inverse = true, f;
}
// Bytes of one element of a plain format, block formats with their scales spread over the block's elements.
Factor bytesOf(NumberFormat format, std::string_view symbol = "bytes per element");

}  // namespace headroom
