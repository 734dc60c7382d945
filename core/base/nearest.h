// "Did you mean": the known name that is nearest to what somebody typed.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace headroom {

// The candidate with the fewest edits to `name` (case does not count), if they are few enough to be a slip: at most a
// third of the letters. A candidate that contains the name, or is contained in it, counts as near. Empty where none is.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

// The edits between two names over their first 96 letters: insertions, deletions, replacements and swaps of neighbours.
// Case does not count, and '-' is '_'.
std::size_t editDistance(std::string_view a, std::string_view b);

// " Did you mean 'batch'?" with its leading blank, or nothing.
std::string didYouMean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace headroom
