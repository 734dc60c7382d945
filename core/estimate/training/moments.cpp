#include "core/estimate/training/moments.h"

namespace headroom::training {
namespace {

constexpr std::array<std::string_view, kMomentCount> kNames{"load", "forward", "loss", "backward", "backward", "optimizer step"};

}  // namespace

Bytes MomentBook::add(Moments when, ComponentId component, std::string_view label, std::string_view source,
                      std::initializer_list<Factor> factors) {
  Ledger& ledger = rank_.ledger;
  const std::size_t line = ledger.lines().size();
  const Bytes bytes = ledger.add(component, label, source, factors);
  if (ledger.lines().size() == line) return bytes;
  when_[line] = when;
  const double value = static_cast<double>(bytes.value());
  for (std::size_t m = 0; m < kMomentCount; ++m)
    if ((when >> m) & 1U) sums_[m][static_cast<std::size_t>(component)] += value;
  return bytes;
}

double MomentBook::total(MomentId m) const {
  double sum = 0;
  for (double bytes : sums_[static_cast<std::size_t>(m)]) sum += bytes;
  return sum;
}

double MomentBook::at(MomentId m, ComponentId component) const {
  return sums_[static_cast<std::size_t>(m)][static_cast<std::size_t>(component)];
}

MomentId MomentBook::peak() const {
  std::size_t heaviest = 0;
  for (std::size_t m = 1; m < kMomentCount; ++m)
    if (total(static_cast<MomentId>(m)) > total(static_cast<MomentId>(heaviest))) heaviest = m;
  return static_cast<MomentId>(heaviest);
}

void MomentBook::close() {
  const std::size_t heaviest = static_cast<std::size_t>(peak());
  rank_.peakMoment = kNames[heaviest];
  rank_.moments.clear();
  const bool endIsHeavier = total(MomentId::backward_end) > total(MomentId::backward_start);
  for (std::size_t m = 0; m < kMomentCount; ++m) {
    if (static_cast<MomentId>(m) == (endIsHeavier ? MomentId::backward_start : MomentId::backward_end)) continue;
    Moment moment{kNames[m], {}};
    for (std::size_t c = 0; c < kComponentCount; ++c) moment.bytes[c] = toBytes(sums_[m][c]);
    rank_.moments.push(moment);
  }
  rank_.ledger.retain([&](std::size_t line) { return ((when_[line] >> heaviest) & 1U) != 0; });
}

}  // namespace headroom::training
