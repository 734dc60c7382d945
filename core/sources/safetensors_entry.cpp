#include "core/sources/safetensors_entry.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom::safetensors {
namespace {

constexpr Dtype kDtypes[] = {
    {"BF16", NumberFormat::bf16, 16},   {"F16", NumberFormat::fp16, 16},   {"F32", NumberFormat::fp32, 32},
    {"F64", NumberFormat::fp64, 64},    {"F8_E4M3", NumberFormat::fp8, 8}, {"F8_E5M2", NumberFormat::fp8, 8},
    {"F8_E8M0", NumberFormat::int8, 8}, {"U8", NumberFormat::int8, 8},     {"I8", NumberFormat::int8, 8},
    {"BOOL", NumberFormat::boolean, 8}, {"I16", NumberFormat::int16, 16},  {"U16", NumberFormat::int16, 16},
    {"I32", NumberFormat::int32, 32},   {"U32", NumberFormat::int32, 32},  {"I64", NumberFormat::int64, 64},
    {"U64", NumberFormat::int64, 64},   {"F4", NumberFormat::int4, 4},     {"C64", NumberFormat::int64, 64}};

}  // namespace

const Dtype* dtypeOf(std::string_view name) {
  const auto found = std::ranges::find(kDtypes, name, &Dtype::name);
  return found == std::end(kDtypes) ? nullptr : found;
}

void addDimension(Entry& entry, std::int64_t size) {
  if (entry.elements >= 0 && __builtin_mul_overflow(entry.elements, size, &entry.elements)) entry.elements = -1;
}

std::optional<std::string> append(const Entry& entry, std::uint64_t dataBytes, SafetensorsHeader& out) {
  if (entry.begin > entry.end || entry.end > dataBytes)
    return fmt::format("lies at bytes {}–{}, but the file holds {} bytes of data", entry.begin, entry.end, dataBytes);
  std::int64_t bits = 0;
  if (entry.elements < 0 || __builtin_mul_overflow(entry.elements, std::int64_t{entry.dtype->bits}, &bits))
    return "has a shape of more bytes than can be counted";
  const std::uint64_t size = entry.end - entry.begin;
  if (static_cast<std::uint64_t>(bits / 8 + (bits % 8 != 0)) != size)
    return fmt::format("takes {} bytes, but its shape and dtype ask for {}", size, bits / 8 + (bits % 8 != 0));
  const Bytes bytes(static_cast<std::int64_t>(size));
  out.tensors.push_back({entry.name, entry.dtype->format, entry.elements, bytes});
  out.bytes += bytes;
  return std::nullopt;
}

}  // namespace headroom::safetensors
