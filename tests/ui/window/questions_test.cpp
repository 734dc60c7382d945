// The pages that ask many estimates: which device runs this, this machine, sweep and map, plan. Every number is the
// core's own, what is asked is the document's, and nothing is worked out on the window's thread.
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "core/analysis/compare.h"
#include "core/analysis/verdict.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/map_chart.h"
#include "ui/charts/plan_chart.h"
#include "ui/charts/sweep_chart.h"
#include "ui/inputs/sweepable_field.h"
#include "ui/pages/devices/devices_sheet.h"
#include "ui/style/text.h"
#include "ui/tables/sheet_view.h"

namespace headroom::ui {
namespace {

class QuestionsTest : public WindowTest {
 protected:
  SheetModel* devices() const { return window->devicesPage()->table()->sheet(); }
  int rowOf(const QString& device) const {
    for (int r = 0; r < devices()->rowCount(); ++r)
      if (cell(r, DevicesColumn::device) == device) return r;
    return -1;
  }
  QString cell(int row, DevicesColumn column) const {
    return devices()->index(row, static_cast<int>(column)).data().toString();
  }
  void enter(const char* name, const QString& text) const {
    auto* entry = find<QLineEdit>(name);
    entry->setFocus();
    entry->selectAll();
    QTest::keyClicks(entry, text);
    QTest::keyClick(entry, Qt::Key_Return);
  }
  void choose(const char* name, const QString& data) const {
    auto* combo = find<QComboBox>(name);
    const int index = combo->findData(data);
    ASSERT_GE(index, 0) << name << " " << data.toStdString();
    combo->setCurrentIndex(index);
    Q_EMIT combo->activated(index);
  }
};

// A plan that holds nothing says so once, with the reasons, and shows neither an empty table nor a word on its rows.
TEST_F(QuestionsTest, APlanWithoutLayoutsSaysWhyAndShowsNoEmptyTable) {
  trigger("actionPlan");
  settle();
  const auto* table = find<QWidget>("planTable");
  EXPECT_TRUE(table->isVisible());
  document().edit(Field::batch, [](Scenario& s) { s.batch = 1024, s.context = 1 << 20; });
  settle();
  EXPECT_TRUE(find<QLabel>("planAnswer")->text().contains(QStringLiteral("fit")));
  EXPECT_TRUE(find<QLabel>("planLeft")->isVisible());
  EXPECT_FALSE(table->isVisible());
  document().edit(Field::batch, [](Scenario& s) { s.batch = 1, s.context = 4096; });
  settle();
  EXPECT_TRUE(table->isVisible());
}

// The sentence above the table names what the table has first in the order that the word means.
TEST_F(QuestionsTest, WhatIsSmallestAndCheapestIsTheTablesFirstRow) {
  for (const char* format : {"bf16", "int8", "nf4"})
    for (const std::int64_t batch : {1, 16}) {
      document().edit(Field::run, [&](Scenario& s) {
        s.precision.weights = *weightFormat(format);
        s.batch = batch;
      });
      trigger("actionDevices");
      settle();
      std::vector<DeviceAnswer> running = window->devicesPage()->search().answers();
      std::erase_if(running, [](const DeviceAnswer& a) { return !a.fits(); });
      ASSERT_FALSE(running.empty());
      const QString sentence = devicesSentence(running, document().snapshot());
      for (const auto& [word, order] :
           {std::pair{"Smallest: ", DeviceOrder::smallest}, std::pair{"Cheapest: ", DeviceOrder::price}}) {
        putInOrder(running, order);
        const QString first = QStringLiteral("%1%2 × %3,")
                                  .arg(QLatin1String(word))
                                  .arg(running.front().devices)
                                  .arg(QString::fromStdString(running.front().machine.label()));
        EXPECT_TRUE(sentence.contains(first)) << first.toStdString() << " / " << sentence.toStdString();
      }
    }
}

TEST_F(QuestionsTest, TheTableOfDevicesIsCoresAnswer) {
  trigger("actionDevices");
  settle();
  const std::vector<DeviceAnswer>& found = window->devicesPage()->search().answers();
  ASSERT_EQ(found.size(), accelerators().size());
  EXPECT_EQ(devices()->rowCount(), static_cast<int>(found.size()));
  for (const DeviceAnswer& a : found) {
    const int row = rowOf(QString::fromStdString(a.machine.label()));
    ASSERT_GE(row, 0);
    const Estimate e = estimate(a.scenario);
    EXPECT_EQ(e.verdict(), a.verdict) << a.machine.label();
    if (!a.fits()) continue;
    EXPECT_EQ(cell(row, DevicesColumn::count), grouped(a.devices));
    if (judge(e).left < Bytes(100 * kGiB)) {
      EXPECT_EQ(cell(row, DevicesColumn::left), inUnit(judge(e).left, ByteUnit::gib));
    }
  }
  // The smallest first, until somebody asks for another order; what is not known comes last.
  auto* table = window->devicesPage()->table();
  table->sortByColumn(static_cast<int>(DevicesColumn::bandwidth), Qt::DescendingOrder);
  double before = 1e300;
  bool unknown = false;
  for (const DeviceAnswer& a : window->devicesPage()->shown()) {
    const auto speed = a.machine.gigabytesPerSecond();
    EXPECT_FALSE(unknown && speed) << a.machine.label();
    unknown = unknown || !speed;
    EXPECT_LE(speed.value_or(0), before) << a.machine.label();
    if (speed) before = *speed;
  }
}

TEST_F(QuestionsTest, UsersAndContextAreTwoInputs) {
  trigger("actionDevices");
  enter("usersEntry", QStringLiteral("50"));
  enter("needContext", QStringLiteral("8k"));
  settle();
  EXPECT_EQ(document().work().asked.devices.users, 50);
  EXPECT_EQ(scenario().context, 8192);
  DeviceQuestion question;
  question.users = 50;
  question.most = 64;
  const Machine machine{findAccelerator("rtx-4090"), nullptr, {}, {}, {}};
  const DeviceAnswer truth = devicesFor(scenario(), std::span(&machine, 1), question).front();
  const int row = rowOf(QString::fromStdString(truth.machine.label()));
  EXPECT_EQ(cell(row, DevicesColumn::count), grouped(truth.devices));
  EXPECT_FALSE(find<QLabel>("devicesAnswer")->text().isEmpty());
  trigger("actionUndo");
  EXPECT_FALSE(document().work().asked.devices.users);
  EXPECT_TRUE(find<QLineEdit>("usersEntry")->text().isEmpty());
}

TEST_F(QuestionsTest, DevicesAreNarrowedDownPinnedAndCounted) {
  trigger("actionDevices");
  settle();
  find<QLineEdit>("deviceWords")->setText(QStringLiteral("4090"));
  EXPECT_LE(devices()->rowCount(), 4);
  EXPECT_GE(rowOf(QStringLiteral("GeForce RTX 4090")), 0);
  // What is typed or chosen is the document's.
  find<QLineEdit>("deviceWords")->setText(QStringLiteral("4090 l"));
  EXPECT_EQ(document().work().asked.devices.filter.words, "4090 l");
  while (document().undoStack().canUndo()) trigger("actionUndo");  // one step, or two on a slow machine
  EXPECT_TRUE(find<QLineEdit>("deviceWords")->text().isEmpty());
  choose("vendorFilter", QStringLiteral("AMD"));
  EXPECT_EQ(document().work().asked.devices.filter.vendor, "AMD");
  trigger("actionUndo");
  EXPECT_EQ(find<QComboBox>("vendorFilter")->currentIndex(), 0);
  trigger("actionRedo");
  EXPECT_EQ(find<QComboBox>("vendorFilter")->currentData().toString(), QStringLiteral("AMD"));
  for (const DeviceAnswer& a : window->devicesPage()->shown()) EXPECT_EQ(a.machine.accelerator->vendor, "AMD");
  find<QComboBox>("vendorFilter")->setCurrentIndex(0);
  Q_EMIT find<QComboBox>("vendorFilter")->activated(0);
  find<QPushButton>("fitsOnly")->setChecked(true);
  for (const DeviceAnswer& a : window->devicesPage()->shown()) EXPECT_TRUE(a.fits());
  find<QPushButton>("fitsOnly")->setChecked(false);
  find<QPushButton>("withParts")->setChecked(true);
  settle();
  EXPECT_GT(devices()->rowCount(), static_cast<int>(accelerators().size()));
  // A number of one's own, and back to the least.
  int row = rowOf(QStringLiteral("GeForce RTX 4090"));
  const QModelIndex count = devices()->index(row, static_cast<int>(DevicesColumn::count));
  ASSERT_TRUE((devices()->flags(count) & Qt::ItemIsEditable) != 0);
  // The first digit begins it, and is its first.
  SheetView* table = window->devicesPage()->table();
  table->setCurrentIndex(count);
  QTest::keyClicks(table, QStringLiteral("4"));
  auto* editor = table->viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr);
  QTest::keyClick(editor, Qt::Key_Return);
  QCoreApplication::processEvents();  // a delegate commits when its event is over
  settle();
  // Its number moves the row; who has it in hand keeps it.
  EXPECT_NE(rowOf(QStringLiteral("GeForce RTX 4090")), row);
  row = rowOf(QStringLiteral("GeForce RTX 4090"));
  EXPECT_EQ(window->devicesPage()->table()->currentIndex().row(), row);
  EXPECT_EQ(cell(row, DevicesColumn::count), QStringLiteral("4"));
  const std::size_t pinned = document().compared().size();
  Q_EMIT window->devicesPage()->table()->cellClicked(devices()->sourceRow(row), static_cast<int>(DevicesColumn::pin));
  ASSERT_EQ(document().compared().size(), pinned + 1);
  EXPECT_EQ(document().compared().back().count, 4);
  trigger("actionUndo");
  trigger("actionUndo");
  EXPECT_TRUE(document().work().asked.devices.counts.empty());
  EXPECT_EQ(document().compared().size(), pinned);
}

TEST_F(QuestionsTest, ThisMachineIsLookedAtAndNothingIsANormalAnswer) {
  trigger("actionDevices");
  find<QPushButton>("hereOnly")->setChecked(true);
  settle();
  EXPECT_EQ(devices()->rowCount(), 0);
  EXPECT_TRUE(find<QLabel>("devicesAnswer")->text().contains(QStringLiteral("No accelerator")));
  find<QPushButton>("hereOnly")->setChecked(false);
  const QString card = file(QStringLiteral("sys/class/drm/card0/device/"));
  ASSERT_TRUE(QDir().mkpath(card) && QDir().mkpath(file(QStringLiteral("share/libdrm"))));
  const auto put = [&](const char* name, const QByteArray& text) {
    write(QStringLiteral("sys/class/drm/card0/device/") + QLatin1String(name), text + "\n");
  };
  put("vendor", "0x1002"), put("device", "0x744c"), put("revision", "0xc8");
  put("mem_info_vram_total", QByteArray::number(qint64{24560} * 1024 * 1024));
  put("mem_info_vram_used", QByteArray::number(qint64{6000} * 1024 * 1024));
  write(QStringLiteral("share/libdrm/amdgpu.ids"), "1.0.0\n744C,\tC8,\tAMD Radeon RX 7900 XTX\n");
  find<QPushButton>("hereOnly")->setChecked(true);
  settle();
  ASSERT_EQ(devices()->rowCount(), 1);
  EXPECT_TRUE(cell(0, DevicesColumn::device).contains(QStringLiteral("7900 XTX")));
  // What others use is not there to be used.
  EXPECT_EQ(window->devicesPage()->search().answersHere().front().machine.memory,
            window->devicesPage()->search().detected()->front().available());
  EXPECT_TRUE(find<QLabel>("machineHere")->text().contains(QStringLiteral("in use by others")));
}

TEST_F(QuestionsTest, EveryPointOfTheSweepIsCoresOwn) {
  trigger("actionSweep");
  settle();
  choose("seriesField", QStringLiteral("precision.kv_cache"));
  settle();
  const SweepPicturePtr picture = window->sweepPage()->chart()->picture();
  ASSERT_TRUE(picture);
  ASSERT_GT(picture->lines.size(), 2U);
  const auto fields = sweepableFields(document().work(), document().snapshot());
  const SweepableField* series = fieldOf(fields, "precision.kv_cache");
  const std::vector<SweptValue> formats = valuesOf(*series, {"precision.kv_cache", {}, {}}, 6);
  for (std::size_t l = 0; l < picture->lines.size(); ++l)
    for (std::size_t i = 0; i < picture->along.values.size(); i += 8) {
      Scenario s = scenario();
      series->apply(s, formats[l].text);
      s.context = static_cast<std::int64_t>(picture->along.values[i].number);
      const Estimate e = estimate(s);
      EXPECT_EQ(picture->lines[l].points[i].device, decidingRank(e).device);
      EXPECT_EQ(picture->lines[l].points[i].verdict, e.verdict());
    }
  // Another field, another figure, a range of one's own: each is a step, and the last one is gone with one.
  choose("alongField", QStringLiteral("batch"));
  choose("sweepFigure", QStringLiteral("largest-context"));
  enter("alongTo", QStringLiteral("16"));
  settle();
  const SweepPicturePtr limits = window->sweepPage()->chart()->picture();
  EXPECT_EQ(limits->along.values.back().number, 16);
  Scenario s = scenario();
  series->apply(s, formats[0].text);
  chooseBatch(s, 16);
  EXPECT_EQ(limits->lines[0].points.back().limits.context, limitsOf(s).context);
  trigger("actionUndo");
  settle();
  EXPECT_EQ(window->sweepPage()->chart()->picture()->along.values.back().number, 64);
  Q_EMIT window->sweepPage()->chart()->pointActivated(0, 3);
  EXPECT_EQ(settingsOf(scenario()).batch,
            static_cast<std::int64_t>(window->sweepPage()->chart()->picture()->along.values[3].number));
}

TEST_F(QuestionsTest, TheMapsCellsAndBoundariesAreCoresOwnAndAClickSetsThem) {
  trigger("actionSweep");
  settle();
  MapChart* map = window->sweepPage()->map();
  const MapPicturePtr picture = map->picture();
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->edges.size(), document().compared().size() + 1);
  const auto at = [&](std::size_t a, std::size_t d) {
    Scenario s = scenario();
    s.context = static_cast<std::int64_t>(picture->across.values[a].number);
    chooseBatch(s, static_cast<std::int64_t>(picture->down.values[d].number));
    return s;
  };
  for (std::size_t a = 0; a < picture->across.values.size(); a += 5)
    for (std::size_t d = 0; d < picture->down.values.size(); d += 3) {
      const Estimate e = estimate(at(a, d));
      EXPECT_EQ(picture->map.cells[d * picture->map.across + a].verdict, e.verdict());
      EXPECT_EQ(picture->map.cells[d * picture->map.across + a].device, decidingRank(e).device);
    }
  for (std::size_t i = 1; i < picture->edges.size(); ++i)
    EXPECT_EQ(picture->edges[i].boundary[2].largest, largestBatch(onDevice(at(2, 0), document().compared()[i - 1])));
  QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(4, 2).center().toPoint());
  EXPECT_EQ(scenario().context, static_cast<std::int64_t>(picture->across.values[4].number));
  EXPECT_EQ(settingsOf(scenario()).batch, static_cast<std::int64_t>(picture->down.values[2].number));
  trigger("actionUndo");
  EXPECT_EQ(scenario().context, 8192);
}

TEST_F(QuestionsTest, EveryFieldCanBeSweptAndAWrongRangeIsSaid) {
  trigger("actionSweep");
  const auto fields = sweepableFields(document().work(), document().snapshot());
  EXPECT_GT(fields.size(), 12U);
  for (const SweepableField& f : fields) {
    EXPECT_FALSE(f.id.empty()) << f.label.toStdString() << " has no name for files";
    const std::vector<SweptValue> values = valuesOf(f, {f.id, {}, {}}, 6);
    EXPECT_GT(values.size(), 1U) << f.id;
    for (const SweptValue& v : values) {
      Scenario s = scenario();
      EXPECT_TRUE(f.apply(s, v.text).isEmpty()) << f.id << " " << v.text.toStdString();
    }
  }
  settle();
  const SweepAsked before = document().work().asked.sweep;
  enter("alongFrom", QStringLiteral("nonsense"));
  EXPECT_TRUE(document().work().asked.sweep == before);
}

TEST_F(QuestionsTest, APlanIsCoresAndEachLayoutOpensAsAScenario) {
  document().edit(Field::run, [](Scenario& s) {
    chooseWorkload(s, Workload::full);
    chooseEngine(s, Engine::megatron);
    chooseAccelerator(s, *findAccelerator("h100-sxm-80gb"));
    chooseDeviceCount(s, 16);
  });
  trigger("actionPlan");
  settle();
  enter("planBatch", QStringLiteral("64"));
  settle();
  const Plan truth = planFor(scenario(), planAxes(scenario(), 64));
  const Plan& plan = window->planPage()->plan();
  ASSERT_EQ(plan.layouts.size(), truth.layouts.size());
  EXPECT_EQ(plan.fit, truth.fit);
  ASSERT_FALSE(plan.layouts.empty());
  const SheetView* table = window->planPage()->findChild<SheetView*>();
  const SheetModel* sheet = table->sheet();
  for (int c = 0; c < sheet->columnCount(); ++c)
    if (sheet->cell(sheet->index(0, c))->verdict) {
      EXPECT_GE(table->columnWidth(c), table->fontMetrics().horizontalAdvance(verdictWord(Verdict::fits, false)) + 37);
    }
  // The chart has a point for each, and the front of the least memory over the devices.
  PlanChart* chart = window->planPage()->chart();
  ASSERT_TRUE(chart->picture());
  ASSERT_EQ(chart->picture()->points.size(), plan.layouts.size());
  for (std::size_t i = 0; i < plan.layouts.size(); ++i) {
    EXPECT_EQ(chart->picture()->points[i].need, plan.layouts[i].need);
    EXPECT_EQ(chart->picture()->points[i].devices, plan.layouts[i].layout.devices());
  }
  for (const std::size_t least : chart->front())
    for (const PlannedLayout& one : plan.layouts)
      EXPECT_TRUE(one.layout.devices() > plan.layouts[least].layout.devices() || one.need >= plan.layouts[least].need);
  Q_EMIT chart->layoutActivated(plan.layouts.size() - 1);
  const QModelIndex current = window->planPage()->table()->currentIndex();
  EXPECT_EQ(window->planPage()->table()->sheet()->sourceRow(current.row()), plan.layouts.size() - 1);
  EXPECT_EQ(chart->selected(), plan.layouts.size() - 1);
  answers->save = file(QStringLiteral("plan.svg"));
  trigger("actionExportChart");
  QFile svg(answers->save);
  ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
  EXPECT_TRUE(svg.readAll().contains("devices"));
  // A part that is kept is tried no more.
  find<QPushButton>("plan-tensor")->click();
  settle();
  for (const PlannedLayout& one : window->planPage()->plan().layouts)
    EXPECT_EQ(one.layout.tensor, settingsOf(scenario()).parallel.tensor);
  trigger("actionUndo");
  settle();
  const Layout first = window->planPage()->plan().layouts.front().layout;
  Q_EMIT window->planPage()->table()->rowActivated(0);
  EXPECT_EQ(document().work().scenarios.size(), 2U);
  EXPECT_EQ(window->page(), MainWindow::explore);
  EXPECT_EQ(settingsOf(scenario()).parallel.tensor, first.tensor);
  EXPECT_EQ(truth.layouts.front().need, judge(estimate(scenario())).need);
  document().show(0);
  document().edit(Field::devices, [](Scenario& s) { s.devices.clear(); });
  trigger("actionPlan");
  settle();
  EXPECT_TRUE(find<QLabel>("planAnswer")->text().contains(QStringLiteral("fleet")));
}

TEST_F(QuestionsTest, WhatAPageShowsIsExported) {
  for (const char* page : {"actionDevices", "actionSweep", "actionPlan"}) {
    trigger(page);
    settle();
    answers->save = file(QString::fromLatin1(page) + QStringLiteral(".csv"));
    trigger("actionExportCsv");
    QFile csv(answers->save);
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly)) << page;
    EXPECT_GT(csv.readAll().size(), 40) << page;
  }
  trigger("actionSweep");
  for (const char* action : {"actionExportChart", "actionExportContext"}) {
    answers->save = file(QString::fromLatin1(action) + QStringLiteral(".svg"));
    trigger(action);
    QFile svg(answers->save);
    ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
    EXPECT_TRUE(svg.readAll().contains("Context")) << action;
  }
}

}  // namespace
}  // namespace headroom::ui
