#include "ui/inputs/input_panel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "core/base/format.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "ui/document/document.h"
#include "ui/inputs/format_items.h"
#include "ui/inputs/model_summary.h"
#include "ui/inputs/parse_value.h"
#include "ui/inputs/saving.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kMargin = 16;
constexpr int kScrollBar = 10;  // beside the panel, always

// A commit that reads a whole number into one place of the scenario.
template <typename Set>
ValueEntry::Commit integerCommit(Document& document, Field field, std::int64_t high, Set set) {
  return [&document, field, high, set](const QString& text) {
    const ParsedInteger parsed = parseInteger(text, 1, high);
    if (parsed.value) document.edit(field, [&](Scenario& s) { set(s, *parsed.value); });
    return parsed.problem;
  };
}

// "3 8B" before "3 70B" before "3.1 8B": words that begin with a number by it.
bool comesBefore(const PickerItem& a, const PickerItem& b) {
  static const QRegularExpression kNumber(QStringLiteral("^\\d+(\\.\\d+)?"));
  const QStringList left = a.title.split(QLatin1Char(' ')), right = b.title.split(QLatin1Char(' '));
  for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (left[i] == right[i]) continue;
    const QString x = kNumber.match(left[i]).captured(), y = kNumber.match(right[i]).captured();
    if (!x.isEmpty() && !y.isEmpty() && x.toDouble() != y.toDouble()) return x.toDouble() < y.toDouble();
    return left[i].compare(right[i], Qt::CaseInsensitive) < 0;
  }
  return left.size() < right.size();
}

const QString kOnDisk = QStringLiteral("disk:");

// The models on this machine, those of the catalogue, and the way to any other.
std::vector<PickerItem> modelItems(const std::vector<LocalModel>& local, ByteUnit unit) {
  std::vector<PickerItem> items;
  for (std::size_t i = 0; i < local.size(); ++i) {
    const LocalModel& m = local[i];
    const QString store = fromView(nameOf(m.store));
    PickerItem item;
    item.id = kOnDisk + QString::number(i);
    item.title = QString::fromStdString(m.name);
    item.detail = QStringLiteral("%1 · %2").arg(bytesShort(m.size, unit), store);
    item.group = QCoreApplication::translate("InputPanel", "On this machine");
    item.search = store;
    items.push_back(std::move(item));
  }
  std::size_t family = items.size();  // where the family at hand begins
  for (const CatalogueEntry& e : modelCatalogue()) {
    PickerItem item;
    item.id = QString::fromStdString(e.id);
    item.title = QString::fromStdString(e.label);
    item.detail = QStringLiteral("%1 · %2").arg(countShort(e.parameters), item.id);
    if (e.parameters == Parameters(0)) item.detail = item.id;  // a user's own entry need not state a number
    item.group = QString::fromStdString(e.family);
    for (const std::string& alias : e.aliases) item.search += QString::fromStdString(alias) + QLatin1Char(' ');
    if (family < items.size() && items[family].group != item.group) family = items.size();
    const auto begin = items.begin() + static_cast<std::ptrdiff_t>(family);
    items.insert(std::upper_bound(begin, items.end(), item, comesBefore), std::move(item));
  }
  PickerItem other;
  other.title = QCoreApplication::translate("InputPanel", "Open model…");
  other.detail = QCoreApplication::translate("InputPanel", "A file, a folder, a hub id, an address or JSON text");
  other.group = QCoreApplication::translate("InputPanel", "Something else");
  other.always = true;
  items.push_back(std::move(other));
  return items;
}

}  // namespace

InputPanel::InputPanel(Document& document, QWidget* parent) : QWidget(parent), document_(document) {
  setObjectName(QStringLiteral("inputPanel"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kMargin, kMargin, kMargin - kScrollBar, kMargin);
  column->setSpacing(8);
  buildModel(column);
  column->addSpacing(4);
  buildSliders(column);
  column->addSpacing(4);
  options_ = new OptionSections(document_, this);
  column->addWidget(options_);
  column->addStretch(1);
  connect(&document_, &Document::changed, this, &InputPanel::render);
}

void InputPanel::buildModel(QVBoxLayout* column) {
  auto* heading = new QLabel(tr("&Model"), this);
  heading->setProperty("heading", true);
  model_ = new PickerField(QStringLiteral("modelPicker"), this);
  model_->setAccessibleName(tr("Model"));
  model_->setProperty("scenarioKey", QStringLiteral("model"));
  model_->setPlaceholderText(tr("Search models"));
  model_->setToolTip(tr(
      "Type part of a name to search the catalogue and this machine; a path, a hub id (org/name) or an address works "
      "too."));
  listModels();
  heading->setBuddy(model_);
  auto* open = new QPushButton(tr("Open…"), this);
  open->setObjectName(QStringLiteral("openModelButton"));
  open->setProperty("link", true);
  open->setAutoDefault(false);
  open->setAccessibleName(tr("Open model"));
  open->setProperty("scenarioKey", QStringLiteral("model"));
  open->setToolTip(tr("Open a model from a file, a folder, the hub, an address or JSON text"));
  connect(open, &QPushButton::clicked, this, [this] { Q_EMIT modelTextEntered({}); });
  connect(model_, &PickerField::listOpened, this, &InputPanel::modelListOpened);
  connect(model_, &PickerField::chosen, this, &InputPanel::chooseModel);
  connect(model_, &PickerField::textEntered, this, &InputPanel::modelTextEntered);
  summary_ = new QLabel(this);
  summary_->setObjectName(QStringLiteral("modelSummary"));
  summary_->setProperty("quiet", true);
  summary_->setTextFormat(Qt::PlainText);
  summary_->setWordWrap(true);
  summary_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  summary_->setMinimumHeight(2 * QFontMetrics(summary_->font()).lineSpacing() + 2);
  workload_ = new Segmented(QStringLiteral("workload"), {tr("Inference"), tr("LoRA"), tr("QLoRA"), tr("Full")}, this);
  workload_->setToolTip(tr(
      "What is to be run: serving the model, training adapters on it, on a 4-bit copy of it, or training all of it."));
  workload_->setAccessibleName(tr("Workload"));
  workload_->setProperty("scenarioKey", QStringLiteral("workload"));
  connect(workload_, &Segmented::chosen, this, [this](int index) {
    document_.edit(Field::workload, [index](Scenario& s) { chooseWorkload(s, static_cast<Workload>(index)); });
  });
  auto* head = new QHBoxLayout;
  head->addWidget(heading, 1);
  head->addWidget(open);
  column->addLayout(head);
  column->addWidget(model_);
  column->addWidget(summary_);
  column->addWidget(workload_);
  quantizing_ = new QLabel(this);
  quantizing_->setObjectName(QStringLiteral("workloadSaving"));
  quantizing_->setProperty("quiet", true);
  quantizing_->setAlignment(Qt::AlignRight);
  column->addWidget(quantizing_);
}

SliderField* InputPanel::addSlider(QVBoxLayout* column, Field field, const QString& name, const QString& label,
                                   const QString& tip, ValueEntry::Commit commit,
                                   void (*choose)(Scenario&, const StopScale&, int)) {
  return joinSlider(column, field, new SliderField(name, label, tip, std::move(commit), this), choose);
}

SliderField* InputPanel::joinSlider(QVBoxLayout* column, Field field, SliderField* slider,
                                    void (*choose)(Scenario&, const StopScale&, int)) {
  column->addWidget(slider);
  slider->setProperty("scenarioKey", fromView(keyOf(field)));
  connect(slider, &SliderField::gestureBegan, &document_, &Document::beginGesture);
  connect(slider, &SliderField::gestureEnded, &document_, &Document::endGesture);
  connect(slider, &SliderField::stopChosen, this, [this, slider, field, choose](int stop) {
    document_.editStepwise(field, [&](Scenario& s) { choose(s, slider->slider()->scale(), stop); });
  });
  return slider;
}

void InputPanel::buildPrecision(QVBoxLayout* column) {
  auto* formats = new PickerField(QStringLiteral("precisionEntry"), this);
  precision_ = joinSlider(
      column, Field::weights,
      new SliderField(QStringLiteral("precision"), tr("&Precision"),
                      tr("Number format of the weights. Any known format may be typed or looked for: bf16, fp8, nf4, "
                         "Q4_K_M, 4 bit …"),
                      formats, this),
      [](Scenario& s, const StopScale&, int stop) {
        const std::vector<WeightStop> stops = weightStops(s);
        s.precision.weights = stops[static_cast<std::size_t>(stop)].format;
      });
  const auto take = [this](const QString& text) {
    const auto format = weightFormat(text.trimmed().toStdString());
    precision_->setProblem(format ? QString() : tr("Unknown format; try bf16, fp8 or Q4_K_M"));
    if (format) document_.edit(Field::weights, [&](Scenario& s) { chooseFormat(s, *format); });
  };
  const auto list = [this, formats] {
    formats->setItems(formatItems(document_.scenario(), document_.snapshot().unit));
  };
  connect(formats, &PickerField::listOpened, this, list);
  connect(formats, &QLineEdit::textEdited, this, [this] { precision_->setProblem({}); });
  connect(formats, &PickerField::chosen, this, take);
  connect(formats, &PickerField::textEntered, this, take);
}

void InputPanel::buildSliders(QVBoxLayout* column) {
  batch_ = addSlider(
      column, Field::batch, QStringLiteral("batch"), tr("&Batch"),
      tr("Sequences held at once; in training the micro-batch of one device. The KV cache and activations grow with "
         "it."),
      integerCommit(document_, Field::batch, kMaxBatch, [](Scenario& s, std::int64_t v) { chooseBatch(s, v); }),
      [](Scenario& s, const StopScale& scale, int stop) {
        chooseBatch(s, static_cast<std::int64_t>(scale[stop].value));
      });
  context_ = addSlider(
      column, Field::context, QStringLiteral("context"), tr("&Context"),
      tr("Tokens of each sequence, prompt and answer together. 8k means 8192."),
      integerCommit(document_, Field::context, kMaxContext, [](Scenario& s, std::int64_t v) { s.context = v; }),
      [](Scenario& s, const StopScale& scale, int stop) { s.context = static_cast<std::int64_t>(scale[stop].value); });
  buildPrecision(column);
  rank_ =
      addSlider(column, Field::rank, QStringLiteral("rank"), tr("LoRA &rank"),
                tr("Inner width of the adapters: their weights, gradients and optimizer states grow with it."),
                integerCommit(document_, Field::rank, kMaxRank, [](Scenario& s, std::int64_t v) { chooseRank(s, v); }),
                [](Scenario& s, const StopScale& scale, int stop) {
                  chooseRank(s, static_cast<std::int64_t>(scale[stop].value));
                });
  batch_->setScale(batchScale());
  rank_->setScale(rankScale());
}

void InputPanel::listModels() {
  model_->setItems(modelItems(local_, unit_));
}

void InputPanel::setLocalModels(std::vector<LocalModel> models) {
  local_ = std::move(models);
  listModels();
}

void InputPanel::chooseModel(const QString& id) {
  if (id.startsWith(kOnDisk)) {
    const auto at = static_cast<std::size_t>(id.mid(kOnDisk.size()).toULongLong());
    if (at < local_.size()) Q_EMIT localModelChosen(local_[at]);
    return;
  }
  const auto model = catalogueModel(id.toStdString());
  if (!model) return;
  document_.setModel({CatalogueModel{id.toStdString()}, *model});
}

void InputPanel::renderQuantizing(const Snapshot& s) {
  QString text;
  const Workload now = s.scenario.workload;
  if (now == Workload::lora || now == Workload::qlora) {
    Scenario other = s.scenario;
    chooseWorkload(other, now == Workload::lora ? Workload::qlora : Workload::lora);
    const Bytes change = changeBy(s, other);
    text = now == Workload::lora ? changeText(change, s.unit) : savingText({change}, s.unit);
    if (!text.isEmpty()) text = now == Workload::lora ? tr("with QLoRA %1").arg(text) : tr("QLoRA %1").arg(text);
  }
  quantizing_->setText(text);
  quantizing_->setVisible(!text.isEmpty());
}

void InputPanel::render(const Snapshot& s) {
  const Model& model = *s.scenario.model;
  if (unit_ != s.unit) {
    unit_ = s.unit;
    listModels();
  }
  model_->showChoice(modelLabel(model));
  summary_->setText(modelSummary(model));
  summary_->setToolTip(plainTip(shown(model.source)));
  workload_->show(static_cast<int>(s.scenario.workload));
  renderQuantizing(s);

  const bool training = isTraining(s.scenario.workload);
  const auto limit = [](const std::optional<std::int64_t>& v) {
    return v ? std::optional(static_cast<double>(*v)) : std::nullopt;
  };
  batch_->show(static_cast<double>(s.settings.batch), grouped(s.settings.batch),
               tr("%1 sequences").arg(grouped(s.settings.batch)));
  batch_->setMarks(limit(s.limits.batch), std::nullopt);
  context_->setScale(contextScale(model.maxContext));
  context_->show(static_cast<double>(s.settings.context), grouped(s.settings.context),
                 tr("%1 tokens").arg(grouped(s.settings.context)));
  context_->setMarks(limit(s.limits.context),
                     model.maxContext > 0 ? std::optional(static_cast<double>(model.maxContext)) : std::nullopt);
  renderPrecision(s);
  const bool adapters = training && s.scenario.workload != Workload::full;
  rank_->setVisible(adapters);
  rank_->show(static_cast<double>(s.settings.training.rank), grouped(s.settings.training.rank),
              tr("rank %1").arg(grouped(s.settings.training.rank)));
  rank_->setMarks(limit(s.limits.rank), std::nullopt);
  options_->render(s);
}

void InputPanel::renderPrecision(const Snapshot& s) {
  const std::vector<WeightStop> stops = weightStops(s.scenario);
  std::vector<Stop> scale;
  // Stops stand for themselves (1, 2, 3 …); a format between them sits where its bits put it.
  double at = 0.5;
  const double bits = bitsOf(s.settings.weights, *s.scenario.model);
  bool found = false;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const double place = static_cast<double>(i) + 1;
    scale.push_back({place, QString::fromLatin1(stops[i].label)});
    if (stops[i].format == s.settings.weights) at = place, found = true;
    if (!found && bitsOf(stops[i].format, *s.scenario.model) <= bits) at = place + 0.5;
  }
  precision_->setScale(StopScale(std::move(scale)));
  const QString text = formatLabel(s.settings.weights);
  precision_->show(at, text, text);
}

QStringList InputPanel::openSections() const {
  return options_->open();
}

void InputPanel::setOpenSections(const QStringList& names) {
  document_.setPanels(names);
}

}  // namespace headroom::ui
