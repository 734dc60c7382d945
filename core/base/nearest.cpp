#include "core/base/nearest.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace headroom {
namespace {

// Longer names are cut before comparing: input is hostile, and the distance costs the product of both lengths.
constexpr std::size_t kLongest = 96;

std::string folded(std::string_view text) {
  std::string lower(text.substr(0, kLongest));
  for (char& c : lower) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
  return edits(folded(a), folded(b));
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string asked = folded(name);
  if (asked.empty()) return {};
  std::string_view best, containing;
  std::size_t fewest = std::max<std::size_t>(1, asked.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    const std::string known = folded(candidate);
    const std::size_t n = edits(asked, known);
    if (n < fewest) fewest = n, best = candidate;
    const bool contains = (asked.size() >= 3 && known.find(asked) != std::string::npos) ||
                          (known.size() >= 3 && asked.find(known) != std::string::npos);
    if (contains && (containing.empty() || candidate.size() < containing.size())) containing = candidate;
  }
  return best.empty() ? containing : best;
}

std::string didYouMean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view found = nearest(name, candidates);
  return found.empty() ? std::string() : " Did you mean '" + std::string(found) + "'?";
}

}  // namespace headroom
