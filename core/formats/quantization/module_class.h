// What class of module a loader finds behind a tensor: quantizers go by the class, not by the model's name.
#pragma once

#include <string>
#include <string_view>

#include "core/model/model.h"

namespace headroom {

enum class ModuleClass : std::uint8_t {
  none,       // no module of its own: norms, embeddings, biases
  linear,     // nn.Linear itself
  subclass,   // a class made from nn.Linear
  conv1d,     // the transposed Linear of GPT-2
  parameter,  // a bare parameter: routers and the stacked experts of Transformers 5
};

// By the family's own modeling file in transformers 4.57.6 and 5.24.0; a file and an engine have one matrix per expert.
ModuleClass classOf(std::string_view family, const Tensor& tensor, Holder holder);

// True for what get_keys_to_not_convert() of transformers 5.24 finds in every model: the head, tied modules and the
// module of the last parameter.
bool keptByDefault(std::string_view family, const Tensor& tensor);

// True for a module that the model's class keeps in fp32 where it can (_keep_in_fp32_modules), which the quantizers of
// Transformers add to every list.
bool keptForPrecision(std::string_view family, const Tensor& tensor);

// The module's name in a checkpoint and in the trees that Transformers builds: since 4.52 a vision-language model's
// parts stand below "model.", since 5 every head is "lm_head".
struct ModuleNames {
  std::string file, tree4, tree5;
};
ModuleNames namesOf(const Model& model, const Tensor& tensor, std::size_t layer);

}  // namespace headroom
