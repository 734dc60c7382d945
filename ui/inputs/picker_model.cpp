#include "ui/inputs/picker_model.h"

#include <QPainter>
#include <algorithm>

#include "ui/inputs/search_words.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

constexpr int kRow = 46;
constexpr int kHeading = 28;

}  // namespace

void PickerModel::setItems(std::vector<PickerItem> items) {
  beginResetModel();
  items_ = std::move(items);
  extra_.reset();
  keys_.clear();
  rows_.clear();
  for (const PickerItem& item : items_) {
    keys_.push_back(searchKey({item.title + item.id + item.group, item.detail, item.search}));
    rows_.push_back(rows_.size());
  }
  matched_ = rows_.size();
  endResetModel();
}

void PickerModel::setQuery(const QString& query) {
  const QStringList words = searchWords(query);
  beginResetModel();
  rows_.clear();
  matched_ = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const bool match = holdsWords(keys_[i], words);
    if (!match && !items_[i].always) continue;
    if (!items_[i].always) ++matched_;
    rows_.push_back(i);
  }
  // The very title first, then titles that begin with the query; otherwise the order of the items, which keeps groups
  // together.
  if (!words.isEmpty()) {
    const QString whole = words.join(QString());
    const auto rank = [&](std::size_t i) {
      const QString title = reduced(items_[i].title);
      return items_[i].always ? 2 : title == whole ? 0 : title.startsWith(whole) ? 1 : 2;
    };
    std::stable_sort(rows_.begin(), rows_.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  }
  extra_ = custom_ ? custom_(query) : std::nullopt;
  if (!extra_ && rows_.empty() && !words.isEmpty()) {
    extra_.emplace();
    extra_->title = tr("Nothing matches “%1”").arg(query.trimmed().left(40));
    extra_->detail =
        custom_ ? tr("an amount such as 24 GiB is taken as a device of its own") : tr("Esc gives the choice back");
  }
  endResetModel();
}

const PickerItem& PickerModel::itemAt(int row) const {
  const auto at = static_cast<std::size_t>(row);
  return at < rows_.size() ? items_[rows_[at]] : *extra_;
}

int PickerModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size()) + (extra_ ? 1 : 0);
}

Qt::ItemFlags PickerModel::flags(const QModelIndex& index) const {
  if (!index.isValid() || index.row() >= rowCount()) return Qt::NoItemFlags;
  const PickerItem& item = itemAt(index.row());
  return item.id.isEmpty() && !item.always ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

QVariant PickerModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const PickerItem& item = itemAt(index.row());
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
  const QString group = itemAt(row).group;
  if (row > 0 && itemAt(row - 1).group == group) return {};
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
