// Parts of the estimate's JSON that other documents hold too. Whoever includes it includes nlohmann's.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "core/analysis/limits.h"
#include "core/base/json_writer.h"
#include "core/estimate/estimate.h"

namespace headroom {

inline nlohmann::ordered_json jsonOf(Bytes bytes) {
  return bytes.value();
}
inline nlohmann::ordered_json jsonOf(std::int64_t value) {
  return value;
}
inline nlohmann::ordered_json jsonOf(double value) {
  return value;
}
inline nlohmann::ordered_json jsonOf(Verdict verdict) {
  return nameOf(verdict);
}
// null where there is nothing.
template <typename T>
nlohmann::ordered_json jsonOf(const std::optional<T>& value) {
  return value ? jsonOf(*value) : nlohmann::ordered_json(nullptr);
}

// {word, sentence, rank, reasons[], unmodelled[]} (DESIGN 3.2).
void writeVerdict(JsonWriter& json, const Estimate& estimate);
nlohmann::ordered_json verdictJson(const Estimate& estimate);

// {batch, context, rank, sequences}, null where unknown.
void writeLimits(JsonWriter& json, const Limits& limits);
nlohmann::ordered_json limitsJson(const Limits& limits);

}  // namespace headroom
