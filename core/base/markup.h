// Text of any origin inside HTML, XML or SVG.
#pragma once

#include <string>
#include <string_view>

namespace headroom {

// The text made printable (core/base/printable.h) with &, <, >, " and ' as entities: fit for an element or a quoted
// attribute. Beyond `most` characters "…" stands for the rest.
std::string markup(std::string_view text, std::size_t most = 20'000);

}  // namespace headroom
