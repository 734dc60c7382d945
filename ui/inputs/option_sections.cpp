#include "ui/inputs/option_sections.h"

#include <QCoreApplication>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/option_rows.h"
#include "ui/document/document.h"
#include "ui/inputs/engine_options_table.h"
#include "ui/inputs/search_words.h"
#include "ui/languages/tr.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr qsizetype kMostIdle = 6;  // named when found without a place in the job

QStringList namesOf(const EngineOptionRow& row) {
  QStringList names{QString::fromStdString(row.name)};
  for (const std::string& alias : row.aliases) names << QString::fromStdString(alias);
  return names;
}

// A field's own names, and what the engine at hand calls it.
QStringList namesOf(Field field, const Snapshot& snapshot) {
  const std::string_view key = keyOf(field);
  QStringList names{labelOf(field), fromView(key)};
  for (const EngineOptionRow& row : optionRows(snapshot.settings.engine))
    if (row.effect == OptionEffect::key && row.key == key) names << namesOf(row);
  return names;
}

// What a setting answers to: its names, what it changes, and what may be chosen in it.
QString keyFor(const Option& option, const QString& section, const Snapshot& snapshot) {
  QStringList parts = namesOf(option.field, snapshot);
  parts << headroom::ui::tr(option.tip) << section;
  if (option.kind == Option::Kind::choice)
    for (const OptionChoice& choice : option.choices(snapshot)) {
      if (choice.id == QLatin1String("on") || choice.id == QLatin1String("off")) continue;  // every switch has those
      parts << choice.label << choice.id;
      if (const auto format = numberFormat(choice.id.toStdString()))
        parts << formatWords(choice.id, 8 * bytesPerElement(*format));
    }
  return searchKey(parts);
}

// The settings that have their place outside the sections, in the order of the panel.
constexpr std::array kFurtherUp{Field::model,   Field::workload, Field::batch,
                                Field::context, Field::weights,  Field::rank};

QString keyFurtherUp(Field field, const Snapshot& snapshot) {
  QStringList parts = namesOf(field, snapshot);
  if (field == Field::workload)
    for (const std::string_view name : allNames<Workload>()) parts << spelled(name);
  if (field == Field::weights)
    for (const WeightStop& stop : weightStops(snapshot.scenario))
      parts << formatWords(QString::fromLatin1(stop.label), bitsOf(stop.format, *snapshot.scenario.model));
  return searchKey(parts);
}

const std::array<std::pair<const char*, const char*>, kSectionCount> kTitles{
    {{"sectionPrecision", QT_TRANSLATE_NOOP("InputPanel", "Precision details")},
     {"sectionEngine", QT_TRANSLATE_NOOP("InputPanel", "Engine && runtime")},
     {"sectionExtras", QT_TRANSLATE_NOOP("InputPanel", "Adapters, drafts && images")},
     {"sectionOptions", QT_TRANSLATE_NOOP("InputPanel", "Engine options")},
     {"sectionTraining", QT_TRANSLATE_NOOP("InputPanel", "Training")},
     {"sectionStep", QT_TRANSLATE_NOOP("InputPanel", "Training step in detail")},
     {"sectionReinforcement", QT_TRANSLATE_NOOP("InputPanel", "Preference && reinforcement")},
     {"sectionParallel", QT_TRANSLATE_NOOP("InputPanel", "Parallelism")},
     {"sectionSharding", QT_TRANSLATE_NOOP("InputPanel", "Sharding in detail")},
     {"sectionReserve", QT_TRANSLATE_NOOP("InputPanel", "Reserve && offload")}}};

QString titleOf(std::size_t section) {
  return QCoreApplication::translate("InputPanel", kTitles[section].second);
}

// Whether the table of the engine's own options, which the section holds, has one that is called so.
bool hasOptionCalled(const QStringList& words, const Snapshot& s) {
  return std::ranges::any_of(optionRows(s.settings.engine), [&](const EngineOptionRow& row) {
    return row.effect != OptionEffect::key && holdsWords(searchKey(namesOf(row)), words);
  });
}

bool hasOptionsTable(const Snapshot& s) {
  return !isTraining(s.scenario.workload) &&
         (rowOf(s.settings.engine).has(Feature::options) || !s.scenario.engineOptions.empty());
}

}  // namespace

OptionSections::OptionSections(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), search_(new QLineEdit(this)), idle_(new QLabel(this)) {
  setObjectName(QStringLiteral("optionSections"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  search_->setObjectName(QStringLiteral("settingSearch"));
  search_->setPlaceholderText(tr("Find a setting"));
  search_->setAccessibleName(tr("Find a setting"));
  search_->setClearButtonEnabled(true);
  search_->setToolTip(
      tr("By its name, its key in the scenario file, what it changes or what may be chosen: “zero”, “loss_rows”, “4 "
         "bit”."));
  column->addWidget(search_);
  column->addSpacing(8);
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    sections_[i] = new FoldedSection(QLatin1String(kTitles[i].first), titleOf(i), this);
    column->addWidget(sections_[i]);
    connect(sections_[i], &FoldedSection::toggled, this, [this, i] {
      renderSection(static_cast<Section>(i), document_.snapshot());
      document_.setPanels(open());
    });
  }
  idle_->setObjectName(QStringLiteral("settingsWithoutPlace"));
  idle_->setProperty("quiet", true);
  idle_->setTextFormat(Qt::PlainText);
  idle_->setWordWrap(true);
  idle_->hide();
  column->addSpacing(8);
  column->addWidget(idle_);
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    words_ = searchWords(text);
    render(document_.snapshot());
  });
}

bool OptionSections::found(const Option& option) const {
  if (words_.isEmpty()) return true;
  return holdsWords(keyFor(option, titleOf(static_cast<std::size_t>(option.section)), document_.snapshot()), words_);
}

void OptionSections::fill(Section section) {
  FoldedSection* folded = at(section);
  if (folded->body()->count() > 0) return;
  // Made late, the rows would be the last that Tab comes to: they follow their section's title.
  QWidget* before = folded->header();
  if (section == Section::options) {
    options_ = new EngineOptionsTable(document_, folded);
    folded->body()->addWidget(options_);
    setTabOrder(before, options_->picker());
    return;
  }
  for (const Option& option : allOptions()) {
    if (option.section != section) continue;
    rows_.push_back(new OptionRow(option, document_, folded));
    folded->body()->addWidget(rows_.back());
    setTabOrder(before, rows_.back()->control());
    before = rows_.back()->control();
  }
}

void OptionSections::renderSection(Section section, const Snapshot& snapshot) {
  FoldedSection* folded = at(section);
  int set = 0, here = 0;
  bool any = false;
  for (const Option& o : allOptions()) {
    if (o.section != section || !o.applies(snapshot)) continue;
    any = true;
    here += found(o) ? 1 : 0;
    if (o.hasDefault && !o.value(snapshot).isEmpty()) ++set;
  }
  if (section == Section::options) {
    any = hasOptionsTable(snapshot);
    const bool called = !words_.isEmpty() && any &&
                        (holdsWords(searchKey({titleOf(static_cast<std::size_t>(section))}), words_) ||
                         hasOptionCalled(words_, snapshot));
    here = called ? 1 : 0;
    set = static_cast<int>(snapshot.scenario.engineOptions.size());
  }
  const bool searching = !words_.isEmpty();
  folded->setVisible(searching ? here > 0 : any);
  folded->setForced(searching && here > 0);
  folded->setNote(set > 0 ? tr("%n set", nullptr, set) : QString());
  // A folded section costs nothing but counting what is set in it; its rows are made when it is first opened.
  if (!folded->isOpen() && !(searching && here > 0)) return;
  fill(section);
  if (section == Section::options && options_ != nullptr) options_->render(snapshot);
  for (OptionRow* row : rows_)
    if (row->option().section == section) row->render(snapshot, found(row->option()));
}

// What is looked for and stands elsewhere or has no place here is named with the reason, instead of not being found.
void OptionSections::renderIdle(const Snapshot& snapshot) {
  QStringList lines;
  if (!words_.isEmpty())
    for (const Field field : kFurtherUp)
      if (holdsWords(keyFurtherUp(field, snapshot), words_)) lines << tr("%1: further up").arg(labelOf(field));
  if (!words_.isEmpty())
    for (const Option& o : allOptions()) {
      if (o.applies(snapshot) || !found(o)) continue;
      const QString why = idleReason(o, snapshot);
      lines << (why.isEmpty() ? tr("%1: has no place here").arg(labelOf(o.field))
                              : QStringLiteral("%1: %2").arg(labelOf(o.field), why));
    }
  const qsizetype more = lines.size() - kMostIdle;
  if (more > 0) lines = lines.mid(0, kMostIdle) << tr("and %n more", nullptr, static_cast<int>(more));
  const bool nothing =
      !words_.isEmpty() && lines.isEmpty() &&
      std::ranges::none_of(sections_, [](const FoldedSection* s) { return s->isVisibleTo(s->parentWidget()); });
  if (nothing) lines << tr("No setting is called so.");
  idle_->setText(lines.join(QLatin1Char('\n')));
  idle_->setVisible(!lines.isEmpty());
}

void OptionSections::render(const Snapshot& snapshot) {
  showOpen(document_.work().panels);
  for (int i = 0; i < kSectionCount; ++i) renderSection(static_cast<Section>(i), snapshot);
  renderIdle(snapshot);
}

QStringList OptionSections::open() const {
  QStringList names;
  for (const FoldedSection* s : sections_)
    if (s->isOpen()) names << s->objectName();
  return names;
}

void OptionSections::showOpen(const QStringList& names) {
  for (FoldedSection* s : sections_) {
    if (s->isOpen() == names.contains(s->objectName())) continue;
    const QSignalBlocker shown(s);  // what is shown is no new choice
    s->setOpen(!s->isOpen());
  }
}

}  // namespace headroom::ui
