// The one door: whatever people drop, paste or open is read by the one reader, and the window says what it took it for.
#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

#include "core/open/scenario_json.h"
#include "core/readers/recognise.h"
#include "core/readers/scenario_link.h"
#include "core/report/html_report.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/document/opening.h"
#include "ui/inputs/input_panel.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/style/text.h"
#include "ui/window/log_dialog.h"
#include "ui/window/open_model_dialog.h"
#include "ui/window/read_aside.h"

namespace headroom::ui {
namespace {

const char* const kConfig =
    R"({"model_type": "llama", "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 4,
  "num_attention_heads": 8, "num_key_value_heads": 2, "vocab_size": 1000, "max_position_embeddings": 4096, "torch_dtype": "bfloat16"})";
const char* const kCommand = "vllm serve Qwen/Qwen3-8B --tensor-parallel-size 2 --max-model-len 16000 --port 8000";
const char* const kCompose = R"(services:
  llm:
    image: vllm/vllm-openai:v0.11.0
    command: --model Qwen/Qwen3-8B --max-model-len 12000
)";

class OpeningTest : public WindowTest {
 protected:
  QString message() const { return window->messages()->text(); }

  // As a drag from outside comes: entering, moving, dropping, on whatever widget lies under the pointer.
  bool drop(QWidget* on, const QMimeData& data) const {
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(on, &enter);
    if (!enter.isAccepted()) return false;
    QDragMoveEvent move({6, 6}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(on, &move);
    if (!move.isAccepted()) return false;
    QDropEvent dropped(QPointF(6, 6), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(on, &dropped);
    return dropped.isAccepted();
  }
  void paste(const QString& text) const {
    QGuiApplication::clipboard()->setText(text);
    trigger("actionOpenClipboard");
  }
  void closeDialogs() const {
    for (QDialog* dialog : window->findChildren<QDialog*>()) dialog->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
};

TEST_F(OpeningTest, TheClipboardIsOpenedWhateverItHolds) {
  const Scenario before = scenario();
  struct Case {
    const char* text;
    const char* taken;
    std::function<bool(const Scenario&)> set;
  };
  const Case cases[] = {
      {kConfig, "model configuration", [](const Scenario& s) { return s.model->hidden == 256; }},
      {"Qwen/Qwen3-8B", "catalogue model", [](const Scenario& s) { return s.model->id == "Qwen/Qwen3-8B"; }},
      {kCommand, "vllm command",
       [](const Scenario& s) { return s.context == 16000 && s.parallel.tensor == 2 && s.devices.front().count == 2; }},
      {kCompose, "vllm command",
       [](const Scenario& s) { return s.model->id == "Qwen/Qwen3-8B" && s.context == 12000; }},
      {"FROM llama3.1:8b\nPARAMETER num_ctx 4096\n", "Modelfile", [](const Scenario& s) { return s.context == 4096; }},
      {"per_device_train_batch_size: 4\nmodel_name_or_path: Qwen/Qwen3-8B\nuse_peft: true\nlora_r: 32\n", "recipe",
       [](const Scenario& s) { return s.workload == Workload::lora && s.training.rank == 32; }}};
  for (const Case& c : cases) {
    window->messages()->hide();
    paste(QString::fromLatin1(c.text));
    EXPECT_TRUE(c.set(scenario())) << c.text;
    EXPECT_TRUE(message().contains(QLatin1String("read as"))) << message().toStdString();
    EXPECT_TRUE(message().contains(QLatin1String(c.taken), Qt::CaseInsensitive)) << message().toStdString();
    EXPECT_EQ(scenario().devices.front().accelerator, "rtx-4090") << c.text;
    trigger("actionUndo");
    EXPECT_EQ(scenario(), before) << c.text;
  }
}

// Nothing of what was shown before stays: neither its name nor its devices.
TEST_F(OpeningTest, ALinkRestoresWhatItWasMadeOf) {
  document().edit(Field::batch, [](Scenario& s) { s.name = "before"; });
  const std::string linked = R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "batch": 3})";
  paste(QString::fromStdString(scenarioLink(linked)));
  EXPECT_EQ(scenario(), *readScenario(linked, "a link"));
}

TEST_F(OpeningTest, TheAnswerSaysWhatWasLeftOutAndWhatWasAssumed) {
  paste(QString::fromLatin1(kCommand));
  EXPECT_TRUE(message().contains(QStringLiteral("--port 8000"))) << message().toStdString();
  // The same list as headroom-cli read gives.
  const Result<Reading> reading = recognise(kCommand, "text");
  ASSERT_TRUE(reading);
  for (const LeftOut& left : reading->leftOut) EXPECT_TRUE(message().contains(QString::fromStdString(left.text)));
  for (const Remark& r : reading->remarks) EXPECT_TRUE(message().contains(QString::fromStdString(r.message)));
}

TEST_F(OpeningTest, WhatIsNothingChangesNothingAndSaysSo) {
  const Scenario before = scenario();
  for (const char* text : {"Dear reader, this is a letter.", "{\"a\": 1}", ""}) {
    window->messages()->hide();
    paste(QString::fromLatin1(text));
    EXPECT_EQ(scenario(), before);
    EXPECT_FALSE(message().isEmpty()) << text;
    EXPECT_TRUE(window->messages()->property("error").toBool());
  }
}

TEST_F(OpeningTest, AScenarioFromTheClipboardIsADocumentOfItsOwn) {
  paste(QStringLiteral(R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "batch": 5, "devices": [{"accelerator": "l4"}]})"));
  EXPECT_EQ(scenario().batch, 5);
  EXPECT_EQ(scenario().devices.front().accelerator, "l4");
  EXPECT_TRUE(document().isModified());
  EXPECT_TRUE(document().path().isEmpty());
}

TEST_F(OpeningTest, EveryWidgetOfEveryPageTakesADrop) {
  QMimeData data;
  data.setText(QString::fromLatin1(kCommand));
  for (int page = 0; page < MainWindow::kPages; ++page) {
    window->setPage(static_cast<MainWindow::Page>(page));
    QCoreApplication::processEvents();
    for (QWidget* w : window->findChildren<QWidget*>()) {
      if (!w->isVisible() || w->window() != window.get() || w->isHidden()) continue;
      EXPECT_TRUE(drop(w, data)) << w->metaObject()->className() << " " << w->objectName().toStdString();
      ASSERT_EQ(scenario().context, 16000) << w->objectName().toStdString();
      if (document().undoStack().count() > 0) break;  // one real drop a page; the others only enter
    }
    for (QWidget* w : window->findChildren<QWidget*>()) {
      if (!w->isVisible() || w->window() != window.get()) continue;
      QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(w, &enter);
      EXPECT_TRUE(enter.isAccepted()) << w->metaObject()->className() << " " << w->objectName().toStdString();
      QDragLeaveEvent leave;
      QApplication::sendEvent(w, &leave);
    }
  }
  EXPECT_FALSE(find<QWidget>("dropOverlay")->isVisible());
}

TEST_F(OpeningTest, ADropOnAChartOrAFieldOpensTheFile) {
  const QString path = write(QStringLiteral("config.json"), kConfig);
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(path)});
  for (QWidget* on : {static_cast<QWidget*>(window->explorePage()->breakdown()),
                      static_cast<QWidget*>(window->explorePage()->contextChart()),
                      static_cast<QWidget*>(find<QLineEdit>("contextEntry")),
                      static_cast<QWidget*>(window->inputs()->modelPicker())}) {
    EXPECT_TRUE(drop(on, data)) << on->objectName().toStdString();
    EXPECT_EQ(scenario().model->hidden, 256) << on->objectName().toStdString();
    trigger("actionUndo");
  }
  EXPECT_EQ(find<QLineEdit>("contextEntry")->text(), grouped(8192));
}

TEST_F(OpeningTest, ALogThatSaysItsStartSetsTheScenarioAndOpensBesideIt) {
  const QString log = QStringLiteral(HEADROOM_TEST_DATA "/logs/");
  ASSERT_TRUE(window->openPath(log + QStringLiteral("vllm-0.11.log")));
  EXPECT_TRUE(find<LogDialog>("logDialog")->reading());
  closeDialogs();
}

// The window answers while a long file is read; who has waited enough stops it, and nothing has changed.
TEST_F(OpeningTest, ALongLogIsReadOffTheWindowsThreadAndCanBeCancelled) {
  QFile log(QStringLiteral(HEADROOM_TEST_DATA "/logs/vllm-0.11.log"));
  ASSERT_TRUE(log.open(QIODevice::ReadOnly));
  const QByteArray start = log.readAll() + "\n";
  const QString path = write(QStringLiteral("weeks.log"),
                             start + QByteArray("INFO Avg generation throughput: 900.1 tokens/s\n").repeated(40'000));
  const Scenario before = scenario();
  ASSERT_TRUE(window->openPath(path));
  EXPECT_EQ(window->findChild<LogDialog*>(), nullptr);
  auto* reading = find<ReadingDialog>("readingDialog");
  EXPECT_TRUE(reading->labelText().contains(QStringLiteral("weeks.log")));
  reading->cancel();
  QPointer<ReadingDialog> gone(reading);
  EXPECT_TRUE(QTest::qWaitFor([&] { return gone.isNull(); }, 20'000));
  EXPECT_EQ(window->findChild<LogDialog*>(), nullptr);
  EXPECT_EQ(scenario(), before);
  ASSERT_TRUE(window->openPath(path));
  EXPECT_TRUE(QTest::qWaitFor([&] { return window->findChild<LogDialog*>() != nullptr; }, 20'000));
  EXPECT_TRUE(find<LogDialog>("logDialog")->reading());
  closeDialogs();
}

// A document as large as a file may be is no reason to stand still, through whichever door it comes.
TEST_F(OpeningTest, ALargeDocumentIsReadOffTheWindowsThreadThroughEveryDoor) {
  const Scenario before = scenario();
  const std::string large = R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "batch": 3, "name": "large")" +
                            std::string(static_cast<std::size_t>(kReadAtOnce), ' ') + "}";
  const ReportedScenario one{{}, *readScenario(large, "large")};
  std::string page = htmlReport({&one, 1}, {});
  page.insert(page.find("<main>") + 6, "<!--" + std::string(static_cast<std::size_t>(kReadAtOnce), '-') + "-->");
  const QString text = QString::fromStdString(large);
  const std::function<void()> doors[] = {
      [&] { window->openPath(write(QStringLiteral("a.headroom.json"), QByteArray::fromStdString(large))); },
      [&] { window->openPath(write(QStringLiteral("a.json"), QByteArray::fromStdString(large))); },
      [&] { window->openPath(write(QStringLiteral("a.txt"), QByteArray::fromStdString(large))); },
      [&] { window->openPath(write(QStringLiteral("a.html"), QByteArray::fromStdString(page))); },
      [&] { paste(text); },
      [&] {
        QMimeData data;
        data.setText(text);
        EXPECT_TRUE(drop(window.get(), data));
      }};
  int door = 0;
  for (const auto& open : doors) {
    document().reset(workedExample());
    open();
    EXPECT_EQ(scenario(), before) << "door " << door;
    EXPECT_NE(window->findChild<ReadingDialog*>(), nullptr) << "door " << door;
    EXPECT_TRUE(QTest::qWaitFor([&] { return scenario().batch == 3; }, 20'000)) << "door " << door;
    ++door;
  }
}

// What a log says is read once, from the part of the text that is the log.
TEST_F(OpeningTest, ALogsFiguresAreThoseItWasRecognisedBy) {
  const QDir logs(QStringLiteral(HEADROOM_TEST_DATA "/logs"));
  int seen = 0;
  for (const QString& name : logs.entryList(QDir::Files)) {
    QFile file(logs.filePath(name));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    for (const auto& opening : {openingOfFile(file.fileName()), openingOfText(text, name)}) {
      if (!opening || opening->reading.figures.empty() || kindOf(opening->reading) != OpeningKind::log) continue;
      ++seen;
      ASSERT_TRUE(opening->reading.log) << name.toStdString();
      const auto& figures = opening->reading.log->figures;
      ASSERT_LE(figures.size(), opening->reading.figures.size());
      for (std::size_t i = 0; i < figures.size(); ++i) {
        EXPECT_EQ(figures[i].name, opening->reading.figures[i].name) << name.toStdString();
        EXPECT_EQ(figures[i].value, opening->reading.figures[i].value) << name.toStdString();
      }
    }
  }
  EXPECT_GE(seen, 10);
}

TEST_F(OpeningTest, FilesAreKnownByWhatIsInThem) {
  const Scenario before = scenario();
  ASSERT_TRUE(window->openPath(write(QStringLiteral("start.txt"), kCommand)));
  EXPECT_EQ(scenario().context, 16000);
  trigger("actionUndo");
  ASSERT_TRUE(window->openPath(write(QStringLiteral("docker-compose.yml"), kCompose)));
  EXPECT_EQ(scenario().context, 12000);
  trigger("actionUndo");
  EXPECT_EQ(scenario(), before);
}

TEST_F(OpeningTest, PastingIntoAFieldStaysTheFieldsOwn) {
  auto* entry = find<QLineEdit>("contextEntry");
  entry->setFocus();
  entry->selectAll();
  QGuiApplication::clipboard()->setText(QStringLiteral("16k"));
  QTest::keyClick(entry, Qt::Key_V, Qt::ControlModifier);
  EXPECT_EQ(entry->text(), QStringLiteral("16k"));
  QTest::keyClick(entry, Qt::Key_Return);
  EXPECT_EQ(scenario().context, 16384);
  // A command is no value: the window takes it, wherever the focus is.
  QGuiApplication::clipboard()->setText(QString::fromLatin1(kCommand));
  QTest::keyClick(entry, Qt::Key_V, Qt::ControlModifier);
  EXPECT_EQ(scenario().context, 16000);
  EXPECT_EQ(entry->text(), grouped(16000));
}

TEST_F(OpeningTest, TheModelDialogTakesACommandToo) {
  window->openModel(QString::fromLatin1(kCommand));
  auto* dialog = find<OpenModelDialog>("openModelDialog");
  EXPECT_TRUE(dialog->recognised().contains(QStringLiteral("vllm command"))) << dialog->recognised().toStdString();
  find<QPushButton>("openModelOpen")->click();
  EXPECT_EQ(scenario().context, 16000);
}

TEST_F(OpeningTest, ACommandWhoseModelCannotBeHadSetsTheRestAndSaysSo) {
  const std::string model = scenario().model->id;
  paste(QStringLiteral("vllm serve nobody/Nothing-9B --max-model-len 5000"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return scenario().context == 5000; }, 20'000));
  EXPECT_EQ(scenario().model->id, model);
  EXPECT_TRUE(message().contains(QStringLiteral("nobody/Nothing-9B")) || message().contains(QStringLiteral("stays")))
      << message().toStdString();
}

TEST_F(OpeningTest, AMessageMovesNothingLeavesByItselfAndCanBeShownAgain) {
  const QRect page = window->explorePage()->geometry();
  paste(QString::fromLatin1(kCommand));
  QCoreApplication::processEvents();
  EXPECT_EQ(window->explorePage()->geometry(), page);
  MessageBar* bar = window->messages();
  EXPECT_TRUE(bar->isVisible());
  EXPECT_TRUE(bar->parentWidget()->rect().contains(bar->geometry()));
  bar->findChild<QTimer*>()->setInterval(1);
  bar->findChild<QTimer*>()->start();
  EXPECT_TRUE(QTest::qWaitFor([&] { return !bar->isVisible(); }, 2000));
  trigger("actionLastMessage");
  EXPECT_TRUE(bar->isVisible());
}

}  // namespace
}  // namespace headroom::ui
