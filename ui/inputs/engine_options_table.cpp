#include "ui/inputs/engine_options_table.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

#include "core/open/said_key.h"
#include "core/scenario/engines.h"
#include "core/scenario/option_rows.h"
#include "ui/document/document.h"
#include "ui/document/keyed_setting.h"
#include "ui/languages/core_text.h"
#include "ui/style/elided_label.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr int kValueWidth = 104;

// What becomes of an option, in one quiet line.
QString effectOf(const EngineOptionRow& row) {
  switch (row.effect) {
    case OptionEffect::counted:
      return EngineOptionsTable::tr("counted: %1").arg(fromView(nameOf(row.type)));
    case OptionEffect::key:
      return EngineOptionsTable::tr("is the setting %1").arg(QString::fromStdString(row.key));
    case OptionEffect::memory:
      return row.host ? EngineOptionsTable::tr("moves host memory and is not counted")
                      : EngineOptionsTable::tr("moves memory and is not counted: it will stand in the verdict");
    case OptionEffect::none:
      break;
  }
  return EngineOptionsTable::tr("moves no memory");
}

QString groupOf(OptionEffect effect) {
  switch (effect) {
    case OptionEffect::counted:
      return EngineOptionsTable::tr("Counted");
    case OptionEffect::key:
      return EngineOptionsTable::tr("Settings of their own");
    case OptionEffect::memory:
      return EngineOptionsTable::tr("Not counted");
    case OptionEffect::none:
      break;
  }
  return EngineOptionsTable::tr("Without memory");
}

}  // namespace

EngineOptionsTable::EngineOptionsTable(Document& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      lines_(new QVBoxLayout),
      picker_(new PickerField(QStringLiteral("engineOptionPicker"), this)),
      problem_(new QLabel(this)) {
  setObjectName(QStringLiteral("engineOptions"));
  setProperty("scenarioKey", QStringLiteral("engine_options"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  lines_->setSpacing(4);
  column->addLayout(lines_);
  picker_->setClearsOnChoice(true);
  picker_->setPlaceholderText(tr("Add by the engine's name"));
  picker_->setAccessibleName(tr("Add an engine option"));
  picker_->setToolTip(tr("Any option of the engine by its own name; the list says what becomes of each."));
  picker_->setProperty("scenarioKey", QStringLiteral("engine_options"));
  column->addWidget(picker_);
  problem_->setObjectName(QStringLiteral("engineOptionProblem"));
  problem_->setProperty("problem", true);
  problem_->setTextFormat(Qt::PlainText);
  problem_->setWordWrap(true);
  problem_->hide();
  column->addWidget(problem_);
  connect(picker_, &PickerField::listOpened, this, [this] { list(document_.snapshot()); });
  connect(picker_, &PickerField::chosen, this, &EngineOptionsTable::choose);
  // "block_size=32" and "--block-size 32" are understood too.
  connect(picker_, &PickerField::textEntered, this, [this](const QString& text) {
    QString plain = text.trimmed();
    while (plain.startsWith(QLatin1Char('-'))) plain.remove(0, 1);
    qsizetype at = 0;
    while (at < plain.size() && plain[at] != QLatin1Char('=') && !plain[at].isSpace()) ++at;
    const QString name = plain.left(at).replace(QLatin1Char('-'), QLatin1Char('_')),
                  value = plain.mid(at + 1).trimmed();
    if (value.isEmpty()) return choose(name);
    const QString problem = take(name, value);
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
  });
}

void EngineOptionsTable::list(const Snapshot& s) {
  std::vector<PickerItem> items;
  for (const OptionEffect effect : {OptionEffect::counted, OptionEffect::key, OptionEffect::memory, OptionEffect::none})
    for (const EngineOptionRow& row : optionRows(s.settings.engine)) {
      if (row.effect != effect) continue;
      PickerItem item;
      item.id = item.title = QString::fromStdString(row.name);
      item.detail = effectOf(row);
      item.group = groupOf(effect);
      for (const std::string& alias : row.aliases) item.search += QString::fromStdString(alias) + QLatin1Char(' ');
      items.push_back(std::move(item));
    }
  picker_->setItems(std::move(items));
}

// A switch is turned on at once; anything else waits for its value.
void EngineOptionsTable::choose(const QString& name) {
  const Snapshot& s = document_.snapshot();
  const EngineOptionRow* row = optionRow(s.settings.engine, name.toStdString());
  QString problem;
  if (row == nullptr) {
    problem = tr("%1 has no option %2.%3")
                  .arg(fromView(rowOf(s.settings.engine).label), name,
                       QString::fromStdString(didYouMeanOption(s.settings.engine, name.toStdString())));
  } else if (row->type == OptionType::flag) {
    problem = take(QString::fromStdString(row->name), row->on ? QStringLiteral("false") : QStringLiteral("true"));
  } else if (!shown_.contains(QString::fromStdString(row->name))) {
    waiting_ = QString::fromStdString(row->name);
    render(s);
  }
  problem_->setText(problem);
  problem_->setVisible(!problem.isEmpty());
  if (row == nullptr) return;
  const qsizetype at = shown_.indexOf(QString::fromStdString(row->name));
  if (at >= 0)
    QTimer::singleShot(0, rows_[static_cast<std::size_t>(at)].entry,
                       [e = rows_[static_cast<std::size_t>(at)].entry] { e->setFocus(); });
}

QString EngineOptionsTable::take(const QString& name, const QString& value) {
  QString problem;
  const Engine engine = document_.snapshot().settings.engine;
  if (waiting_ == name) waiting_.clear();
  document_.edit(Field::engine_options, [&](Scenario& s) {
    const Result<void> said = sayEngineOption(s, engine, name.toStdString(), value.trimmed().toStdString());
    if (!said) problem = grouped(coreText(said.error().message));
  });
  if (!problem.isEmpty()) waiting_ = shown_.contains(name) ? waiting_ : name;
  return problem;
}

void EngineOptionsTable::addLine(const QString& name) {
  auto* row = new QWidget(this);
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(6);
  auto* label = new ElidedLabel(row);
  label->setText(name);
  auto* entry = new ValueEntry([this, name](const QString& text) { return take(name, text); }, row);
  entry->setObjectName(QStringLiteral("engineOption_") + name);
  entry->setAccessibleName(name);
  entry->setFixedWidth(kValueWidth);
  entry->setProperty("scenarioKey", QStringLiteral("engine_options"));
  auto* remove = new QPushButton(QStringLiteral("×"), row);
  remove->setObjectName(QStringLiteral("engineOptionRemove_") + name);
  remove->setProperty("link", true);
  remove->setAccessibleName(tr("Take %1 back").arg(name));
  remove->setToolTip(tr("Back to the engine's default"));
  remove->setFixedWidth(26);
  line->addWidget(label, 1);
  line->addWidget(entry);
  line->addWidget(remove);
  if (const EngineOptionRow* known = optionRow(document_.snapshot().settings.engine, name.toStdString()))
    for (QWidget* w : {static_cast<QWidget*>(label), static_cast<QWidget*>(entry)}) w->setToolTip(effectOf(*known));
  connect(entry, &ValueEntry::problemChanged, problem_, [this](const QString& problem) {
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
  });
  connect(remove, &QPushButton::clicked, this, [this, name] {
    if (waiting_ == name) waiting_.clear();
    const int before = document_.undoStack().index();
    take(name, {});
    if (document_.undoStack().index() == before) render(document_.snapshot());
  });
  lines_->addWidget(row);
  // Made late, they would be the last that Tab comes to.
  setTabOrder(rows_.empty() ? static_cast<QWidget*>(picker_) : rows_.back().remove, entry);
  setTabOrder(entry, remove);
  rows_.push_back({row, entry, remove});
}

void EngineOptionsTable::render(const Snapshot& s) {
  QStringList names;
  for (const AskedOption& o : s.scenario.engineOptions) names << QString::fromStdString(o.name);
  if (names.contains(waiting_)) waiting_.clear();
  if (!waiting_.isEmpty()) names << waiting_;
  if (names != shown_) {
    for (const Line& line : rows_) line.row->hide(), line.row->deleteLater();
    rows_.clear();
    shown_ = names;
    for (const QString& name : names) addLine(name);
  }
  for (std::size_t i = 0; i < s.scenario.engineOptions.size(); ++i)
    rows_[i].entry->showText(QString::fromStdString(optionText(s.scenario.engineOptions[i])));
}

}  // namespace headroom::ui
