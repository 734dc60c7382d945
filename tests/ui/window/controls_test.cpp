// Every key of a scenario file has a control, each says what the engine would do without it, and a search finds it.
#include <QAbstractItemView>
#include <QComboBox>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <map>
#include <set>

#include "core/open/said_key.h"
#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "core/scenario/option_rows.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/inputs/engine_options_table.h"
#include "ui/inputs/input_panel.h"
#include "ui/inputs/option.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

class ControlsTest : public WindowTest {
 protected:
  // Every key of the schema by its dotted path; a list's by those of what it holds.
  static void keysOf(const QJsonObject& root, const QJsonObject& object, const std::string& prefix,
                     std::set<std::string>& keys) {
    QJsonObject of = object;
    if (of.contains(QLatin1String("$ref")))
      of = root[QLatin1String("$defs")].toObject()[QLatin1String("model")].toObject();
    if (of.contains(QLatin1String("items"))) keysOf(root, of[QLatin1String("items")].toObject(), prefix, keys);
    const QJsonObject properties = of[QLatin1String("properties")].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
      const std::string key = prefix + it.key().toStdString();
      keys.insert(key);
      keysOf(root, it.value().toObject(), key + ".", keys);
    }
  }
  static std::set<std::string> schemaKeys() {
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/schema/scenario.schema.json"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    std::set<std::string> keys;
    keysOf(root, root, "", keys);
    return keys;
  }
  QWidget* rowOf(std::string_view key) const {
    for (OptionRow* row : window->inputs()->findChildren<OptionRow*>())
      if (keyOf(row->option().field) == key) return row;
    return nullptr;
  }
  static const Option& optionOf(std::string_view key) {
    for (const Option& o : allOptions())
      if (keyOf(o.field) == key) return o;
    static const Option kNone{};
    ADD_FAILURE() << key << " has no control";
    return kNone;
  }
  void say(std::string_view key, const char* value) const {
    const Option& option = optionOf(key);
    QString problem;
    document().edit(option.field, [&](Scenario& s) { problem = option.apply(s, QLatin1String(value)); });
    EXPECT_EQ(problem.toStdString(), "") << key;
  }
  void look(const char* text) const {
    find<QLineEdit>("settingSearch")->setText(QLatin1String(text));
    QCoreApplication::processEvents();
  }
};

// Keys whose control is no row of the sections: the object that has it, with the key where F1 looks for it; or why the
// program alone writes it.
const std::map<std::string, const char*> kElsewhere{
    {"model", "modelPicker"},
    {"workload", "workload"},
    {"batch", "batch"},
    {"context", "context"},
    {"training.rank", "rank"},
    {"precision.weights", "precision"},
    {"engine_options", "engineOptions"},
    {"name", "scenarioStrip"},
    {"devices", "fitBanner"},
    {"devices.accelerator", "fitBanner"},
    {"devices.count", "deviceCount"},
    {"calibration", "calibrationChip"},
};
const std::set<std::string> kWritten{
    "headroom",  "resolved_model", "resolved_draft_model", "window",   "method_options",
    "precision", "training",       "reinforcement",        "parallel", "offload"};

TEST_F(ControlsTest, EveryKeyOfTheSchemaHasAControl) {
  window->inputs()->setOpenSections({QStringLiteral("sectionOptions")});
  document().edit(Field::engine, [](Scenario& s) { chooseEngine(s, Engine::vllm); });
  std::set<std::string> rows;
  for (const Option& o : allOptions()) {
    EXPECT_FALSE(keyOf(o.field).empty()) << labelOf(o.field).toStdString();
    EXPECT_TRUE(rows.emplace(keyOf(o.field)).second) << keyOf(o.field) << " has two controls";
  }
  for (const std::string& key : schemaKeys()) {
    // A model is opened as a whole, by every form of it; a log is read as a whole.
    if (key.starts_with("model.") || key.starts_with("speculative.model.") || key.starts_with("calibration.")) continue;
    if (rows.contains(key) || kWritten.contains(key)) continue;
    const auto at = kElsewhere.find(key);
    ASSERT_NE(at, kElsewhere.end()) << key << " has no control: add a row to ui/document/keyed_setting.cpp";
    const auto* w = find<QWidget>(at->second);
    ASSERT_NE(w, nullptr) << key;
    EXPECT_FALSE(w->property("scenarioKey").toString().isEmpty()) << at->second;
    EXPECT_TRUE(key.starts_with(w->property("scenarioKey").toString().toStdString())) << key << " " << at->second;
  }
  // And no control stands for a key that there is not.
  const std::set<std::string> known = schemaKeys();
  for (const std::string& key : rows) EXPECT_TRUE(known.contains(key)) << key;
}

TEST_F(ControlsTest, EveryControlStatesWhatTheEngineWouldDo) {
  for (const Workload workload : {Workload::inference, Workload::qlora, Workload::full}) {
    document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
    for (const Option& o : allOptions()) {
      if (!o.applies(document().snapshot())) continue;
      const QString reason = defaultReason(o, document().snapshot());
      EXPECT_TRUE(reason.startsWith(QStringLiteral("Default: ")) && reason.size() > 10)
          << keyOf(o.field) << ": " << reason.toStdString();
    }
  }
  EXPECT_EQ(defaultReason(optionOf("training.accumulation"), document().snapshot()).toStdString().substr(0, 10),
            "Default: 1");
}

// What a control says is what the file says, and taking it back leaves nothing behind.
TEST_F(ControlsTest, AKeyIsSaidAndTakenBack) {
  const auto sampleOf = [](const Option& o, const Snapshot& s) {
    const KeyDescription* d = describedKey(keyOf(o.field));
    if (d == nullptr) return QString();
    const std::vector<OptionChoice> choices = o.choices(s);
    if (!choices.empty()) return choices.back().id;
    if (d->kind == KeyKind::object) return QStringLiteral("on");
    if (d->key == "speculative.model") return QStringLiteral("meta-llama/Llama-3.2-1B");
    if (d->kind == KeyKind::integer) return QString::number(std::max<qint64>(5, static_cast<qint64>(d->low)));
    return d->kind == KeyKind::real ? QStringLiteral("0.5") : QStringLiteral("2");
  };
  Snapshot s = document().snapshot();
  chooseEngine(s.scenario, Engine::vllm);
  for (const char* holder : {"lora", "speculative", "images"}) {
    ASSERT_TRUE(sayKey(s.scenario, holder, {"true"}));
  }
  for (const KeyedSetting& setting : keyedSettings()) {
    const bool serves = setting.section == Section::engine || setting.section == Section::extras;
    s.scenario.workload = serves ? Workload::inference : Workload::lora;
    const Option& o = optionOf(setting.key);
    Scenario before = s.scenario;
    EXPECT_TRUE(describedKey(setting.key)->kind != KeyKind::object || sayKey(before, setting.key, {}));
    Scenario said = before;
    EXPECT_EQ(o.apply(said, sampleOf(o, s)).toStdString(), "") << setting.key;
    EXPECT_FALSE(said == before) << setting.key;
    const std::string name(setting.key.substr(setting.key.rfind('.') + 1));
    EXPECT_NE(writeScenario(said).find('"' + name + '"'), std::string::npos) << setting.key;
    const StatedSetting* stated = nullptr;
    const std::vector<StatedSetting> all = statedSettings(said);
    stated = findStated(all, setting.key);
    ASSERT_NE(stated, nullptr) << setting.key;
    EXPECT_TRUE(stated->asked) << setting.key;
    EXPECT_EQ(o.apply(said, {}).toStdString(), "") << setting.key;
    EXPECT_TRUE(said == before) << setting.key;
  }
}

TEST_F(ControlsTest, AnUnreadableValueIsRefusedWithAReason) {
  Scenario s = scenario();
  const Scenario before = s;
  for (const auto& [key, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"training.loss_rows", "many"},
                                                                  {"training.dropout", "2"},
                                                                  {"lora.slots", "0"},
                                                                  {"parallel.bucket_bytes", "4 XB"},
                                                                  {"speculative.model", "no such model"},
                                                                  {"tensor_split", "0"},
                                                                  {"devices.compute_capability", "new"},
                                                                  {"devices.memory_bytes", "-1"}})
    EXPECT_FALSE(optionOf(key).apply(s, QLatin1String(value)).isEmpty()) << key;
  EXPECT_TRUE(s == before);
}

TEST_F(ControlsTest, ASearchFindsSettingsByNameKeyAndMeaning) {
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::qlora); });
  const std::pair<const char*, const char*> asked[] = {{"loss_rows", "training.loss_rows"},
                                                       {"loss rows", "training.loss_rows"},
                                                       {"head tokens", "training.head_chunk_tokens"},
                                                       {"clipping", "training.gradient_clipping"},
                                                       {"use_orig", "parallel.original_parameters"}};
  for (const auto& [text, key] : asked) {
    if (std::string_view(key) == "parallel.original_parameters")
      document().edit(Field::sharding, [](Scenario& s) { s.parallel.data = 8, s.parallel.sharding = Sharding::fsdp; });
    look(text);
    const QWidget* row = rowOf(key);
    ASSERT_NE(row, nullptr) << key;
    EXPECT_TRUE(row->isVisible()) << text;
  }
  // What has no place is found with the reason, and looking is no edit.
  look("draft");
  EXPECT_TRUE(find<QLabel>("settingsWithoutPlace")->isVisible());
  EXPECT_TRUE(find<QLabel>("settingsWithoutPlace")->text().contains(QStringLiteral("training")));
  look("no such thing at all");
  EXPECT_EQ(find<QLabel>("settingsWithoutPlace")->text().toStdString(), "No setting is called so.");
  look("");
  EXPECT_FALSE(find<QLabel>("settingsWithoutPlace")->isVisible());
  EXPECT_TRUE(window->inputs()->openSections().isEmpty());
}

// Everything that may be chosen is found by its name, and a format by its bits however they are written.
TEST_F(ControlsTest, ASearchFindsSettingsByWhatMayBeChosenInThem) {
  for (const Workload workload : {Workload::inference, Workload::qlora}) {
    document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
    for (const Option& o : allOptions()) {
      if (o.kind != Option::Kind::choice || !o.applies(document().snapshot())) continue;
      for (const OptionChoice& choice : o.choices(document().snapshot())) {
        QStringList asked{choice.label};
        if (const auto format = numberFormat(choice.id.toStdString()))
          for (const char* way : {"%1 bit", "%1bit", "%1-bit", "%1 bits"})
            asked << QString::fromLatin1(way).arg(static_cast<int>(8 * bytesPerElement(*format)));
        if (choice.id == QLatin1String("on") || choice.id == QLatin1String("off")) continue;
        for (const QString& text : asked) {
          find<QLineEdit>("settingSearch")->setText(text);
          const QWidget* row = rowOf(keyOf(o.field));
          ASSERT_NE(row, nullptr) << keyOf(o.field) << ": " << text.toStdString();
          EXPECT_TRUE(row->isVisible()) << keyOf(o.field) << ": " << text.toStdString();
        }
      }
    }
  }
}

// The engine's own names lead to the setting; what stands elsewhere is named with its place.
TEST_F(ControlsTest, ASearchFindsWhatTheEngineCallsItAndWhatStandsElsewhere) {
  for (const Engine engine : {Engine::vllm, Engine::sglang, Engine::llama_cpp}) {
    document().edit(Field::engine, [&](Scenario& s) { chooseEngine(s, engine); });
    for (const EngineOptionRow& row : optionRows(engine)) {
      find<QLineEdit>("settingSearch")->setText(QString::fromStdString(row.name));
      EXPECT_FALSE(find<QLabel>("settingsWithoutPlace")->text().contains(QStringLiteral("No setting is called so")))
          << nameOf(engine) << " " << row.name << " " << row.key;
    }
  }
  const std::pair<const char*, const char*> elsewhere[] = {
      {"4 bit", "Precision"}, {"q4", "Precision"}, {"qlora", "Workload"}, {"context", "Context"}, {"batch", "Batch"}};
  for (const auto& [text, name] : elsewhere) {
    look(text);
    EXPECT_TRUE(
        find<QLabel>("settingsWithoutPlace")->text().contains(QLatin1String(name) + QStringLiteral(": further up")))
        << text << ": " << find<QLabel>("settingsWithoutPlace")->text().toStdString();
  }
}

TEST_F(ControlsTest, OptionsOfAnEngineGoByItsOwnNames) {
  document().edit(Field::engine, [](Scenario& s) { chooseEngine(s, Engine::vllm); });
  window->inputs()->setOpenSections({QStringLiteral("sectionOptions")});
  QCoreApplication::processEvents();
  auto* table = find<EngineOptionsTable>("engineOptions");
  PickerField* picker = table->picker();
  Q_EMIT picker->listOpened();
  EXPECT_GT(picker->itemCount(), 50);
  EXPECT_EQ(picker->matches(QStringLiteral("block size")).value(0), QStringLiteral("block_size"));
  Q_EMIT picker->textEntered(QStringLiteral("--block-size 32"));
  ASSERT_EQ(scenario().engineOptions.size(), 1U);
  EXPECT_EQ(scenario().engineOptions.front().name, "block_size");
  auto* entry = find<ValueEntry>("engineOption_block_size");
  EXPECT_EQ(entry->text(), QStringLiteral("32"));
  // A value of another type is refused; an option that is a key becomes the key.
  entry->setFocus();
  entry->selectAll();
  QTest::keyClicks(entry, QStringLiteral("wide"));
  QTest::keyClick(entry, Qt::Key_Return);
  EXPECT_FALSE(find<QLabel>("engineOptionProblem")->text().isEmpty());
  EXPECT_EQ(std::get<std::int64_t>(scenario().engineOptions.front().value), 32);
  Q_EMIT picker->textEntered(QStringLiteral("max_num_seqs=17"));
  EXPECT_EQ(scenario().maxSequences, 17);
  EXPECT_EQ(scenario().engineOptions.size(), 1U);
  Q_EMIT picker->textEntered(QStringLiteral("no_such_option=1"));
  EXPECT_TRUE(find<QLabel>("engineOptionProblem")->text().contains(QStringLiteral("no option")));
  QTest::mouseClick(find<QAbstractButton>("engineOptionRemove_block_size"), Qt::LeftButton);
  EXPECT_TRUE(scenario().engineOptions.empty());
  trigger("actionUndo");
  EXPECT_EQ(scenario().engineOptions.size(), 1U);
}

TEST_F(ControlsTest, AChoiceOfAKeyIsOneUndoStepWithItsName) {
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::lora); });
  say("training.loss_chunks", "8");
  EXPECT_EQ(scenario().training.lossChunks, 8);
  EXPECT_EQ(document().undoStack().undoText().toStdString(), "Loss chunks 0 → 8");
  trigger("actionUndo");
  EXPECT_FALSE(scenario().training.lossChunks);
  say("lora", "on");
  EXPECT_TRUE(scenario().lora);
  say("precision.kv_cache.v", "fp8");
  EXPECT_EQ(scenario().precision.kvCache->v, NumberFormat::fp8);
  EXPECT_NE(scenario().precision.kvCache->k, NumberFormat::fp8);
  say("devices.memory_bytes", "20 GiB");
  EXPECT_EQ(scenario().devices.front().memory, Bytes(20 * kGiB));
}

TEST_F(ControlsTest, FormatsAreFoundByTheirBits) {
  auto* picker = find<PickerField>("precisionEntry");
  Q_EMIT picker->listOpened();
  for (const char* asked : {"4 bit", "q4", "int4", "4bit", "w4"}) {
    const QStringList found = picker->matches(QLatin1String(asked));
    EXPECT_FALSE(found.isEmpty()) << asked;
    for (const QString& id : found) EXPECT_FALSE(id == QLatin1String("bf16")) << asked;
  }
}

}  // namespace
}  // namespace headroom::ui
