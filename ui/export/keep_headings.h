// Headings stay with what they head: on paper none is the last thing of its page or column.
#pragma once

class QTextDocument;

namespace headroom::ui {

// Begins a new page before every heading of the document (its page size is set) whose text, or whose table's first row
// below the names of its columns, would begin on the next one. Several headings in a row stay together.
void keepHeadings(QTextDocument& document);

}  // namespace headroom::ui
