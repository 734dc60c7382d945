// RangeRow: a field to vary and, where it is a number, from where to where.
#pragma once

#include <QWidget>

#include "ui/inputs/sweepable_field.h"

class QComboBox;
class QLabel;

namespace headroom::ui {

class ValueEntry;

class RangeRow : public QWidget {
  Q_OBJECT

 public:
  // `none`: what stands for no field; empty: there must be one. Children are named <name>Field, <name>From, <name>To.
  RangeRow(const QString& name, const QString& label, const QString& none, QWidget* parent = nullptr);

  void render(const std::vector<SweepableField>& fields, const AskedRange& range);

 Q_SIGNALS:
  void changed(const headroom::ui::AskedRange& range);

 private:
  QString take(const QString& text, std::optional<double> AskedRange::*end);
  void choose(int index);

  QString none_;
  QComboBox* field_;
  ValueEntry *from_, *to_;
  QLabel* until_;
  AskedRange range_;
  bool whole_ = true;
};

}  // namespace headroom::ui
