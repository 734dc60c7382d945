// Charts as files: PNG for slides, SVG with its text as text, PDF in vectors with the fonts it needs. The same snapshot
// gives the same bytes, on any day whose date is given.
#pragma once

#include <QByteArray>
#include <QDate>
#include <QSize>
#include <QString>
#include <functional>
#include <span>

#include "core/base/result.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class Chart;
class ChartFigure;
struct ImageOptions;

struct ImageFormat {
  const char* suffix;
  const char* words;                                             // translated by tr()
  QByteArray (*bytes)(const ChartFigure&, const ImageOptions&);  // empty where there is no memory for it
};
std::span<const ImageFormat> imageFormats();
// By the file's suffix; nullptr for another one.
const ImageFormat* imageFormatOf(const QString& path);
// ".png, .svg or .pdf", for a message.
std::string imageEndings();
// What a file dialog offers: "PNG picture (*.png);;…".
QString imageFilter();

struct ImageOptions {
  QSize size;                           // logical pixels of 1/96 inch; empty: what the chart usually has (960 × 600)
  int scale = 2;                        // pixels of a PNG per logical pixel
  QDate date = QDate::currentDate();    // printed in the corner
  std::function<void(Chart&)> prepare;  // told the chart before it is laid out; may be empty
};

// The chart of that name (chartNames()) as a file's bytes; an unknown name is an error that lists the known ones.
// Needs a QApplication; a display only in so far as its platform does ("offscreen" does not).
Result<QByteArray> chartImage(const Snapshot& snapshot, const QString& name, const ImageFormat& format,
                              const ImageOptions& options = {});

// The same into a file, format by its suffix. Atomic: an existing file is replaced as a whole or not at all.
Result<void> exportChart(const Snapshot& snapshot, const QString& name, const QString& path,
                         const ImageOptions& options = {});

// The same onto the clipboard, as a picture and as SVG.
Result<void> copyChart(const Snapshot& snapshot, const QString& name, const ImageOptions& options = {});

}  // namespace headroom::ui
