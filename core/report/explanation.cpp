#include "core/report/explanation.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

// False where every blank stands before a word.
bool holdsOperators(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == ' ' && (text[i + 1] < 'A' || text[i + 1] > 'z')) return true;
  return false;
}

// The operators of a formula stand between blanks; a symbol or label must not look like one.
std::string plain(std::string_view text) {
  std::string out(text);
  if (!holdsOperators(text)) return out;
  for (std::string_view op : {" × ", " / ", " + ", " - "})
    for (std::size_t at; (at = out.find(op)) != std::string::npos;)
      out.replace(at, op.size(), op == " + " ? " and " : ", ");
  return out;
}

ExplainedTerm termOf(const Ledger& ledger, const Factor& f, int depth) {
  ExplainedTerm term;
  term.symbol = plain(f.symbol);
  term.number = f.value;
  term.unit = nameOf(f.unit);
  term.origin = nameOf(f.origin);
  term.why = f.why;
  term.inverse = f.inverse;
  if (f.origin != Origin::computed) return term;
  term.combine = nameOf(f.combine);
  term.round = nameOf(f.round);
  if (depth <= 1) return term;
  term.parts.reserve(f.partCount);
  for (const Factor& part : ledger.parts(f)) term.parts.push_back(termOf(ledger, part, depth - 1));
  return term;
}

std::string_view operatorOf(const ExplainedTerm& whole, const ExplainedTerm& part, bool first) {
  if (whole.combine == "multiply") return part.inverse ? " / " : first ? "" : " × ";
  if (whole.combine == "add") return part.inverse ? (first ? "−" : " − ") : first ? "" : " + ";
  if (whole.combine == "power") return first ? "" : " ^ ";
  return first ? "" : ", ";
}

// The place of a term among the component's, which it joins where it is new: it is renamed until its symbol means one
// number there.
const ExplainedTerm& named(ExplainedTerm& term, std::string_view label, std::vector<ExplainedTerm>& all) {
  std::string bare;
  for (int attempt = 0;; ++attempt) {
    const auto known = std::ranges::find(all, term.symbol, &ExplainedTerm::symbol);
    if (known != all.end() && known->number == term.number && known->unit == term.unit) return *known;
    if (known == all.end()) {
      std::vector<ExplainedTerm> parts;
      parts.swap(term.parts);
      all.push_back(term);
      term.parts.swap(parts);
      return all.back();
    }
    if (attempt == 0) bare = term.symbol;
    term.symbol = bare + " (" + plain(label);
    if (attempt > 0) (term.symbol += ", ") += std::to_string(attempt + 1);
    term.symbol += ')';
  }
}

void explainLine(const Ledger& ledger, const Line& line, int depth, std::vector<ExplainedTerm>& all,
                 ExplainedLine& out) {
  constexpr std::size_t kUsualLength = 120;
  out.label = line.label;
  out.source = line.source;
  out.bytes = line.bytes;
  const FactorSpan factors = ledger.factors(line);
  out.symbols.reserve(kUsualLength), out.numbers.reserve(kUsualLength);
  if (depth > 0) out.terms.reserve(factors.count);
  for (const Factor& f : factors) {
    ExplainedTerm term = termOf(ledger, f, depth);
    const ExplainedTerm& known = named(term, line.label, all);
    const bool first = &f == factors.begin();
    if (first && f.inverse) out.symbols = out.numbers = "1";
    const std::string_view op = f.inverse ? " / " : first ? "" : " × ";
    (out.symbols += op) += known.symbol;
    out.numbers += op, known.addTextTo(out.numbers);
    if (depth > 0) out.terms.push_back(std::move(term));
  }
}

}  // namespace

void ExplainedTerm::addTextTo(std::string& out) const {
  const bool grouped = number == std::floor(number) && number >= 10'000 && number < 9e15;
  out += grouped ? formatCount(static_cast<std::int64_t>(number)) : value();
  if (!unit.empty()) (out += ' ') += unit;
}

std::string ExplainedTerm::text() const {
  std::string shown;
  addTextTo(shown);
  return shown;
}

std::string ExplainedTerm::formula() const {
  std::string out;
  for (const ExplainedTerm& part : parts) {
    const bool first = &part == &parts.front();
    if (first && part.inverse && combine == "multiply") out += "1";
    out += operatorOf(*this, part, first);
    out += part.unit.empty() && part.origin != "computed" ? part.text() + " " + part.symbol : part.text();
  }
  if (combine == "max" || combine == "min") out = std::string(combine) + "(" + out + ")";
  if (combine == "root") out = "√(" + out + ")";
  // To the nearest: the two halves of the brackets that round down and up.
  if (!round.empty()) out = (round == "up" ? "⌈" : "⌊") + out + (round == "down" ? "⌋" : "⌉");
  return out;
}

Explanation explain(const Ledger& ledger, ComponentId component, int depth) {
  Explanation out;
  out.component = component;
  out.bytes = ledger.bytes(component);
  out.low = ledger.low(component);
  out.high = ledger.high(component);
  std::size_t lines = 0, factors = 0;
  for (const Line& line : ledger.lines())
    if (line.component == component) ++lines, factors += line.factorCount;
  out.lines.reserve(lines), out.terms.reserve(factors);
  for (const Line& line : ledger.lines()) {
    if (line.component != component) continue;
    ExplainedLine explained;
    explainLine(ledger, line, depth, out.terms, explained);
    if (!out.formula.empty()) out.formula += " + ";
    out.formula += explained.symbols;
    const bool known =
        std::ranges::any_of(out.lines, [&](const ExplainedLine& l) { return l.source == explained.source; });
    if (!known && !explained.source.empty()) {
      if (!out.source.empty()) out.source += "; ";
      out.source += explained.source;
    }
    out.lines.push_back(std::move(explained));
  }
  return out;
}

std::vector<ComponentId> componentsOf(const Ledger& ledger) {
  std::vector<ComponentId> ids;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (ledger.bytes(id) != Bytes(0) || ledger.high(id) != Bytes(0)) ids.push_back(id);
  }
  return ids;
}

}  // namespace headroom
