// Files: opening, saving, dropping, and never losing work.
#include <sys/stat.h>

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>

#include "core/open/scenario_json.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/pages/explore/message_bar.h"

namespace headroom::ui {
namespace {

class FilesTest : public WindowTest {
 protected:
  QByteArray read(const QString& path) const {
    QFile f(path);
    EXPECT_TRUE(f.open(QIODevice::ReadOnly));
    return f.readAll();
  }
  void changeContext(std::int64_t context) {
    document().edit(Field::context, [context](Scenario& s) { s.context = context; });
  }
  void drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    EXPECT_TRUE(find<QWidget>("dropOverlay")->isVisible());
    QDropEvent dropped({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &dropped);
    EXPECT_FALSE(find<QWidget>("dropOverlay")->isVisible());
  }
};

const char* const kTinyConfig =
    R"({"model_type": "llama", "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 4,
  "num_attention_heads": 8, "num_key_value_heads": 2, "vocab_size": 1000, "max_position_embeddings": 4096, "torch_dtype": "bfloat16"})";

// What somebody has given a name is called so by every file that is made of it.
TEST_F(FilesTest, FilesAreCalledAsTheUserCallsThem) {
  trigger("actionSaveAs");
  EXPECT_TRUE(answers->suggested.endsWith(QStringLiteral("/llama-3.1-8b_8k_rtx-4090.headroom.json")))
      << answers->suggested.toStdString();
  document().edit(Field::name, [](Scenario& s) { s.name = "Office machine"; });
  trigger("actionSaveAs");
  EXPECT_TRUE(answers->suggested.endsWith(QStringLiteral("/office-machine.headroom.json")))
      << answers->suggested.toStdString();
  answers->save = file(QStringLiteral("The plan.headroom.json"));
  trigger("actionSaveAs");
  answers->save = file(QStringLiteral("r.html"));
  trigger("actionReport");
  EXPECT_TRUE(answers->suggested.endsWith(QStringLiteral("/The-plan_report.pdf"))) << answers->suggested.toStdString();
  EXPECT_TRUE(read(answers->save).contains("<title>Memory of The plan</title>"));
}

TEST_F(FilesTest, WhatIsSavedOpensAsItWasAndSavesTheSameAgain) {
  changeContext(20000);
  document().edit(Field::batch, [](Scenario& s) { s.batch = 3; });
  const Scenario before = scenario();
  answers->save = file(QStringLiteral("plan"));
  trigger("actionSave");
  const QString path = file(QStringLiteral("plan.headroom.json"));
  EXPECT_EQ(document().path(), path);
  EXPECT_FALSE(document().isModified());
  EXPECT_FALSE(window->isWindowModified());
  trigger("actionNew");
  EXPECT_EQ(scenario().context, 8192);
  ASSERT_TRUE(window->openPath(path));
  EXPECT_EQ(scenario(), before);
  const QByteArray first = read(path);
  ASSERT_TRUE(window->save());
  EXPECT_EQ(read(path).toStdString(), first.toStdString());
  EXPECT_EQ(window->settings().get(setting::kRecent).value(0), path);
}

TEST_F(FilesTest, UnsavedChangesAreAskedAbout) {
  const QString path = file(QStringLiteral("a.headroom.json"));
  ASSERT_TRUE(document().save(path));
  changeContext(4096);
  EXPECT_TRUE(window->isWindowModified());
  answers->unsaved = FileDialogs::Unsaved::cancel;
  EXPECT_FALSE(window->newDocument());
  EXPECT_FALSE(window->close());
  EXPECT_EQ(scenario().context, 4096);
  answers->unsaved = FileDialogs::Unsaved::save;
  EXPECT_TRUE(window->newDocument());
  EXPECT_EQ(readScenarioFile(path.toStdString())->context, 4096);
  changeContext(1024);
  answers->unsaved = FileDialogs::Unsaved::discard;
  EXPECT_TRUE(window->close());
  EXPECT_EQ(answers->asked, 4);
}

TEST_F(FilesTest, ABadFileGivesOneMessageAndLeavesTheStateAlone) {
  changeContext(12345);
  const Scenario before = scenario();
  const int steps = document().undoStack().count();
  QStringList bad{write(QStringLiteral("a.headroom.json"), "{"),
                  write(QStringLiteral("b.headroom.json"), R"({"headroom": 99})"),
                  write(QStringLiteral("c.headroom.json"), R"({"headroom": 1, "model": "nobody/Nothing-1T"})"),
                  write(QStringLiteral("config.json"), R"({"model_type": "llama", "hidden_size": -4})"),
                  write(QStringLiteral("d.gguf"), "GGUF\x03"),
                  write(QStringLiteral("e.safetensors"), QByteArray(16, '\xff')),
                  write(QStringLiteral("empty.json"), ""),
                  file(QStringLiteral("not there.json"))};
  const QDir collection(QStringLiteral(HEADROOM_TEST_DATA "/bad"));
  for (const QString& name : collection.entryList(QDir::Files)) bad << collection.filePath(name);
  answers->unsaved = FileDialogs::Unsaved::discard;
  for (const QString& path : bad) {
    window->messages()->hide();
    EXPECT_FALSE(window->openPath(path)) << path.toStdString();
    EXPECT_TRUE(window->messages()->isVisible()) << path.toStdString();
    EXPECT_TRUE(window->messages()->text().contains(QFileInfo(path).fileName()))
        << window->messages()->text().toStdString();
    EXPECT_EQ(scenario(), before) << path.toStdString();
    EXPECT_EQ(document().undoStack().count(), steps);
  }
}

TEST_F(FilesTest, ADroppedConfigurationBecomesTheModelAndCanBeUndone) {
  drop(write(QStringLiteral("config.json"), kTinyConfig));
  EXPECT_EQ(scenario().model->hidden, 256);
  EXPECT_EQ(scenario().model->layers(), 4);
  EXPECT_EQ(scenario().devices.front().accelerator, "rtx-4090");
  trigger("actionUndo");
  EXPECT_EQ(scenario().model->id, "meta-llama/Llama-3.1-8B");
}

TEST_F(FilesTest, ADroppedScenarioOpens) {
  Scenario other = scenario();
  other.batch = 7;
  const QString path = file(QStringLiteral("other.headroom.json"));
  ASSERT_TRUE(writeScenarioFile(other, path.toStdString()));
  drop(path);
  EXPECT_EQ(scenario().batch, 7);
  EXPECT_EQ(document().path(), path);
}

TEST_F(FilesTest, ADroppedFileThatIsNeitherIsRefusedWithAReason) {
  const Scenario before = scenario();
  drop(write(QStringLiteral("letter.txt"), "Dear reader"));
  EXPECT_EQ(scenario(), before);
  EXPECT_TRUE(window->messages()->isVisible());
}

TEST_F(FilesTest, WorkThatACrashLeftIsBackAtTheNextStart) {
  const QString recovery = file(QStringLiteral("recovery"));
  {
    Document crashed;
    Recovery copy(crashed, recovery, true);
    crashed.edit(Field::context, [](Scenario& s) { s.context = 31337; });
    copy.write();
  }  // no clean end: nobody called discard()
  start(true);
  EXPECT_EQ(scenario().context, 31337);
  EXPECT_TRUE(document().isModified());
  EXPECT_TRUE(window->messages()->isVisible());
  answers->unsaved = FileDialogs::Unsaved::discard;
  EXPECT_TRUE(window->close());
  start(true);
  EXPECT_EQ(scenario().context, 8192);
  EXPECT_FALSE(document().isModified());
}

TEST_F(FilesTest, AStartWithAFileLeavesACrashedCopyForLater) {
  const QString recovery = file(QStringLiteral("recovery"));
  {
    Document crashed;
    Recovery copy(crashed, recovery, true);
    crashed.edit(Field::context, [](Scenario& s) { s.context = 31337; });
    copy.write();
  }
  {
    Document other;
    Recovery copy(other, recovery, false);
    EXPECT_FALSE(copy.takeLeftover());
    other.edit(Field::context, [](Scenario& s) { s.context = 1000; });
    copy.write();
    copy.discard();
  }
  Document later;
  Recovery copy(later, recovery, true);
  const auto leftover = copy.takeLeftover();
  ASSERT_TRUE(leftover);
  EXPECT_EQ(leftover->work.shown().context, 31337);
}

TEST_F(FilesTest, AFileAnotherProgramChangedIsAskedAbout) {
  const QString path = file(QStringLiteral("shared.headroom.json"));
  ASSERT_TRUE(document().save(path));
  const auto changedByOthers = [&] {
    Scenario theirs = scenario();
    theirs.batch = 9;
    ASSERT_TRUE(writeScenarioFile(theirs, path.toStdString()));
  };
  ASSERT_TRUE(window->save());
  EXPECT_EQ(answers->asked, 0) << "what it wrote itself is no change";
  changedByOthers();
  changeContext(4096);
  answers->changed = FileDialogs::Changed::cancel;
  EXPECT_FALSE(window->save());
  EXPECT_EQ(answers->asked, 1);
  EXPECT_EQ(readScenarioFile(path.toStdString())->batch, 9);
  EXPECT_TRUE(document().isModified());
  answers->changed = FileDialogs::Changed::save_as;
  answers->save = file(QStringLiteral("mine.headroom.json"));
  EXPECT_TRUE(window->save());
  EXPECT_EQ(document().path(), answers->save);
  EXPECT_EQ(readScenarioFile(path.toStdString())->batch, 9);
  ASSERT_TRUE(window->openPath(path));
  changedByOthers();
  answers->changed = FileDialogs::Changed::overwrite;
  changeContext(2048);
  EXPECT_TRUE(window->save());
  EXPECT_EQ(answers->asked, 3);
  EXPECT_EQ(readScenarioFile(path.toStdString())->context, 2048);
  EXPECT_TRUE(window->save());
  EXPECT_EQ(answers->asked, 3);
  // A crash does not forget what the file was.
  const QString recovery = file(QStringLiteral("recovery"));
  {
    Document crashed;
    Recovery copy(crashed, recovery, true);
    ASSERT_TRUE(crashed.open(path));
    crashed.edit(Field::context, [](Scenario& s) { s.context = 31337; });
    copy.write();
  }
  changedByOthers();
  start(true);
  EXPECT_EQ(scenario().context, 31337);
  EXPECT_EQ(document().path(), path);
  EXPECT_FALSE(window->save());
  EXPECT_EQ(answers->asked, 1);
}

TEST_F(FilesTest, TheWindowDoesNotWaitForAPipe) {
  const QString pipe = file(QStringLiteral("pipe.headroom.json"));
  ASSERT_EQ(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
  // Whoever read the one would never come back, whoever read the other would read 64 MiB of nothing.
  for (const QString& endless : {pipe, QStringLiteral("/dev/zero")}) {
    window->messages()->hide();
    EXPECT_FALSE(window->openPath(endless));
    EXPECT_TRUE(window->messages()->isVisible());
    EXPECT_TRUE(window->messages()->text().contains(QStringLiteral("neither a file nor a folder")))
        << window->messages()->text().toStdString();
  }
}

}  // namespace
}  // namespace headroom::ui
