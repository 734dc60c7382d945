// One colour per component, in every view, picture and report.
#pragma once

#include <array>
#include <cstdint>

#include "core/scenario/component.h"

namespace headroom {

// 0xRRGGBB. Okabe–Ito hues (https://jfly.uni-koeln.de/color/) and neighbours of them.
constexpr std::uint32_t colourOf(ComponentId component) {
  constexpr std::array<std::uint32_t, kComponentCount> kColours{0x0072B2, 0x56B4E9, 0x009E73, 0x7FC8A9, 0xE69F00,
                                                                0xD55E00, 0xCC79A7, 0x8E5AA8, 0x2F4B7C, 0xC9B52F,
                                                                0xA6761D, 0x7A8793, 0x55606B, 0xB5BDC6, 0x7A8793};
  return kColours[static_cast<std::size_t>(component)];
}

}  // namespace headroom
