// A figure as a one-page PDF.
#pragma once

#include <QByteArray>
#include <QDate>

namespace headroom::ui {

class ChartFigure;

// Vectors and embedded fonts only. The file's own time stamps are the given date, so the same figure gives the same
// bytes. Empty where it could not be made.
QByteArray pdfBytes(const ChartFigure& figure, QDate date);

}  // namespace headroom::ui
