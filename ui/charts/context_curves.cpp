#include "ui/charts/context_curves.h"

#include <algorithm>
#include <cmath>

#include "core/numerics/number_format.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

// Where a rising curve reaches the limit. The device's memory is piecewise linear in the context, so a straight line
// between neighbouring points is what lies between them.
void findCrossing(ContextLine& line, const std::vector<double>& deviceBytes, double limit) {
  if (deviceBytes.empty()) return;
  if (deviceBytes.front() > limit) {
    line.alwaysFull = true;
    return;
  }
  for (std::size_t i = 1; i < deviceBytes.size(); ++i) {
    if (deviceBytes[i] <= limit) continue;
    const double t = (limit - deviceBytes[i - 1]) / (deviceBytes[i] - deviceBytes[i - 1]);
    line.fullAt = std::floor(line.contexts[i - 1] + t * (line.contexts[i] - line.contexts[i - 1]));
    return;
  }
}

void takeLimit(ContextLine& line, const std::vector<double>& deviceBytes, double usable, double tokens) {
  line.refused = !fullAtLimit(line.contexts, deviceBytes, usable, tokens);
  line.fullAt = tokens;
}

// What another format would hold beyond the last context that the engine takes is nobody's.
void forgetBeyondRefusal(ContextPicture& picture) {
  const auto current =
      std::find_if(picture.lines.begin(), picture.lines.end(), [](const ContextLine& l) { return l.refused; });
  if (current == picture.lines.end()) return;
  for (ContextLine& line : picture.lines)
    if (!line.refused && line.fullAt && *line.fullAt > *current->fullAt) line.fullAt.reset();
}

// Gives the line and what is free one more point, where they meet: the exact limit, which a straight line between two
// points of the curve may miss.
void knotAtCrossing(ContextLine& line, ContextPicture& picture, double limit) {
  if (!line.fullAt || line.refused || *line.fullAt <= line.contexts.front() || *line.fullAt >= line.contexts.back())
    return;
  const double bytes = picture.wholeDevice ? limit : valueAt(line.contexts, line.bytes, *line.fullAt);
  const auto at = std::lower_bound(line.contexts.begin(), line.contexts.end(), *line.fullAt) - line.contexts.begin();
  if (line.contexts[static_cast<std::size_t>(at)] == *line.fullAt) return;
  line.contexts.insert(line.contexts.begin() + at, *line.fullAt);
  line.bytes.insert(line.bytes.begin() + at, bytes);
  picture.free.insert(picture.free.begin() + at, bytes);
}

}  // namespace

QString formatName(const KvFormats& formats) {
  const QString k = fromView(info(formats.k).id), v = fromView(info(formats.v).id);
  return k == v ? k : QStringLiteral("%1 / %2").arg(k, v);
}

double valueAt(const std::vector<double>& contexts, const std::vector<double>& values, double context) {
  if (contexts.empty() || contexts.size() != values.size()) return 0;
  const auto after = std::lower_bound(contexts.begin(), contexts.end(), context);
  if (after == contexts.begin()) return values.front();
  if (after == contexts.end()) return values.back();
  const auto i = static_cast<std::size_t>(after - contexts.begin());
  const double t = (context - contexts[i - 1]) / (contexts[i] - contexts[i - 1]);
  return values[i - 1] + t * (values[i] - values[i - 1]);
}

bool fullAtLimit(const std::vector<double>& contexts, const std::vector<double>& device, double usable, double limit) {
  // A search is exact to the token, a straight line between two points of the curve nearly so.
  constexpr double kNear = 1.0 / 16;
  const double beyond = limit * (1 + kNear);
  if (contexts.empty() || contexts.size() != device.size()) return true;
  if (beyond <= contexts.back() || contexts.size() < 2) return valueAt(contexts, device, beyond) >= usable;
  const std::size_t last = contexts.size() - 1;
  const double slope = (device[last] - device[last - 1]) / (contexts[last] - contexts[last - 1]);
  return device[last] + slope * (beyond - contexts[last]) >= usable;
}

std::vector<QPointF> bent(const std::vector<double>& contexts, const std::vector<double>& values) {
  constexpr double kPerOctave = 4;
  std::vector<QPointF> points;
  for (std::size_t i = 0; i < std::min(contexts.size(), values.size()); ++i) {
    const double octaves = i == 0 ? 0 : std::log2(contexts[i] / std::max(contexts[i - 1], 1.0));
    const int steps = static_cast<int>(std::ceil(octaves * kPerOctave - 0.01));
    for (int step = 1; step < steps; ++step) {
      const double x = contexts[i - 1] * std::exp2(octaves * step / steps);
      const double t = (x - contexts[i - 1]) / (contexts[i] - contexts[i - 1]);
      points.push_back({x, values[i - 1] + t * (values[i] - values[i - 1])});
    }
    points.push_back({contexts[i], values[i]});
  }
  return points;
}

std::vector<QPointF> visiblePoints(const std::vector<double>& contexts, const std::vector<double>& values,
                                   double ceiling) {
  std::vector<QPointF> points;
  for (const QPointF& p : bent(contexts, values)) {
    const QPointF point(std::log2(std::max(p.x(), 1.0)), p.y());
    if (point.y() <= ceiling) {
      points.push_back(point);
      continue;
    }
    if (!points.empty()) {
      const QPointF from = points.back();
      const double t = (ceiling - from.y()) / (point.y() - from.y());
      points.push_back({from.x() + t * (point.x() - from.x()), ceiling});
    }
    break;
  }
  return points;
}

ContextPicture contextPicture(const Snapshot& snapshot) {
  ContextPicture picture;
  std::optional<double> limit;
  if (!snapshot.estimate.ranks.empty()) {
    const RankEstimate& rank = snapshot.estimate.heaviest();
    if (rank.usable) limit = number(*rank.usable);
  }
  picture.wholeDevice = std::all_of(snapshot.curves.begin(), snapshot.curves.end(), [](const ContextCurve& c) {
    return std::all_of(c.kvBytes.begin(), c.kvBytes.end(), [](double b) { return b == 0; });
  });
  for (const ContextCurve& curve : snapshot.curves) {
    const bool whole = curve.deviceBytes.size() == curve.contexts.size();
    if (curve.contexts.empty() || curve.kvBytes.size() != curve.contexts.size() || (picture.wholeDevice && !whole))
      continue;
    if (picture.wholeDevice && !curve.current) continue;
    ContextLine line;
    line.format = formatName(curve.formats);
    line.current = curve.current;
    line.contexts = curve.contexts;
    line.bytes = picture.wholeDevice ? curve.deviceBytes : curve.kvBytes;
    if (limit && whole) {
      findCrossing(line, curve.deviceBytes, *limit);
      // The search of limitsOf() is exact; the curve only has a point here and there.
      if (curve.current && snapshot.limits.context.value_or(0) > 0)
        takeLimit(line, curve.deviceBytes, *limit, static_cast<double>(*snapshot.limits.context));
      for (std::size_t i = 0; curve.current && i < line.contexts.size(); ++i) {
        picture.free.push_back(*limit - (curve.deviceBytes[i] - line.bytes[i]));
      }
      if (curve.current) knotAtCrossing(line, picture, *limit);
    }
    picture.first = picture.lines.empty() ? line.contexts.front() : std::min(picture.first, line.contexts.front());
    picture.last = picture.lines.empty() ? line.contexts.back() : std::max(picture.last, line.contexts.back());
    picture.lines.push_back(std::move(line));
  }
  forgetBeyondRefusal(picture);
  return picture;
}

}  // namespace headroom::ui
