// A quantization_config in one shape, whichever tool wrote it.
#pragma once

#include <optional>

#include "core/formats/config/config.h"
#include "core/formats/quantization/module_pattern.h"
#include "core/model/model.h"

namespace headroom {

// Linears that `targets` names (all, where it is empty) are stored in `format`.
struct QuantizedGroup {
  NumberFormat format = NumberFormat::fp8;
  std::int64_t groupSize = 0;
  bool zeroPoints = false;
  bool expertsOnly = false;
  ModulePatterns targets{{}};
  bool nothing = false;  // the group leaves its targets as they are
};

struct QuantizationScheme {
  std::string method;
  std::vector<QuantizedGroup> groups;  // the first that fits counts
  std::vector<std::string> notConverted;
};

// The scheme of a quantization_config; nothing for one that stores weights in the dtype or is unknown (then noted).
std::optional<QuantizationScheme> schemeOf(const Config& quantization, const Config& model);

}  // namespace headroom
