#include "core/model/class_name.h"

#include <cctype>

namespace headroom {

std::string plainClass(std::string_view name) {
  for (const std::string_view end : {"ForCausalLM", "ForConditionalGeneration", "LMHeadModel", "ForMaskedLM",
                                     "ForSequenceClassification", "ForPreTraining", "ForTokenClassification", "Model"})
    if (name.size() > end.size() && name.ends_with(end)) {
      name.remove_suffix(end.size());
      break;
    }
  std::string plain;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain;
}

}  // namespace headroom
