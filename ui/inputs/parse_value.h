// Reading what people type into a number field: "8192", "8k", "128K", "1M", "8 192", "8,192".
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

namespace headroom::ui {

struct ParsedInteger {
  std::optional<std::int64_t> value;
  QString problem;  // why there is no value; one short sentence
};

// A whole number within [low, high]; k and M are 1024 and 1024².
ParsedInteger parseInteger(const QString& text, std::int64_t low, std::int64_t high);

// Bytes: "4 GiB", "4G" (GiB), "512 MB", "4294967296". Within [low, high].
ParsedInteger parseBytes(const QString& text, std::int64_t low, std::int64_t high);

// A share: "90 %", "90%" or "0.9" are 0.9. Within [0, most].
struct ParsedShare {
  std::optional<double> value;
  QString problem;
};
ParsedShare parseShare(const QString& text, double most);

}  // namespace headroom::ui
