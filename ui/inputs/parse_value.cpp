#include "ui/inputs/parse_value.h"

#include <QRegularExpression>
#include <cmath>

#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

// Without the separators people group digits with. A comma counts as one only before three digits, and only where the
// language does not take it for the decimal point: there "1,500" is one and a half, as the field itself would show it.
QString ungrouped(QString text) {
  QString out;
  text = plainNumber(text.trimmed());
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text[i];
    if (c.isSpace() || c == QLatin1Char('_') || c == QLatin1Char('\'')) continue;
    if (c == QLatin1Char(',')) {
      const QString rest = text.mid(i + 1, 3);
      if (rest.size() == 3 && rest[0].isDigit() && rest[1].isDigit() && rest[2].isDigit()) continue;
    }
    out += c;
  }
  return out;
}

}  // namespace

ParsedInteger parseInteger(const QString& typed, std::int64_t low, std::int64_t high) {
  QString text = ungrouped(typed);
  double factor = 1;
  if (text.endsWith(QLatin1Char('k'), Qt::CaseInsensitive)) factor = 1024;
  if (text.endsWith(QLatin1Char('m'), Qt::CaseInsensitive)) factor = 1024 * 1024;
  if (factor > 1) text.chop(1);
  bool ok = false;
  const double number = text.toDouble(&ok) * factor;
  if (!ok || !std::isfinite(number)) return {{}, tr("Not a number; write 8192, 8k or 1M")};
  if (number != std::floor(number)) return {{}, tr("A whole number, please")};
  if (number < static_cast<double>(low) || number > static_cast<double>(high))
    return {{}, tr("Between %1 and %2").arg(grouped(low), grouped(high))};
  return {static_cast<std::int64_t>(number), {}};
}

ParsedInteger parseBytes(const QString& typed, std::int64_t low, std::int64_t high) {
  static const QRegularExpression kAmount(QStringLiteral("^([\\d.]+)\\s*(?:([kmgt])(i?)b?|b)?$"),
                                          QRegularExpression::CaseInsensitiveOption);
  const QRegularExpressionMatch match = kAmount.match(ungrouped(typed));
  bool ok = false;
  double number = match.captured(1).toDouble(&ok);
  if (!match.hasMatch() || !ok || !std::isfinite(number)) return {{}, tr("Not an amount; write 4 GiB or bytes")};
  const QString letter = match.captured(2).toLower();
  // "4G" is what people call 4 GiB; "4 GB" says GB.
  const bool decimal = match.captured(0).endsWith(QLatin1Char('b'), Qt::CaseInsensitive) && match.captured(3).isEmpty();
  const qsizetype power = letter.isEmpty() ? 0 : 1 + QStringLiteral("kmgt").indexOf(letter);
  number = std::round(number * std::pow(decimal ? 1000.0 : 1024.0, static_cast<double>(power)));
  if (number < static_cast<double>(low) || number > static_cast<double>(high))
    return {{}, tr("Between %1 and %2").arg(grouped(low), grouped(high))};
  return {static_cast<std::int64_t>(number), {}};
}

ParsedShare parseShare(const QString& typed, double most) {
  QString text = typed.trimmed();
  text.replace(QLatin1Char(','), QLatin1Char('.'));
  const bool percent = text.endsWith(QLatin1Char('%'));
  if (percent) text.chop(1);
  bool ok = false;
  double number = text.trimmed().toDouble(&ok);
  if (!ok || !std::isfinite(number)) return {{}, tr("Not a share; write 90 % or 0.9")};
  // "90" without a sign can only mean per cent.
  if (percent || number > 1) number /= 100;
  if (number < 0 || number > most) return {{}, tr("Between 0 and %1 %").arg(std::lround(most * 100))};
  return {number, {}};
}

}  // namespace headroom::ui
