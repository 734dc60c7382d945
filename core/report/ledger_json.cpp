#include "core/report/ledger_json.h"

#include <cmath>

namespace headroom {
namespace {

using nlohmann::ordered_json;

ordered_json factorsJson(const std::vector<ExplainedTerm>& terms, int depth) {
  ordered_json list = ordered_json::array();
  for (const ExplainedTerm& t : terms) {
    ordered_json one{{"symbol", t.symbol}, {"value", numberJson(t.number)}, {"unit", t.unit}, {"origin", t.origin}};
    if (!t.why.empty()) one["why"] = t.why;
    if (t.inverse) one["inverse"] = true;
    if (!t.combine.empty()) one["combine"] = t.combine;
    if (!t.round.empty()) one["round"] = t.round;
    if (!t.parts.empty() && depth > 1) one["factors"] = factorsJson(t.parts, depth - 1);
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

ordered_json numberJson(double value) {
  if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

ordered_json linesJson(const std::vector<ExplainedLine>& lines, int depth) {
  ordered_json list = ordered_json::array();
  for (const ExplainedLine& l : lines) {
    ordered_json one{{"label", l.label}, {"bytes", l.bytes.value()}, {"formula", l.symbols}, {"numbers", l.numbers}};
    if (depth > 0) one["factors"] = factorsJson(l.terms, depth);
    one["source"] = l.source;
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace headroom
