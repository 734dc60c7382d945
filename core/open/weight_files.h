// Which of the files of a folder or a repository is the model. Internal to core/open.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom {

// "name-00002-of-00005.gguf", of GGUF and safetensors alike.
struct FilePart {
  std::string prefix;  // "name"
  std::string end;     // ".gguf"
  int part = 1, of = 1;
};
std::optional<FilePart> filePart(std::string_view name);
// The names of all parts of the set this file belongs to; the name alone where it is no part.
std::vector<std::string> partsOf(const std::string& name);

// The safetensors files that hold the model, of names without an index: copies in another layout (consolidated*), in
// another precision (model.fp16.*), adapters and optimizers are none of it. Errors: a part is missing (not_found).
Result<std::vector<std::string>> modelSafetensors(std::vector<std::string> names);

struct ChosenGguf {
  std::string file;                 // its first part
  std::vector<std::string> others;  // models that were there too
};

// The GGUF file to read: the one whose name has the tag ("Q8_0") in it, else Q4_K_M, else the first by name.
// Projectors (mmproj), importance matrices and adapters are no models. Errors: none there, with what there is instead;
// none with this tag.
Result<ChosenGguf> modelGguf(std::vector<std::string> names, std::string_view tag = {});

// "Of several files X is taken; …": empty where there were no others.
std::string choiceNote(const ChosenGguf& chosen);

}  // namespace headroom
