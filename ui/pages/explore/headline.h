// The verdict in one sentence, as the window, its tooltips and its exports say it.
#pragma once

#include <QString>

#include "ui/document/snapshot.h"

namespace headroom::ui {

struct Headline {
  std::optional<Verdict> verdict;
  QString sentence;  // "Fits — 20.4 of 23.6 GiB, 3.2 GiB left"
  QString longest;   // the widest that sentence can get while its kind stays the same, or does not fit
  QString detail;    // "on each of 2 devices · band 19.8 – 21.2 GiB · peak at backward"
};

// What the headline answers, on two lines: "Inference with transformers", "batch 1 · 8K tokens · bf16".
QString questionOf(const Snapshot& snapshot);

Headline headlineOf(const Estimate& estimate, ByteUnit unit);

}  // namespace headroom::ui
