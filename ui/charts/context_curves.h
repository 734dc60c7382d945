// What the context chart draws, worked out from a snapshot's curves without any drawing: where a KV cache fills what is
// free, and the parts of a curve an axis can show.
#pragma once

#include <QPointF>
#include <QString>
#include <optional>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

// One KV-cache format's line.
struct ContextLine {
  QString format;  // "bf16", "q8_0 / f16"
  bool current = false;
  std::vector<double> contexts;  // tokens, ascending
  std::vector<double> bytes;     // KV cache; the whole device where there is none (training)
  std::optional<double> fullAt;  // tokens at which the device is full; nothing: not within the curve
  bool refused = false;          // not the device: the engine takes no more than that
  bool alwaysFull = false;       // not even the shortest context fits
};

struct ContextPicture {
  std::vector<ContextLine> lines;
  bool wholeDevice = false;  // no KV cache in this workload: the lines are the device's memory
  // Bytes free for what the lines show beside everything else, at the current line's contexts, below zero where the
  // rest is too large alone; empty without a capacity.
  std::vector<double> free;
  double first = 0, last = 0;  // tokens
};

// Against the heaviest device's usable memory; what gives way under pressure is no part of the curves.
ContextPicture contextPicture(const Snapshot& snapshot);

// The value of a curve at a context, between its points in a straight line; clamped at its ends.
double valueAt(const std::vector<double>& contexts, const std::vector<double>& values, double context);

// Whether it is memory that ends at a limit of the context: the device is full there. Else the engine takes no longer
// one.
bool fullAtLimit(const std::vector<double>& contexts, const std::vector<double>& device, double usable, double limit);

// A piecewise linear curve with points at least every quarter of an octave: on a logarithmic axis its straight lines
// are bends.
std::vector<QPointF> bent(const std::vector<double>& contexts, const std::vector<double>& values);

// The curve's points in (log2 tokens, bytes), cut where it leaves `ceiling` upwards.
std::vector<QPointF> visiblePoints(const std::vector<double>& contexts, const std::vector<double>& values,
                                   double ceiling);

QString formatName(const KvFormats& formats);

}  // namespace headroom::ui
