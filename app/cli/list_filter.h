// Filtering of the lists `models` and `gpus` by words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// True where every word occurs in one of the texts or aliases; case does not count, nor do blanks and hyphens.
bool holdsAll(const std::vector<std::string>& words, std::initializer_list<std::string_view> texts,
              const std::vector<std::string>& aliases = {});

}  // namespace headroom
