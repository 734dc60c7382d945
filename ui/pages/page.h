// What the window and its exports ask of a page, whatever widget it is. A page is a folder here and a line in
// MainWindow::addPages() and in the View menu.
#pragma once

#include <QString>

#include "core/report/estimate_report.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class Chart;

enum class ChartView { main, bar, context };  // main: what the page shows first

class DocumentPage {
 public:
  virtual ~DocumentPage() = default;

  // Shows the document as it is now; called after every change, also while another page is on top.
  virtual void render(const Snapshot& snapshot) = 0;
  // The chart that an export of the page takes, one of chartNames(): the breakdown, the memory bar or the context plot
  // where the page has none of its own.
  virtual QString chartName(ChartView view) const;
  // Tells that chart, made anew for the picture, what the page shows of it beside the snapshot.
  virtual void prepare(Chart& chart) const;
  // The page's table for other programs, in English under every language: the estimate's where it has none of its own.
  virtual QString text(const Snapshot& snapshot, ReportFormat format) const;
};

}  // namespace headroom::ui
