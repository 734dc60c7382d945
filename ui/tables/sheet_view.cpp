#include "ui/tables/sheet_view.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyleOptionHeader>
#include <algorithm>

#include "ui/pages/explore/fit_banner.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kRowHeight = 30, kPadding = 8, kIcon = 15, kBeside = 6, kLeastShared = 184, kHeadSlack = 8;

// Qt's own elision knows nothing of the style sheet's padding and cuts the first letters of what is aligned right.
class SheetHead : public QHeaderView {
 public:
  explicit SheetHead(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

 protected:
  void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override {
    QHeaderView::initStyleOptionForIndex(option, section);
    const QString whole = model()->headerData(section, Qt::Horizontal).toString();
    option->text = fontMetrics().elidedText(whole, Qt::ElideRight, sectionSize(section) - 2 * kPadding);
  }
};

}  // namespace

void SheetDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto* model = static_cast<const SheetModel*>(index.model());
  const SheetCell* cell = model->cell(index);
  const SheetRow* row = model->row(index.row());
  if (cell == nullptr || row == nullptr) return;
  const Theme& theme = Theme::current();
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  const QRect box = option.rect;
  if ((option.state & QStyle::State_Selected) != 0) {
    QColor veil = theme.accent;
    veil.setAlphaF((option.state & QStyle::State_HasFocus) != 0 ? 0.22F : 0.10F);
    p->fillRect(box, veil);
  }
  p->setPen(QPen(theme.line, 1));
  p->drawLine(QPointF(box.left(), box.bottom() + 0.5), QPointF(box.right() + 1, box.bottom() + 0.5));
  if (row->section) {
    p->setPen(QPen(theme.quietText, 1));
    p->drawLine(QPointF(box.left(), box.top() + 0.5), QPointF(box.right() + 1, box.top() + 0.5));
  }
  QRect text = box.adjusted(kPadding, 0, -kPadding, 0);
  QFont font = option.font;
  if (row->strong && index.column() <= 1) font.setWeight(QFont::DemiBold);
  p->setFont(font);
  p->setPen(cell->verdict                         ? theme.colour(*cell->verdict)
            : cell->ink == SheetCell::Ink::quiet  ? theme.quietText
            : cell->ink == SheetCell::Ink::accent ? theme.accent
                                                  : theme.text);
  const QFontMetrics metrics(font);
  const int aligned = index.data(Qt::TextAlignmentRole).toInt();
  if (cell->verdict) {
    // Beside its word, wherever that stands.
    // A glyph's fraction of a pixel counts as one: what is as wide as its room is elided otherwise.
    const int spare = text.width() - kIcon - kBeside - metrics.horizontalAdvance(cell->text) - 2;
    if ((aligned & Qt::AlignRight) != 0) text.setLeft(text.left() + std::max(0, spare));
    VerdictIcon::paint(*p, QRectF(text.left(), box.center().y() - kIcon / 2.0, kIcon, kIcon), cell->verdict);
    text.setLeft(text.left() + kIcon + kBeside);
  }
  p->drawText(text, aligned, metrics.elidedText(cell->text, Qt::ElideRight, text.width()));
  p->restore();
}

QWidget* SheetDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const {
  auto* editor = new QLineEdit(parent);
  editor->setProperty("cellEditor", true);
  editor->setAlignment(Qt::AlignRight);
  return editor;
}

SheetView::SheetView(const QString& name, QWidget* parent) : QTableView(parent), model_(new SheetModel(this)) {
  setObjectName(name);
  setHorizontalHeader(new SheetHead(this));
  setModel(model_);
  setItemDelegate(new SheetDelegate(this));
  setShowGrid(false);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setWordWrap(false);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  QHeaderView* head = horizontalHeader();
  head->setHighlightSections(false);
  head->setSectionsClickable(false);
  head->setFixedHeight(kRowHeight);
  head->setMinimumSectionSize(16);
  head->setTextElideMode(Qt::ElideRight);
  connect(this, &QTableView::clicked, this,
          [this](const QModelIndex& i) { Q_EMIT cellClicked(model_->sourceRow(i.row()), i.column()); });
  connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& i) {
    if ((model_->flags(i) & Qt::ItemIsEditable) != 0)
      edit(i);
    else
      Q_EMIT rowActivated(model_->sourceRow(i.row()));
  });
}

void SheetView::show(Sheet sheet) {
  const bool columns =
      sheet.columns.size() != model_->sheet().columns.size() || sheet.rows.empty() != model_->sheet().rows.empty();
  const auto rows = static_cast<int>(sheet.rows.size());
  model_->show(std::move(sheet));
  if (columns) fitColumns();
  if (showsAll_) setFixedHeight(kRowHeight * (rows + 1) + 2);
}

void SheetView::setSortable() {
  QHeaderView* head = horizontalHeader();
  head->setSectionsClickable(true);
  head->setSortIndicatorShown(true);
  head->setSortIndicatorClearable(true);
  head->setSortIndicator(-1, Qt::AscendingOrder);
  connect(head, &QHeaderView::sortIndicatorChanged, model_, &SheetModel::sort);
}

void SheetView::setShowsAll() {
  showsAll_ = true;
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void SheetView::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

void SheetView::changeEvent(QEvent* event) {
  QTableView::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fitColumns();
}

void SheetView::keyPressEvent(QKeyEvent* event) {
  const QModelIndex at = currentIndex();
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (!at.isValid() || state() == EditingState) return QTableView::keyPressEvent(event);
  if (enter) return Q_EMIT rowActivated(model_->sourceRow(at.row()));
  if (event->key() == Qt::Key_Space) return Q_EMIT cellClicked(model_->sourceRow(at.row()), 0);
  // A digit or F2 begins the row's own number, whichever cell is current.
  if (event->key() == Qt::Key_F2 || (!event->text().isEmpty() && event->text()[0].isDigit()))
    for (int c = 0; c < model_->columnCount(); ++c)
      if (const QModelIndex i = model_->index(at.row(), c); (model_->flags(i) & Qt::ItemIsEditable) != 0) {
        setCurrentIndex(i);
        edit(i);
        // The digit that began it is its first.
        if (auto* editor = viewport()->findChild<QLineEdit*>(); editor != nullptr && event->key() != Qt::Key_F2)
          editor->insert(event->text());
        return;
      }
  QTableView::keyPressEvent(event);
}

void SheetView::fitColumns() {
  const std::vector<SheetColumn>& columns = model_->sheet().columns;
  QHeaderView* head = horizontalHeader();
  if (columns.empty() || head->count() != static_cast<int>(columns.size())) return;
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  const std::vector<SheetRow>& rows = model_->sheet().rows;
  const auto verdicts = [&](std::size_t column) {
    return !rows.empty() && column < rows[0].cells.size() && rows[0].cells[column].verdict;
  };
  int word = 0;  // the widest there is: verdicts change more often than widths should
  for (const Verdict verdict : {Verdict::fits, Verdict::tight, Verdict::exceeds})
    word = std::max(word, fontMetrics().horizontalAdvance(verdictWord(verdict, false)));
  const auto widthOf = [&](std::size_t column) {
    const SheetColumn& c = columns[column];
    // What stands in a column is as wide in every language; what stands above it is not.
    if (c.digits == 0) return kLeastShared;
    int cell = 0;  // a number that is cut is another number
    if (c.number)
      for (const SheetRow& row : rows)
        if (column < row.cells.size())
          cell = std::max(cell, fontMetrics().horizontalAdvance(row.cells[column].text) + 2 * kPadding + 2);
    return std::max({cell, c.digits * digit + (c.number ? 2 * kPadding : 0),
                     head->fontMetrics().horizontalAdvance(c.head) + (c.head.isEmpty() ? 0 : 2 * kPadding + kHeadSlack),
                     verdicts(column) ? word + kIcon + kBeside + 2 * kPadding + 2 : 0});
  };
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) widths.push_back(widthOf(i));
  int most = 0, need = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) most = std::max(most, columns[i].rank), need += widths[i];
  int shown = most;  // ranks up to it are shown
  for (; shown > 0 && need > viewport()->width(); --shown)
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].rank == shown) need -= widths[i];
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int section = static_cast<int>(i);
    const bool hidden = columns[i].rank > shown;
    if (isColumnHidden(section) != hidden) setColumnHidden(section, hidden);
    if (hidden) continue;
    const bool shares = columns[i].digits == 0;
    head->setSectionResizeMode(section, shares ? QHeaderView::Stretch : QHeaderView::Fixed);
    if (!shares) head->resizeSection(section, widths[i]);
  }
}

}  // namespace headroom::ui
