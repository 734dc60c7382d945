// The text behind a number, made from the ledger when somebody asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/format.h"
#include "core/estimate/ledger.h"

namespace headroom {

// Its views are of the ledger's own texts, which outlive the ledger.
struct ExplainedTerm {
  std::string symbol;
  std::string_view unit, origin, why;
  double number = 0;
  bool inverse = false;              // under the fraction bar, or subtracted
  std::string_view combine;          // of a computed term: "multiply", "add", "max", "min", "root", "power"
  std::string_view round;            // "up", "down", "nearest"; empty where the value is taken as it is
  std::vector<ExplainedTerm> parts;  // of a computed term of an open ledger

  // The parts as one formula with their numbers: "8 heads × 128 × 2"; empty for a leaf.
  std::string formula() const;

  // The number alone: "4096", "0.5".
  std::string value() const { return formatFactor(number); }

  // Value and unit as people read them: "4096 B/token", "525,336,576 elements".
  std::string text() const;
  void addTextTo(std::string& out) const;
};

struct ExplainedLine {
  std::string_view label;
  std::string symbols;  // "layers × bytes per token and layer × tokens kept × sequences"
  std::string numbers;  // "32 × 4096 B/token × 8192 tokens × 4 sequences"
  Bytes bytes;
  std::string_view source;
  std::vector<ExplainedTerm> terms;  // in the order in which they multiply; none at depth 0
};

// A component as a formula. Symbols are unique in it: terms of several lines that agree in symbol and value are one
// term, and where the values differ the line's label tells them apart. Lines whose symbols agree are told apart too.
struct Explanation {
  ComponentId component{};
  Bytes bytes, low, high;
  std::string
      formula;  // the lines' symbols joined by " + "; its value over the terms is `bytes`, up to each line's rounding
  std::vector<ExplainedLine> lines;
  std::vector<ExplainedTerm> terms;  // of all lines, each symbol once, without their parts
  std::string source;                // the lines' sources, each once, joined by "; "
};

// `depth`: levels of factors, 1 for the lines' own, 0 for none.
Explanation explain(const Ledger& ledger, ComponentId component, int depth = 1000);

// The components that have bytes or a band, in the order of the ids.
std::vector<ComponentId> componentsOf(const Ledger& ledger);

}  // namespace headroom
