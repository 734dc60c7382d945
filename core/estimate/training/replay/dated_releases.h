// Releases of codes by month, for runs that print a date and no release.
#pragma once

#include <algorithm>
#include <span>

#include "core/estimate/training/frameworks/profile.h"

namespace headroom::training {

struct DatedRelease {
  int year, month;
  int release;  // the month's last: LitGPT 0.5.13 is 513
};

// https://pypi.org/pypi/litgpt/json, upload_time
constexpr DatedRelease kLitGptReleases[] = {
    {2024, 3, 200}, {2024, 4, 300},  {2024, 5, 301},  {2024, 6, 402}, {2024, 7, 406}, {2024, 8, 411},
    {2024, 9, 413}, {2024, 10, 503}, {2024, 12, 504}, {2025, 1, 507}, {2025, 5, 508}, {2025, 6, 509},
    {2025, 8, 510}, {2025, 9, 511},  {2025, 12, 512}, {2026, 7, 513},
};
// https://pypi.org/pypi/torchtune/json, upload_time
constexpr DatedRelease kTorchtuneReleases[] = {
    {2024, 4, 101},  {2024, 7, 201},  {2024, 9, 300}, {2024, 10, 301},
    {2024, 11, 400}, {2024, 12, 500}, {2025, 3, 600}, {2025, 4, 601},
};
// https://pypi.org/pypi/torchtitan/json, upload_time; what ran before was main, which 0.1.0 is nearest to
constexpr DatedRelease kTorchtitanReleases[] = {
    {2025, 6, 100},
    {2025, 10, 200},
    {2025, 12, 201},
    {2026, 2, 202},
};

// https://pypi.org/pypi/transformers/json, upload_time of the minor releases
constexpr DatedRelease kTransformersReleases[] = {
    {2023, 12, 43600}, {2024, 1, 43700}, {2024, 2, 43800},  {2024, 3, 43900}, {2024, 4, 44000},  {2024, 5, 44100},
    {2024, 6, 44200},  {2024, 7, 44300}, {2024, 8, 44400},  {2024, 9, 44500}, {2024, 10, 44600}, {2024, 12, 44700},
    {2025, 1, 44800},  {2025, 2, 44900}, {2025, 3, 45000},  {2025, 4, 45100}, {2025, 5, 45200},  {2025, 6, 45300},
    {2025, 7, 45400},  {2025, 8, 45600}, {2025, 10, 45700}, {2026, 1, 50000},
};

// The newest release of a date; of a year alone its last, of no date the newest of all.
constexpr int releaseAt(std::span<const DatedRelease> releases, const PrintedAge& age) {
  if (age.year == 0) return releases.back().release;
  const int month = age.month > 0 ? age.month : 12;
  const auto later = [&](const DatedRelease& r) {
    return r.year > age.year || (r.year == age.year && r.month > month);
  };
  const auto first = std::ranges::find_if(releases, later);
  return first == releases.begin() ? first->release : (first - 1)->release;
}

}  // namespace headroom::training
