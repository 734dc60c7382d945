// The report as a PDF to hand in: the HTML report's own page, set on paper.
#pragma once

#include <QByteArray>
#include <QDate>

#include "core/base/result.h"

namespace headroom::ui {

// `page` is a report of core/report/html_report.h. Text with embedded fonts and drawings as vectors, nothing as pixels;
// the page's scenarios lie in the file's metadata, so that opening it restores them. The same page gives the same
// bytes. Errors: value (no report of ours), io (Qt could not make it).
Result<QByteArray> reportPdf(const QByteArray& page, QDate date);

}  // namespace headroom::ui
