#include <algorithm>

#include "core/estimate/training/replay/tape.h"

// Runs of equal layers, replayed once each.
namespace headroom::training {

void Tape::openUnit(double times) {
  Unit unit;
  unit.times = times, unit.firstNode = nodes_.size();
  unit.before = copies_, unit.aliveBefore = alive_;
  units_.push_back(std::move(unit));
  unit_ = static_cast<std::int32_t>(units_.size()) - 1;
}

void Tape::closeUnit() {
  Unit& u = units_[static_cast<std::size_t>(unit_)];
  u.lastNode = nodes_.size();
  u.before.resize(copies_.size(), 0.0);
  const double more = u.times - 1;
  for (std::size_t i = 0; i < copies_.size(); ++i) copies_[i] += more * (copies_[i] - u.before[i]);
  alive_ += more * (alive_ - u.aliveBefore);
  unit_ = -1;
  seen();
}

void Tape::seal() {
  if (units_.empty()) return;
  for (Storage& s : storages_)
    if (s.unit > 0 && s.refs > 0) s.times = units_[static_cast<std::size_t>(s.unit - 1)].times;
}

void Tape::passing(const Var& buffer) {
  const Tensor& tensor = tensors_[static_cast<std::size_t>(buffer.tensor_)];
  storages_[static_cast<std::size_t>(tensor.storage)].passing = true;
}

void Tape::sealBackward() {
  for (Unit& u : units_) {
    if (!u.done) continue;
    for (std::size_t i = u.firstStorage; i < u.lastStorage; ++i)
      if (storages_[i].refs > 0 && !storages_[i].passing) storages_[i].times = u.times;
    u.firstStorage = u.lastStorage = 0;
  }
}

void Tape::enterUnit() {
  Unit& u = units_[static_cast<std::size_t>(inside_)];
  u.firstStorage = storages_.size();
  u.before = copies_, u.aliveBefore = alive_;
  insidePeak_ = alive_, insidePhase_ = phase_, insideCopies_ = copies_;
}

void Tape::leaveUnit() {
  Unit& u = units_[static_cast<std::size_t>(inside_)];
  const double more = u.times - 1, rise = alive_ - u.aliveBefore;
  u.before.resize(copies_.size(), 0.0);
  insideCopies_.resize(copies_.size(), 0.0);
  const double last = insidePeak_ + more * rise;
  for (std::size_t i = 0; i < copies_.size(); ++i) {
    const double each = copies_[i] - u.before[i];
    insideCopies_[i] += more * each;
    copies_[i] += more * each;
  }
  alive_ += more * rise;
  const auto phase = static_cast<std::size_t>(insidePhase_);
  if (last > phasePeaks_[phase]) phasePeaks_[phase] = last, phaseCopies_[phase] = insideCopies_;
  u.done = true, u.lastStorage = storages_.size();
  inside_ = -1;
  seen();
}

}  // namespace headroom::training
