// Names that stand for a model and name none. Internal to core/readers.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/base/lower_case.h"

namespace headroom {

// "$MODEL", "[MODEL-PATH]", "<your model>", "/path/to/model", "your-org/your-model", "model_name".
inline bool isPlaceholder(std::string_view name) {
  constexpr std::string_view kBeginnings[] = {"path-to-", "/path-to", "path_to_", "/path/to/your", "/your",
                                              "your ",    "your-",    "your_",    "your/",         "org/model"};
  constexpr std::string_view kWhole[] = {"model_name", "model_id", "model_path", "model-name", "/models/model-name"};
  const std::string low = lowerCase(name);
  // "/path/to/model", "path/to/7b/model", and not "/path/to/Qwen3-8B-Q4_K_M.gguf"
  const std::size_t place = low.find("path/to");
  const bool digits = std::ranges::any_of(low, [](char c) { return c >= '0' && c <= '9'; });
  if (place < 3 && (!digits || low.ends_with("/model"))) return true;
  // A file's name says the model whatever its folder is called.
  const std::size_t folder = low.ends_with(".gguf") ? name.rfind('/') : name.npos;
  return name.find_first_of("$<[{*!%", folder == name.npos ? 0 : folder) != name.npos ||
         std::ranges::any_of(kBeginnings, [&](std::string_view begin) { return low.starts_with(begin); }) ||
         std::ranges::any_of(kWhole, [&](std::string_view whole) { return low == whole; });
}

}  // namespace headroom
