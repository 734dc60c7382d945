// The text behind a number, made from the ledger when somebody asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/ledger.h"
#include "core/units/format.h"

namespace headroom {

struct ExplainedTerm {
  std::string symbol, value, unit, origin;
  double number = 0;
};

struct ExplainedLine {
  std::string label;
  std::string symbols;   // "layers × bytes per token and layer × tokens kept × sequences"
  std::string numbers;   // "32 × 4096 B/token × 8192 tokens × 4 sequences"
  Bytes bytes;
  std::string source;
  std::vector<ExplainedTerm> terms;
};

struct Explanation {
  ComponentId component{};
  Bytes bytes, low, high;
  std::string formula;   // the lines' symbols joined by " + "; its value over the terms is `bytes`
  std::vector<ExplainedLine> lines;
  std::string source;    // the lines' sources, each once, joined by "; "
};

Explanation explain(const Ledger& ledger, ComponentId component);

}  // namespace headroom
