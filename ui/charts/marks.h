// Marks: the small shapes all charts share. Vectors only, no effects and no clipping, so that SVG and PDF hold them as
// they are (Qt 6.4's SVG generator knows neither clip paths nor pattern brushes).
#pragma once

#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>
#include <vector>

#include "ui/charts/stack.h"
#include "ui/style/theme.h"

namespace headroom::ui {

// What does not fit: the segments under rect veiled, hatched at 45° and framed in the colour of "exceeds".
void paintOverflow(QPainter& painter, const QRectF& rect, const Theme& theme);

// What gives way under pressure: the segment under rect veiled, so that it stands lighter.
void paintReleasable(QPainter& painter, const QRectF& rect, const Theme& theme);

// A segment of a component: its colour with the edge that keeps pale ones apart from the card.
void paintSegment(QPainter& painter, const QRectF& rect, ComponentId id, const Theme& theme);
// The edge alone, over a segment that something else has filled.
void paintSegmentEdge(QPainter& painter, const QRectF& rect, ComponentId id, const Theme& theme);

// A small square in the component's colour, centred on `centre`.
void paintSwatch(QPainter& painter, const QPointF& centre, ComponentId id, const Theme& theme);

// The verdict's shape in its colour: a tick in a disc, a bar in a triangle, a cross in an octagon.
void paintVerdictIcon(QPainter& painter, const QRectF& rect, Verdict verdict, const Theme& theme);

// A whisker from `low` to `high`; horizontal or vertical as the points lie.
void paintWhisker(QPainter& painter, const QPointF& low, const QPointF& high, const Theme& theme, double cap = 5);

// Text on a plate of the card's colour, so that it can be read across grid lines and bars.
void paintPlate(QPainter& painter, const QRectF& rect, const QString& text, const QColor& colour, const Theme& theme,
                Qt::Alignment align = Qt::AlignCenter);

// The text in at most two rows of a width, broken at a space; the second may still be too wide.
QStringList twoRows(const QString& text, const QFontMetricsF& metrics, double width);

// Black or white, whichever is read better on the colour.
QColor inkOn(const QColor& fill);

}  // namespace headroom::ui
