// Fields of a scenario's file that neither a command nor a recipe is about, or that both say in words of their own.
// Internal to core/readers.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace headroom {

// Whether a field ("/parallel/data") is one of them, or one of `more`; a field's parts go with it.
inline bool saidElsewhere(std::string_view pointer, std::initializer_list<std::string_view> more) {
  constexpr std::string_view kShared[] = {"/headroom", "/name",    "/model",       "/resolved_model", "/workload",
                                          "/engine",   "/devices", "/calibration", "/engine_version"};
  const auto holds = [pointer](std::string_view field) {
    return pointer.starts_with(field) && (pointer.size() == field.size() || pointer[field.size()] == '/');
  };
  return std::ranges::any_of(kShared, holds) || std::ranges::any_of(more, holds);
}

}  // namespace headroom
