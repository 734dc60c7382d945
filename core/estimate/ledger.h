// The ledger: what every byte of an estimate is made of. A component is a sum of lines, a line is a product of named
// factors, and a factor that is itself computed is made of factors of its own, down to the model's dimensions, formats
// and cited constants. Bytes are computed from those factors and from nothing else, so an explanation cannot drift from
// its number. A ledger keeps as much of them as it is asked to (Detail); short of the whole tree it computes every
// value without allocating. Text is made only when somebody asks (core/report/explanation.h).
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "core/base/inline_vector.h"
#include "core/base/quantity.h"
#include "core/estimate/factor.h"
#include "core/scenario/component.h"

namespace headroom {

// A product of factors; bytes are rounded to the nearest byte.
struct Line {
  ComponentId component{};
  std::string_view label;   // "keys and values of full-attention layers"
  std::string_view source;  // paper with equation, or framework file and version
  std::uint16_t firstFactor = 0;
  std::uint8_t factorCount = 0;
  Bytes bytes;
};

// The share of a component's bytes by which measured runs were seen to differ: low = bytes × lowRatio.
struct Band {
  double lowRatio = 1.0;
  double highRatio = 1.0;
};

// What a ledger keeps beside its lines' bytes: nothing, each line's own factors, or every factor down to its leaves.
enum class Detail : std::uint8_t { bytes, lines, open };

class Ledger : public FactorTree {
 public:
  static constexpr std::size_t kMaxLines = 160;
  static constexpr std::size_t kMaxFactors = 640;

  // Set before the first line is added.
  void setDetail(Detail detail) { keepsFactors_ = detail != Detail::bytes, setOpen(detail == Detail::open); }

  // Adds a line to a component and returns its bytes. A product of zero adds nothing (and returns 0 bytes).
  Bytes add(ComponentId component, std::string_view label, std::string_view source,
            std::initializer_list<Factor> factors);

  // A component's lines, of this ledger or of another, as one factor: their sum, each in whole bytes.
  Factor linesOf(ComponentId component, const Ledger& from, std::string_view symbol);

  // Widens the component's band; the bounds are kept in bytes. Call after its lines have been added.
  void setBand(ComponentId component, Band band);
  void setBand(ComponentId component, Bytes low, Bytes high);

  // Removes every line of the component (a moment at which it is not alive).
  void clear(ComponentId component);
  void clear();

  // Keeps only the lines for which keep(index) is true: what is alive at one moment. Bands are reset.
  template <typename Keep>
  void retain(Keep keep) {
    bytes_.fill(Bytes(0)), lowDelta_.fill(Bytes(0)), highDelta_.fill(Bytes(0));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!keep(i)) continue;
      bytes_[static_cast<std::size_t>(lines_[i].component)] += lines_[i].bytes;
      if (kept != i) lines_[kept] = lines_[i];
      ++kept;
    }
    lines_.resizeDown(kept);
  }

  Bytes bytes(ComponentId component) const { return bytes_[static_cast<std::size_t>(component)]; }
  Bytes low(ComponentId component) const;
  Bytes high(ComponentId component) const;
  Bytes total() const;  // the sum of all components

  const InlineVector<Line, kMaxLines>& lines() const { return lines_; }
  // The factors of one line, in the order in which they multiply; none where it keeps none.
  FactorSpan factors(const Line& line) const { return {factors_.begin() + line.firstFactor, line.factorCount}; }

 private:
  InlineVector<Line, kMaxLines> lines_;
  InlineVector<Factor, kMaxFactors> factors_;
  std::array<Bytes, kComponentCount> bytes_{};
  std::array<Bytes, kComponentCount> lowDelta_{};   // bytes - low, ≥ 0
  std::array<Bytes, kComponentCount> highDelta_{};  // high - bytes, ≥ 0
  bool keepsFactors_ = true;
};

}  // namespace headroom
