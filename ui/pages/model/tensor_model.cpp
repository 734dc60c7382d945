#include "ui/pages/model/tensor_model.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/model/weight_bytes.h"
#include "ui/document/field.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

// An index holds its parent's place: nothing, a group, an entry, or an entry and one of its layers.
constexpr quintptr kGroupTag = 1, kEntryTag = 2, kLayerTag = 3;
constexpr int kTagBits = 2, kLayerBits = 13;  // kMostLayers of a configuration are 4096

quintptr packed(quintptr tag, std::size_t at, int layer = 0) {
  return tag | static_cast<quintptr>(layer) << kTagBits | static_cast<quintptr>(at) << (kTagBits + kLayerBits);
}
quintptr tagOf(quintptr id) {
  return id & ((1U << kTagBits) - 1);
}
int layerOf(quintptr id) {
  return static_cast<int>(id >> kTagBits & ((1U << kLayerBits) - 1));
}
std::size_t atOf(quintptr id) {
  return id >> (kTagBits + kLayerBits);
}

QString groupName(Group group) {
  switch (group) {
    case Group::embedding:
      return TensorModel::tr("Embedding");
    case Group::attention:
      return TensorModel::tr("Attention");
    case Group::mlp:
      return TensorModel::tr("MLP");
    case Group::experts:
      return TensorModel::tr("Experts");
    case Group::norm:
      return TensorModel::tr("Norms");
    case Group::state:
      return TensorModel::tr("Recurrent mixers");
    case Group::head:
      return TensorModel::tr("Head");
    case Group::vision:
      return TensorModel::tr("Vision");
    case Group::other:
      return TensorModel::tr("Other");
  }
  return {};
}

}  // namespace

void TensorModel::render(const Snapshot& s) {
  const bool same = model_ == s.scenario.model && weights_ == s.settings.weights;
  if (same && unit_ == s.unit) return;
  unit_ = s.unit;
  if (same) {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    return Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
  }
  model_ = s.scenario.model;
  weights_ = s.settings.weights;
  beginResetModel();
  rebuild();
  endResetModel();
}

void TensorModel::rebuild() {
  groups_.clear();
  entries_.clear();
  total_ = Bytes(0);
  // Groups in their fixed order, next-token layers after them.
  std::vector<Branch> branches(kGroupCount + 1);
  for (std::size_t g = 0; g < kGroupCount; ++g) branches[g].name = groupName(static_cast<Group>(g));
  if (std::holds_alternative<GgufFileType>(weights_))
    branches[static_cast<std::size_t>(Group::vision)].tip = tr("llama.cpp keeps the vision tower in a file of its own");
  branches.back().name = tr("Next-token layers");
  branches.back().tip = tr("Layers for multi-token prediction: stored, but no part of the parameter count");
  branches.back().counted = false;
  std::map<std::tuple<ModelPart, std::string_view, std::int64_t, std::int64_t, std::int64_t>, std::size_t> known;
  const bool asFile = std::holds_alternative<AsStored>(weights_) && model_->storedBytes;
  for (TensorSize size : tensorSizes(*model_, weights_)) {
    const Tensor& t = *size.tensor;
    if (t.buffer && !asFile) size.bytes = Bytes(0);  // only a file stores buffers
    const bool next = size.part == ModelPart::next_token;
    const auto [at, fresh] = known.try_emplace({size.part, t.name, t.rows, t.columns, t.copies}, entries_.size());
    if (fresh) {
      Branch& branch = branches[next ? kGroupCount : static_cast<std::size_t>(t.group)];
      Entry& entry = entries_.emplace_back();
      entry.tensor = &t;
      entry.group = static_cast<std::size_t>(&branch - branches.data());
      entry.row = static_cast<int>(branch.entries.size());
      branch.entries.push_back(at->second);
    }
    Entry& entry = entries_[at->second];
    entry.places.push_back(size);
    entry.bytes += size.bytes;
    Branch& branch = branches[entry.group];
    branch.bytes += size.bytes;
    if (!t.buffer) branch.parameters += headroom::Parameters(t.elements());
  }
  std::vector<std::size_t> newPlace(branches.size());
  for (std::size_t b = 0; b < branches.size(); ++b) {
    newPlace[b] = groups_.size();
    if (branches[b].entries.empty()) continue;
    if (branches[b].counted) total_ += branches[b].bytes;
    groups_.push_back(std::move(branches[b]));
  }
  for (Entry& e : entries_) e.group = newPlace[e.group];
  addRemainder(weightBytes(*model_, weights_));
}

// What the weights hold beside the tensors above, so that the tree adds up.
void TensorModel::addRemainder(Bytes weights) {
  const Bytes rest = weights - total_;
  if (rest <= Bytes(0)) return;
  Branch& branch = groups_.emplace_back();
  const bool gguf = std::holds_alternative<GgufFileType>(weights_);
  branch.name = gguf ? tr("Added by the converter") : tr("Stored beside these");
  branch.tip = gguf ? tr("Tensors the GGUF converter makes itself, and next-token layers it keeps")
                    : tr("Scales, zero points, buffers and tensors that the configuration does not speak of");
  branch.bytes = rest;
  total_ = weights;
}

TensorModel::Place TensorModel::placeOf(const QModelIndex& index) const {
  const quintptr id = index.internalId();
  Place place;
  switch (tagOf(id)) {
    case kGroupTag:
      place.level = Place::entry;
      place.at = groups_[atOf(id)].entries[static_cast<std::size_t>(index.row())];
      break;
    case kEntryTag:
      place.at = atOf(id);
      place.level = entries_[place.at].perLayer() ? Place::layer : Place::copy;
      (place.level == Place::layer ? place.layer_ : place.copy_) = index.row();
      break;
    case kLayerTag:
      place = {Place::copy, atOf(id), layerOf(id), index.row()};
      break;
    default:
      place.at = static_cast<std::size_t>(index.row());
  }
  return place;
}

QModelIndex TensorModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || column < 0 || column >= kColumns || row >= rowCount(parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, quintptr(0));
  const Place place = placeOf(parent);
  if (place.level == Place::group) return createIndex(row, column, packed(kGroupTag, place.at));
  if (place.level == Place::entry) return createIndex(row, column, packed(kEntryTag, place.at));
  return createIndex(row, column, packed(kLayerTag, place.at, place.layer_));
}

QModelIndex TensorModel::parent(const QModelIndex& index) const {
  if (!index.isValid()) return {};
  const quintptr id = index.internalId();
  switch (tagOf(id)) {
    case kGroupTag:
      return createIndex(static_cast<int>(atOf(id)), 0, quintptr(0));
    case kEntryTag: {
      const Entry& entry = entries_[atOf(id)];
      return createIndex(entry.row, 0, packed(kGroupTag, entry.group));
    }
    case kLayerTag:
      return createIndex(layerOf(id), 0, packed(kEntryTag, atOf(id)));
    default:
      return {};
  }
}

int TensorModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(groups_.size());
  if (parent.column() > 0) return 0;
  const Place place = placeOf(parent);
  if (place.level == Place::group) return static_cast<int>(groups_[place.at].entries.size());
  if (place.level == Place::copy) return 0;
  const Entry& entry = entries_[place.at];
  const int copies = copiesOf(entry) > 1 ? copiesOf(entry) : 0;
  if (place.level == Place::layer) return copies;
  if (!entry.perLayer()) return copies;
  return entry.places.size() > 1 || copies > 0 ? static_cast<int>(entry.places.size()) : 0;
}

int TensorModel::columnCount(const QModelIndex&) const {
  return kColumns;
}

// What an index is called beside its parent: a tensor by what follows its layer, a layer and an expert by its number.
QString TensorModel::name(const Place& p) const {
  if (p.level == Place::group) return groups_[p.at].name;
  const Entry& e = entries_[p.at];
  if (p.level == Place::layer) return tr("layer %1").arg(e.places[static_cast<std::size_t>(p.layer_)].layer);
  if (p.level == Place::copy)
    return e.tensor->name.find("{e}") != std::string::npos || e.tensor->group == Group::experts
               ? tr("expert %1").arg(p.copy_)
               : tr("copy %1").arg(p.copy_);
  QString text = shown(e.tensor->name);
  const qsizetype layer = text.indexOf(QLatin1String("{}."));
  if (layer >= 0 && !model_->encoderDecoder) text.remove(0, layer + 3);  // there the beginning tells the two apart
  return text.replace(QLatin1String("{e}"), QStringLiteral("*")).replace(QLatin1String("{}"), QStringLiteral("*"));
}

// The tensor's name in the checkpoint.
QString TensorModel::fullName(const Place& p) const {
  const Entry& e = entries_[p.at];
  QString text = shown(e.tensor->name);
  const bool oneLayer = e.perLayer() && (p.level != Place::entry || e.places.size() == 1);
  text.replace(QLatin1String("{}"),
               oneLayer ? QString::number(e.places[static_cast<std::size_t>(p.layer_)].layer) : QStringLiteral("*"));
  return text.replace(QLatin1String("{e}"), p.level == Place::copy ? QString::number(p.copy_) : QStringLiteral("*"));
}

QString TensorModel::format(const Place& p) const {
  if (p.level == Place::group) return {};
  const Entry& e = entries_[p.at];
  const auto text = [](const TensorSize& s) {
    return s.format ? formatLabel(*s.format) : s.bytes > Bytes(0) ? tr("mixed") : QStringLiteral("–");
  };
  if (p.level != Place::entry) return text(e.places[static_cast<std::size_t>(p.layer_)]);
  const bool one =
      std::ranges::all_of(e.places, [&](const TensorSize& s) { return s.format == e.places.front().format; });
  return one ? text(e.places.front()) : tr("mixed");
}

Bytes TensorModel::bytes(const Place& p) const {
  if (p.level == Place::group) return groups_[p.at].bytes;
  const Entry& e = entries_[p.at];
  if (p.level == Place::entry) return e.bytes;
  const Bytes layer = e.places[static_cast<std::size_t>(p.layer_)].bytes;
  return p.level == Place::layer ? layer : Bytes(layer.value() / std::max(1, copiesOf(e)));
}

std::int64_t TensorModel::count(const Place& p) const {
  if (p.level == Place::group || p.level == Place::copy) return 1;
  const Entry& e = entries_[p.at];
  return e.tensor->copies * (p.level == Place::entry ? static_cast<std::int64_t>(e.places.size()) : 1);
}

std::int64_t TensorModel::parameters(const Place& p) const {
  if (p.level == Place::group) return groups_[p.at].parameters.value();
  const Tensor& t = *entries_[p.at].tensor;
  return t.buffer ? 0 : t.rows * t.columns * count(p);
}

QVariant TensorModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Place p = placeOf(index);
  const bool group = p.level == Place::group;
  const Bytes size = bytes(p);
  const bool counted = !group || groups_[p.at].counted;
  switch (role) {
    case ShareRole:
      return group && counted && total_ > Bytes(0)
                 ? static_cast<double>(size.value()) / static_cast<double>(total_.value())
                 : 0.0;
    case BytesRole:
      return QVariant::fromValue<qlonglong>(size.value());
    case LevelRole:
      return static_cast<int>(p.level);
    case Qt::TextAlignmentRole:
      return headerData(index.column(), Qt::Horizontal, role);
    case Qt::ToolTipRole:
      if (group) return groups_[p.at].tip;
      if (index.column() == Size) return tr("%1 bytes").arg(grouped(size.value()));
      if (index.column() == Name)
        return plainTip(entries_[p.at].tensor->buffer ? tr("%1: a buffer, stored but no parameter").arg(fullName(p))
                                                      : fullName(p));
      return {};
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      break;
    default:
      return {};
  }
  switch (index.column()) {
    case Name:
      return name(p);
    case Shape: {
      if (group) return {};
      const Tensor& t = *entries_[p.at].tensor;
      return t.columns == 1 ? grouped(t.rows) : QStringLiteral("%1 × %2").arg(grouped(t.rows), grouped(t.columns));
    }
    case Count:
      return group || count(p) == 1 ? QString() : QStringLiteral("× %1").arg(grouped(count(p)));
    case Parameters:
      return parameters(p) > 0 ? grouped(parameters(p)) : QStringLiteral("–");
    case Format:
      return format(p);
    case Size:
      if (size == Bytes(0)) return QStringLiteral("–");
      return bytesShort(size, unit_);
    case Share:
      return counted ? share(size, total_) : QString();
    default:
      return {};
  }
}

QVariant TensorModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignVCenter) | int(section == Name || section == Format ? Qt::AlignLeft : Qt::AlignRight);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Tensor");
    case Shape:
      return tr("Shape");
    case Count:
      return tr("Count");
    case Parameters:
      return tr("Parameters");
    case Format:
      return tr("Format");
    case Size:
      return tr("Size");
    case Share:
      return tr("Share");
    default:
      return {};
  }
}

}  // namespace headroom::ui
