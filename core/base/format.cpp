#include "core/base/format.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace headroom {

const char* unitName(ByteUnit unit) {
  return unit == ByteUnit::gib ? "GiB" : "GB";
}

std::string formatIn(Bytes bytes, ByteUnit unit, int decimals) {
  const double divisor = static_cast<double>(unit == ByteUnit::gib ? kGiB : kGB);
  return fmt::format("{:.{}f}", static_cast<double>(bytes.value()) / divisor, decimals);
}

std::string formatBytes(Bytes bytes, ByteUnit unit) {
  const double step = unit == ByteUnit::gib ? 1024.0 : 1000.0;
  const double value = static_cast<double>(bytes.value());
  const double size = std::abs(value);
  if (size >= 0.1 * step * step * step) return fmt::format("{:.2f} {}", value / (step * step * step), unitName(unit));
  if (size >= step * step) return fmt::format("{:.1f} {}", value / (step * step), unit == ByteUnit::gib ? "MiB" : "MB");
  if (size >= step) return fmt::format("{:.1f} {}", value / step, unit == ByteUnit::gib ? "KiB" : "kB");
  return fmt::format("{} B", bytes.value());
}

std::string formatCount(std::int64_t value) {
  std::array<char, 24> digits;
  std::array<char, 32> grouped;
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  char* to = grouped.data();
  for (const char* at = digits.data(); at != end; ++at) {
    if (at != digits.data() && at[-1] != '-' && (end - at) % 3 == 0) *to++ = ',';
    *to++ = *at;
  }
  return {grouped.data(), to};
}

std::string formatParameters(Parameters parameters) {
  const double n = static_cast<double>(parameters.value());
  if (n >= 1e12) return fmt::format("{:.2f} T", n / 1e12);
  if (n >= 1e9) return fmt::format("{:.2f} B", n / 1e9);
  if (n >= 1e6) return fmt::format("{:.1f} M", n / 1e6);
  if (n >= 1e3) return fmt::format("{:.1f} k", n / 1e3);
  return fmt::format("{}", parameters.value());
}

std::string formatFactor(double value) {
  if (value == std::floor(value) && std::abs(value) < 9e15) return std::to_string(static_cast<std::int64_t>(value));
  return fmt::format("{:.17g}", value).size() > 12 ? fmt::format("{:.10g}", value) : fmt::format("{:.17g}", value);
}

}  // namespace headroom
