#include "ui/style/text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTextDocument>
#include <cstdlib>

#include "core/base/printable.h"
#include "ui/languages/core_text.h"
#include "ui/languages/language.h"
#include "ui/style/grouped_number.h"

namespace headroom::ui {

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString shown(std::string_view text) {
  return QString::fromStdString(printable(text));
}

QString plainTip(const QString& text) {
  return Qt::mightBeRichText(text) ? QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped()) : text;
}

QString grouped(qint64 value) {
  return grouped(QString::fromStdString(formatCount(value)));
}

QString grouped(QString text) {
  static const QRegularExpression kComma(QStringLiteral("(?<=\\d),(?=\\d{3}(?!\\d))"));
  return text.replace(kComma, QString(QChar(QChar::Nbsp)));
}

QString groupedDigits(const QString& text) {
  static const QRegularExpression kWhole(QStringLiteral("(?<![\\w.,/-])\\d{4,15}(?![\\w./-]|,\\d)"));
  QString out = grouped(text);
  qsizetype shift = 0;
  QRegularExpressionMatchIterator it = kWhole.globalMatch(QString(out));
  while (it.hasNext()) {
    const QRegularExpressionMatch match = it.next();
    const QString number = grouped(match.captured().toLongLong());
    out.replace(match.capturedStart() + shift, match.capturedLength(), number);
    shift += number.size() - match.capturedLength();
  }
  return out;
}

QString headed(QString text) {
  static const QRegularExpression kPlainWord(QStringLiteral("^[a-z][a-z]+(?=$|[ ,:])"));
  if (kPlainWord.match(text).hasMatch()) text[0] = text[0].toUpper();
  return text;
}

QString inUnit(Bytes bytes, ByteUnit unit, int decimals) {
  QString number = localNumber(groupedNumber(QString::fromStdString(formatIn(bytes, unit, decimals))));
  if (number.startsWith(QLatin1Char('-'))) number[0] = QChar(0x2212);  // a minus as wide as the digits
  return number;
}

QString withUnit(Bytes bytes, ByteUnit unit, int decimals) {
  return inUnit(bytes, unit, decimals) + QChar(QChar::Nbsp) + QLatin1String(unitName(unit));
}

QString share(Bytes part, Bytes whole) {
  if (whole.value() <= 0) return {};
  const double percent = 100.0 * static_cast<double>(part.value()) / static_cast<double>(whole.value());
  const QChar space(QChar::Nbsp);
  if (percent > 0 && percent < 0.05)
    return QLatin1Char('<') + space + localNumber(QStringLiteral("0.1")) + space + QLatin1Char('%');
  return localNumber(percent, 'f', percent < 9.95 ? 1 : 0) + space + QLatin1Char('%');
}

QString componentName(ComponentId id) {
  return coreText(nameOf(id));
}

QString verdictWord(Verdict verdict, bool allModelled) {
  switch (verdict) {
    case Verdict::fits:
      return allModelled ? QCoreApplication::translate("Verdict", "Fits")
                         : QCoreApplication::translate("Verdict", "Fits as modelled");
    case Verdict::tight:
      return QCoreApplication::translate("Verdict", "Tight");
    case Verdict::exceeds:
      return QCoreApplication::translate("Verdict", "Does not fit");
  }
  return {};
}

QString countShort(Parameters parameters) {
  return localNumber(QString::fromStdString(formatParameters(parameters)));
}

QString bytesShort(Bytes bytes, ByteUnit unit) {
  return localNumber(groupedNumber(QString::fromStdString(formatBytes(bytes, unit))))
      .replace(QLatin1Char(' '), QChar::Nbsp);
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
