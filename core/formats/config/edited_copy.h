// The copy of a configuration that what-if edits: its text, and what it remembers of the one it was made from. Internal
// to core/formats/config/edited_model.cpp. What it remembers may come from a file, so following it may throw
// json::exception.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/model/model.h"
#include "core/model/model_reference.h"

namespace headroom {

class EditedCopy {
 public:
  using Json = nlohmann::json;
  using Pointer = Json::json_pointer;

  // Goes on with the model's own memory where it has one, else begins one.
  EditedCopy(const ModelReference& reference, const Model& model);

  const Json& root() const { return root_; }
  bool isEdited(const Pointer& at) const;
  bool wasAdded(const Pointer& at) const { return memory_["added"].contains(at.to_string()); }
  bool isOriginal() const { return memory_["values"].empty() && memory_["added"].empty(); }
  std::string name() const { return textOf("name"); }
  std::string source() const { return textOf("source"); }

  // Sets a key, or erases it with a null.
  void set(const Pointer& at, const Json& value);
  // Sets the number of layers, and cuts or continues the lists beside it that have one value per layer.
  void setLayers(const Pointer& at, std::int64_t layers);

  // The configuration with its memory, as JSON.
  std::string text() const;
  // The reference of what it was made from.
  ModelReference from() const;
  // "num_hidden_layers 40 instead of 32"
  std::string changes() const;

 private:
  Json restored() const;
  std::string textOf(const char* key) const;
  Json original(const Pointer& at, const Json& now) const;
  void begin(const ModelReference& reference, const Model& model);

  Json root_, memory_;
};

}  // namespace headroom
