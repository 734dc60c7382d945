// Option: one of the finer settings, described as data: when it applies, what it shows, what may be chosen and how a
// choice changes the scenario. The folded sections are built from the table of these.
#pragma once

#include <QString>
#include <functional>
#include <span>
#include <vector>

#include "ui/document/keyed_setting.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

struct OptionChoice {
  QString id;  // empty: as the engine would have it
  QString label;
  bool operator==(const OptionChoice&) const = default;
};

struct Option {
  enum class Kind { choice, number, text, toggle };

  Field field;
  Section section;
  Kind kind;
  const char* tip;                                // what it changes; translated in context "Option"
  std::function<bool(const Snapshot&)> applies;   // shown at all
  std::function<QString(const Snapshot&)> value;  // what the scenario says; empty: nothing, the default holds
  std::function<std::vector<OptionChoice>(const Snapshot&)> choices;  // Kind::choice; without the default entry
  // Returns why not, or nothing; an empty value: back to the default.
  std::function<QString(Scenario&, const QString& value)> apply;
  bool hasDefault;  // an empty value is meaningful
};

// Every setting there is a control for: those written out one by one, and those known by their key alone.
std::span<const Option> allOptions();

// What the option's value would be if the scenario said nothing.
QString defaultText(const Option& option, const Snapshot& snapshot);
// The same as a sentence with the core's reason: "Default: foreach (transformers …)".
QString defaultReason(const Option& option, const Snapshot& snapshot);
// Why the option has no place in the job, where it has none and the core has a word for it.
QString idleReason(const Option& option, const Snapshot& snapshot);

}  // namespace headroom::ui
