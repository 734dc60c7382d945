// Whether what was taken from a page is what its parts say. Internal to core/readers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

// A page of several fenced parts: where the whole was refused, the first part that is a command with a model and two
// settings stands for it; where the model comes from no part but the sentences around them, the first that names one;
// and parts that say otherwise than what was taken are named. `read` reads one part. Any other text stays as it is.
Result<Reading> checkedByParts(Result<Reading> whole, std::string_view text,
                               const std::function<Result<Reading>(std::string_view)>& read);

// The first fenced part that is a command with a model and two settings, which says so; nothing where there is none.
std::optional<Reading> partOf(std::string_view text, const std::function<Result<Reading>(std::string_view)>& read);

// The commands that a notebook hands to a shell: its lines with "!" and what continues them.
std::string shellLines(std::string_view script);

// What is said of a reading that another one of the same text stands before.
std::string otherPart(const Reading& left);

// Scripts that a text hands to a shell: what they run is not read, and may be what the rest only looks at.
void noteScriptsRun(Reading& reading, std::string_view script);

// The first training of a page without fences that a command over several lines starts, with a word on others.
std::optional<Reading> runOf(std::string_view text, const std::function<Result<Reading>(std::string_view)>& read);

}  // namespace headroom
