#include "ui/pages/learn/float_model.h"

#include <QPainter>
#include <QRegularExpression>
#include <cmath>
#include <numbers>

#include "core/numerics/block_code.h"
#include "core/numerics/float_fields.h"
#include "ui/languages/core_text.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

QString raised(int exponent) {
  static const QString kDigits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
  QString out;
  for (QChar c : QString::number(exponent)) out += c == QLatin1Char('-') ? QChar(0x207B) : kDigits[c.digitValue()];
  return out;
}

QString rangeOf(const FloatLayout& l) {
  const int digits = significantDigits(l);
  return tr("%1 … %2, subnormal from %3 · next after 1: 1 + %4 · %5")
      .arg(numberText(smallestNormal(l), 3), numberText(largestValue(l), 5), numberText(smallestSubnormal(l), 3),
           numberText(epsilon(l), 3),
           digits == 0 ? tr("no decimal digit is sure") : tr("%n sure decimal digits", nullptr, digits));
}

QString formulaOf(const FloatFields& f, const FloatLayout& l) {
  const QString sign = f.sign ? QStringLiteral("−") : QStringLiteral("+");
  const QString fraction = grouped(static_cast<qint64>(f.mantissa)) + QStringLiteral(" / ") +
                           grouped(static_cast<qint64>(std::uint64_t{1} << l.mantissaBits));
  switch (classOf(f, l)) {
    case FloatClass::zero:
      return tr("%1 0: exponent and mantissa are zero").arg(sign);
    case FloatClass::infinite:
      return tr("%1 infinity: the exponent is all ones, the mantissa zero").arg(sign);
    case FloatClass::nan:
      return tr("not a number: the exponent is all ones");
    case FloatClass::subnormal:
      return QStringLiteral("%1 2%2 × %3   (%4)")
          .arg(sign, raised(1 - l.bias()), fraction, tr("subnormal: no leading 1"));
    case FloatClass::normal:
      break;
  }
  return tr("sign %1 · exponent %2 − %3 = %4 · mantissa %5   →   %6 2%7 × (1 + %8)")
      .arg(f.sign ? 1 : 0)
      .arg(f.exponent)
      .arg(l.bias())
      .arg(static_cast<int>(f.exponent) - l.bias())
      .arg(grouped(static_cast<qint64>(f.mantissa)), sign, raised(static_cast<int>(f.exponent) - l.bias()), fraction);
}

StoredFloat storedAs(double number, const FloatLayout& l) {
  StoredFloat s;
  const FloatFields fields = toFields(number, l);
  s.id = fromView(l.id);
  s.label = s.id;
  s.bits = QString::fromStdString(binaryText(fields, l));
  s.value = valueOf(fields, l);
  if (number != 0 && s.value == 0)
    s.note = tr("underflows to zero");
  else if (std::isinf(s.value) && !std::isinf(number))
    s.note = tr("beyond the largest number");
  else if (std::fabs(number) > largestValue(l) && std::isfinite(number))
    s.note = tr("kept at the largest number");
  else if (classOf(fields, l) == FloatClass::subnormal)
    s.note = tr("subnormal: fewer digits");
  s.formula = formulaOf(fields, l);
  s.range = rangeOf(l);
  s.source = fromView(l.source);
  return s;
}

StoredFloat storedAs(double number, double largest, const BlockCodeRow& row) {
  StoredFloat s;
  const BlockCode code = encode(number, largest, row);
  s.id = fromView(row.id);
  s.label = fromView(row.label);
  s.bits = QString::fromStdString(code.binary);
  s.value = code.value;
  if (number != 0 && s.value == 0)
    s.note = tr("rounds to zero beside %1").arg(numberText(largest, 3));
  else if (code.clipped)
    s.note = tr("kept at the largest code");
  s.formula =
      tr("code %1 × scale %2   (%3)").arg(numberText(code.element, 6), numberText(code.scale, 6), coreText(row.scale));
  const QString block =
      row.block == 0 ? tr("a row of the matrix shares a scale") : tr("%1 values share a scale").arg(row.block);
  s.range = tr("%1 · %2 codes").arg(block, QString::number(1 << row.bits));
  s.source = fromView(row.source);
  return s;
}

constexpr const char* kFloats[] = {"fp32", "tf32", "bf16", "fp16", "fp8-e4m3", "fp8-e5m2"};

}  // namespace

QString numberText(double value, int digits) {
  if (std::isnan(value)) return tr("not a number");
  if (std::isinf(value)) return value < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
  const double size = std::fabs(value);
  QString text;
  if (value == 0 || (size >= 1e-4 && size < 1e7)) {
    text = QString::number(value, 'g', digits);
    if (text.contains(QLatin1Char('e'))) text = QString::number(std::round(value), 'f', 0);
    text = groupedDigits(text);
  } else {
    const QStringList parts = QString::number(value, 'e', digits - 1).split(QLatin1Char('e'));
    QString mantissa = parts[0];
    while (mantissa.contains(QLatin1Char('.')) &&
           (mantissa.endsWith(QLatin1Char('0')) || mantissa.endsWith(QLatin1Char('.')))) {
      const bool point = mantissa.endsWith(QLatin1Char('.'));
      mantissa.chop(1);
      if (point) break;
    }
    text = QStringLiteral("%1·10%2").arg(mantissa, raised(parts[1].toInt()));
  }
  if (value < 0) text.replace(0, 1, QChar(0x2212));
  return localNumber(text);
}

bool readNumber(const QString& typed, double& value) {
  QString text = plainNumber(typed).simplified().toLower();
  text.replace(QChar(0x2212), QLatin1Char('-'));
  text.remove(QLatin1Char(' ')).remove(QChar(QChar::Nbsp));
  text.replace(QStringLiteral("·10^"), QStringLiteral("e"));
  bool negative = false;
  if (text.startsWith(QLatin1Char('-'))) negative = true, text.remove(0, 1);
  if (text.startsWith(QLatin1Char('-'))) return false;
  bool ok = true;
  static const QRegularExpression kPower(QStringLiteral("^2\\^(-?\\d{1,4})$"));
  if (text == QLatin1String("pi") || text == QStringLiteral("π")) {
    value = std::numbers::pi;
  } else if (text == QLatin1String("e")) {
    value = std::numbers::e;
  } else if (text == QLatin1String("inf") || text == QStringLiteral("∞")) {
    value = INFINITY;
  } else if (const auto power = kPower.match(text); power.hasMatch()) {
    value = std::ldexp(1.0, power.captured(1).toInt());
  } else if (text.count(QLatin1Char('/')) == 1) {
    bool below = false;
    const double divisor = text.section(QLatin1Char('/'), 1).toDouble(&below);
    value = text.section(QLatin1Char('/'), 0, 0).toDouble(&ok) / divisor;
    ok = ok && below && divisor != 0;
  } else {
    value = text.toDouble(&ok);
  }
  if (negative) value = -value;
  return ok && !std::isnan(value);
}

void FloatModel::show(double number, double largest) {
  beginResetModel();
  number_ = number;
  rows_.clear();
  for (const char* id : kFloats)
    if (const FloatLayout* layout = findFloatLayout(id)) rows_.push_back(storedAs(number, *layout));
  for (const BlockCodeRow& row : blockCodes()) rows_.push_back(storedAs(number, largest, row));
  endResetModel();
}

int FloatModel::rowOf(const QString& id) const {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].id == id) return static_cast<int>(i);
  return -1;
}

int FloatModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int FloatModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int{Columns};
}

QVariant FloatModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const StoredFloat& s = at(index.row());
  const int column = index.column();
  if (role == Qt::TextAlignmentRole)
    return column >= Value ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::ForegroundRole && column == Error) return Theme::current().quietText;
  if (role == Qt::ToolTipRole) return s.note.isEmpty() ? s.range : s.note;
  if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
  switch (column) {
    case Format:
      return s.label;
    case Bits:
      return s.bits;
    case Value:
      return numberText(s.value, 8);
    default:
      break;
  }
  if (!s.note.isEmpty()) return s.note;
  if (s.value == number_) return tr("exact");
  if (!std::isfinite(number_)) return QString();
  const double off = (s.value - number_) / number_ * 100;
  return (off < 0 ? QStringLiteral("−") : QStringLiteral("+")) + numberText(std::fabs(off), 2) + QStringLiteral(" %");
}

QVariant FloatModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return section >= Value ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Format:
      return tr("Format");
    case Bits:
      return tr("Bits");
    case Value:
      return tr("Stored number");
    default:
      return tr("Off by");
  }
}

int BitsDelegate::cellIn(int width) {
  return std::clamp((width - 2 * kGap - kAround) / 32, kCell, kMostCell);
}

void BitsDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  p->save();
  if ((option.state & QStyle::State_Selected) != 0) p->fillRect(option.rect, option.palette.highlight());
  p->setRenderHint(QPainter::Antialiasing);
  const QColor inks[] = {theme.colour(ComponentId::logits), theme.colour(ComponentId::weights),
                         theme.colour(ComponentId::kv_cache)};
  const QStringList fields = index.data().toString().split(QLatin1Char(' '));
  const bool whole = fields.size() == 1;  // a code without fields
  QFont small = option.font;
  const int wide = cellIn(option.rect.width());
  small.setPointSizeF(std::max(6.5, option.font.pointSizeF() - (wide > kCell + 3 ? 1 : 3)));
  p->setFont(small);
  double x = option.rect.left() + 4;
  const double top = option.rect.center().y() - 7.5;
  for (qsizetype f = 0; f < fields.size(); ++f) {
    const QColor ink = whole ? theme.quietText : inks[std::min<qsizetype>(f, 2)];
    for (QChar bit : fields[f]) {
      const QRectF cell(x, top, wide - 1.0, 16);
      QColor fill = ink;
      fill.setAlphaF(bit == QLatin1Char('1') ? 0.92F : 0.20F);
      p->setPen(Qt::NoPen);
      p->setBrush(fill);
      p->drawRoundedRect(cell, 2, 2);
      p->setPen(bit != QLatin1Char('1') ? theme.text : whole ? theme.card : QColor(Qt::white));
      p->drawText(cell, Qt::AlignCenter, QString(bit));
      x += wide;
    }
    x += kGap;
  }
  p->restore();
}

}  // namespace headroom::ui
