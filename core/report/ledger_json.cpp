#include "core/report/ledger_json.h"

namespace headroom {
namespace {

void writeFactors(JsonWriter& json, const std::vector<ExplainedTerm>& terms, int depth) {
  json.array("factors", [&] {
    for (const ExplainedTerm& t : terms)
      json.element([&] {
        json.member("symbol", t.symbol);
        json.member("value", t.number);
        json.member("unit", t.unit);
        json.member("origin", t.origin);
        if (!t.why.empty()) json.member("why", t.why);
        if (t.inverse) json.member("inverse", true);
        if (!t.combine.empty()) json.member("combine", t.combine);
        if (!t.round.empty()) json.member("round", t.round);
        if (!t.parts.empty() && depth > 1) writeFactors(json, t.parts, depth - 1);
      });
  });
}

}  // namespace

void writeLines(JsonWriter& json, const std::vector<ExplainedLine>& lines, int depth) {
  json.beginArray();
  for (const ExplainedLine& l : lines)
    json.element([&] {
      json.member("label", l.label);
      json.member("bytes", l.bytes.value());
      json.member("formula", l.symbols);
      json.member("numbers", l.numbers);
      if (depth > 0) writeFactors(json, l.terms, depth);
      json.member("source", l.source);
    });
  json.endArray();
}

}  // namespace headroom
