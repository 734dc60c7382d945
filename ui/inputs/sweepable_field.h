// SweepableField: a field of the scenario as something that takes many values: numbers over a range, or choices. They
// are the inputs' own: what a field may be and how a value changes the scenario is said once (ui/inputs/option.h).
#pragma once

#include <QString>
#include <functional>
#include <string>
#include <vector>

#include "ui/document/asked.h"
#include "ui/document/swept_value.h"
#include "ui/document/work.h"
#include "ui/inputs/option.h"

namespace headroom::ui {

struct SweepableField {
  std::string id;  // a scenario's key ("context", "training.checkpointing"), or "scenario", "accelerator"
  QString label;
  bool numeric = false;
  bool whole = true;                  // numeric: whole numbers only
  bool doubles = false;               // numeric: only powers of two make sense (devices, ways of splitting)
  double from = 0, to = 0;            // numeric: its usual range
  std::vector<OptionChoice> choices;  // else
  std::function<QString(Scenario&, const QString& value)> apply;  // why not, or nothing
};

// What the shown scenario has a use for, the most asked first.
std::vector<SweepableField> sweepableFields(const Work& work, const Snapshot& snapshot);
// Nothing for an unknown id.
const SweepableField* fieldOf(const std::vector<SweepableField>& fields, const std::string& id);

// At most `most` of the range that is asked.
std::vector<SweptValue> valuesOf(const SweepableField& field, const AskedRange& range, int most);

}  // namespace headroom::ui
