// The window in another language: nothing untranslated, nothing lost, and what machines read the same.
#include <QClipboard>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSet>
#include <QTranslator>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/inputs/option.h"
#include "ui/inputs/parse_value.h"
#include "ui/languages/core_text.h"
#include "ui/languages/language.h"
#include "ui/pages/evidence/evidence_page.h"
#include "ui/pages/learn/learn_page.h"
#include "ui/window/help_dialogs.h"

namespace headroom::ui {
namespace {

class LanguageTest : public WindowTest {
 protected:
  void TearDown() override {
    WindowTest::TearDown();
    useLanguage(QStringLiteral("en"));
  }
  void choose(const char* code) const {
    trigger((std::string("actionLanguage-") + code).c_str());
    for (int i = 0; i < 3; ++i) QCoreApplication::processEvents();
    ASSERT_EQ(currentLanguage(), QLatin1String(code));
  }
  QStringList menus() const {
    QStringList names;
    for (const QAction* a : window->menuBar()->actions()) names << a->text();
    return names;
  }
};

// What is asked for and found nowhere. Installed before the languages', it is asked last.
class NotFound : public QTranslator {
 public:
  NotFound() { QCoreApplication::installTranslator(this); }
  bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* source, const char*, int) const override {
    static const QSet<QByteArray> kOurs{"Charts", "InputPanel", "QMessageBox", "Story", "Verdict", "core", "main"};
    if (currentLanguage() == QLatin1String("en")) return {};
    const QByteArray where(context);
    // Qt's own message boxes have texts in that context as well.
    if (where.startsWith("headroom") || (kOurs.contains(where) && where != "QMessageBox"))
      texts.insert(where + ": " + source);
    return {};
  }
  mutable QSet<QByteArray> texts;
};

TEST_F(LanguageTest, EveryTextThatTheWindowAsksForIsTranslated) {
  window.reset();
  const NotFound missing;
  for (const char* code : {"de", "zh_CN"}) {
    useLanguage(QStringLiteral("en"));
    start();
    choose(code);
    for (const Workload workload : {Workload::inference, Workload::qlora, Workload::full}) {
      document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
      document().duplicateScenario();
      for (const Option& option : allOptions()) {
        defaultReason(option, document().snapshot());
        idleReason(option, document().snapshot());
        labelOf(option.field);
        option.choices(document().snapshot());
      }
      for (int page = 0; page < MainWindow::kPages; ++page) {
        window->setPage(static_cast<MainWindow::Page>(page));
        settle();
      }
    }
    for (const auto part : {LearnPage::floats, LearnPage::rules, LearnPage::worked})
      window->learnPage()->showPart(part);
    for (const char* action : {"actionAbout", "actionPeers", "actionHelpBook", "actionOpenModel", "actionPasteCommand"})
      if (auto* found = window->findChild<QAction*>(QLatin1String(action))) found->trigger();
    QCoreApplication::processEvents();
  }
  for (const QByteArray& text : missing.texts)
    ADD_FAILURE() << text.toStdString() << "\nis not in ui/languages/*.ts: run packaging/languages and translate it";
}

TEST_F(LanguageTest, ChoosingALanguageKeepsTheDocumentAndItsUndo) {
  document().edit(Field::batch, [](Scenario& s) { s.batch = 4; });
  document().duplicateScenario();
  document().edit(Field::context, [](Scenario& s) { s.context = 4096; });
  trigger("actionUndo");
  const Work work = document().work();
  const int index = document().undoStack().index(), count = document().undoStack().count();
  window->setPage(MainWindow::model);
  ASSERT_EQ(menus().front(), QStringLiteral("&File"));

  choose("de");
  EXPECT_EQ(menus().front(), QStringLiteral("&Datei"));
  EXPECT_TRUE(document().work() == work);
  EXPECT_EQ(document().undoStack().index(), index);
  EXPECT_EQ(document().undoStack().count(), count);
  EXPECT_EQ(window->page(), MainWindow::model);
  EXPECT_TRUE(document().undoStack().redoText().contains(QStringLiteral("Kontext")))
      << document().undoStack().redoText().toStdString();
  trigger("actionRedo");
  EXPECT_EQ(scenario().context, 4096);
  choose("zh_CN");
  EXPECT_EQ(menus().front(), QStringLiteral("文件(&F)"));
  trigger("actionUndo");
  EXPECT_TRUE(document().work() == work);
  // Each action is there once, and the choice outlives the window.
  EXPECT_EQ(window->findChildren<QAction*>(QStringLiteral("actionUndo")).size(), 1);
  useLanguage(QStringLiteral("en"));
  start();
  EXPECT_EQ(currentLanguage(), QStringLiteral("zh_CN"));
}

TEST_F(LanguageTest, WhatMachinesReadIsTheSameInEveryLanguage) {
  document().edit(Field::memory_utilization, [](Scenario& s) { s.memoryUtilization = 0.925; });
  document().duplicateScenario();
  document().edit(Field::batch, [](Scenario& s) { s.batch = 16; });
  const auto texts = [&] {
    QStringList out;
    for (int page = 0; page < MainWindow::kPages; ++page) {
      window->setPage(static_cast<MainWindow::Page>(page));
      settle();
      for (const char* action : {"actionCopyCsv", "actionCopyMarkdown"}) {
        trigger(action);
        out << QGuiApplication::clipboard()->text();
      }
    }
    answers->save = file(QStringLiteral("saved.headroom.json"));
    EXPECT_TRUE(window->saveAs());
    QFile saved(answers->save);
    EXPECT_TRUE(saved.open(QIODevice::ReadOnly));
    return out << QString::fromUtf8(saved.readAll());
  };
  const QStringList english = texts();
  for (const char* code : {"de", "zh_CN"}) {
    choose(code);
    const QStringList now = texts();
    ASSERT_EQ(now.size(), english.size());
    for (qsizetype i = 0; i < now.size(); ++i)
      EXPECT_EQ(now[i].toStdString(), english[i].toStdString()) << code << " text " << i;
    EXPECT_EQ(currentLanguage(), QLatin1String(code));
  }
}

TEST_F(LanguageTest, AFieldReadsWhatItShows) {
  document().edit(Field::memory_utilization, [](Scenario& s) { s.memoryUtilization = 0.925, s.reserve = 0.055; });
  for (const char* code : {"de", "zh_CN"}) {
    choose(code);
    for (const Option& option : allOptions()) {
      const Snapshot& s = document().snapshot();
      if (!option.applies(s) || option.kind == Option::Kind::choice || option.kind == Option::Kind::toggle) continue;
      const QString shown = option.value(s);
      if (shown.isEmpty()) continue;
      Scenario again = scenario();
      EXPECT_EQ(option.apply(again, shown).toStdString(), "")
          << labelOf(option.field).toStdString() << shown.toStdString();
      EXPECT_TRUE(again == scenario()) << labelOf(option.field).toStdString() << ": " << shown.toStdString();
    }
  }
  useLanguage(QStringLiteral("de"));
  EXPECT_EQ(localNumber(QStringLiteral("14.96")), QStringLiteral("14,96"));
  EXPECT_EQ(parseShare(QStringLiteral("92,5 %"), 1).value, 0.925);
  EXPECT_EQ(parseShare(QStringLiteral("0.9"), 1).value, 0.9);
  EXPECT_EQ(parseBytes(QStringLiteral("23,5 GiB"), 0, 1LL << 40).value, std::int64_t{47} << 29);
  EXPECT_EQ(parseBytes(QStringLiteral("1,500 GiB"), 0, 1LL << 40).value, std::int64_t{3} << 29) << "one and a half";
  EXPECT_EQ(parseInteger(QStringLiteral("131 072"), 1, 1 << 20).value, 131072);
  // A thousand by either sign is refused, never read as something else.
  EXPECT_FALSE(parseInteger(QStringLiteral("8.192"), 1, 1 << 20).value);
  EXPECT_FALSE(parseInteger(QStringLiteral("8,192"), 1, 1 << 20).value);
}

// The core's texts of every golden scenario have a pattern; what has none is shown in English.
TEST_F(LanguageTest, WhatTheCoreSaysOfGoldenScenariosHasPatterns) {
  QSet<QString> without;
  const auto look = [&](std::string_view text) {
    const QString said = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    // What is a name in every language: a format, a tensor, a letter.
    static const QRegularExpression kName(QStringLiteral("^(\\w|\\w*[\\d_.]\\w*([.{}]+\\w+)*)$"));
    if (!said.isEmpty() && coreMessage(said).pattern == nullptr && !kName.match(said).hasMatch()) without.insert(said);
  };
  const std::function<void(const Ledger&, const Factor&)> lookInto = [&](const Ledger& ledger, const Factor& factor) {
    look(factor.symbol);
    look(nameOf(factor.unit));
    look(nameOf(factor.origin));
    if (factor.origin == Origin::computed)
      for (const Factor& part : ledger.parts(factor)) lookInto(ledger, part);
  };
  ModelCache cache;
  int rows = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HEADROOM_SOURCE_DIR "/tests/golden")) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream stream(entry.path());
    const nlohmann::json topic = nlohmann::json::parse(stream);
    const std::string list = topic.contains("rows") ? "rows" : "scenarios";
    for (const auto& row : topic[list]) {
      nlohmann::json json = row["scenario"];
      const std::string model = json["model"];
      json["headroom"] = 1;
      json["model"] = {{"config", topic["models"][model]}, {"name", model}};
      const Result<Scenario> read = readScenario(json.dump(), row["name"].get<std::string>(), {}, &cache);
      ASSERT_TRUE(read) << row["name"];
      const Estimate e = estimate(*read);
      for (const Diagnostic& d : e.diagnostics) look(d.message);
      for (const std::string& text : e.unmodelled) look(text);
      for (const std::string& text : e.refused) look(text);
      for (const RankEstimate& rank : e.ranks) {
        look(rank.label);
        look(rank.peakMoment);
        for (const Line& line : rank.ledger.lines()) {
          look(line.label);
          for (const Factor& factor : rank.ledger.factors(line)) lookInto(rank.ledger, factor);
        }
        for (const Moment& moment : rank.moments) look(moment.name);
      }
      ++rows;
    }
  }
  EXPECT_GT(rows, 900);
  for (const QString& text : without) ADD_FAILURE() << "no pattern in ui/languages/core_*.cpp: " << text.toStdString();
}

}  // namespace
}  // namespace headroom::ui
