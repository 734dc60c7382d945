// The number formats in which a training code holds what it trains and what it trains on, where a scenario is silent:
// data by code and release. settings.cpp asks it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/scenario/settings.h"
#include "core/scenario/training_codes.h"

namespace headroom {

enum class FormatKey : std::uint8_t { weights, compute, adapters };

struct FormatDefault {
  static constexpr std::size_t kKeys = 3;
  // By key in the order of FormatKey; where no row of a key holds the code goes by the checkpoint.
  static std::span<const FormatDefault> all();
  FormatKey key{};
  NumberFormat format{};
  std::string_view why = {};                                 // with its source
  std::string_view codes = {};                               // ids with blanks between them
  Package package = Package::unknown;                        // whose release decides
  std::string_view since = {}, before = {};                  // the releases it holds of; empty: no bound
  bool (*when)(const Scenario&, const Settings&) = nullptr;  // of what else is settled
};

}  // namespace headroom
