#include "ui/pages/model/layers_table.h"

#include <QHeaderView>
#include <QPainter>
#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/estimate/kv_cache.h"
#include "core/estimate/serving/common/cache_types.h"
#include "core/model/any_layer.h"
#include "ui/languages/core_text.h"
#include "ui/pages/model/layer_words.h"
#include "ui/style/text.h"
#include "ui/style/theme.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

constexpr int kRowHeight = 28;
constexpr int kNumbersWidth = 96;
constexpr int kMostRows = 12;  // shown without scrolling

QString bytesText(double bytes, ByteUnit unit) {
  return bytes > 0 ? bytesShort(toBytes(bytes), unit) : kNothing;
}

}  // namespace

LayersModel::Row LayersModel::rowOf(const LayerKind& k, const Snapshot& s) {
  Row row;
  row.mixer = mixerOf(k);
  row.heads = headsOf(k.attention);
  row.window = k.attention.window > 0 ? tokensLabel(k.attention.window) : kNothing;
  row.mlp = mlpOf(k.mlp, true);
  row.shortMlp = mlpOf(k.mlp, false);
  row.grows = growsWithContext(k.attention);
  if (!k.encoder) row.kv = headroom::kvBytesPerToken(k.attention, s.settings.kvCache, 1);
  FactorTree closed;
  row.state = k.state.kind == StateKind::none ? 0 : stateFactor(closed, k.state, 1).value;
  row.parameters = k.parameters();
  row.label = coreText(k.label);
  return row;
}

void LayersModel::render(const Snapshot& s) {
  const Model& m = *s.scenario.model;
  beginResetModel();
  rows_.clear();
  unit_ = s.unit;
  kvPerToken_ = state_ = 0;
  parameters_ = 0;
  layers_ = m.layers();
  anyExperts_ = hasExperts(m);
  // Kinds that differ only in how their file stores them are one row.
  const auto cells = [](const Row& r) {
    return std::tie(r.mixer, r.heads, r.window, r.mlp, r.kv, r.state, r.parameters);
  };
  std::vector<std::size_t> rowOfKind(m.kinds.size());
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    Row row = rowOf(m.kinds[k], s);
    const auto same = std::ranges::find_if(rows_, [&](const Row& r) { return cells(r) == cells(row); });
    rowOfKind[k] = static_cast<std::size_t>(same - rows_.begin());
    if (same == rows_.end()) rows_.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < m.order.size(); ++i) {
    Row& row = rows_[rowOfKind[m.order[i]]];
    row.layers.push_back(static_cast<int>(i));
    if (row.grows) kvPerToken_ += row.kv;
    state_ += row.state;
    parameters_ += row.parameters;
  }
  std::erase_if(rows_, [](const Row& r) { return r.layers.empty(); });
  endResetModel();
}

bool LayersModel::isUsed(Column column) const {
  if (column == Numbers) return rows_.size() > 1;
  return column == Layers || column == Parameters ||
         std::ranges::any_of(rows_, [&](const Row& r) { return text(r, column) != kNothing; });
}

int LayersModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || rows_.empty() ? 0 : static_cast<int>(rows_.size()) + 1;
}
int LayersModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString LayersModel::text(const Row& row, int column) const {
  switch (column) {
    case Layers:
      return QStringLiteral("%1 × %2").arg(row.layers.size()).arg(row.mixer);
    case Numbers:
      return layerRanges(row.layers);
    case Heads:
      return row.heads;
    case Window:
      return row.window;
    case Mlp:
      return short_ ? row.shortMlp : row.mlp;
    case Kv:
      return bytesText(row.kv, unit_);
    case State:
      return bytesText(row.state, unit_);
    case Parameters:
      return counted(row.parameters);
    default:
      return {};
  }
}

QString LayersModel::counted(std::int64_t parameters) const {
  return short_ ? countShort(headroom::Parameters(parameters)) : grouped(parameters);
}

QString LayersModel::totalText(int column) const {
  switch (column) {
    case Layers:
      return tr("All %1 layers").arg(layers_);
    case Kv:
      return bytesText(kvPerToken_, unit_);
    case State:
      return bytesText(state_, unit_);
    case Parameters:
      return counted(parameters_);
    default:
      return {};
  }
}

QString LayersModel::tip(const Row& row, int column) const {
  switch (column) {
    case Layers:
    case Numbers:
      return tr("%1: layers %2").arg(row.label, layerRanges(row.layers));
    case Mlp:
      return row.mlp;
    case Parameters:
      return tr("%1 parameters in one layer").arg(grouped(row.parameters));
    case Kv:
      if (row.kv > 0 && !row.grows)
        return tr("Kept for the last %1 tokens only, so no part of the sum").arg(row.window);
      return row.kv > 0 ? tr("%1 bytes in one layer, %2 in all %3")
                              .arg(grouped(qRound64(row.kv)),
                                   grouped(qRound64(row.kv * static_cast<double>(row.layers.size()))))
                              .arg(row.layers.size())
                        : QString();
    case State:
      return row.state > 0 ? tr("%1 bytes of one sequence in one layer").arg(grouped(qRound64(row.state))) : QString();
    default:
      return {};
  }
}

QVariant LayersModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto at = static_cast<std::size_t>(index.row());
  const bool total = at == rows_.size();
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return total ? totalText(index.column()) : text(rows_[at], index.column());
    case Qt::ToolTipRole:
      if (total) return index.column() == Parameters ? grouped(parameters_) : QString();
      return plainTip(tip(rows_[at], index.column()));
    case Qt::TextAlignmentRole:
      return headerData(index.column(), Qt::Horizontal, role);
    case TotalRole:
      return total;
    default:
      return {};
  }
}

QVariant LayersModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  const bool left = section == Layers || section == Numbers || section == Mlp;
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter) | int(left ? Qt::AlignLeft : Qt::AlignRight);
  if (role == Qt::ToolTipRole) {
    if (section == Heads)
      return tr("Query heads / key-value heads × size of a head; MLA: heads, latent + rotary width");
    if (section == Mlp) return tr("Width of the MLP; experts used / experts there are × their width");
    if (section == Kv) return tr("Bytes one layer keeps of one token in the cache's format");
    if (section == State) return tr("Bytes one layer keeps of one sequence, however long it is");
    return {};
  }
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Layers:
      return tr("Layers");
    case Numbers:
      return tr("Which");
    case Heads:
      return short_ ? tr("Heads") : tr("Heads/KV × size");
    case Window:
      return tr("Window");
    case Mlp:
      return anyExperts_ ? tr("MLP / experts") : tr("MLP");
    case Kv:
      return tr("KV per token");
    case State:
      return tr("State");
    case Parameters:
      return tr("Parameters");
    default:
      return {};
  }
}

void LayersDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Theme& theme = Theme::current();
  const bool total = index.data(LayersModel::TotalRole).toBool();
  p->save();
  const QRect box = option.rect;
  if ((option.state & QStyle::State_Selected) != 0) {
    QColor fill = theme.accent;
    fill.setAlphaF(0.14F);
    p->fillRect(box, fill);
  }
  p->setPen(QPen(theme.line, 1));
  if (total) p->drawLine(QPointF(box.left(), box.top() + 0.5), QPointF(box.right() + 1, box.top() + 0.5));
  QFont font = option.font;
  if (total) font.setWeight(QFont::DemiBold);
  p->setFont(font);
  p->setPen(index.column() == LayersModel::Numbers ? theme.quietText : theme.text);
  const QRect text = box.adjusted(8, 0, -8, 0);
  p->drawText(text, index.data(Qt::TextAlignmentRole).toInt(),
              QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, text.width()));
  p->restore();
}

LayersTable::LayersTable(QWidget* parent) : QTableView(parent), model_(new LayersModel(this)) {
  setObjectName(QStringLiteral("layersTable"));
  setAccessibleName(LayersModel::tr("Layers of the model"));
  setModel(model_);
  setItemDelegate(new LayersDelegate(this));
  setShowGrid(false);
  setFrameShape(QFrame::NoFrame);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSectionsClickable(false);
  horizontalHeader()->setFixedHeight(kRowHeight);
  horizontalHeader()->setMinimumSectionSize(40);
  horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
}

void LayersTable::render(const Snapshot& s) {
  if (shown_ == s.scenario.model && formats_ == s.settings.kvCache && unit_ == s.unit) return;
  shown_ = s.scenario.model;
  formats_ = s.settings.kvCache;
  unit_ = s.unit;
  model_->render(s);
  const int rows = std::min(model_->rowCount(), kMostRows);
  setVerticalScrollBarPolicy(model_->rowCount() > kMostRows ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
  setFixedHeight(kRowHeight * (rows + 1) + 2);
  fitColumns();
}

void LayersTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

// Every column as wide as its widest text; none for one that is not used.
std::array<int, LayersModel::kColumns> LayersTable::naturalWidths() const {
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const QFontMetrics metrics(bold), head(horizontalHeader()->font());
  std::array<int, LayersModel::kColumns> widths{};
  for (int c = 0; c < LayersModel::kColumns; ++c) {
    if (!model_->isUsed(static_cast<LayersModel::Column>(c))) continue;
    int& width = widths[static_cast<std::size_t>(c)];
    width = head.horizontalAdvance(model_->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString()) + 16;
    for (int row = 0; row < model_->rowCount(); ++row)
      width = std::max(width, metrics.horizontalAdvance(model_->index(row, c).data().toString()) + 20);
    if (c == LayersModel::Numbers) width = std::min(width, kNumbersWidth);
  }
  return widths;
}

// What is left over goes to the MLP. Where nothing is left, the layers' numbers give way, then the parameters' last
// digits; both are in the tips.
void LayersTable::fitColumns() {
  if (model_->rowCount() == 0) return;
  model_->setShort(false);
  auto widths = naturalWidths();
  const auto spare = [&] { return viewport()->width() - std::accumulate(widths.begin(), widths.end(), 0); };
  const bool crowded = spare() < 0;
  if (crowded) widths[LayersModel::Numbers] = 0;
  if (spare() < 0) {
    model_->setShort(true);
    widths = naturalWidths();
    widths[LayersModel::Numbers] = 0;
  }
  int& taker = widths[widths[LayersModel::Mlp] > 0 ? LayersModel::Mlp : LayersModel::Parameters];
  taker = std::max(60, taker + spare());
  for (int c = 0; c < LayersModel::kColumns; ++c) {
    const int width = widths[static_cast<std::size_t>(c)];
    setColumnHidden(c, width == 0);
    if (width > 0) horizontalHeader()->resizeSection(c, width);
  }
  viewport()->update();
}

}  // namespace headroom::ui
