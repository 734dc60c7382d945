// Commands out and in, logs beside the prediction, and calibrations that can be taken back.
#include <QAction>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>

#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/scenario/calibration.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/pages/explain/explain_panel.h"
#include "ui/pages/explore/calibration_chip.h"
#include "ui/pages/explore/component_table.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/style/text.h"
#include "ui/window/exchange.h"
#include "ui/window/log_dialog.h"
#include "ui/window/paste_command_dialog.h"

namespace headroom::ui {
namespace {

const QString kLogs = QStringLiteral(HEADROOM_TEST_DATA "/logs/");

class ExchangeTest : public WindowTest {
 protected:
  LogDialog* readLogFile(const QString& name) const {
    readLogInto(*window, kLogs + name);
    return find<LogDialog>("logDialog");
  }
  QPlainTextEdit* pasteInto(const QString& text) const {
    trigger("actionPasteCommand");
    auto* edit = find<QPlainTextEdit>("pasteText");
    edit->setPlainText(text);
    return edit;
  }
  void click(const char* button) const { find<QPushButton>(button)->click(); }
  QString message() const { return window->messages()->text(); }
};

// A pickle is no text: its bytes come through the door as they are.
TEST_F(ExchangeTest, ASnapshotOfPytorchsMemoryIsALogBesideThePrediction) {
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::lora); });
  EXPECT_TRUE(window->openPath(kLogs + QStringLiteral("memory_snapshot_4.pickle")));
  auto* dialog = find<LogDialog>("logDialog");
  QString told;
  for (const QLabel* label : dialog->findChildren<QLabel*>()) told += label->text();
  for (const QTableWidget* table : dialog->findChildren<QTableWidget*>())
    for (int row = 0; row < table->rowCount(); ++row)
      for (int column = 0; column < table->columnCount(); ++column)
        if (const QTableWidgetItem* item = table->item(row, column)) told += item->text() + QLatin1Char('\n');
  EXPECT_TRUE(told.contains(QStringLiteral("0.34"))) << told.toStdString();
  EXPECT_TRUE(told.contains(QStringLiteral("0.43"))) << told.toStdString();
}

// A snapshot says nothing of a server, and no server is told to run it.
TEST_F(ExchangeTest, ASnapshotDroppedOnAScenarioThatServesSaysWhatItIsOf) {
  const Scenario before = scenario();
  EXPECT_TRUE(window->openPath(kLogs + QStringLiteral("memory_snapshot_4.pickle")));
  auto* dialog = find<LogDialog>("logDialog");
  ASSERT_TRUE(dialog->reading());
  EXPECT_TRUE(find<QLabel>("logAdvice")->text().contains(QStringLiteral("program in PyTorch")));
  EXPECT_TRUE(find<QLabel>("logNotes")->isVisible());
  EXPECT_EQ(find<QTableWidget>("logTable")->item(0, 2)->text(), QStringLiteral("–"));
  EXPECT_FALSE(find<QPushButton>("logCalibrate")->isVisible());
  EXPECT_EQ(scenario(), before);
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::lora); });
  EXPECT_NE(find<QTableWidget>("logTable")->item(0, 2)->text(), QStringLiteral("–"));
  EXPECT_TRUE(find<QLabel>("logAdvice")->text().contains(QStringLiteral("like with like")));
}

TEST_F(ExchangeTest, CopiesTheCommandOfEachServerAndSaysWhatItLeavesUnsaid) {
  document().edit(Field::engine, [](Scenario& s) { s.engine = Engine::vllm, s.reserve = 0.1; });
  trigger("actionCopyVllm");
  const QString vllm = QGuiApplication::clipboard()->text();
  EXPECT_EQ(vllm, QStringLiteral("vllm serve meta-llama/Llama-3.1-8B --max-model-len 8192"));
  EXPECT_TRUE(message().contains(QStringLiteral("Nothing in the command stands for reserve")))
      << message().toStdString();
  trigger("actionCopySglang");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("python -m sglang.launch_server")));
  EXPECT_TRUE(message().contains(QStringLiteral("accounted for as vLLM"))) << message().toStdString();
  trigger("actionCopyLlama");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("llama-server -hf")));
  EXPECT_EQ(scenario().engine, Engine::vllm);  // copying changes nothing
}

TEST_F(ExchangeTest, TrainingHasNoCommand) {
  document().edit(Field::workload, [](Scenario& s) { s.workload = Workload::lora; });
  QGuiApplication::clipboard()->setText(QStringLiteral("untouched"));
  trigger("actionCopyVllm");
  EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("untouched"));
  EXPECT_FALSE(message().isEmpty());
}

TEST_F(ExchangeTest, APastedCommandIsOneStepToUndo) {
  const Scenario before = scenario();
  pasteInto(QStringLiteral("vllm serve Qwen/Qwen3-8B -tp 2 --max-model-len 16000 --port 8000"));
  const QString preview = find<QLabel>("pasteChanges")->text();
  EXPECT_TRUE(preview.contains(grouped(16000))) << preview.toStdString();
  // Defaults of what serving has no use for follow the context; they are no news.
  EXPECT_FALSE(preview.contains(labelOf(Field::completion))) << preview.toStdString();
  EXPECT_EQ(scenario(), before);  // nothing before it is asked for
  click("pasteApply");
  EXPECT_EQ(scenario().model->id, "Qwen/Qwen3-8B");
  EXPECT_EQ(scenario().context, 16000);
  EXPECT_EQ(scenario().parallel.tensor, 2);
  EXPECT_EQ(scenario().devices.front().count, 2);
  EXPECT_TRUE(message().contains(QStringLiteral("--port 8000"))) << message().toStdString();
  EXPECT_EQ(document().undoStack().count(), 1);
  EXPECT_EQ(window->page(), MainWindow::explore);
  trigger("actionUndo");
  EXPECT_EQ(scenario(), before);
}

TEST_F(ExchangeTest, WhatIsCopiedPastesBack) {
  for (const char* action : {"actionCopyVllm", "actionCopySglang", "actionCopyLlama"}) {
    trigger(action);
    const QString command = QGuiApplication::clipboard()->text();
    pasteInto(command);
    click("pasteApply");
    const Result<LaunchCommand> again = launchCommand(scenario());
    ASSERT_TRUE(again) << action;
    EXPECT_EQ(QString::fromStdString(again->text), command);
    trigger("actionUndo");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
}

TEST_F(ExchangeTest, TheDialogSaysWhyNothingCanBeRead) {
  pasteInto(QStringLiteral("rm -rf /"));
  EXPECT_TRUE(find<QLabel>("pasteChanges")->text().contains(QStringLiteral("vllm serve")));
  EXPECT_FALSE(find<QPushButton>("pasteApply")->isEnabled());
  find<QPlainTextEdit>("pasteText")->setPlainText(QStringLiteral("FROM llama3.1:8b\nPARAMETER num_ctx 4096"));
  EXPECT_TRUE(find<QPushButton>("pasteApply")->isEnabled());
  EXPECT_TRUE(find<QLabel>("pasteIgnored")->text().contains(QStringLiteral("llama3.1")));
  click("pasteApply");
  EXPECT_EQ(scenario().model->id, "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(scenario().context, 4096);
  EXPECT_EQ(scenario().engine, Engine::ollama);
}

TEST_F(ExchangeTest, ALogOfEachEngineStandsBesideThePredictionAndCalibrates) {
  // Each log with the model and format of its run: another's calibrates nothing.
  struct Run {
    const char *name, *model, *weights;
    std::int64_t devices;
  };
  for (const Run& run : {Run{"vllm-0.11.log", "meta-llama/Llama-3.1-70B", "fp8", 2},
                         Run{"vllm-0.7.log", "meta-llama/Llama-3.1-8B", "awq", 1},
                         Run{"sglang.log", "meta-llama/Llama-3.1-8B", "bf16", 1},
                         Run{"llama-server.log", "meta-llama/Llama-3.1-8B", "Q4_K_M", 1}}) {
    document().edit(Field::command, [&](Scenario& s) {
      s = *readScenario(
          std::string("{\"headroom\": 1, \"model\": \"") + run.model + "\", \"precision\": {\"weights\": \"" +
              run.weights + "\"}, \"parallel\": {\"tensor\": " + std::to_string(run.devices) +
              "}, \"devices\": [{\"accelerator\": \"h100-sxm-80gb\", \"count\": " + std::to_string(run.devices) + "}]}",
          "test");
    });
    const Scenario before = scenario();
    const char* name = run.name;
    LogDialog* dialog = readLogFile(QLatin1String(name));
    ASSERT_TRUE(dialog->reading()) << name;
    auto* table = find<QTableWidget>("logTable");
    EXPECT_EQ(table->rowCount(), static_cast<int>(dialog->reading()->summary().size())) << name;
    const QString found = find<QLabel>("logFound")->text();
    EXPECT_TRUE(found.contains(QString::fromUtf8(nameOf(dialog->reading()->engine).data()))) << found.toStdString();
    click("logCalibrate");
    ASSERT_NE(scenario().calibration, nullptr) << name;
    EXPECT_EQ(settingsOf(scenario()).engine, scenario().calibration->engine) << name;
    EXPECT_TRUE(window->explorePage()->calibration()->text().contains(QLatin1String(name)));
    trigger("actionUndo");
    EXPECT_EQ(scenario(), before) << name;
    EXPECT_TRUE(window->explorePage()->calibration()->text().isEmpty());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
}

TEST_F(ExchangeTest, ACalibrationIsShownWhereItActsAndCanBeRemoved) {
  document().edit(Field::weights, [](Scenario& s) { s.precision.weights = NumberFormat::awq_int4; });
  readLogFile(QStringLiteral("vllm-0.7.log"));
  click("logCalibrate");
  const Bytes with = truth().heaviest().ledger.bytes(ComponentId::activations);
  EXPECT_NEAR(static_cast<double>(with.value()), 0.74 * kGiB, 0.006 * kGiB);
  ComponentModel* components = window->explorePage()->table()->components();
  const int row = components->rowOf(ComponentId::activations);
  EXPECT_TRUE(components->index(row, 0).data().toString().contains(QStringLiteral("calibrated")));
  window->explorePage()->explain(ComponentId::activations);
  EXPECT_TRUE(
      window->explorePage()->explanation()->toPlainText().contains(QStringLiteral("Calibrated from vllm-0.7.log")));
  // Another model: set aside, and said so.
  document().edit(Field::engine, [](Scenario& s) { s.engine = Engine::sglang; });
  EXPECT_TRUE(window->explorePage()->calibration()->text().contains(QStringLiteral("Set aside")));
  trigger("actionUndo");
  click("removeCalibration");
  EXPECT_EQ(scenario().calibration, nullptr);
  EXPECT_FALSE(components->index(row, 0).data().toString().contains(QStringLiteral("calibrated")));
  trigger("actionUndo");
  EXPECT_NE(scenario().calibration, nullptr);
  trigger("actionRemoveCalibration");
  EXPECT_EQ(scenario().calibration, nullptr);
  EXPECT_FALSE(find<QAction>("actionRemoveCalibration")->isEnabled());
}

TEST_F(ExchangeTest, ATruncatedLogSaysWhatWasNotFoundAndGarbageThatNothingWas) {
  trigger("actionReadLog");
  auto* dialog = find<LogDialog>("logDialog");
  EXPECT_FALSE(find<QPushButton>("logCalibrate")->isEnabled());
  QGuiApplication::clipboard()->setText(QStringLiteral("INFO Model loading took 14.9888 GiB and 3 seconds\n"));
  click("logPaste");
  ASSERT_TRUE(dialog->reading());
  EXPECT_TRUE(find<QLabel>("logMissing")->text().contains(QStringLiteral("KV pool")));
  EXPECT_TRUE(find<QPushButton>("logCalibrate")->isEnabled());
  // The weights of another model: nothing of it may be added to this one's.
  dialog->openText(QStringLiteral("INFO Model loading took 2.9888 GiB and 3 seconds\n"));
  EXPECT_TRUE(find<QLabel>("logAdvice")->text().contains(QStringLiteral("too far apart")));
  EXPECT_FALSE(find<QPushButton>("logCalibrate")->isEnabled());
  dialog->openText(QStringLiteral("nothing here\n"));
  EXPECT_FALSE(dialog->reading());
  EXPECT_TRUE(find<QLabel>("logFound")->text().contains(QStringLiteral("No memory line")));
  EXPECT_EQ(find<QTableWidget>("logTable")->rowCount(), 0);
  EXPECT_FALSE(find<QPushButton>("logCalibrate")->isEnabled());
  dialog->openFile(file(QStringLiteral("absent.log")));
  EXPECT_FALSE(dialog->reading());
  EXPECT_TRUE(find<QLabel>("logFound")->text().contains(QStringLiteral("absent.log")));
}

TEST_F(ExchangeTest, ALogDroppedOnTheWindowOpens) {
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(kLogs + QStringLiteral("sglang.log"))});
  QDragEnterEvent enter({400, 400}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window.get(), &enter);
  ASSERT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window.get(), &drop);
  ASSERT_TRUE(find<LogDialog>("logDialog")->reading());
  EXPECT_EQ(find<LogDialog>("logDialog")->reading()->engine, Engine::sglang);
}

}  // namespace
}  // namespace headroom::ui
