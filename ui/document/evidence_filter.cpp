#include "ui/document/evidence_filter.h"

#include <algorithm>
#include <set>

namespace headroom::ui {

bool serves(const std::string& group) {
  return group == "vllm" || group == "sglang" || group == "llama.cpp" || group == "transformers";
}

std::vector<std::size_t> rowsOf(const Evidence& evidence, const EvidenceFilter& filter) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < evidence.errors.size(); ++i) {
    const PredictionError& e = evidence.errors[i];
    const bool passes = (filter.group.empty() || e.group == filter.group) &&
                        (filter.figure.empty() || e.measured.name == filter.figure) &&
                        filter.qualities.find(e.measured.quality) != std::string::npos;
    if (passes) rows.push_back(i);
  }
  return rows;
}

std::vector<std::string> groupsOf(const Evidence& evidence) {
  std::set<std::string> found;
  for (const PredictionError& e : evidence.errors) found.insert(e.group);
  std::vector<std::string> groups(found.begin(), found.end());
  std::ranges::stable_sort(groups, std::ranges::greater{}, serves);
  return groups;
}

std::vector<std::string> figuresOf(const Evidence& evidence, const std::string& group) {
  std::set<std::string> found;
  for (const PredictionError& e : evidence.errors)
    if (group.empty() || e.group == group) found.insert(e.measured.name);
  return {found.begin(), found.end()};
}

}  // namespace headroom::ui
