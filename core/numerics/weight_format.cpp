#include "core/numerics/weight_format.h"

namespace headroom {

std::optional<WeightFormat> weightFormat(std::string_view name) {
  if (name == "checkpoint") return WeightFormat(AsStored{});
  const bool capital = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
  if (capital)
    if (const auto type = ggufFileType(name)) return WeightFormat(*type);
  if (const auto format = numberFormat(name)) return WeightFormat(*format);
  if (const auto type = ggufFileType(name)) return WeightFormat(*type);
  return std::nullopt;
}

std::string idOf(const WeightFormat& format) {
  if (const auto* f = std::get_if<NumberFormat>(&format)) return std::string(info(*f).id);
  if (const auto* t = std::get_if<GgufFileType>(&format)) return std::string(info(*t).name);
  return "checkpoint";
}

}  // namespace headroom
