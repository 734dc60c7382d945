#include "ui/export/pdf_stamp.h"

namespace headroom::ui {

void stampPdf(QByteArray& pdf, QDate date) {
  const QByteArray key = "/CreationDate (D:";
  const qsizetype at = pdf.indexOf(key);
  const QByteArray digits = date.toString(QStringLiteral("yyyyMMdd")).toLatin1() + "000000";
  if (at >= 0 && digits.size() == 14) pdf.replace(at + key.size(), digits.size(), digits);
}

}  // namespace headroom::ui
