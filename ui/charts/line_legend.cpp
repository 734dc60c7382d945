#include "ui/charts/line_legend.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <array>

namespace headroom::ui {
namespace {

constexpr std::size_t kOwnColours = 6;
constexpr double kRow = 1.3, kLeastName = 36, kLine = 40, kBeside = 8, kMargin = 12;
constexpr qsizetype kMostRows = 4;  // below each other, for the sake of whole names

QString firstWord(const QString& label) {
  return label.section(QLatin1Char(' '), 0, 0);
}

double entryWidth(const QString& name, const QString& note, const QFontMetricsF& metrics) {
  return kLine + metrics.horizontalAdvance(note.isEmpty() ? name : name + QStringLiteral("  ") + note) + kBeside;
}

// Two beside each other where that cuts no number, and no name that would stand whole below the others.
int columnsOf(const LineLegend& legend, double width, const QFontMetricsF& metrics) {
  const auto& [labels, notes] = legend;
  if (labels.size() == 1) return 1;
  const bool few = labels.size() <= kMostRows;
  for (qsizetype i = 0; i < labels.size(); ++i) {
    const QString note = notes.value(i);
    if (note.isEmpty() && !few) continue;
    if (entryWidth(few ? labels[i] : firstWord(labels[i]), note, metrics) > (width - kMargin) / 2) return 1;
  }
  return 2;
}

}  // namespace

QColor lineColour(std::size_t line, const Theme& theme) {
  // Ink, teal, vermilion, violet, ochre, slate.
  static const std::array<std::array<const char*, 2>, kOwnColours> kColours{{{"#1B1F24", "#E8EBEF"},
                                                                             {"#00808A", "#35B8C4"},
                                                                             {"#C8401F", "#FF8A66"},
                                                                             {"#6B3FA0", "#B68CF0"},
                                                                             {"#8A6A00", "#D9B23A"},
                                                                             {"#4F6D8A", "#8FB0D0"}}};
  return QColor(QLatin1String(kColours[line % kOwnColours][theme.dark ? 1 : 0]));
}

QPen linePen(std::size_t line, const Theme& theme) {
  static const std::array<QList<qreal>, kOwnColours> kDashes{
      {{}, {6, 3}, {2, 2}, {8, 3, 2, 3}, {12, 3}, {4, 2, 1, 2, 1, 2}}};
  QPen pen(lineColour(line, theme), 2);
  if (const auto& dash = kDashes[line % kOwnColours]; !dash.isEmpty()) pen.setDashPattern(dash);
  return pen;
}

void paintLineLegend(QPainter& painter, const LineLegend& legend, double width, const Theme& theme) {
  const auto& [labels, notes] = legend;
  const QFontMetricsF metrics(painter.font());
  const int columns = columnsOf(legend, width, metrics);
  const double half = (width - kMargin) / columns;
  for (qsizetype i = 0; i < labels.size(); ++i) {
    const double x = 6 + static_cast<double>(i % columns) * half;
    const double y = (0.8 + static_cast<double>(i / columns) * kRow) * metrics.height();
    painter.setPen(linePen(static_cast<std::size_t>(i), theme));
    painter.drawLine(QPointF(x, y), QPointF(x + 24, y));
    const QString note = notes.value(i);
    const double room = half - kLine - (note.isEmpty() ? 0 : metrics.horizontalAdvance(note) + kBeside);
    // A number is not cut for the sake of a name: its first word, a scenario's letter, has to do.
    QString text = room < kLeastName ? firstWord(labels[i]) : metrics.elidedText(labels[i], Qt::ElideRight, room);
    if (!note.isEmpty()) text += QStringLiteral("  ") + note;
    painter.setPen(theme.text);
    painter.drawText(QRectF(x + 32, y - metrics.height() / 2, half - 36, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, half - 36));
  }
}

double lineLegendHeight(const LineLegend& legend, double width, const QFontMetricsF& metrics) {
  const int columns = columnsOf(legend, width, metrics);
  return static_cast<double>((legend.labels.size() + columns - 1) / columns) * kRow * metrics.height();
}

}  // namespace headroom::ui
