#include "ui/pages/model/model_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <cmath>

#include "core/model/weight_bytes.h"
#include "ui/document/document.h"
#include "ui/inputs/dimension_editor.h"
#include "ui/inputs/model_summary.h"
#include "ui/inputs/stop_scale.h"
#include "ui/languages/core_text.h"
#include "ui/pages/explore/card.h"
#include "ui/pages/explore/notes_label.h"
#include "ui/pages/model/layers_table.h"
#include "ui/pages/model/tensor_tree.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kDimensionsWidth = 252;
constexpr int kTreeHeight = 280;  // least; it takes what the page leaves

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setTextFormat(Qt::PlainText);
  label->setProperty("heading", true);
  return label;
}

QString bytesText(double bytes, ByteUnit unit) {
  return bytesShort(toBytes(bytes), unit);
}

}  // namespace

ModelPage::ModelPage(Document& document, QWidget* parent)
    : QScrollArea(parent),
      document_(document),
      title_(new QLabel),
      family_(new QLabel),
      layersNote_(new QLabel),
      facts_(new QGridLayout),
      open_(new QPushButton(tr("Open model…"))),
      notes_(new NotesLabel),
      dimensions_(new DimensionEditor(document)),
      layers_(new LayersTable),
      tensors_(new TensorTree) {
  setObjectName(QStringLiteral("modelPage"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // its room is kept, so that a longer table moves nothing
  auto* page = new QWidget(this);
  page->setObjectName(QStringLiteral("modelBody"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 12, 12, 12);
  column->setSpacing(12);
  auto* top = new QHBoxLayout;
  top->setSpacing(12);
  top->addWidget(buildSummary(), 1);
  top->addWidget(buildDimensions());
  column->addLayout(top);

  auto* table = new Card(QStringLiteral("layersCard"), page);
  layersNote_->setObjectName(QStringLiteral("layersNote"));
  layersNote_->setProperty("quiet", true);
  table->body()->addWidget(heading(tr("Layers"), table));
  table->body()->addWidget(layers_);
  table->body()->addWidget(layersNote_);
  column->addWidget(table);

  auto* tree = new Card(QStringLiteral("tensorsCard"), page);
  tree->body()->addWidget(heading(tr("Parameters"), tree));
  tensors_->setMinimumHeight(kTreeHeight);
  tree->body()->addWidget(tensors_, 1);
  column->addWidget(tree, 1);
  setWidget(page);
  connect(dimensions_, &DimensionEditor::failed, this,
          [this](const Error& error) { Q_EMIT failed(tr("The model stays as it is"), error); });
}

QWidget* ModelPage::buildSummary() {
  auto* card = new Card(QStringLiteral("modelCard"));
  title_->setObjectName(QStringLiteral("modelTitle"));
  title_->setFont(scaledFont(title_->font(), 1.4, true));
  title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  title_->setTextFormat(Qt::PlainText);
  title_->setWordWrap(true);
  family_->setObjectName(QStringLiteral("modelFamily"));
  family_->setProperty("quiet", true);
  family_->setWordWrap(true);
  open_->setObjectName(QStringLiteral("modelOpen"));
  open_->setProperty("goal", true);
  open_->setAutoDefault(false);
  connect(open_, &QPushButton::clicked, this, &ModelPage::openRequested);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(open_, 0, Qt::AlignTop);
  card->body()->addLayout(head);
  card->body()->addWidget(family_);
  facts_->setHorizontalSpacing(16);
  facts_->setVerticalSpacing(4);
  facts_->setColumnStretch(1, 1);
  card->body()->addLayout(facts_);
  notes_->setObjectName(QStringLiteral("modelNotes"));
  notes_->setProperty("quiet", true);
  notes_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  card->body()->addSpacing(4);
  card->body()->addWidget(heading(tr("Assumed"), card));
  card->body()->addWidget(notes_);
  card->body()->addStretch(1);
  return card;
}

QWidget* ModelPage::buildDimensions() {
  auto* card = new Card(QStringLiteral("dimensionsCard"));
  card->setFixedWidth(kDimensionsWidth);
  auto* label = heading(tr("What if"), card);
  label->setToolTip(tr("Changing a dimension makes a copy of the configuration; undo or the button below goes back."));
  card->body()->addWidget(label);
  card->body()->addWidget(dimensions_);
  return card;
}

void ModelPage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  if (stale_) render(document_.snapshot());
}

void ModelPage::render(const Snapshot& s) {
  stale_ = !isVisible();
  if (stale_) return;
  dimensions_->render(s);
  layers_->render(s);
  tensors_->render(s);
  renderSummary(s);
}

void ModelPage::addFact(const QString& name, const QString& value, const QString& tip) {
  const auto at = static_cast<std::size_t>(2 * factRows_);
  if (at == factLabels_.size()) {
    for (int c = 0; c < 2; ++c) {
      auto* label = new QLabel(this);
      label->setTextFormat(Qt::PlainText);
      if (c == 1) label->setTextInteractionFlags(Qt::TextSelectableByMouse);
      facts_->addWidget(label, factRows_, c, Qt::AlignTop);
      factLabels_.push_back(label);
    }
    factLabels_[at]->setProperty("quiet", true);
    factLabels_[at + 1]->setWordWrap(true);
    factLabels_[at + 1]->setObjectName(QStringLiteral("modelFact%1").arg(factRows_));
  }
  factLabels_[at]->setText(name);
  factLabels_[at + 1]->setText(value);
  factLabels_[at + 1]->setToolTip(tip);
  factLabels_[at]->show();
  factLabels_[at + 1]->show();
  ++factRows_;
}

void ModelPage::renderSummary(const Snapshot& s) {
  const Model& m = *s.scenario.model;
  title_->setText(modelLabel(m));
  family_->setText(QStringLiteral("%1 · %2").arg(shown(m.family.empty() ? "decoder" : m.family), attentionSummary(m)));
  const auto counted = [](Parameters n) { return QStringLiteral("%1 (%2)").arg(countShort(n), grouped(n.value())); };
  factRows_ = 0;
  addFact(tr("Parameters"), counted(m.parameters));
  if (m.activeParameters < m.parameters) addFact(tr("Active per token"), counted(m.activeParameters));
  if (m.nextTokenParameters > Parameters(0))
    addFact(tr("Next-token layers"), tr("%1, not counted above").arg(counted(m.nextTokenParameters)));
  const Bytes weights = weightBytes(m, s.settings.weights);
  const bool stored = std::holds_alternative<AsStored>(s.settings.weights);
  addFact(tr("Weights"),
          (stored ? tr("%1, %2") : tr("%1 as %2")).arg(withUnit(weights, s.unit), formatLabel(s.settings.weights)),
          tr("%1 bytes").arg(grouped(weights.value())));
  if (const double kv = layers_->layers()->kvBytesPerToken(); kv > 0)
    addFact(tr("KV cache"), tr("%1 per token as %2").arg(bytesText(kv, s.unit), valueText(Field::kv_cache, s.scenario)),
            tr("%1 bytes").arg(grouped(std::llround(kv))));
  if (const double state = layers_->layers()->stateBytesPerSequence(); state > 0)
    addFact(tr("Recurrent state"), tr("%1 per sequence").arg(bytesText(state, s.unit)));
  if (m.maxContext > 0) addFact(tr("Longest context"), tr("%1 tokens").arg(grouped(m.maxContext)));
  if (!m.source.empty()) addFact(tr("Read from"), shown(m.source));
  for (std::size_t i = static_cast<std::size_t>(2 * factRows_); i < factLabels_.size(); ++i) factLabels_[i]->hide();

  QStringList notes;
  for (const std::string& note : m.notes) notes << coreText(note);
  notes_->setText(notes.isEmpty() ? tr("Nothing: the configuration says it all.") : notes.join(QLatin1Char('\n')));
  notes_->fit();

  const double asked = s.estimate.kvBytesPerToken, whole = layers_->layers()->kvBytesPerToken();
  const bool differs = asked > 0 && std::abs(asked - whole) >= 0.5;
  layersNote_->setText(differs
                           ? tr("The estimate keeps %1 per token on a device: the engine and the layout decide how.")
                                 .arg(bytesText(asked, s.unit))
                           : QString());
  layersNote_->setVisible(differs);
}

}  // namespace headroom::ui
