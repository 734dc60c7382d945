// StopScale: labelled, equally spaced stops of a slider and the values they stand for. A value between two stops has
// a place between them, so that what was typed stays as typed.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

namespace headroom::ui {

struct Stop {
  double value = 0;
  QString label;  // empty: a tick without a text
  bool operator==(const Stop&) const = default;
};

class StopScale {
 public:
  StopScale() = default;
  explicit StopScale(std::vector<Stop> stops) : stops_(std::move(stops)) {}

  int size() const { return static_cast<int>(stops_.size()); }
  const Stop& operator[](int i) const { return stops_[static_cast<std::size_t>(i)]; }
  // Place of a value in stops, 0 … size − 1, logarithmic between two stops; values outside sit at the ends.
  double positionOf(double value) const;
  // The stop next to a place in a direction: from between two stops the nearer end, from a stop the next one.
  int next(double position, int direction) const;
  bool operator==(const StopScale&) const = default;

 private:
  std::vector<Stop> stops_;  // ascending
};

// Powers of two from 512 to 1M (further if the model reaches further), and the model's own maximum as a stop.
StopScale contextScale(std::int64_t maxContext);
StopScale batchScale();
StopScale rankScale();

}  // namespace headroom::ui
