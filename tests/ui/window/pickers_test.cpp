// Pickers find what a row shows, say when nothing does, and take an amount of memory for a device of one's own.
#include <QListView>
#include <QScreen>

#include "core/open/catalogue.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/inputs/accelerator_items.h"
#include "ui/inputs/format_items.h"
#include "ui/inputs/picker_field.h"

namespace headroom::ui {
namespace {

class PickersTest : public WindowTest {
 protected:
  PickerField* accelerators() const { return find<PickerField>("acceleratorPicker"); }
  PickerField* formats() const { return find<PickerField>("precisionEntry"); }
  QStringList formatsFor(const char* query) const {
    formats()->openList();
    const QStringList found = formats()->matches(QString::fromLatin1(query));
    QTest::keyClick(formats(), Qt::Key_Escape);
    return found;
  }
};

TEST_F(PickersTest, AcceleratorsAreFoundByWhatTheirRowShows) {
  for (const char* query : {"48 GB", "48gb"}) {
    const QStringList found = accelerators()->matches(QString::fromLatin1(query));
    EXPECT_TRUE(found.contains(QStringLiteral("l40s"))) << query;
    EXPECT_FALSE(found.contains(QStringLiteral("rtx-4090"))) << query;
    for (const QString& id : found) {
      const Accelerator* a = findAccelerator(id.toStdString());
      if (a != nullptr) {
        EXPECT_EQ(a->printedGb, 48) << id.toStdString();
      }
    }
  }
  EXPECT_TRUE(accelerators()->matches(QStringLiteral("ada")).contains(QStringLiteral("rtx-4090")));
  EXPECT_FALSE(accelerators()->matches(QStringLiteral("nvidia 2022")).isEmpty());
}

TEST_F(PickersTest, AListLiesOnTheScreenAndIsAsHighAsItsRows) {
  const QRect screen = window->screen()->availableGeometry();
  const QListView* list = nullptr;
  accelerators()->openList();
  for (QWidget* top : QApplication::topLevelWidgets())
    if (top->objectName() == QStringLiteral("acceleratorPickerList")) list = qobject_cast<QListView*>(top);
  ASSERT_NE(list, nullptr);
  EXPECT_GE(list->geometry().left(), screen.left());
  EXPECT_LE(list->geometry().right(), screen.right());
  accelerators()->selectAll();
  QTest::keyClicks(accelerators(), QStringLiteral("h200"));
  const QAbstractItemModel* rows = list->model();
  int high = 0;
  for (int row = 0; row < rows->rowCount(); ++row) high += list->sizeHintForRow(row);
  EXPECT_NEAR(list->height(), high, 16);
  QTest::keyClick(accelerators(), Qt::Key_Escape);
}

TEST_F(PickersTest, AModelOfTheCatalogueIsCalledTheSameOutOfAFile) {
  const auto model = catalogueModel("Qwen/Qwen3-8B");
  ASSERT_TRUE(model);
  Model read = **model;
  read.label.clear();  // a file has the id alone
  EXPECT_EQ(modelLabel(read), QStringLiteral("Qwen3 8B"));
  read.id = "mine/Qwen3-8B";
  EXPECT_EQ(modelLabel(read), QStringLiteral("Qwen3-8B"));
}

TEST_F(PickersTest, AnAmountOfMemoryIsADeviceOfItsOwn) {
  PickerField* picker = accelerators();
  picker->setFocus();
  picker->selectAll();
  QTest::keyClicks(picker, QStringLiteral("33 GiB"));
  QTest::keyClick(picker, Qt::Key_Return);
  ASSERT_EQ(scenario().devices.size(), 1U);
  EXPECT_TRUE(scenario().devices.front().accelerator.empty());
  EXPECT_EQ(scenario().devices.front().capacity(), Bytes(33LL << 30));
  EXPECT_EQ(truth().heaviest().capacity, Bytes(33LL << 30));
  EXPECT_EQ(picker->text(), QStringLiteral("Custom 33 GiB"));
  trigger("actionUndo");
  EXPECT_EQ(scenario().devices.front().accelerator, "rtx-4090");
  EXPECT_FALSE(customAccelerator(QStringLiteral("h100")));
  EXPECT_FALSE(customAccelerator(QStringLiteral("0")));
  EXPECT_EQ(customAccelerator(QStringLiteral("24"))->title, QStringLiteral("Custom: 24 GiB"));
}

TEST_F(PickersTest, NothingThatMatchesSaysSoAndCannotBeChosen) {
  const Scenario before = scenario();
  PickerField* picker = accelerators();
  EXPECT_TRUE(picker->matches(QStringLiteral("no such card")).isEmpty());
  picker->setFocus();
  picker->selectAll();
  QTest::keyClicks(picker, QStringLiteral("no such card"));
  QTest::keyClick(picker, Qt::Key_Return);
  EXPECT_EQ(scenario(), before);
}

TEST_F(PickersTest, RowsSayWhetherTheScenarioFits) {
  bool fits = false, not_ = false;
  for (const PickerItem& item : acceleratorItems(&scenario())) {
    fits = fits || item.detail.contains(QStringLiteral("✓ fits"));
    not_ = not_ || item.detail.contains(QStringLiteral("✕ "));
  }
  EXPECT_TRUE(fits);
  EXPECT_TRUE(not_);
}

TEST_F(PickersTest, FormatsAreFoundByTheirBits) {
  for (const char* query : {"4 bit", "q4", "int4", "4bit"}) {
    const QStringList found = formatsFor(query);
    EXPECT_FALSE(found.isEmpty()) << query;
    EXPECT_FALSE(found.contains(QStringLiteral("bf16"))) << query;
  }
  EXPECT_TRUE(formatsFor("q4").contains(QStringLiteral("Q4_K_M")));
  EXPECT_TRUE(formatsFor("4 bit").contains(QStringLiteral("awq-int4")));
  EXPECT_EQ(formatsFor("fp8").value(0), QStringLiteral("fp8"));
  for (const PickerItem& item : formatItems(scenario(), ByteUnit::gib)) {
    EXPECT_FALSE(item.group.isEmpty());
    EXPECT_TRUE(item.detail.contains(QStringLiteral("bits per weight"))) << item.detail.toStdString();
    EXPECT_TRUE(item.detail.contains(QStringLiteral("GiB")));
  }
}

TEST_F(PickersTest, AFormatStandsInTheGroupOfItsBits) {
  for (const Workload workload : {Workload::inference, Workload::lora, Workload::full}) {
    document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
    for (const PickerItem& item : formatItems(scenario(), ByteUnit::gib)) {
      const auto format = numberFormat(item.id.toStdString());
      if (!format || item.group == QLatin1String("GGUF file types")) continue;
      const double bits = 8 * bytesPerElement(*format);
      const std::string said = item.group.toStdString() + ": " + item.id.toStdString();
      EXPECT_TRUE(isPlainFloat(*format) || bits < 10) << said;
      EXPECT_EQ(item.group == QLatin1String("8 bit"), !isPlainFloat(*format) && bits > 7) << said;
      EXPECT_EQ(item.group == QLatin1String("4 bit and about"), bits < 7) << said;
    }
  }
}

TEST_F(PickersTest, AGgufFileTypeTakesTheEngineThatReadsIt) {
  Q_EMIT formats()->chosen(QStringLiteral("Q4_K_M"));
  EXPECT_EQ(scenario().precision.weights, WeightFormat(GgufFileType::Q4_K_M));
  EXPECT_EQ(settingsOf(scenario()).engine, Engine::llama_cpp);
  trigger("actionUndo");
  EXPECT_NE(settingsOf(scenario()).engine, Engine::llama_cpp);
}

TEST_F(PickersTest, TheSameDeviceOnceMoreIsMeantTwiceAsOften) {
  trigger("actionDevices");
  Q_EMIT find<PickerField>("comparePicker")->chosen(QStringLiteral("l4"));
  EXPECT_EQ(document().compared().back().count, 2);
  EXPECT_EQ(document().snapshot().columns.back().scenario.devices.front().count, 2);
}

}  // namespace
}  // namespace headroom::ui
