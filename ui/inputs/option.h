// Option: one of the finer settings, described as data: when it applies, what it shows, what may be chosen and how a
// choice changes the scenario. The folded sections are built from the table of these.
#pragma once

#include <QString>
#include <span>
#include <vector>

#include "ui/document/field.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

enum class Section { precision, engine, training, parallel, reserve };
constexpr int kSectionCount = 5;

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
  const char* tip;                                        // what it changes; translated in context "Option"
  bool (*applies)(const Snapshot&);                       // shown at all
  QString (*value)(const Snapshot&);                      // what the scenario says; empty: nothing, the default holds
  std::vector<OptionChoice> (*choices)(const Snapshot&);  // Kind::choice; without the default entry
  QString (*apply)(Scenario&, const QString& value);  // returns why not, or nothing; empty value: back to the default
  bool hasDefault;                                    // an empty value is meaningful
};

std::span<const Option> allOptions();

// What the option's value would be if the scenario said nothing.
QString defaultText(const Option& option, const Snapshot& snapshot);

}  // namespace headroom::ui
