#include "ui/languages/core_patterns.h"

#include "ui/languages/core_text.h"

namespace headroom::ui {

std::vector<std::span<const char* const>> corePatterns() {
  return {coreSentences(), coreReasons(), coreLabels1(), coreLabels2(), coreLabels3(), coreErrors()};
}

}  // namespace headroom::ui
