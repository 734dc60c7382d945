#include "core/formats/gguf/gguf.h"

namespace headroom {

const GgufValue* GgufHeader::find(std::string_view key) const {
  const auto found = metadata.find(key);
  return found == metadata.end() ? nullptr : &found->second;
}

std::optional<double> GgufHeader::number(std::string_view key) const {
  const GgufValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* i = std::get_if<std::int64_t>(value)) return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(value)) return *d;
  if (const auto* b = std::get_if<bool>(value)) return *b ? 1.0 : 0.0;
  if (const auto* a = std::get_if<GgufArray>(value); a != nullptr && !a->numbers.empty()) return a->numbers.front();
  return std::nullopt;
}

std::optional<std::int64_t> GgufHeader::integer(std::string_view key) const {
  const auto value = number(key);
  constexpr double kMost = 9e15;
  if (!value || !(*value >= -kMost && *value <= kMost)) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

std::string_view GgufHeader::text(std::string_view key) const {
  const GgufValue* value = find(key);
  const auto* string = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return string == nullptr ? std::string_view{} : std::string_view(*string);
}

Bytes GgufHeader::tensorBytes() const {
  Bytes sum;
  for (const GgufFileTensor& t : tensors) sum += t.bytes;
  return sum;
}

}  // namespace headroom
