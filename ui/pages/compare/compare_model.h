// CompareModel: what the scenarios come to beside each other: the verdict, every component with its difference to the
// baseline, the total and the room, and below them the settings in which they differ.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/report/estimate_report.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class CompareModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { VerdictRole = Qt::UserRole, ScenarioRole, SectionRole };

  using QAbstractTableModel::QAbstractTableModel;

  void render(const Snapshot& snapshot);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  // The table as shown.
  QString text(ReportFormat format) const;

 private:
  struct Row {
    QString name;
    QStringList cells;
    std::vector<std::optional<Verdict>> verdicts;  // of the row of verdicts alone
    bool section = false;                          // begins the settings
  };
  void addBytes(const QString& name, const std::vector<std::optional<Bytes>>& values, std::size_t baseline,
                ByteUnit unit);
  void addSettings(const Snapshot& snapshot);

  std::vector<Row> rows_;
  QStringList heads_;
};

}  // namespace headroom::ui
