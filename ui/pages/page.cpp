#include "ui/pages/page.h"

namespace headroom::ui {

QString DocumentPage::chartName(ChartView view) const {
  switch (view) {
    case ChartView::bar:
      return QStringLiteral("bar");
    case ChartView::context:
      return QStringLiteral("context");
    case ChartView::main:
      break;
  }
  return QStringLiteral("breakdown");
}

void DocumentPage::prepare(Chart& /*chart*/) const {}

QString DocumentPage::text(const Snapshot& s, ReportFormat format) const {
  return QString::fromStdString(estimateTable(s.scenario, s.estimate, EstimateExtras{s.limits, {}}, format, s.unit));
}

}  // namespace headroom::ui
