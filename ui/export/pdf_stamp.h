// The date inside a PDF.
#pragma once

#include <QByteArray>
#include <QDate>

namespace headroom::ui {

// Qt stamps the file with the clock; the digits are replaced in place, so that no offset in the file moves.
void stampPdf(QByteArray& pdf, QDate date);

}  // namespace headroom::ui
