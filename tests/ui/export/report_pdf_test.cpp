// The report on paper: letters and lines, no pixels, and what opens again.
#include "ui/export/report_pdf.h"

#include <QFile>
#include <QRegularExpression>

#include "core/open/scenario_json.h"
#include "core/readers/embedded_scenarios.h"
#include "core/report/html_report.h"
#include "tests/ui/window/window_fixture.h"

namespace headroom::ui {
namespace {

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  return file.readAll();
}

TEST_F(WindowTest, AReportOfAllScenariosIsWrittenOnPaperAndAsAPage) {
  trigger("actionDuplicateScenario");
  document().edit(Field::batch, [](Scenario& s) { s.batch = 7, s.name = "seven ]]> <at> once"; });
  const Work asked = document().work();
  ASSERT_EQ(asked.scenarios.size(), 2u);
  for (const char* name : {"r.pdf", "r.html"}) {
    answers->save = file(QString::fromLatin1(name));
    trigger("actionReport");
    const QByteArray bytes = bytesOf(answers->save);
    const auto inside = embeddedScenarios({bytes.constData(), static_cast<std::size_t>(bytes.size())}, name);
    ASSERT_TRUE(inside) << name;
    ASSERT_EQ(inside->size(), 2u) << name;
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(*readScenario((*inside)[i], name), *asked.scenarios[i]) << name;
    EXPECT_TRUE(window->openPath(answers->save)) << name;
    EXPECT_EQ(document().work().scenarios.size(), 2u) << name;
    EXPECT_EQ(document().work().scenarios[1]->batch, 7) << name;
  }
}

TEST_F(WindowTest, ThePdfHoldsEmbeddedFontsNoPixelsAndTheSameBytesAgain) {
  const ReportedScenario one{{}, scenario()};
  const QByteArray page = QByteArray::fromStdString(htmlReport({&one, 1}, {}));
  const auto pdf = reportPdf(page, QDate(2026, 1, 2));
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_FALSE(pdf->contains("/Subtype /Image"));
  EXPECT_FALSE(pdf->contains("/Subtype/Image"));
  EXPECT_EQ(pdf->count("/Type /FontDescriptor"), pdf->count("/FontFile2 "));
  EXPECT_GT(pdf->count("/FontFile2 "), 1);
  EXPECT_GT(pdf->count("/Type /Page\n") + pdf->count("/Type /Page "), 1);
  EXPECT_EQ(*pdf, *reportPdf(page, QDate(2026, 1, 2)));
  EXPECT_FALSE(reportPdf("<html>no report</html>", QDate(2026, 1, 2)));
}

}  // namespace
}  // namespace headroom::ui
