// TensorModel: the model's parameters as a tree: groups, the tensors of a group, a tensor's layers, a layer's experts.
// Only what is opened is made: a branch of 384 experts in 61 layers costs nothing until somebody looks at it.
#pragma once

#include <QAbstractItemModel>
#include <memory>
#include <optional>
#include <vector>

#include "core/model/tensor_sizes.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class TensorModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Column { Name, Shape, Count, Parameters, Format, Size, Share, kColumns };
  enum Role { ShareRole = Qt::UserRole, BytesRole, LevelRole };

  using QAbstractItemModel::QAbstractItemModel;

  // Rebuilds where the model, the weights' format or the unit is another.
  void render(const Snapshot& snapshot);
  // Of all rows together: what the weights take.
  Bytes total() const { return total_; }

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  bool hasChildren(const QModelIndex& parent = {}) const override { return rowCount(parent) > 0; }
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  // A tensor that occurs in several layers under one name and shape.
  struct Entry {
    const Tensor* tensor = nullptr;
    std::size_t group = 0;  // index of groups_
    int row = 0;            // in its group
    std::vector<TensorSize> places;
    Bytes bytes;
    bool perLayer() const { return places.front().layer >= 0; }
  };
  struct Branch {
    QString name, tip;
    std::vector<std::size_t> entries;
    headroom::Parameters parameters;
    Bytes bytes;
    bool counted = true;  // as part of the total
  };
  // Where an index stands: a group, an entry, one of its layers, one of its copies.
  struct Place {
    enum Level { group, entry, layer, copy } level = group;
    std::size_t at = 0;  // of groups_ or entries_
    int layer_ = 0, copy_ = 0;
  };
  Place placeOf(const QModelIndex& index) const;
  int copiesOf(const Entry& entry) const { return static_cast<int>(entry.tensor->copies); }
  void rebuild();
  void addRemainder(Bytes weights);
  QString name(const Place& place) const;
  QString fullName(const Place& place) const;
  QString format(const Place& place) const;
  Bytes bytes(const Place& place) const;
  std::int64_t parameters(const Place& place) const;
  std::int64_t count(const Place& place) const;

  std::shared_ptr<const Model> model_;
  WeightFormat weights_;
  ByteUnit unit_ = ByteUnit::gib;
  std::vector<Branch> groups_;
  std::vector<Entry> entries_;
  Bytes total_;
};

}  // namespace headroom::ui
