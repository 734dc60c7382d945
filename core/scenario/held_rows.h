// Tables of what training codes do by themselves: rows by key, code and release. A table is asked key by key and job
// by job; which of its rows a code's releases leave is found once and kept.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/scenario/engine_version.h"
#include "core/scenario/settings.h"
#include "core/scenario/training_codes.h"

namespace headroom {

// Rows that hold of one code and its releases. A Row has `all()`, its table; a `key`, an enumerator below Row::kKeys in
// whose order its table stands; `codes` (ids with blanks between them; empty: every code); `package`, whose release
// decides, with `since` and `before` (empty: no bound); and `when`, of what else is settled (nullptr: always).
template <typename Row>
class HeldRows {
 public:
  // Those of the job that a thread asked for last are kept: estimates of one code follow one another. `code` may be
  // null. The reference is good until the thread asks again.
  static const HeldRows& of(const TrainingCodeRow* code, const PackageVersions& packages) {
    thread_local HeldRows last;
    if (last.all_ == nullptr || last.code_ != code || !(last.packages_ == packages)) last.fill(code, packages);
    return last;
  }

  // The first row of a key that holds; nullptr where none does.
  const Row* find(decltype(Row::key) key, const Scenario& scenario, const Settings& settings) const {
    const auto k = static_cast<std::size_t>(key);
    return sure_[k] != nullptr ? sure_[k] : search(k, scenario, settings);
  }

 private:
  static constexpr std::size_t kMost = 200;  // rows of a table

  // The codes of each row as bits of their place in the registry, and its releases, parsed.
  struct Index {
    std::array<std::uint64_t, kMost> codes{};
    std::array<EngineVersion, kMost> since{}, before{};
  };
  static const Index& index() {
    static const Index built = [] {
      Index out;
      const std::span<const Row> all = Row::all();
      assert(all.size() <= kMost);
      for (std::size_t i = 0; i < all.size(); ++i) {
        const Row& row = all[i];
        for (std::size_t c = 0; c < trainingCodes().size(); ++c)
          if (listsCode(row.codes, trainingCodes()[c].id)) out.codes[i] |= std::uint64_t{1} << c;
        out.since[i] = engineVersion(row.since), out.before[i] = engineVersion(row.before);
      }
      return out;
    }();
    return built;
  }

  [[gnu::noinline]] const Row* search(std::size_t k, const Scenario& scenario, const Settings& settings) const {
    for (std::size_t i = first_[k]; i < first_[k + 1]; ++i) {
      const Row& row = all_[rows_[i]];
      if (row.when == nullptr || row.when(scenario, settings)) return &row;
    }
    return nullptr;
  }

  void fill(const TrainingCodeRow* code, const PackageVersions& packages) {
    const std::span<const Row> all = Row::all();
    const Index& of = index();
    const std::uint64_t bit =
        code != nullptr ? std::uint64_t{1} << static_cast<std::size_t>(code - trainingCodes().data()) : 0;
    std::size_t key = 0, kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Row& row = all[i];
      for (; key <= static_cast<std::size_t>(row.key); ++key) first_[key] = static_cast<std::uint16_t>(kept);
      if (!row.codes.empty() && (of.codes[i] & bit) == 0) continue;
      const EngineVersion release = versionOf(packages, row.package);
      if (release.before(of.since[i]) || (of.before[i].known && !release.before(of.before[i]))) continue;
      rows_[kept++] = static_cast<std::uint16_t>(i);
    }
    for (; key <= Row::kKeys; ++key) first_[key] = static_cast<std::uint16_t>(kept);
    for (std::size_t k = 0; k < Row::kKeys; ++k) {
      const Row* const row = first_[k] < first_[k + 1] ? &all[rows_[first_[k]]] : nullptr;
      sure_[k] = row != nullptr && row->when == nullptr ? row : nullptr;
    }
    all_ = all.data(), code_ = code, packages_ = packages;
  }

  const Row* all_ = nullptr;
  const TrainingCodeRow* code_ = nullptr;
  PackageVersions packages_;
  std::array<const Row*, Row::kKeys> sure_{};  // the first row of a key, where it holds whatever else is settled
  std::array<std::uint16_t, Row::kKeys + 1> first_{};
  std::array<std::uint16_t, kMost> rows_{};
};

}  // namespace headroom
