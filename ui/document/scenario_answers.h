// ScenarioAnswers: what each scenario of the document comes to. An answer is kept while its scenario does not change,
// so that moving a slider works out one scenario, not all of them.
#pragma once

#include <vector>

#include "ui/document/snapshot.h"
#include "ui/document/work.h"

namespace headroom::ui {

class ScenarioAnswers {
 public:
  // Fills the snapshot's scenarios; `full`: their limits and curves as well, for a page that shows them.
  void build(const Work& work, bool full, Snapshot& snapshot);

 private:
  struct Answer {
    ScenarioPointer scenario;
    ComparedColumn column;
    ContextCurve curve;
    bool full = false;
    std::int64_t top = 0;  // of the curve
  };
  Answer& answerTo(const ScenarioPointer& scenario);

  std::vector<Answer> answers_;
  Estimate scratch_;
};

// "A", "B", …
QString scenarioLetter(std::size_t scenario);
// Its own name, or what tells it: "Llama 3.1 8B bf16".
QString scenarioName(const Scenario& scenario);

}  // namespace headroom::ui
