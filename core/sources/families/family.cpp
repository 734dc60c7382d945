#include "core/sources/families/family.h"

namespace headroom {
namespace {

constexpr Family kFamilies[] = {
    {"", nullptr},
};

}  // namespace

bool listed(std::string_view types, std::string_view type) {
  if (type.empty()) return false;
  for (std::size_t at = 0; at < types.size();) {
    const std::size_t end = std::min(types.find(' ', at), types.size());
    if (types.substr(at, end - at) == type) return true;
    at = end + 1;
  }
  return false;
}

const Family* familyOf(std::string_view modelType) {
  for (const Family& family : kFamilies)
    if (listed(family.types, modelType)) return &family;
  return nullptr;
}

}  // namespace headroom
