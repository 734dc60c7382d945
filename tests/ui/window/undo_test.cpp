// Undo: everything a person would call their work goes back, one step at a time, and comes again; it is saved, and a
// crash does not take it.
#include <QLineEdit>
#include <random>

#include "core/open/scenario_json.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/document/work_file.h"
#include "ui/inputs/input_panel.h"
#include "ui/inputs/option.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

class UndoTest : public WindowTest {
 protected:
  QString type(const char* field, const QString& text) const {
    auto* entry = find<QLineEdit>(field);
    entry->setFocus();
    entry->selectAll();
    QTest::keyClicks(entry, text);
    QTest::keyClick(entry, Qt::Key_Return);
    return entry->text();
  }
  // Two steps of a document that are the same work; which scenario is shown is no part of it.
  static bool same(const Work& a, const Work& b) { return sameWork(a, b) && a.panels == b.panels; }
};

TEST_F(UndoTest, CtrlZUndoesATypedValueWhileTheFieldHasTheFocus) {
  type("contextEntry", QStringLiteral("20000"));
  EXPECT_EQ(scenario().context, 20000);
  auto* entry = find<QLineEdit>("contextEntry");
  ASSERT_TRUE(entry->hasFocus());
  QTest::keyClick(entry, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(scenario().context, 8192);
  EXPECT_EQ(entry->text(), grouped(8192));
  QTest::keyClick(entry, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(scenario().context, 20000);
  // While something is typed the field keeps the key: it takes back what was typed.
  entry->selectAll();
  QTest::keyClicks(entry, QStringLiteral("77"));
  QTest::keyClick(entry, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(scenario().context, 20000);
}

TEST_F(UndoTest, ComparedDevicesAndOpenSectionsAreUndoneToo) {
  trigger("actionDevices");
  const auto before = document().compared();
  Q_EMIT find<PickerField>("comparePicker")->chosen(QStringLiteral("l40s"));
  EXPECT_EQ(document().compared().size(), before.size() + 1);
  EXPECT_TRUE(document().isModified());
  trigger("actionUndo");
  EXPECT_EQ(document().compared(), before);
  EXPECT_FALSE(document().isModified());
  trigger("actionRedo");
  EXPECT_EQ(document().compared().back().accelerator, "l40s");
  window->inputs()->setOpenSections({QStringLiteral("sectionEngine")});
  EXPECT_EQ(window->inputs()->openSections(), QStringList{QStringLiteral("sectionEngine")});
  trigger("actionUndo");
  EXPECT_TRUE(window->inputs()->openSections().isEmpty());
}

TEST_F(UndoTest, TheFileHoldsTheWholeDocument) {
  document().edit(Field::batch, [](Scenario& s) { s.batch = 2; });
  document().duplicateScenario();
  document().edit(Field::context, [](Scenario& s) { s.context = 4096; });
  document().renameScenario(1, QStringLiteral("short"));
  document().setBaseline(0);
  std::vector<DeviceRequest> devices = devicesNamed({QStringLiteral("l40s"), QStringLiteral("l4")});
  devices.back().count = 4;
  devices.emplace_back().memory = Bytes(33LL << 30);
  document().setCompared(devices);
  document().setPanels({QStringLiteral("sectionEngine")});
  document().ask(QStringLiteral("a question"), [](Asked& a) {
    a.devices = {50,
                 {{"rtx-4090", 2}, {"h100-sxm-80gb:1g.10gb", 3}},
                 {"ada", "nvidia", "datacenter", 24, 350, 2022, true, true, true, true}};
    a.compare.component = "activations";
    a.sweep.along = {"batch", 2.0, 128.0};
    a.sweep.series = {"kv_cache", {}, {}};
    a.sweep.figure = "largest-context";
    a.sweep.down = {"memory_utilization", 0.5, 0.95};
    a.plan = {512, {"tensor", "sharding"}, true};
  });
  const Work before = document().work();
  const QString path = file(QStringLiteral("whole.headroom.json"));
  ASSERT_TRUE(document().save(path));
  EXPECT_FALSE(document().isModified());
  // Any reader of scenarios reads the shown one.
  const Result<Scenario> shown = readScenarioFile(path.toStdString());
  ASSERT_TRUE(shown) << shown.error().text();
  EXPECT_EQ(*shown, scenario());
  trigger("actionNew");
  EXPECT_EQ(document().work().scenarios.size(), 1U);
  ASSERT_TRUE(window->openPath(path));
  EXPECT_TRUE(document().work() == before);
  EXPECT_EQ(window->inputs()->openSections(), before.panels);
}

TEST_F(UndoTest, APlainScenarioStaysAPlainFile) {
  EXPECT_EQ(writeWork(document().work(), document().usual()), writeScenario(scenario()));
}

TEST_F(UndoTest, ACrashTakesNothingOfTheDocument) {
  start(true);
  document().setCompared(devicesNamed({QStringLiteral("l40s")}));
  document().duplicateScenario();
  document().edit(Field::context, [](Scenario& s) { s.context = 777; });
  const Work before = document().work();
  QTest::qWait(2300);
  start(true);  // the window before is gone without its end: nobody closed it
  EXPECT_TRUE(sameWork(document().work(), before));
  EXPECT_EQ(scenario().context, 777);
  EXPECT_TRUE(document().isModified());
}

// One random edit of any kind; what it did not change is no step.
void editAtRandom(MainWindow& window, std::mt19937& random) {
  Document& d = window.document();
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  const auto number = [&](std::int64_t most) {
    return static_cast<std::int64_t>(below(static_cast<std::size_t>(most))) + 1;
  };
  const auto accelerator = [&] { return &accelerators()[below(accelerators().size())]; };
  switch (below(15)) {
    case 0:
      return d.edit(Field::context, [&](Scenario& s) { s.context = number(200'000); });
    case 1:
      return d.editStepwise(Field::batch, [&](Scenario& s) { chooseBatch(s, number(64)); });
    case 2:
      d.beginGesture();
      for (int i = 0; i < 4; ++i) d.edit(Field::context, [&](Scenario& s) { s.context = number(200'000); });
      return d.endGesture();
    case 3:
      return d.edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, static_cast<Workload>(below(4))); });
    case 4:
      return d.edit(Field::devices, [&](Scenario& s) { chooseAccelerator(s, *accelerator()); });
    case 5:
      return d.edit(Field::devices, [&](Scenario& s) { chooseDeviceCount(s, number(8)); });
    case 6: {
      std::vector<DeviceRequest> devices;
      for (std::size_t i = below(5); i > 0; --i)
        devices.push_back(devicesNamed({QString::fromStdString(accelerator()->id)}).front());
      return d.setCompared(std::move(devices));
    }
    case 7: {
      QStringList panels;
      for (const char* name : {"sectionPrecision", "sectionEngine", "sectionParallel", "sectionReserve"})
        if (below(2) == 0) panels << QLatin1String(name);
      return window.inputs()->setOpenSections(panels);
    }
    case 8:
      return d.work().scenarios.size() < 5 ? d.duplicateScenario() : d.closeScenario(below(d.work().scenarios.size()));
    case 9:
      return d.moveScenario(below(d.work().scenarios.size()), below(d.work().scenarios.size()));
    case 10:
      return d.renameScenario(below(d.work().scenarios.size()), QString::number(number(99)));
    case 11:
      return d.setBaseline(below(2) == 0 ? std::nullopt : std::optional(below(d.work().scenarios.size())));
    case 12:
      return d.show(below(d.work().scenarios.size()));
    case 13:
      return d.ask(QStringLiteral("a question"), [&](Asked& a) {
        a.devices.users = number(100);
        a.devices.counts = {{accelerator()->id, number(8)}};
        a.sweep.along = {below(2) == 0 ? "batch" : "context", 1.0, static_cast<double>(number(64))};
        a.plan.formats = below(2) == 0;
        a.devices.filter.fits = below(2) == 0;
        a.devices.filter.words = below(2) == 0 ? "4090" : "";
        a.devices.filter.leastGb = number(80);
        a.compare.component = below(2) == 0 ? "" : "weights";
      });
    default: {
      const auto options = allOptions();
      const Option& option = options[below(options.size())];
      const Snapshot& snapshot = d.snapshot();
      if (!option.applies(snapshot)) return;
      const std::vector<OptionChoice> choices = option.choices(snapshot);
      const QString value = option.kind == Option::Kind::toggle ? QLatin1String(below(2) == 0 ? "on" : "off")
                            : choices.empty()                   ? QString::number(number(8))
                                                                : choices[below(choices.size())].id;
      return d.edit(option.field, [&](Scenario& s) {
        Scenario after = s;
        if (option.apply(after, value).isEmpty()) s = after;
      });
    }
  }
}

TEST_F(UndoTest, TwoHundredRandomEditsGoBackToTheStartAndComeAgain) {
  std::mt19937 random(20261130);
  std::vector<Work> after{document().work()};
  QUndoStack& stack = document().undoStack();
  while (after.size() <= 200) {
    const int before = stack.index();
    editAtRandom(*window, random);
    if (stack.index() > before)
      after.push_back(document().work());
    else if (stack.index() == before && !same(after.back(), document().work()))
      after.back() = document().work();  // joined to the step before
  }
  ASSERT_EQ(stack.count(), static_cast<int>(after.size()) - 1);
  const QString end = QString::fromStdString(writeWork(document().work(), document().usual()));
  for (std::size_t i = after.size() - 1; i-- > 0;) {
    trigger("actionUndo");
    ASSERT_TRUE(same(document().work(), after[i])) << "step " << i << ": " << stack.redoText().toStdString();
    ASSERT_EQ(document().scenario(), document().work().shown());
    ASSERT_EQ(window->inputs()->openSections(), document().work().panels);
  }
  EXPECT_FALSE(stack.canUndo());
  EXPECT_FALSE(document().isModified());
  for (std::size_t i = 1; i < after.size(); ++i) {
    trigger("actionRedo");
    ASSERT_TRUE(same(document().work(), after[i])) << "step " << i << ": " << stack.undoText().toStdString();
  }
  EXPECT_EQ(QString::fromStdString(writeWork(document().work(), document().usual())).toStdString(), end.toStdString());
}

}  // namespace
}  // namespace headroom::ui
