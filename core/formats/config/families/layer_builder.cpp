#include "core/formats/config/families/layer_builder.h"

namespace headroom {

Tensor& TensorList::tensor(std::string_view name, TensorRole role, Group group, std::int64_t rows, std::int64_t columns,
                           std::int64_t copies) {
  Tensor t;
  t.name = prefix_;
  t.name += name;
  t.role = role;
  t.group = group;
  t.rows = rows;
  t.columns = columns;
  t.copies = copies;
  return tensors_.emplace_back(std::move(t));
}

void TensorList::linear(std::string_view name, TensorRole role, Group group, std::int64_t out, std::int64_t in,
                        bool bias, std::int64_t copies) {
  tensor(std::string(name) + ".weight", role, group, out, in, copies).linear = true;
  if (bias) tensor(std::string(name) + ".bias", role, group, out, 1, copies).bias = true;
}

void TensorList::norm(std::string_view name, std::int64_t width, bool bias) {
  tensor(std::string(name) + ".weight", TensorRole::norm, Group::norm, width);
  if (bias) tensor(std::string(name) + ".bias", TensorRole::norm, Group::norm, width).bias = true;
}

void TensorList::buffer(std::string_view name, TensorRole role, Group group, std::int64_t elements) {
  tensor(name, role, group, elements).buffer = true;
}

}  // namespace headroom
