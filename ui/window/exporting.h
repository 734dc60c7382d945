// Exports of the window: charts as pictures, the table as text, to a file or to the clipboard.
#pragma once

#include "ui/pages/page.h"

namespace headroom::ui {

class MainWindow;

void saveChart(MainWindow& window, ChartView view);
void saveTable(MainWindow& window, ReportFormat format);
// All the document's scenarios as a page to hand in.
void saveReport(MainWindow& window);
void putChartOnClipboard(MainWindow& window);
void putTableOnClipboard(MainWindow& window, ReportFormat format);

}  // namespace headroom::ui
