// Training in the window: recipes in and out, what a switch saves beside it, and the step's moments.
#include <QDialog>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QTextBrowser>

#include "core/base/text_file.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/step_chart.h"
#include "ui/inputs/input_panel.h"
#include "ui/inputs/saving.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/message_bar.h"

namespace headroom::ui {
namespace {

QString recipe(const char* name) {
  return QStringLiteral(HEADROOM_TEST_DATA "/recipes/") + QLatin1String(name);
}

class TrainingWindow : public WindowTest {
 protected:
  void train(Workload workload) {
    document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
    QCoreApplication::processEvents();
  }
};

TEST_F(TrainingWindow, ImportingARecipeIsOneStepThatSaysWhatItLeftAlone) {
  const Scenario before = scenario();
  answers->open = recipe("axolotl_qlora.yml");
  trigger("actionImportRecipe");
  EXPECT_EQ(scenario().workload, Workload::qlora);
  EXPECT_EQ(scenario().training.rank, 32);
  EXPECT_EQ(scenario().devices, before.devices);
  EXPECT_TRUE(window->messages()->text().contains(QStringLiteral("datasets")));
  EXPECT_TRUE(window->messages()->text().contains(QStringLiteral("learning_rate")));
  EXPECT_EQ(document().undoStack().count(), 1);
  document().undoStack().undo();
  EXPECT_EQ(scenario(), before);
}

TEST_F(TrainingWindow, ARecipeCanBeDropped) {
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(recipe("trl_dpo.yaml"))});
  QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(window.get(), &enter);
  ASSERT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(window.get(), &drop);
  EXPECT_EQ(scenario().reinforcement.method, ReinforcementMethod::dpo);
}

TEST_F(TrainingWindow, ARecipeWithoutAModelKeepsTheOneBefore) {
  const std::string model = scenario().model->id;
  EXPECT_TRUE(window->openPath(recipe("deepspeed_zero3.json")));
  EXPECT_EQ(scenario().model->id, model);
  EXPECT_EQ(scenario().parallel.sharding, Sharding::zero3);
}

TEST_F(TrainingWindow, ABrokenRecipeChangesNothingAndNamesItsLine) {
  const Scenario before = scenario();
  EXPECT_FALSE(window->openPath(recipe("broken.yml")));
  EXPECT_EQ(scenario(), before);
  EXPECT_TRUE(window->messages()->text().contains(QStringLiteral("broken.yml:3")));
}

TEST_F(TrainingWindow, ExportingIntoARecipeKeepsTheRest) {
  train(Workload::lora);
  const QString path = file(QStringLiteral("mine.yaml"));
  ASSERT_TRUE(QFile::copy(recipe("trl_dpo.yaml"), path));
  QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
  answers->save = path;
  trigger("actionRecipe-trl");
  const Result<std::string> text = readTextFile(path.toStdString());
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("logging_steps: 10"), std::string::npos);
  EXPECT_NE(text->find("# Preferences on top of a tuned model"), std::string::npos);
  EXPECT_NE(text->find("meta-llama/Llama-3.1-8B"), std::string::npos);
}

TEST_F(TrainingWindow, TheStepIsShownAndFollowsTheSliders) {
  EXPECT_TRUE(window->explorePage()->contextChart()->isVisible());
  train(Workload::lora);
  StepChart* step = window->explorePage()->stepChart();
  ASSERT_TRUE(step->isVisible());
  ASSERT_TRUE(step->peak());
  EXPECT_EQ(step->moments()[*step->peak()].total, truth().heaviest().device);
  document().edit(Field::context, [](Scenario& s) { s.context = 2048; });
  EXPECT_EQ(step->moments()[*step->peak()].total, truth().heaviest().device);
  EXPECT_EQ(step->moments()[*step->peak()].label.toStdString(), truth().heaviest().peakMoment);
  find<QAbstractButton>("plotChoice1")->click();
  EXPECT_TRUE(window->explorePage()->contextChart()->isVisible());
  EXPECT_FALSE(step->isVisible());
}

TEST_F(TrainingWindow, TheExplanationNamesTheMoment) {
  train(Workload::lora);
  window->explorePage()->explain(ComponentId::activations);
  QCoreApplication::processEvents();
  auto* text = find<QTextBrowser>("explanation");
  EXPECT_TRUE(text->toPlainText().contains(QString::fromUtf8(truth().heaviest().peakMoment.data())));
}

TEST_F(TrainingWindow, EverySwitchSaysWhatItSaves) {
  train(Workload::lora);
  window->inputs()->setOpenSections({QStringLiteral("sectionTraining")});
  QCoreApplication::processEvents();
  Scenario other = scenario();
  other.training.checkpointing = Checkpointing::offloaded;
  const Bytes saved = truth().heaviest().device - estimate(other).heaviest().device;
  ASSERT_GT(saved, Bytes(0));
  const auto text = [&](Field field) {
    auto* label = window->findChild<QLabel*>(QStringLiteral("option%1Saving").arg(static_cast<int>(field)));
    return label != nullptr ? label->text() : QString();
  };
  EXPECT_TRUE(text(Field::checkpointing).contains(changeText(Bytes(-saved.value()), ByteUnit::gib)))
      << text(Field::checkpointing).toStdString();
  document().edit(Field::checkpointing, [](Scenario& s) { s.training.checkpointing = Checkpointing::offloaded; });
  EXPECT_TRUE(text(Field::checkpointing).startsWith(QStringLiteral("saves")))
      << text(Field::checkpointing).toStdString();
  EXPECT_FALSE(find<QLabel>("workloadSaving")->text().isEmpty());
}

TEST_F(TrainingWindow, HelpComparesWithOtherCalculators) {
  trigger("actionPeers");
  auto* dialog = window->findChild<QDialog*>(QStringLiteral("peersDialog"));
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->findChild<QTextBrowser*>()->toPlainText().contains(QStringLiteral("gguf-parser-go")));
  dialog->close();
}

}  // namespace
}  // namespace headroom::ui
