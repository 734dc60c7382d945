// FloatModel: one number in every format: the bits that are stored, what they stand for and how far that is off.
#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <vector>

namespace headroom::ui {

// How a format keeps a number.
struct StoredFloat {
  QString id, label;
  QString bits;  // fields apart by blanks: sign, exponent, mantissa; one field for whole numbers and levels
  double value = 0;
  QString note;     // "underflows to zero", "beyond the largest number"
  QString formula;  // sign, exponent and mantissa put together
  QString range;    // what the format can hold
  QString source;
};

class FloatModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Format, Bits, Value, Error, Columns };

  using QAbstractTableModel::QAbstractTableModel;
  // `largest`: of the block that the number stands in, for formats whose numbers share a scale.
  void show(double number, double largest);
  double number() const { return number_; }
  const StoredFloat& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  int rowOf(const QString& id) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  double number_ = 0;
  std::vector<StoredFloat> rows_;
};

// The bits as cells: sign, exponent and mantissa each in a colour of their own.
class BitsDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  static constexpr int kCell = 9, kMostCell = 16, kGap = 4, kAround = 12;
  // A bit's width where all of a format's are given so much.
  static int cellIn(int width);
};

// "3.1415927", "−1.9601084·10⁻¹⁴": a number as people write it, with so many significant digits.
QString numberText(double value, int digits);
// A number the way people type it: "pi", "-1.96e-14", "2^-24", "1/3", "65 504". Nothing for what is none.
bool readNumber(const QString& text, double& value);

}  // namespace headroom::ui
