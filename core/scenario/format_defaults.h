// The number formats in which a training code holds what it trains and what it trains on, where a scenario is silent:
// data by code and release. settings.cpp asks it.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/scenario/settings.h"
#include "core/scenario/training_codes.h"

namespace headroom {

enum class FormatKey : std::uint8_t { weights, compute, adapters };

struct FirstRelease {
  int major = 0, minor = 0;  // zeros: no bound
};

struct FormatDefault {
  FormatKey key{};
  NumberFormat format{};
  std::string_view why = {};                                 // with its source
  std::string_view codes = {};                               // ids with blanks between them
  Package package = Package::unknown;                        // whose release decides
  FirstRelease since{}, before{};                            // the releases it holds of
  bool (*when)(const Scenario&, const Settings&) = nullptr;  // of what else is settled
};

// The row that holds of a job on the engine; nullptr where the code goes by the checkpoint.
const FormatDefault* formatDefault(FormatKey key, const TrainingCodeRow* code, const EngineRow& engine,
                                   const Scenario& scenario, const Settings& settings);

}  // namespace headroom
