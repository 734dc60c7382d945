// Charts as files: PNG for slides, SVG with its text as text, PDF in vectors with the fonts it needs. The same snapshot
// gives the same bytes, on any day whose date is given.
#pragma once

#include <QByteArray>
#include <QDate>
#include <QSize>
#include <QString>
#include <functional>
#include <optional>

#include "core/base/result.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class Chart;

enum class ImageFormat { png, svg, pdf };

// By the file's suffix; nothing for another one.
std::optional<ImageFormat> imageFormatOf(const QString& path);

struct ImageOptions {
  QSize size;                           // logical pixels of 1/96 inch; empty: what the chart usually has (960 × 600)
  int scale = 2;                        // pixels of a PNG per logical pixel
  QDate date = QDate::currentDate();    // printed in the corner
  std::function<void(Chart&)> prepare;  // told the chart before it is laid out; may be empty
};

// The chart of that name (chartNames()) as a file's bytes; an unknown name is an error that lists the known ones.
// Needs a QApplication; a display only in so far as its platform does ("offscreen" does not).
Result<QByteArray> chartImage(const Snapshot& snapshot, const QString& name, ImageFormat format,
                              const ImageOptions& options = {});

// The same into a file, format by its suffix. Atomic: an existing file is replaced as a whole or not at all.
Result<void> exportChart(const Snapshot& snapshot, const QString& name, const QString& path,
                         const ImageOptions& options = {});

// The same onto the clipboard, as a picture and as SVG.
Result<void> copyChart(const Snapshot& snapshot, const QString& name, const ImageOptions& options = {});

}  // namespace headroom::ui
