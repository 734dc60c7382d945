// Collects the tensors of one layer (or of what surrounds the layers) under a common prefix.
#pragma once

#include <string>
#include <string_view>

#include "core/model/layer.h"

namespace headroom {

class TensorList {
 public:
  TensorList(std::vector<Tensor>& tensors, std::string_view prefix) : tensors_(tensors), prefix_(prefix) {}

  // A Linear's weight [out, in] and, if asked, its bias [out].
  void linear(std::string_view name, TensorRole role, Group group, std::int64_t out, std::int64_t in, bool bias = false,
              std::int64_t copies = 1);
  // Any other tensor; `name` is its full name below the prefix.
  Tensor& tensor(std::string_view name, TensorRole role, Group group, std::int64_t rows, std::int64_t columns = 1,
                 std::int64_t copies = 1);
  // A norm's weight and, if asked, its bias.
  void norm(std::string_view name, std::int64_t width, bool bias = false);
  // Stored, but not a parameter.
  void buffer(std::string_view name, TensorRole role, Group group, std::int64_t elements);

 private:
  std::vector<Tensor>& tensors_;
  std::string prefix_;
};

// One layer under construction.
struct LayerBuilder {
  explicit LayerBuilder(std::string_view prefix) : tensors(kind.tensors, prefix) {}
  LayerBuilder(const LayerBuilder&) = delete;
  LayerBuilder& operator=(const LayerBuilder&) = delete;

  LayerKind kind;
  TensorList tensors;
};

}  // namespace headroom
