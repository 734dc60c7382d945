// Stack: one bar of a memory chart, taken from an estimate. Values only; every chart and the export draw from it.
#pragma once

#include <QString>
#include <array>
#include <optional>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

struct Stack {
  QString label;                               // "stage 0", "GeForce RTX 4090"
  std::int64_t devices = 1;                    // how many devices are like it
  std::array<Bytes, kComponentCount> bytes{};  // by ComponentId, the order in which they are stacked
  Bytes total, low, high;                      // of the device
  std::optional<Bytes> capacity;               // of the device
  std::optional<Bytes> limit;                  // what may be used of it, less its reserve or what an engine leaves
  Bytes releasable;                            // the last part of the total, which gives way before an allocation fails
  std::optional<Verdict> verdict;
  bool allModelled = true;  // false: something that takes memory is not counted

  Bytes at(ComponentId id) const { return bytes[static_cast<std::size_t>(id)]; }
  // The largest figure the bar must have room for.
  Bytes extent() const;
  // True where more than what gives way is beyond the limit.
  bool overflows() const { return limit && total - releasable > *limit; }
  bool operator==(const Stack&) const = default;
};

Stack stackOf(const RankEstimate& rank, const QString& label);

// One stack per kind of rank, heaviest first; a single one carries the device's name.
std::vector<Stack> rankStacks(const Snapshot& snapshot);
// One stack per moment of the heaviest rank's step (forward, loss, …): never alive at once, so never added up.
std::vector<Stack> momentStacks(const Snapshot& snapshot);
// One stack per column (its heaviest rank).
std::vector<Stack> deviceStacks(const std::vector<ComparedColumn>& columns);

// "GeForce RTX 4090" or "4 × H100 SXM": the devices a scenario asks for; empty where it names none.
QString deviceName(const Scenario& scenario);

// The components of these stacks that are not zero everywhere, in stacking order.
std::vector<ComponentId> shownComponents(const std::vector<Stack>& stacks);

// What a person reads on a hovered segment: bytes, share, and the first line of its formula, as rich text. The ledger
// is the stack's own; nullptr where there is none (moments before and after the peak).
QString segmentTip(const Stack& stack, ComponentId id, const Ledger* ledger, ByteUnit unit);

// "20.40 GiB of 23.60 GiB: weights 14.96, KV cache 4.00, …": the stack as a sentence, for people who do not see it.
QString spoken(const Stack& stack, ByteUnit unit);

}  // namespace headroom::ui
