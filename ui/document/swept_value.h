// One value that a field takes in a sweep, and what came of all of them: values that the charts draw.
#pragma once

#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/map.h"
#include "core/analysis/sweep.h"
#include "core/report/sweep_report.h"

namespace headroom::ui {

struct SweptValue {
  QString label, text;  // as shown; as it is set
  double number = 0;    // where it lies on an axis of numbers
  bool major = true;    // said on an axis; the others only lie between
};

struct SweptAxis {
  QString label;
  bool numeric = false;
  std::vector<SweptValue> values;
};

struct SweptLine {
  QString label;
  std::vector<SweepPoint> points;  // by value of the axis
};

struct SweepPicture {
  SweptAxis along;
  SweepFigure figure;
  QString figureLabel;
  std::vector<SweptLine> lines;
};
using SweepPicturePtr = std::shared_ptr<const SweepPicture>;

struct MapPicture {
  struct Edge {
    QString device;
    std::vector<MapBoundary> boundary;  // by value across
  };
  SweptAxis across, down;
  QString device;           // whose room the cells show
  FieldMap map;             // across × down, the first row the first value down
  std::vector<Edge> edges;  // the scenario's own device first
};
using MapPicturePtr = std::shared_ptr<const MapPicture>;

}  // namespace headroom::ui
