// Scenarios that people might ask, drawn at random from the catalogue's models, the engines and their settings.
#pragma once

#include <random>

#include "core/scenario/scenario.h"

namespace headroom {

class ScenarioDraw {
 public:
  explicit ScenarioDraw(unsigned seed) : random_(seed) {}

  // A resolved scenario; its name says what was drawn, for failure messages.
  Scenario next();

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool oneIn(std::size_t n) { return below(n) == 0; }
  template <typename T>
  T oneOf(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  void drawInference(Scenario& s);
  void drawExtras(Scenario& s);
  void drawTraining(Scenario& s);
  void drawCalibration(Scenario& s);

  std::mt19937 random_;
};

}  // namespace headroom
