#include "ui/inputs/picker_model.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kRow = 46;
constexpr int kHeading = 28;

QString reduced(const QString& text) {
  QString out;
  for (QChar c : text)
    if (c.isLetterOrNumber()) out += c.toLower();
  return out;
}

}  // namespace

void PickerModel::setItems(std::vector<PickerItem> items) {
  beginResetModel();
  items_ = std::move(items);
  keys_.clear();
  rows_.clear();
  for (const PickerItem& item : items_) {
    keys_.push_back(reduced(item.title + item.id + item.group + item.search));
    rows_.push_back(rows_.size());
  }
  endResetModel();
}

void PickerModel::setQuery(const QString& query) {
  QStringList words;
  for (const QString& part : query.split(QLatin1Char(' '), Qt::SkipEmptyParts))
    if (const QString word = reduced(part); !word.isEmpty()) words << word;
  beginResetModel();
  rows_.clear();
  for (std::size_t i = 0; i < items_.size(); ++i)
    if (items_[i].always || std::ranges::all_of(words, [&](const QString& w) { return keys_[i].contains(w); }))
      rows_.push_back(i);
  // Titles that begin with the query stand first; otherwise the catalogue's order, which keeps groups together.
  if (!words.isEmpty()) {
    const QString whole = words.join(QString());
    std::stable_partition(rows_.begin(), rows_.end(), [&](std::size_t i) {
      return !items_[i].always && reduced(items_[i].title).startsWith(whole);
    });
  }
  endResetModel();
}

int PickerModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PickerModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const PickerItem& item = items_[rows_[static_cast<std::size_t>(index.row())]];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return item.title;
    case Qt::AccessibleTextRole:
      return QStringLiteral("%1, %2").arg(item.title, item.detail);
    case IdRole:
      return item.id;
    case DetailRole:
      return item.detail;
    case GroupRole:
      return item.group;
    case AlwaysRole:
      return item.always;
    default:
      return {};
  }
}

QString PickerModel::headingOf(int row) const {
  const QString group = items_[rows_[static_cast<std::size_t>(row)]].group;
  if (row > 0 && items_[rows_[static_cast<std::size_t>(row - 1)]].group == group) return {};
  return group;
}

QSize PickerDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  return {1, kRow + (model_.headingOf(index.row()).isEmpty() ? 0 : kHeading)};
}

void PickerDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  QRect box = option.rect;
  p->fillRect(box, theme.card);
  QFont small = option.font;
  small.setPointSizeF(std::max(7.5, option.font.pointSizeF() - 1.5));
  if (const QString heading = model_.headingOf(index.row()); !heading.isEmpty()) {
    QFont bold = small;
    bold.setWeight(QFont::DemiBold);
    p->setFont(bold);
    p->setPen(theme.quietText);
    p->drawText(QRect(box.left() + 12, box.top(), box.width() - 24, kHeading - 4), Qt::AlignBottom | Qt::AlignLeft,
                heading);
    box.setTop(box.top() + kHeading);
  }
  const bool selected = (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) != 0;
  if (selected) {
    QColor fill = theme.accent;
    fill.setAlphaF(0.14F);
    p->setPen(Qt::NoPen);
    p->setBrush(fill);
    p->drawRoundedRect(box.adjusted(4, 1, -4, -1), 6, 6);
  }
  const QFontMetrics big(option.font), quiet(small);
  // Both lines close together in the middle of the row, so that it is plain which belong to one another.
  const int height = big.height() + quiet.height();
  const QRect text(box.left() + 12, box.center().y() - height / 2, box.width() - 24, height);
  p->setFont(option.font);
  p->setPen(theme.text);
  p->drawText(text, Qt::AlignTop | Qt::AlignLeft,
              big.elidedText(index.data().toString(), Qt::ElideRight, text.width()));
  p->setFont(small);
  p->setPen(theme.quietText);
  p->drawText(text, Qt::AlignBottom | Qt::AlignLeft,
              quiet.elidedText(index.data(PickerModel::DetailRole).toString(), Qt::ElideRight, text.width()));
  p->restore();
}

}  // namespace headroom::ui
