#include "core/formats/safetensors/safetensors_entry.h"

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

std::string wrongWith(const Entry& entry, std::uint64_t dataBytes) {
  if (entry.begin > entry.end || entry.end > dataBytes)
    return fmt::format("lies at bytes {}–{}, but the file holds {} bytes of data", entry.begin, entry.end, dataBytes);
  const auto asked = bytesAskedFor(entry);
  if (!asked) return "has a shape of more bytes than can be counted";
  return fmt::format("takes {} bytes, but its shape and dtype ask for {}", entry.end - entry.begin, *asked);
}

}  // namespace headroom::safetensors
