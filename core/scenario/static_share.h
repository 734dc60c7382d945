// The share of a device that SGLang gives to weights and pools where nobody says, by release and card.
#pragma once

#include <cstdint>

#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {

// Tokens of a prefill chunk and sequences of the largest captured batch.
struct SglangSizes {
  std::int64_t chunk = 0, graphBatch = 0;
};
SglangSizes sglangSizes(const Scenario& scenario, const EngineVersion& version, double gib, std::int64_t tensorRanks);

// Whether prefill is captured too where nobody says: since 0.5.10, piece by piece, but not of every run
// (prefill_graphs.cpp).
bool sglangCapturesPrefill(const Scenario& scenario, const Settings& settings);

double sglangStaticShare(const Scenario& scenario, const Settings& settings, double gib, const SglangSizes& sizes);

constexpr double kUnnamedGiB = 80;  // what a device that nobody names is taken for

// The same as settings say it, of the first device.
OwnClaim sglangClaim(const Scenario& scenario, const Settings& settings);

// Whether the draft's weights and cache come out of the static share, or lie in what it leaves.
bool sglangCountsDrafts(const EngineVersion& version);

}  // namespace headroom
