#include "ui/inputs/dimension_editor.h"

#include <QGridLayout>
#include <QSignalBlocker>
#include <algorithm>
#include <limits>

#include "ui/document/document.h"
#include "ui/inputs/parse_value.h"
#include "ui/languages/core_text.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kEntryWidth = 104;

constexpr Dimension kOrder[] = {Dimension::parameters,
                                Dimension::layers,
                                Dimension::hidden,
                                Dimension::vocabulary,
                                Dimension::heads,
                                Dimension::kv_heads,
                                Dimension::head_dim,
                                Dimension::intermediate,
                                Dimension::experts,
                                Dimension::experts_per_token,
                                Dimension::expert_intermediate,
                                Dimension::tied_head};

}  // namespace

DimensionEditor::DimensionEditor(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      grid_(new QGridLayout),
      back_(new QPushButton(tr("Back to the original"), this)) {
  setObjectName(QStringLiteral("dimensionEditor"));
  setProperty("scenarioKey", QStringLiteral("model"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(8);
  grid_->setVerticalSpacing(6);
  grid_->setColumnStretch(0, 1);
  column->addLayout(grid_);
  for (Dimension d : kOrder) addRow(d);
  back_->setObjectName(QStringLiteral("dimensionsBack"));
  back_->setProperty("goal", true);
  back_->setAutoDefault(false);
  back_->setToolTip(tr("Drops the edited copy and takes the model it was made from"));
  column->addWidget(back_, 0, Qt::AlignLeft);
  column->addStretch(1);
  connect(back_, &QPushButton::clicked, this, [this] {
    if (const Result<void> done = document_.restoreModel(); !done) Q_EMIT failed(done.error());
  });
}

void DimensionEditor::addRow(Dimension dimension) {
  Row row;
  row.dimension = dimension;
  const int at = 2 * static_cast<int>(rows_.size());  // each has its reason below it
  const QString name = QStringLiteral("dimension%1").arg(static_cast<int>(dimension));
  row.label = new QLabel(labelOf(dimension), this);
  QWidget* control = nullptr;
  if (dimension == Dimension::tied_head) {
    control = row.toggle = new Switch(this);
    row.toggle->setToolTip(tr("The head uses the token embedding's weights, which are then counted once"));
    connect(row.toggle, &QCheckBox::clicked, this, [this](bool on) {
      if (const Result<void> done = document_.setDimension(Dimension::tied_head, on ? 1 : 0); !done)
        Q_EMIT failed(done.error());
    });
  } else {
    control = row.entry =
        new ValueEntry([this, dimension](const QString& text) { return commit(dimension, text); }, this);
    row.entry->setFixedWidth(kEntryWidth);
    auto* reason = new QLabel(this);
    reason->setTextFormat(Qt::PlainText);
    reason->setObjectName(name + QStringLiteral("Reason"));
    reason->setProperty("problem", true);
    reason->setWordWrap(true);
    reason->hide();
    grid_->addWidget(reason, at + 1, 0, 1, 2);
    connect(row.entry, &ValueEntry::problemChanged, reason, [reason](const QString& problem) {
      reason->setText(problem);
      reason->setVisible(!problem.isEmpty());
    });
  }
  control->setObjectName(name);
  control->setAccessibleName(labelOf(dimension));
  row.label->setBuddy(control);
  grid_->addWidget(row.label, at, 0);
  grid_->addWidget(control, at, 1, Qt::AlignRight);
  rows_.push_back(row);
}

QString DimensionEditor::commit(Dimension dimension, const QString& text) {
  std::optional<std::int64_t> value;
  if (!text.trimmed().isEmpty()) {
    // Whether the number is possible is for the reader to say.
    constexpr std::int64_t kMost = std::int64_t{1} << 53;
    const ParsedInteger parsed = parseInteger(text, -kMost, kMost);
    if (!parsed.value) return parsed.problem;
    value = parsed.value;
  }
  const Result<void> done = document_.setDimension(dimension, value);
  return done ? QString() : coreText(done.error().message);
}

void DimensionEditor::render(const Snapshot& s) {
  if (shown_ == s.scenario.model) return;
  shown_ = s.scenario.model;
  const std::vector<EditableDimension> list = editableDimensions(s.scenario.reference, *s.scenario.model);
  for (const Row& row : rows_) {
    const auto found = std::ranges::find(list, row.dimension, &EditableDimension::dimension);
    show(row, found == list.end() ? nullptr : &*found);
  }
  back_->setVisible(originalOf(s.scenario.reference).has_value());
}

void DimensionEditor::show(const Row& row, const EditableDimension* d) {
  QWidget* control = row.entry != nullptr ? static_cast<QWidget*>(row.entry) : row.toggle;
  row.label->setVisible(d != nullptr);
  control->setVisible(d != nullptr);
  if (d == nullptr) return;
  // What was changed stands out by a mark, not by colour alone.
  row.label->setText(d->edited ? tr("%1 •").arg(labelOf(row.dimension)) : labelOf(row.dimension));
  row.label->setToolTip(d->edited ? tr("Changed from the original") : QString());
  if (row.toggle != nullptr) {
    const QSignalBlocker quiet(row.toggle);
    row.toggle->setChecked(d->effective != 0);
    return;
  }
  row.entry->setEnabled(!d->perLayer);
  row.entry->setPlaceholderText(d->perLayer        ? tr("per layer")
                                : d->effective > 0 ? grouped(d->effective)
                                                   : QStringLiteral("–"));
  row.entry->showText(d->stated && !d->perLayer ? grouped(*d->stated) : QString());
}

}  // namespace headroom::ui
