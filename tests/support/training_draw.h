// Training jobs drawn at random over every training code, its releases, kinds of models and the keys of a step; the
// same number is always the same job.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

// Whether a step's own allocations come from its replay, its passes alone, or from closed forms, which err on the high
// side.
enum class StepAccount : std::uint8_t { closed, passes, step };
StepAccount accountOf(const Estimate& estimate);

struct TrainingJob {
  Scenario scenario;
  std::shared_ptr<const Model> deeper;  // the scenario's model with one layer more
};

// A change that must not cost memory, or must not save any; nothing where it does not apply to the job.
struct TrainingChange {
  std::string_view what;
  bool saves = false;  // else it asks for more
  std::function<bool(Scenario&, const TrainingJob&)> turn;
};
const std::vector<TrainingChange>& trainingChanges();

class TrainingDraw {
 public:
  explicit TrainingDraw(std::uint64_t number) : random_(static_cast<std::mt19937::result_type>(number)) {}

  TrainingJob job();
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

 private:
  bool oneIn(std::size_t n) { return below(n) == 0; }
  template <typename T>
  T oneOf(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  template <typename T>
  void maybe(std::optional<T>& key, std::initializer_list<T> values) {
    if (oneIn(4)) key = oneOf(values);
  }
  void precision(Scenario& s);
  void step(Scenario& s);
  void adapters(Scenario& s);
  void distribution(Scenario& s);

  std::mt19937 random_;
};

}  // namespace headroom
