#include "ui/style/text.h"

#include <QCoreApplication>

namespace headroom::ui {

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString grouped(qint64 value) {
  QString digits = QString::number(value);
  const qsizetype first = value < 0 ? 1 : 0;
  for (qsizetype at = digits.size() - 3; at > first; at -= 3) digits.insert(at, QChar(QChar::Nbsp));
  return digits;
}

QString inUnit(Bytes bytes, ByteUnit unit, int decimals) {
  return QString::fromStdString(formatIn(bytes, unit, decimals));
}

QString withUnit(Bytes bytes, ByteUnit unit, int decimals) {
  return inUnit(bytes, unit, decimals) + QChar(QChar::Nbsp) + QLatin1String(unitName(unit));
}

QString share(Bytes part, Bytes whole) {
  if (whole.value() <= 0) return {};
  const double percent = 100.0 * static_cast<double>(part.value()) / static_cast<double>(whole.value());
  return QString::number(percent, 'f', percent < 9.95 ? 1 : 0) + QChar(QChar::Nbsp) + QLatin1Char('%');
}

QString componentName(ComponentId id) {
  return QCoreApplication::translate("core", nameOf(id).data());
}

QString verdictWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::fits:
      return QCoreApplication::translate("Verdict", "Fits");
    case Verdict::tight:
      return QCoreApplication::translate("Verdict", "Tight");
    case Verdict::exceeds:
      return QCoreApplication::translate("Verdict", "Exceeds");
  }
  return {};
}

QFont scaledFont(const QFont& font, double factor, bool bold) {
  QFont result = font;
  if (font.pixelSize() > 0) {
    result.setPixelSize(qMax(1, qRound(font.pixelSize() * factor)));
  } else {
    result.setPointSizeF(font.pointSizeF() * factor);
  }
  if (bold) result.setWeight(QFont::DemiBold);
  return result;
}

}  // namespace headroom::ui
