// What-if on a model's dimensions: a copy of its configuration with a few keys changed. The copy remembers under the
// key "headroom_edited" what it was made from and what those keys held, so that the way back survives saving.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/model/model.h"
#include "core/model/model_reference.h"

namespace headroom {

// The key of a configuration under which an edited copy remembers.
constexpr const char* kEditsKey = "headroom_edited";

enum class Dimension : std::uint8_t {
  parameters,  // of bare dimensions only
  layers,
  hidden,
  heads,
  kv_heads,
  head_dim,
  intermediate,
  vocabulary,
  experts,
  experts_per_token,
  expert_intermediate,
  tied_head,  // 0 or 1
};

struct EditableDimension {
  Dimension dimension{};
  std::optional<std::int64_t> stated;  // by the configuration or its class defaults; absent: follows from the others
  std::int64_t effective = 0;          // what it comes to in the model; 0 where layers differ
  bool perLayer = false;               // a list with one value for each layer, which one number cannot replace
  bool edited = false;                 // changed from what the copy was made from
};

// The dimensions the model has, in the order above. Empty where it carries no configuration.
std::vector<EditableDimension> editableDimensions(const ModelReference& reference, const Model& model);

// A model and how a scenario names it.
struct NamedModel {
  ModelReference reference;
  std::shared_ptr<const Model> model;
};

// The model with one dimension changed: bare dimensions stay bare, everything else becomes a copy of its configuration
// named "… (edited)". Lists with one value per layer are cut, or go on as they repeat. `value` absent: the dimension
// follows from the others again. Changing the last edited key back gives the reference to the original without a model.
// Errors are the reader's own.
Result<NamedModel> withDimension(const ModelReference& reference, const Model& model, Dimension dimension,
                                 std::optional<std::int64_t> value);

// Says in the model's source and notes that it is an edited copy, and what was changed. For the reader of
// configurations.
void noteEdits(Model& model);

// What an edited copy was made from, without its model unless it was pasted; nothing where this is no edited copy.
std::optional<NamedModel> originalOf(const ModelReference& reference);

}  // namespace headroom
