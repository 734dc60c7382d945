#include "ui/export/keep_headings.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextTable>
#include <cmath>

namespace headroom::ui {
namespace {

bool isHeading(const QTextBlock& block) {
  return block.blockFormat().headingLevel() > 0;
}

// The page that a block's last line stands on. A block's rectangle begins where the one before it ends, its first line
// perhaps on the next page.
int pageOf(const QTextDocument& document, const QTextBlock& block) {
  const QRectF at = document.documentLayout()->blockBoundingRect(block);
  return static_cast<int>(std::floor((at.bottom() - 1) / document.pageSize().height()));
}

// What must not be on another page than the heading before it: a line, or a row below the names of columns.
QTextBlock firstHeaded(const QTextBlock& after) {
  const QTextTable* table = QTextCursor(after).currentTable();
  return table != nullptr && table->rows() > 1 ? table->cellAt(1, 0).firstCursorPosition().block() : after;
}

}  // namespace

void keepHeadings(QTextDocument& document) {
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    if (!isHeading(block)) continue;
    QTextBlock after = block.next();
    while (after.isValid() && isHeading(after)) after = after.next();
    if (!after.isValid()) return;
    if (pageOf(document, block) != pageOf(document, firstHeaded(after))) {
      QTextBlockFormat format;
      format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
      QTextCursor(block).mergeBlockFormat(format);
    }
    block = after;
  }
}

}  // namespace headroom::ui
