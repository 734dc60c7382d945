// What a plan came to, as a chart draws it: a point for each layout that is worth a look.
#pragma once

#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/estimate/estimate.h"

namespace headroom::ui {

struct PlannedPoint {
  QString name, tip;
  std::int64_t devices = 1;
  Bytes need;            // of the deciding device
  std::size_t kind = 0;  // of the picture's
};

struct PlanPicture {
  QStringList kinds;                 // what is computed again: the points' shapes
  std::vector<PlannedPoint> points;  // in the plan's order
  std::optional<Bytes> usable;       // of a device
  QString problem;                   // why there is nothing to see
};
using PlanPicturePtr = std::shared_ptr<const PlanPicture>;

}  // namespace headroom::ui
