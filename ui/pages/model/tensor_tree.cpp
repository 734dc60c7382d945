#include "ui/pages/model/tensor_tree.h"

#include <QHeaderView>
#include <QPainter>
#include <algorithm>
#include <iterator>
#include <numeric>

#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kRowHeight = 26;
constexpr int kIndent = 18;
constexpr int kNameMinimum = 150;
constexpr int kShareText = 72;  // room of the number beside the bar

}  // namespace

QSize TensorDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {1, kRowHeight};
}

void TensorDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  const bool group = index.data(TensorModel::LevelRole).toInt() == 0;
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  const QRect box = option.rect;
  if ((option.state & QStyle::State_Selected) != 0) {
    QColor fill = theme.accent;
    fill.setAlphaF(0.14F);
    p->fillRect(box, fill);
  }
  if (index.column() == TensorModel::Share && group && index.data(TensorModel::ShareRole).toDouble() > 0) {
    QColor bar = theme.accent;
    bar.setAlphaF(0.7F);
    p->setPen(Qt::NoPen);
    p->setBrush(bar);
    const double room = std::max(0, box.width() - kShareText);
    const double width = std::max(2.0, room * index.data(TensorModel::ShareRole).toDouble());
    if (room > 24) p->drawRoundedRect(QRectF(box.left() + 8, box.center().y() - 2, width, 5), 2, 2);
  }
  QFont font = option.font;
  if (group && index.column() != TensorModel::Share) font.setWeight(QFont::DemiBold);
  p->setFont(font);
  const bool quiet = index.column() == TensorModel::Format || index.column() == TensorModel::Count;
  p->setPen(quiet ? theme.quietText : theme.text);
  const bool name = index.column() == TensorModel::Name;
  const QRect text = box.adjusted(name ? 4 : 8, 0, -8, 0);  // names differ at their ends
  p->drawText(
      text, index.data(Qt::TextAlignmentRole).toInt(),
      QFontMetrics(font).elidedText(index.data().toString(), name ? Qt::ElideLeft : Qt::ElideRight, text.width()));
  p->restore();
}

TensorTree::TensorTree(QWidget* parent) : QTreeView(parent), model_(new TensorModel(this)) {
  setObjectName(QStringLiteral("tensorTree"));
  setAccessibleName(tr("Tensors of the model"));
  setModel(model_);
  setItemDelegate(new TensorDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setUniformRowHeights(true);
  setIndentation(kIndent);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its room is kept, so that opening a branch moves no column
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  header()->setSectionsMovable(false);
  header()->setSectionsClickable(false);
  header()->setHighlightSections(false);
  header()->setStretchLastSection(false);
  header()->setMinimumSectionSize(36);
  header()->setFixedHeight(kRowHeight + 2);
  header()->setSectionResizeMode(QHeaderView::Fixed);
}

void TensorTree::render(const Snapshot& s) {
  model_->render(s);
  fitColumns();
}

void TensorTree::resizeEvent(QResizeEvent* event) {
  QTreeView::resizeEvent(event);
  fitColumns();
}

// Widths that fit any model, so that no column moves while one looks through the tree. Names take what is left; where
// that is too little the bars, the formats and the counts of a narrow window give way.
void TensorTree::fitColumns() {
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  int widths[TensorModel::kColumns] = {0, 18 * digit, 10 * digit, 19 * digit, 9 * digit, 12 * digit, 19 * digit};
  int used = std::accumulate(std::begin(widths), std::end(widths), 0);
  const auto isNarrow = [&] { return viewport()->width() - used < kNameMinimum; };
  const auto give = [&](int column, int width) {
    used -= widths[column] - width;
    widths[column] = width;
  };
  if (isNarrow()) give(TensorModel::Share, kShareText);
  if (isNarrow()) give(TensorModel::Format, 0);
  if (isNarrow()) give(TensorModel::Count, 0);
  for (int c = TensorModel::Shape; c < TensorModel::kColumns; ++c) {
    setColumnHidden(c, widths[c] == 0);
    if (widths[c] > 0) header()->resizeSection(c, widths[c]);
  }
  header()->resizeSection(TensorModel::Name, std::max(kNameMinimum, viewport()->width() - used));
}

// A chevron in the quiet ink of the sections on the left.
void TensorTree::drawBranches(QPainter* p, const QRect& rect, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  if (selectionModel()->isRowSelected(index.row(), index.parent())) {
    QColor fill = theme.accent;
    fill.setAlphaF(0.14F);
    p->fillRect(rect, fill);
  }
  if (!model_->hasChildren(index)) return;
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  p->setPen(QPen(theme.quietText, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const QPointF at(rect.right() - kIndent / 2.0 + 1, rect.center().y() + 0.5);
  if (isExpanded(index))
    p->drawPolyline(QPolygonF({at + QPointF(-4, -2), at + QPointF(0, 2), at + QPointF(4, -2)}));
  else
    p->drawPolyline(QPolygonF({at + QPointF(-2, -4), at + QPointF(2, 0), at + QPointF(-2, 4)}));
  p->restore();
}

}  // namespace headroom::ui
