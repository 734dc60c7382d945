// On paper no heading is the last thing of a page, wherever the page happens to end.
#include "ui/export/keep_headings.h"

#include <gtest/gtest.h>

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextDocument>
#include <map>

namespace headroom::ui {
namespace {

// The last block whose text begins on each page.
std::map<int, QTextBlock> lastOfPages(const QTextDocument& document) {
  std::map<int, QTextBlock> last;
  for (QTextBlock b = document.begin(); b.isValid(); b = b.next()) {
    if (b.text().trimmed().isEmpty()) continue;
    const QRectF at = document.documentLayout()->blockBoundingRect(b);
    last[static_cast<int>((at.bottom() - 1) / document.pageSize().height())] = b;
  }
  return last;
}

TEST(KeepHeadings, NoneIsTheLastOfAPage) {
  const QString table = QStringLiteral(
      "<table width='100%'><tr><th>component</th><th>GiB</th></tr><tr><td>row</td><td>1</td></tr>"
      "<tr><td>row</td><td>2</td></tr></table>");
  const QStringList headed{QStringLiteral("<p>text below</p>"), table,
                           QStringLiteral("<ul><li>one</li><li>two</li></ul>")};
  for (const QString& below : headed)
    for (const char* headings : {"<h2>Part</h2>", "<h3>Small</h3>", "<h2>Part</h2><h3>Small</h3>", "<h4>Folded</h4>"})
      for (int lines = 0; lines < 40; ++lines) {
        QString page;
        for (int section = 0; section < 3; ++section) {
          for (int i = 0; i < lines; ++i) page += QStringLiteral("<p style='margin:0'>line %1</p>").arg(i);
          page += QLatin1String(headings) + below;
        }
        QTextDocument document;
        document.setHtml(page);
        document.setDocumentMargin(0);
        document.setPageSize({300, 400});
        keepHeadings(document);
        const auto last = lastOfPages(document);
        for (const auto& [number, block] : last) {
          EXPECT_EQ(block.blockFormat().headingLevel(), 0) << lines << " lines: " << block.text().toStdString();
          EXPECT_FALSE(block.text() == QLatin1String("GiB") && number != last.rbegin()->first)
              << lines << " lines: a table's names of columns alone";
        }
        // Nothing is pushed away that need not be: a page is left at most a few lines short.
        EXPECT_LE(document.pageCount(), 3 + 3 * (lines + 8) * 20 / 400) << lines;
      }
}

}  // namespace
}  // namespace headroom::ui
