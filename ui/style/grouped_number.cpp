#include "ui/style/grouped_number.h"

namespace headroom::ui {

QString groupedNumber(QString number) {
  const qsizetype first = number.startsWith(QLatin1Char('-')) ? 1 : 0;
  qsizetype end = first;
  while (end < number.size() && number[end].isDigit()) ++end;
  for (qsizetype at = end - 3; at > first; at -= 3) number.insert(at, QChar(QChar::Nbsp));
  return number;
}

}  // namespace headroom::ui
