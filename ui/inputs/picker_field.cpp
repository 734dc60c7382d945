#include "ui/inputs/picker_field.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QTimer>
#include <algorithm>

#include "ui/inputs/picker_model.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kGlyph = 28;  // room for the magnifier and for the arrow
constexpr int kShownRows = 9;
constexpr int kListWidth = 360;  // wide enough for a hub id

// QCompleter gives every row the height of the first and knows nothing of the list's own width.
void complete(const QWidget& field, QCompleter& completer) {
  completer.complete();
  QAbstractItemView* list = completer.popup();
  if (!list->isVisible()) return;
  int rows = 2 * list->frameWidth() + 6;
  for (int row = 0; row < std::min(kShownRows, list->model()->rowCount()); ++row) rows += list->sizeHintForRow(row);
  const QRect screen = field.screen()->availableGeometry();
  const QPoint below = field.mapToGlobal(QPoint(0, field.height()));
  const int roomBelow = screen.bottom() - below.y(), roomAbove = below.y() - field.height() - screen.top();
  const bool up = rows > roomBelow && roomAbove > roomBelow;
  QRect place(below, QSize(std::max(field.width(), kListWidth), std::min(rows, up ? roomAbove : roomBelow)));
  if (up) place.moveBottom(below.y() - field.height());
  place.moveLeft(std::max(screen.left(), std::min(place.left(), screen.right() + 1 - place.width())));
  list->setGeometry(place);
}

}  // namespace

PickerField::PickerField(const QString& name, QWidget* parent)
    : QLineEdit(parent), model_(new PickerModel(this)), completer_(new QCompleter(this)) {
  setObjectName(name);
  setProperty("picker", true);
  setTextMargins(kGlyph - 6, 0, kGlyph - 8, 0);
  completer_->setModel(model_);
  completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer_->setMaxVisibleItems(kShownRows);
  auto* list = new QListView;
  list->setObjectName(name + QStringLiteral("List"));
  list->setProperty("pickerList", true);
  list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  list->setMouseTracking(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setMinimumWidth(kListWidth);
  list->setFrameShape(QFrame::NoFrame);
  completer_->setPopup(list);
  list->setItemDelegate(new PickerDelegate(*model_, list));
  completer_->setWidget(this);
  connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
    if (!completer_->popup()->isVisible()) Q_EMIT listOpened();  // typing opens it too
    model_->setQuery(text);
    if (model_->rowCount() == 0) return completer_->popup()->hide();
    complete(*this, *completer_);
    const QModelIndex first = completer_->completionModel()->index(0, 0);
    completer_->popup()->setCurrentIndex((first.flags() & Qt::ItemIsEnabled) != 0 ? first : QModelIndex());
  });
  connect(completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this,
          [this](const QModelIndex& index) { take(index); });
}

void PickerField::setItems(std::vector<PickerItem> items) {
  // While the list is open it goes on showing what matches.
  const bool open = completer_->popup()->isVisible();
  model_->setItems(std::move(items));
  if (!open) return;
  model_->setQuery(isModified() ? text() : QString());
  complete(*this, *completer_);
  if (!isModified()) markShown();
}

void PickerField::setCustom(std::function<std::optional<PickerItem>(const QString& text)> custom) {
  model_->setCustom(std::move(custom));
}

int PickerField::itemCount() const {
  return model_->itemCount();
}

QStringList PickerField::matches(const QString& query) const {
  model_->setQuery(query);
  QStringList ids;
  for (int row = 0; row < model_->rowCount(); ++row)
    if (const QModelIndex at = model_->index(row, 0);
        !at.data(PickerModel::AlwaysRole).toBool() && (at.flags() & Qt::ItemIsEnabled) != 0)
      ids << at.data(PickerModel::IdRole).toString();
  return ids;
}

void PickerField::showChoice(const QString& title) {
  if (shown_ == title) return;
  shown_ = title;
  restore();
}

void PickerField::restore() {
  setText(shown_);
  setCursorPosition(0);
  setModified(false);
}

void PickerField::openList() {
  Q_EMIT listOpened();
  setFocus();
  selectAll();
  model_->setQuery({});
  complete(*this, *completer_);
  markShown();
}

// The list opens where the choice stands.
void PickerField::markShown() {
  const QAbstractItemModel* listed = completer_->completionModel();  // the list's own, before the picker's
  for (int row = 0; row < listed->rowCount(); ++row) {
    const QModelIndex at = listed->index(row, 0);
    if (at.data().toString() != shown_) continue;
    completer_->popup()->setCurrentIndex(at);
    return completer_->popup()->scrollTo(at, QAbstractItemView::PositionAtCenter);
  }
}

void PickerField::take(const QModelIndex& index) {
  if (!index.data(PickerModel::AlwaysRole).toBool()) return take(index.data(PickerModel::IdRole).toString());
  completer_->popup()->hide();
  const QString typed = isModified() ? text() : QString();
  restore();
  QTimer::singleShot(0, this, &PickerField::restore);  // QCompleter writes its own text after this
  Q_EMIT textEntered(typed);
}

void PickerField::take(const QString& id) {
  completer_->popup()->hide();
  if (clears_) shown_.clear();
  Q_EMIT chosen(id);
  // QCompleter writes its own text into the field after this signal.
  QTimer::singleShot(0, this, [this] { restore(), selectAll(); });
}

void PickerField::keyPressEvent(QKeyEvent* event) {
  const bool open = completer_->popup()->isVisible();
  switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
      if (!open) return openList();
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (open && completer_->popup()->currentIndex().isValid()) {
        take(completer_->popup()->currentIndex());
      } else if (isModified()) {
        const QStringList found = matches(text());
        found.size() == 1 ? take(found.front()) : Q_EMIT textEntered(text());
      }
      return;
    case Qt::Key_Escape:
      if (!open && !isModified()) break;
      completer_->popup()->hide();
      restore();
      selectAll();
      return;
    default:
      break;
  }
  QLineEdit::keyPressEvent(event);
}

void PickerField::mousePressEvent(QMouseEvent* event) {
  QLineEdit::mousePressEvent(event);
}

void PickerField::mouseReleaseEvent(QMouseEvent* event) {
  QLineEdit::mouseReleaseEvent(event);
  if (event->button() == Qt::LeftButton && !hasSelectedText()) openList();
}

void PickerField::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason && isModified()) restore();
}

void PickerField::paintEvent(QPaintEvent* event) {
  QLineEdit::paintEvent(event);
  const Theme& theme = Theme::current();
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(QPen(theme.quietText, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const double y = height() / 2.0;
  p.drawEllipse(QPointF(15, y - 1), 4.5, 4.5);
  p.drawLine(QPointF(18.4, y + 2.4), QPointF(21.5, y + 5.5));
  const double x = width() - 16;
  p.drawPolyline(QPolygonF({{x - 4, y - 2}, {x, y + 2}, {x + 4, y - 2}}));
}

}  // namespace headroom::ui
