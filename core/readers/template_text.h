// A file before a tool fills it in: a Helm chart's, Ansible's, a workflow's. Internal to core/readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

struct TemplateText {
  std::string plain;  // a variable that nobody sets stands where a value would, and no tag on its own line
  std::vector<std::string> values;  // what stood there, without what formats it: ".Values.model", in the text's order
};

// Nothing where no "{{ … }}" or "${{ … }}" stands as a value: a conversation's template of a model or a Modelfile is
// none of these.
std::optional<TemplateText> templateOf(std::string_view text);

// The reading of its plain text, in the template's own words and named as one; or the refusal, in its words too.
Result<Reading> inWordsOf(const TemplateText& text, Result<Reading> reading);

}  // namespace headroom
