#include "ui/pages/sweep/range_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include "core/open/scenario_json.h"
#include "ui/inputs/parse_value.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/inputs/value_entry.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kEntryWidth = 72, kLabelWidth = 52;

}  // namespace

RangeRow::RangeRow(const QString& name, const QString& label, const QString& none, QWidget* parent)
    : QWidget(parent),
      none_(none),
      field_(new QuietCombo(this)),
      from_(new ValueEntry([this](const QString& text) { return take(text, &AskedRange::from); }, this)),
      to_(new ValueEntry([this](const QString& text) { return take(text, &AskedRange::to); }, this)),
      until_(new QLabel(QStringLiteral("–"), this)) {
  setObjectName(name);
  auto* said = new QLabel(label, this);
  said->setMinimumWidth(kLabelWidth);
  field_->setObjectName(name + QStringLiteral("Field"));
  field_->setAccessibleName(label);
  field_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  field_->setMinimumWidth(96);
  field_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  from_->setObjectName(name + QStringLiteral("From"));
  from_->setAccessibleName(tr("%1, from").arg(label));
  to_->setObjectName(name + QStringLiteral("To"));
  to_->setAccessibleName(tr("%1, to").arg(label));
  for (ValueEntry* entry : {from_, to_}) {
    entry->setFixedWidth(kEntryWidth);
    entry->setToolTip(tr("8192, 8k or 1M; a share as 40 %; empty: the usual range"));
  }
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(said);
  row->addWidget(field_, 1);
  row->addWidget(from_);
  row->addWidget(until_);
  row->addWidget(to_);
  connect(field_, &QComboBox::activated, this, &RangeRow::choose);
}

QString RangeRow::take(const QString& text, std::optional<double> AskedRange::*end) {
  AskedRange range = range_;
  if (text.trimmed().isEmpty()) {
    range.*end = std::nullopt;
  } else if (whole_) {
    const ParsedInteger parsed = parseInteger(text, 1, kMaxContext);
    if (!parsed.value) return parsed.problem;
    range.*end = static_cast<double>(*parsed.value);
  } else {
    const ParsedShare parsed = parseShare(text, 1);
    if (!parsed.value) return parsed.problem;
    range.*end = *parsed.value;
  }
  if (range.from && range.to && *range.to < *range.from) return tr("The range ends before it begins");
  if (range != range_) Q_EMIT changed(range);
  return {};
}

void RangeRow::choose(int index) {
  const std::string id = field_->itemData(index).toString().toStdString();
  if (id != range_.field) Q_EMIT changed({id, {}, {}});
}

void RangeRow::render(const std::vector<SweepableField>& fields, const AskedRange& range) {
  range_ = range;
  const QSignalBlocker quiet(field_);
  QStringList ids, listed;
  if (!none_.isEmpty()) ids << QString();
  for (const SweepableField& f : fields) ids << QString::fromStdString(f.id);
  for (int i = 0; i < field_->count(); ++i) listed << field_->itemData(i).toString();
  if (ids != listed) {
    field_->clear();
    if (!none_.isEmpty()) field_->addItem(none_, QString());
    for (const SweepableField& f : fields) field_->addItem(f.label, QString::fromStdString(f.id));
  }
  field_->setCurrentIndex(field_->findData(QString::fromStdString(range.field)));
  const SweepableField* f = fieldOf(fields, range.field);
  const bool numeric = f != nullptr && f->numeric;
  for (QWidget* w : {static_cast<QWidget*>(from_), static_cast<QWidget*>(until_), static_cast<QWidget*>(to_)})
    w->setVisible(numeric);
  if (!numeric) return;
  whole_ = f->whole;
  const auto text = [&](double n) {
    return whole_ ? grouped(static_cast<qint64>(n)) : QStringLiteral("%1 %").arg(n * 100);
  };
  from_->showText(text(range.from.value_or(f->from)));
  to_->showText(text(range.to.value_or(f->to)));
}

}  // namespace headroom::ui
