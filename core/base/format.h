// Numbers as people read them. Bytes are shown in one unit at a time, GiB (2^30) or GB (10^9), never a mixture.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/quantity.h"

namespace headroom {

enum class ByteUnit { gib, gb };

// Returns "GiB" or "GB".
const char* unitName(ByteUnit unit);

// Returns the value in the unit with two decimals and without the unit's name: "14.96". Never localized.
// decimals: digits after the point.
std::string formatIn(Bytes bytes, ByteUnit unit, int decimals = 2);

// Returns the value with its unit; small values in MiB/KiB (or MB/kB): "14.96 GiB", "84.5 MiB", "12 B".
std::string formatBytes(Bytes bytes, ByteUnit unit);

// Returns a count with thin grouping: "8,030,261,248".
std::string formatCount(std::int64_t value);

// Returns a count in words engineers use: "8.03 B", "124 M", "32.8 k".
std::string formatParameters(Parameters parameters);

// Returns a factor's value the way it stands in a formula: integers in full, fractions with what is needed ("0.5625").
std::string formatFactor(double value);

}  // namespace headroom
