// Facts: what core reports beside the verdict and a reader must not miss, short enough for a chip each.
#pragma once

#include <QString>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

struct Fact {
  QString text;    // "⚠ one of 2 devices is idle"
  QString reason;  // a sentence or a few
  bool operator==(const Fact&) const = default;
};

// What weighs most first: what would not run, what is not counted, what has no effect, where the model itself ends.
std::vector<Fact> factsOf(const Snapshot& snapshot);

}  // namespace headroom::ui
