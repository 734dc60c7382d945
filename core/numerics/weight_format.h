// What a scenario may ask of the weights: one number format for the linear layers, a GGUF file type, or the
// checkpoint as it is stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/numerics/gguf_file_type.h"
#include "core/numerics/number_format.h"

namespace headroom {

struct AsStored {
  bool operator==(const AsStored&) const = default;
};
using WeightFormat = std::variant<NumberFormat, GgufFileType, AsStored>;

// "checkpoint", a number format's id or a GGUF file type's name; nothing for an unknown name.
// A name that is both (Q8_0, BF16) is a number format when written in lower case and a file type in capitals.
std::optional<WeightFormat> weightFormat(std::string_view name);
std::string idOf(const WeightFormat& format);

}  // namespace headroom
