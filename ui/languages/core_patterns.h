// The tables of the core's texts, one function each.
#pragma once

#include <span>

namespace headroom::ui {

std::span<const char* const> coreSentences();
std::span<const char* const> coreReasons();
std::span<const char* const> coreLabels1();
std::span<const char* const> coreLabels2();
std::span<const char* const> coreLabels3();
std::span<const char* const> coreErrors();

}  // namespace headroom::ui
