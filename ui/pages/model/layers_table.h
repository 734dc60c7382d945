// LayersTable: what the layers of the model are: one row per kind of layer with its mixer, heads, window, MLP, cache
// and parameters, and the sums.
#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <array>
#include <memory>
#include <vector>

#include "ui/document/snapshot.h"

namespace headroom::ui {

class LayersModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Layers, Numbers, Heads, Window, Mlp, Kv, State, Parameters, kColumns };
  enum Role { TotalRole = Qt::UserRole };

  using QAbstractTableModel::QAbstractTableModel;

  void render(const Snapshot& snapshot);

  // Bytes all layers together keep for one more token of context.
  double kvBytesPerToken() const { return kvPerToken_; }
  double stateBytesPerSequence() const { return state_; }
  // False where no layer has anything to say in this column.
  bool isUsed(Column column) const;

  // For a narrow table: parameters as "1.65 B" instead of in full, fewer words.
  void setShort(bool value) { short_ = value; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Row {
    std::vector<int> layers;  // their numbers, from 0
    QString mixer, heads, window, mlp, shortMlp;
    double kv = 0;       // bytes per token of one layer
    bool grows = false;  // with the context; else only inside its window
    double state = 0;    // bytes per sequence of one layer
    std::int64_t parameters = 0;
    QString label;
  };
  static Row rowOf(const LayerKind& kind, const Snapshot& snapshot);
  QString text(const Row& row, int column) const;
  QString totalText(int column) const;
  QString counted(std::int64_t parameters) const;
  QString tip(const Row& row, int column) const;

  std::vector<Row> rows_;
  double kvPerToken_ = 0, state_ = 0;
  std::int64_t parameters_ = 0, layers_ = 0;
  bool anyExperts_ = false, short_ = false;
  ByteUnit unit_ = ByteUnit::gib;
};

class LayersDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class LayersTable : public QTableView {
  Q_OBJECT

 public:
  explicit LayersTable(QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  LayersModel* layers() const { return model_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitColumns();
  std::array<int, LayersModel::kColumns> naturalWidths() const;

  LayersModel* model_;
  std::shared_ptr<const Model> shown_;
  KvFormats formats_;
  ByteUnit unit_ = ByteUnit::gib;
};

}  // namespace headroom::ui
