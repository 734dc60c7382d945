// Fitted constants: data with their provenance (resources/constants/*.json), read by id. A set of values is a value
// itself, so that validation can ask what the estimate would say had a source of measured runs not been known.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/estimate/constant_id.h"
#include "core/estimate/ledger.h"

namespace headroom {

// One value per id, in bytes where the unit is one of bytes.
class ConstantSet {
 public:
  double operator[](ConstantId id) const { return values_[static_cast<std::size_t>(id)]; }
  void set(ConstantId id, double value) { values_[static_cast<std::size_t>(id)] = value; }

 private:
  std::array<double, kConstantCount> values_{};
};

// Measured figures: those of an engine or training code with this name; `ids` (run ids) narrows them, empty: all.
struct RowSelector {
  std::string engine, figure;
  std::string qualities = "AB";
  std::vector<std::string> ids;
};

// How a constant was found: `error` by the smallest mean error of its rows, `band` as the edge that holds most of them.
enum class ConstantFit : std::uint8_t { error, band };

struct ConstantEntry {
  ConstantId id{};
  double value = 0;  // in bytes where the unit is one of bytes
  std::string unit;  // as written: "GiB", "B/logit", "ratio", …
  double scale = 1;  // of the unit: value ÷ scale is the number as written
  std::string why;   // the mechanism, in words
  std::string source;
  ConstantFit fit = ConstantFit::error;
  std::vector<RowSelector> rows;  // empty: published by the source, which has no rows here
  // What is taken where no other source has rows: a constant, or a number that follows without any.
  ConstantId otherwise = ConstantId::none;
  double otherwiseValue = 0;
  std::string explanation;  // why and source in one
};

// The constants that come with Headroom, by id; [0] is `none`. Read once, on first use.
std::span<const ConstantEntry> constantEntries();
const ConstantSet& bundledConstants();
// What is wrong with the bundled files: an id without entry or doubled, a missing key. Empty; a test holds it so.
const std::vector<std::string>& constantProblems();
// The bundled files below resources/.
std::span<const std::string_view> constantFiles();

// The entries of one file of this schema (headroom-constants/1). Errors: not JSON, another schema, an entry that lacks
// a key, has an unknown one or an unknown id, unit or fit; where: file and place.
Result<std::vector<ConstantEntry>> readConstants(std::string_view json, std::string_view where);

// The values in force on this thread: the bundled ones, unless a ConstantsOverride lives.
const ConstantSet& constantsInForce();
inline double fittedValue(ConstantId id) {
  return constantsInForce()[id];
}

// Replaces the constants on this thread while it lives; for validation only. The set must outlive it.
class ConstantsOverride {
 public:
  explicit ConstantsOverride(const ConstantSet& set);
  ~ConstantsOverride();
  ConstantsOverride(const ConstantsOverride&) = delete;
  ConstantsOverride& operator=(const ConstantsOverride&) = delete;

 private:
  const ConstantSet* before_;
};

// A number in a table of habits: of code (a literal), or fitted.
class Amount {
 public:
  constexpr Amount() = default;
  constexpr Amount(double value) : value_(value) {}
  constexpr Amount(ConstantId fitted) : fitted_(fitted) {}
  operator double() const { return fitted_ == ConstantId::none ? value_ : fittedValue(fitted_); }
  ConstantId fitted() const { return fitted_; }

 private:
  double value_ = 0;
  ConstantId fitted_ = ConstantId::none;
};

// The leaf of a fitted constant, with its why and source.
Factor fitted(std::string_view symbol, ConstantId id, Unit unit = Unit::count);
// The leaf of an amount: a constant, or fitted. `why` is the source of a literal.
Factor amountOf(std::string_view symbol, const Amount& amount, Unit unit = Unit::count, std::string_view why = {});

inline Band fittedBand(ConstantId low, ConstantId high) {
  return {fittedValue(low), fittedValue(high)};
}

}  // namespace headroom
