#include "core/estimate/ledger.h"

#include <algorithm>
#include <cassert>

namespace headroom {
namespace {

constexpr std::size_t at(ComponentId id) {
  return static_cast<std::size_t>(id);
}

}  // namespace

Bytes Ledger::add(ComponentId component, std::string_view label, std::string_view source,
                  std::initializer_list<Factor> factors) {
  double product = 1.0;
  for (const Factor& f : factors) product = f.inverse ? product / f.value : product * f.value;
  const Bytes bytes = toBytes(product);
  if (bytes == Bytes(0)) return bytes;
  const std::size_t kept = keepsFactors_ ? factors.size() : 0;
  if (lines_.size() == lines_.capacity() || factors_.size() + kept > factors_.capacity()) {
    assert(false && "a ledger has room for every term of every engine; raise kMaxLines or kMaxFactors");
    bytes_[at(component)] += bytes;
    return bytes;
  }
  Line& line = lines_.add();  // written in place: read back as a whole, it would wait for its parts to be stored
  line.component = component;
  line.label = label;
  line.source = source;
  line.firstFactor = static_cast<std::uint16_t>(factors_.size());
  line.factorCount = static_cast<std::uint8_t>(kept);
  line.bytes = bytes;
  if (kept > 0) factors_.append(factors.begin(), kept);
  bytes_[at(component)] += bytes;
  return bytes;
}

Factor Ledger::linesOf(ComponentId component, const Ledger& from, std::string_view symbol) {
  FactorParts all(*this, symbol, Unit::bytes);
  for (const Line& line : from.lines()) {
    if (line.component != component) continue;
    if (!open() || line.factorCount == 0) {
      all.add(summed(line.label, static_cast<double>(line.bytes.value()), Unit::bytes));
      continue;
    }
    FactorParts product(*this, line.label, Unit::bytes, Combine::multiply);
    for (const Factor& f : from.factors(line)) product.add(&from == this ? f : adopt(from, f));
    all.add(product.close(Round::nearest));
  }
  return all.close();
}

void Ledger::setBand(ComponentId component, Band band) {
  const double bytes = static_cast<double>(bytes_[at(component)].value());
  setBand(component, toBytes(bytes * band.lowRatio), toBytes(bytes * band.highRatio));
}

void Ledger::setBand(ComponentId component, Bytes low, Bytes high) {
  lowDelta_[at(component)] = std::max(Bytes(0), bytes_[at(component)] - low);
  highDelta_[at(component)] = std::max(Bytes(0), high - bytes_[at(component)]);
}

void Ledger::clear(ComponentId component) {
  std::size_t kept = 0;
  for (const Line& line : lines_)
    if (line.component != component) lines_[kept++] = line;
  lines_.resizeDown(kept);
  bytes_[at(component)] = lowDelta_[at(component)] = highDelta_[at(component)] = Bytes(0);
}

void Ledger::clear() {
  lines_.clear();
  factors_.clear();
  clearParts();
  bytes_.fill(Bytes(0));
  lowDelta_.fill(Bytes(0));
  highDelta_.fill(Bytes(0));
}

Bytes Ledger::low(ComponentId id) const {
  return bytes_[at(id)] - lowDelta_[at(id)];
}
Bytes Ledger::high(ComponentId id) const {
  return bytes_[at(id)] + highDelta_[at(id)];
}

Bytes Ledger::total() const {
  Bytes sum;
  for (Bytes b : bytes_) sum += b;
  return sum;
}

}  // namespace headroom
