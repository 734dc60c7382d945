// Which of the measured figures are looked at.
#pragma once

#include <string>
#include <vector>

#include "ui/document/evidence_store.h"

namespace headroom::ui {

struct EvidenceFilter {
  std::string group, figure;     // empty: all
  std::string qualities = "AB";  // A: configuration complete; B: one or two keys assumed; C: more

  bool operator==(const EvidenceFilter&) const = default;
};

// Indices of the evidence's errors that pass, the largest error first.
std::vector<std::size_t> rowsOf(const Evidence& evidence, const EvidenceFilter& filter);

// The engines and training frameworks of the evidence: servers first, each kind by name.
std::vector<std::string> groupsOf(const Evidence& evidence);
// The figures measured for a group (empty: any), by name.
std::vector<std::string> figuresOf(const Evidence& evidence, const std::string& group);

// True for the engines that serve; the rest are training frameworks.
bool serves(const std::string& group);

}  // namespace headroom::ui
