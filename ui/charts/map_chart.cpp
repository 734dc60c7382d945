#include "ui/charts/map_chart.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/charts/line_legend.h"
#include "ui/charts/marks.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kGap = 1;

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto channel = [&](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
  return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

double widest(const SweptAxis& axis, const QFontMetricsF& metrics) {
  double width = 0;
  for (const SweptValue& v : axis.values) width = std::max(width, metrics.horizontalAdvance(v.label));
  return std::min(width, 110.0);
}

}  // namespace

MapChart::MapChart(QWidget* parent) : PaintedChart(parent) {
  setObjectName(QStringLiteral("mapChart"));
  setAccessibleName(tr("Map"));
  setFocusPolicy(Qt::StrongFocus);
}

void MapChart::show(MapPicturePtr picture) {
  picture_ = std::move(picture);
  hover_.reset();
  if (picture_ && cursor_ &&
      (cursor_->across >= picture_->across.values.size() || cursor_->down >= picture_->down.values.size()))
    cursor_.reset();
  if (hasSnapshot()) applySnapshot();
}

QString MapChart::title() const {
  return picture_ ? tr("%1 × %2: what is left").arg(picture_->across.label, picture_->down.label) : tr("Map");
}

QString MapChart::subject() const {
  return picture_ ? tr("%1 × %2 values on %3")
                        .arg(picture_->across.values.size())
                        .arg(picture_->down.values.size())
                        .arg(picture_->device)
                  : QString();
}

void MapChart::applySnapshot() {
  if (picture_) {
    std::size_t fits = 0;
    for (const MapCell& c : picture_->map.cells)
      if (c.verdict && *c.verdict != Verdict::exceeds) ++fits;
    setAccessibleDescription(tr("%1. %2 of %3 pairs fit on %4")
                                 .arg(title())
                                 .arg(fits)
                                 .arg(picture_->map.cells.size())
                                 .arg(picture_->device));
  }
  update();
}

void MapChart::paintFigure(QPainter& painter, const QRectF& target) {
  if (!picture_ || picture_->map.cells.empty()) return;
  painter.save();
  painter.translate(target.topLeft());
  painter.scale(target.width() / width(), target.height() / height());
  painter.setFont(font());
  paintCells(painter);
  paintAxes(painter);
  for (std::size_t i = 0; i < picture_->edges.size(); ++i) paintEdge(painter, i);
  paintKey(painter);
  const std::optional<Cell> marked = hasFocus() && cursor_ ? cursor_ : hover_;
  if (marked) {
    painter.setPen(QPen(theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cellRect(marked->across, marked->down).adjusted(1, 1, -1, -1));
  }
  painter.restore();
}

LineLegend MapChart::legend() const {
  LineLegend out;
  for (const MapPicture::Edge& e : picture_->edges) out.labels << e.device;
  return out;
}

QRectF MapChart::plotRect() const {
  const QFontMetricsF metrics(font());
  const double keys = lineLegendHeight(legend(), width(), metrics);
  return QRectF(QPointF(0, 0), QSizeF(size()))
      .adjusted(widest(picture_->down, metrics) + 10, keys + 2.9 * metrics.height(), -16,
                -(7 + 2.4 * metrics.height()));
}

QRectF MapChart::cellRect(std::size_t across, std::size_t down) const {
  const QRectF plot = plotRect();
  const double w = plot.width() / static_cast<double>(picture_->across.values.size());
  const double h = plot.height() / static_cast<double>(picture_->down.values.size());
  return {plot.left() + w * static_cast<double>(across), plot.bottom() - h * static_cast<double>(down + 1), w, h};
}

const MapCell& MapChart::at(const Cell& cell) const {
  return picture_->map.cells[cell.down * picture_->map.across + cell.across];
}

std::optional<MapChart::Cell> MapChart::cellAt(const QPointF& position) const {
  if (!picture_ || picture_->map.cells.empty() || !plotRect().contains(position)) return std::nullopt;
  const QRectF one = cellRect(0, 0);
  const auto index = [](double place, std::size_t count) {
    return std::min(count - 1, static_cast<std::size_t>(std::max(0.0, place)));
  };
  return Cell{index((position.x() - one.left()) / one.width(), picture_->across.values.size()),
              index((one.bottom() - position.y()) / one.height(), picture_->down.values.size())};
}

// The more is left, or the more it is short, the fuller the colour.
QColor MapChart::colourOf(const MapCell& c) const {
  const Theme& t = theme();
  if (!c.runs || !c.verdict) return mixed(t.card, t.quietText, 0.25);
  const double left = c.left ? static_cast<double>(c.left->value()) : 0;
  const double room = left + static_cast<double>(c.device.value());
  const double share = room > 0 ? std::clamp(std::abs(left) / room, 0.0, 1.0) : 1;
  switch (*c.verdict) {
    case Verdict::fits:
      return mixed(t.card, t.fits, 0.22 + 0.58 * share);
    case Verdict::tight:
      return mixed(t.card, t.tight, 0.55);
    case Verdict::exceeds:
      return mixed(t.card, t.exceeds, 0.18 + 0.42 * std::min(1.0, share));
  }
  return t.card;
}

void MapChart::paintCells(QPainter& painter) const {
  const QFontMetricsF metrics(painter.font());
  const QRectF one = cellRect(0, 0);
  const bool said =
      one.width() >= metrics.horizontalAdvance(QStringLiteral("−888.8")) && one.height() >= metrics.height();
  for (std::size_t d = 0; d < picture_->down.values.size(); ++d)
    for (std::size_t a = 0; a < picture_->across.values.size(); ++a) {
      const MapCell& c = at({a, d});
      const QRectF rect = cellRect(a, d).adjusted(0, 0, -kGap, -kGap);
      const QColor fill = colourOf(c);
      painter.fillRect(rect, fill);
      if (!said || !c.left || !c.runs) continue;
      QString text = inUnit(*c.left, snapshot().unit, 1);
      text.replace(QLatin1Char('-'), QStringLiteral("−"));
      painter.setPen(inkOn(fill));
      painter.drawText(rect, Qt::AlignCenter, text);
    }
}

void MapChart::paintAxes(QPainter& painter) const {
  const QFontMetricsF metrics(painter.font());
  const QRectF plot = plotRect();
  painter.setPen(theme().quietText);
  double free = -1e9;
  for (std::size_t a = 0; a < picture_->across.values.size(); ++a) {
    if (!picture_->across.values[a].major) continue;
    const QString& label = picture_->across.values[a].label;
    const double x = cellRect(a, 0).center().x();
    const double width = std::min(metrics.horizontalAdvance(label), std::max(40.0, cellRect(a, 0).width() - 4));
    if (x - width / 2 < free) continue;
    free = x + width / 2 + 8;
    painter.drawText(QRectF(x - width / 2 - 1, plot.bottom() + 6, width + 2, metrics.height()), Qt::AlignCenter,
                     metrics.elidedText(label, Qt::ElideRight, width + 1));
  }
  painter.drawText(QRectF(plot.left(), plot.bottom() + 7 + 1.15 * metrics.height(), plot.width(), metrics.height()),
                   Qt::AlignCenter, picture_->across.label);
  free = 1e9;
  for (std::size_t d = 0; d < picture_->down.values.size(); ++d) {
    const double y = cellRect(0, d).center().y();
    if (!picture_->down.values[d].major) continue;
    if (y + metrics.height() / 2 > free) continue;
    free = y - metrics.height() / 2;
    painter.drawText(QRectF(0, y - metrics.height() / 2, plot.left() - 8, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(picture_->down.values[d].label, Qt::ElideRight, plot.left() - 8));
  }
  painter.drawText(QRectF(0, plot.top() - 1.35 * metrics.height(), plot.width(), metrics.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, picture_->down.label);
}

// Through the middle of each column, where the field down ends: between cells as its own numbers lie.
void MapChart::paintEdge(QPainter& painter, std::size_t edge) const {
  const std::vector<MapBoundary>& boundary = picture_->edges[edge].boundary;
  const std::vector<SweptValue>& down = picture_->down.values;
  const QRectF plot = plotRect();
  const double height = plot.height() / static_cast<double>(down.size());
  const auto heightOf = [&](const MapBoundary& b) -> std::optional<double> {
    if (!b.oneWay) return std::nullopt;
    if (!b.largest || !picture_->down.numeric) return b.last ? (static_cast<double>(*b.last) + 1) * height : 0.0;
    const auto n = static_cast<double>(*b.largest);
    if (n < down.front().number) return 0.0;
    for (std::size_t i = 1; i < down.size(); ++i) {
      if (n >= down[i].number) continue;
      const double low = down[i - 1].number, high = down[i].number;
      const double share = low > 0 ? std::log(n / low) / std::log(high / low) : (n - low) / (high - low);
      return (static_cast<double>(i) - 0.5 + share) * height;
    }
    return plot.height();
  };
  QPolygonF line;
  const auto draw = [&] {
    QPen casing(theme().card, 4.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(casing);
    painter.drawPolyline(line);
    painter.setPen(linePen(edge, theme()));
    painter.drawPolyline(line);
    line.clear();
  };
  for (std::size_t a = 0; a < boundary.size(); ++a) {
    const auto h = heightOf(boundary[a]);
    if (!h) {
      draw();
      continue;
    }
    const QRectF cell = cellRect(a, 0);
    // To the plot's sides, so that the line does not end in the middle of the outer cells.
    if (line.isEmpty() && a == 0) line << QPointF(cell.left(), plot.bottom() - *h);
    line << QPointF(cell.center().x(), plot.bottom() - *h);
    if (a + 1 == boundary.size()) line << QPointF(cell.right(), plot.bottom() - *h);
  }
  draw();
}

// The boundaries' lines, and below them what the cells' colours mean.
void MapChart::paintKey(QPainter& painter) const {
  const QFontMetricsF metrics(painter.font());
  const LineLegend lines = legend();
  paintLineLegend(painter, lines, width(), theme());
  const double y = lineLegendHeight(lines, width(), metrics) + 0.9 * metrics.height();
  double x = width() - 2.0;
  for (const Verdict v : {Verdict::exceeds, Verdict::tight, Verdict::fits}) {
    const QString word = verdictWord(v);
    x -= metrics.horizontalAdvance(word) + 2;
    painter.setPen(theme().text);
    painter.drawText(QRectF(x, y - metrics.height() / 2, metrics.horizontalAdvance(word) + 2, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, word);
    x -= metrics.height() + 2;
    paintVerdictIcon(painter, QRectF(x, y - metrics.height() * 0.4, metrics.height() * 0.8, metrics.height() * 0.8), v,
                     theme());
    x -= 12;
  }
  const QString what = tr("%1 left on %2").arg(QLatin1String(unitName(snapshot().unit)), picture_->device);
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(6, y - metrics.height() / 2, std::max(0.0, x - 6), metrics.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(what, Qt::ElideRight, std::max(0.0, x - 6)));
}

QString MapChart::words(const Cell& cell) const {
  const MapCell& c = at(cell);
  QStringList rows{
      QStringLiteral("%1: %2").arg(picture_->across.label, picture_->across.values[cell.across].label),
      QStringLiteral("%1: %2").arg(picture_->down.label, picture_->down.values[cell.down].label),
  };
  if (!c.runs)
    rows << tr("does not run");
  else if (c.verdict)
    rows << tr("%1 on %2").arg(verdictWord(*c.verdict, c.allModelled), picture_->device);
  if (c.runs)
    rows << tr("needs %1 (%2 – %3)")
                .arg(withUnit(c.device, snapshot().unit), inUnit(c.low, snapshot().unit),
                     withUnit(c.high, snapshot().unit));
  if (c.runs && c.left)
    rows << (*c.left < Bytes(0) ? tr("%1 short").arg(withUnit(Bytes(0) - *c.left, snapshot().unit))
                                : tr("%1 left").arg(withUnit(*c.left, snapshot().unit)));
  rows << tr("A click sets the scenario to it");
  return rows.join(QLatin1Char('\n'));
}

void MapChart::hoverAt(const QPointF& at, const QPoint& global) {
  const auto cell = cellAt(at);
  if (cell != hover_) {
    hover_ = cell;
    update();
  }
  if (!cell) return QToolTip::hideText();
  QToolTip::showText(global, plainTip(words(*cell)), this);
}

void MapChart::clickAt(const QPointF& at) {
  const auto cell = cellAt(at);
  if (!cell) return;
  cursor_ = cell;
  Q_EMIT cellActivated(cell->across, cell->down);
}

void MapChart::leave() {
  hover_.reset();
  update();
}

void MapChart::keyPressEvent(QKeyEvent* event) {
  if (!picture_ || picture_->map.cells.empty()) return PaintedChart::keyPressEvent(event);
  Cell cell = cursor_.value_or(Cell{});
  const std::size_t across = picture_->across.values.size(), down = picture_->down.values.size();
  switch (event->key()) {
    case Qt::Key_Left:
      cell.across -= cell.across > 0 ? 1 : 0;
      break;
    case Qt::Key_Right:
      cell.across += cell.across + 1 < across ? 1 : 0;
      break;
    case Qt::Key_Down:
      cell.down -= cell.down > 0 ? 1 : 0;
      break;
    case Qt::Key_Up:
      cell.down += cell.down + 1 < down ? 1 : 0;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (cursor_) Q_EMIT cellActivated(cell.across, cell.down);
      return;
    default:
      return PaintedChart::keyPressEvent(event);
  }
  cursor_ = cell;
  update();
  const QPoint place = mapToGlobal(cellRect(cell.across, cell.down).center().toPoint());
  QToolTip::showText(place, plainTip(words(cell)), this);
}

void MapChart::focusInEvent(QFocusEvent* event) {
  PaintedChart::focusInEvent(event);
  if (!cursor_) cursor_ = Cell{};
  update();
}
}  // namespace headroom::ui
