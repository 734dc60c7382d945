// The tables of the evidence page: one row per engine and figure, and one row per figure that a run printed.
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/base/format.h"
#include "ui/document/evidence_filter.h"

namespace headroom::ui {

class FigureModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Group, Figure, Count, Median, P90, Worst, Bias, Inside, Columns };

  using QAbstractTableModel::QAbstractTableModel;
  void show(std::vector<FigureSummary> summaries);
  const std::vector<FigureSummary>& summaries() const { return rows_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<FigureSummary> rows_;
};

class RunModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Run, Group, Figure, Measured, Predicted, Off, Quality, Columns };

  using QAbstractTableModel::QAbstractTableModel;
  void show(EvidencePtr evidence, std::vector<std::size_t> errors, ByteUnit unit);
  std::optional<std::size_t> errorAt(int row) const;
  int rowOf(std::size_t error) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  EvidencePtr evidence_;
  std::vector<std::size_t> errors_;
  ByteUnit unit_ = ByteUnit::gib;
};

}  // namespace headroom::ui
