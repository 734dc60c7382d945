// The page to learn on: numbers bit by bit, and rules of thumb that say what the command line says.
#include <QLineEdit>
#include <QPushButton>
#include <cmath>

#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/pages/learn/float_model.h"
#include "ui/pages/learn/floats_explorer.h"
#include "ui/pages/learn/learn_page.h"
#include "ui/pages/learn/rules_sheet.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

class LearnTest : public WindowTest {
 protected:
  QString cell(const char* format, int column) const {
    const FloatModel* model = window->learnPage()->explorer()->model();
    return model->index(model->rowOf(QLatin1String(format)), column).data().toString();
  }
  void type(const char* text) const { window->learnPage()->explorer()->setNumber(QLatin1String(text)); }
};

// The cases that the seeds work through.
TEST_F(LearnTest, ANumberInEveryFormat) {
  EXPECT_EQ(window->learnPage()->explorer()->model()->rowCount(), 10);
  type("pi");
  EXPECT_EQ(cell("fp32", FloatModel::Bits).toStdString(), "0 10000000 10010010000111111011011");
  EXPECT_EQ(cell("fp32", FloatModel::Value).toStdString(), "3.1415927");
  EXPECT_EQ(cell("bf16", FloatModel::Bits).toStdString(), "0 10000000 1001001");
  EXPECT_EQ(cell("bf16", FloatModel::Value).toStdString(), "3.140625");
  EXPECT_EQ(cell("tf32", FloatModel::Value), cell("fp16", FloatModel::Value));  // the same mantissa
  type("-1.9601084e-14");
  EXPECT_EQ(cell("fp32", FloatModel::Bits).toStdString(), "1 01010001 01100001000110100000110");
  EXPECT_EQ(cell("fp32", FloatModel::Value), QStringLiteral("−1.9601084·10⁻¹⁴"));
  EXPECT_EQ(cell("fp16", FloatModel::Error).toStdString(), "underflows to zero");
  EXPECT_TRUE(cell("bf16", FloatModel::Value).startsWith(QStringLiteral("−1.96")));
  type("65520");
  EXPECT_EQ(cell("fp16", FloatModel::Error).toStdString(), "beyond the largest number");
  EXPECT_EQ(cell("fp32", FloatModel::Error).toStdString(), "exact");
  type("2^-24");
  EXPECT_EQ(cell("fp16", FloatModel::Bits).toStdString(), "0 00000 0000000001");
  EXPECT_EQ(cell("fp16", FloatModel::Error).toStdString(), "subnormal: fewer digits");
}

TEST_F(LearnTest, NumbersAreReadAsPeopleTypeThem) {
  const std::pair<const char*, double> good[] = {{"3.5", 3.5},    {" -2e3 ", -2000}, {"1/4", 0.25}, {"65 504", 65504},
                                                 {"2^-3", 0.125}, {"-pi", -M_PI},    {"0", 0},      {"-2^4", -16}};
  for (const auto& [text, value] : good) {
    double read = NAN;
    EXPECT_TRUE(readNumber(QLatin1String(text), read)) << text;
    EXPECT_DOUBLE_EQ(read, value) << text;
  }
  for (const char* bad : {"", "one", "1/0", "2^x", "--3", "nan"}) {
    double read = 0;
    EXPECT_FALSE(readNumber(QLatin1String(bad), read)) << bad;
  }
  window->setPage(MainWindow::learn);
  auto* number = find<QLineEdit>("floatNumber");
  number->setFocus();
  number->selectAll();
  QTest::keyClicks(number, QStringLiteral("0.1x"));
  EXPECT_FALSE(find<QLabel>("floatProblem")->text().isEmpty());
  EXPECT_DOUBLE_EQ(window->learnPage()->explorer()->model()->number(), 0.1);  // the last that could be read
  for (const double value : {3.1415926535, 1e-9, 65504.0, 0.0, -0.001, 1.5e30}) {
    const QString text = numberText(value, 4);
    EXPECT_FALSE(text.isEmpty());
    EXPECT_FALSE(text.contains(QLatin1Char('e'))) << text.toStdString();
    EXPECT_FALSE(text.contains(QLatin1Char('-'))) << text.toStdString();
  }
  EXPECT_EQ(numberText(65504, 8), grouped(65504));
}

TEST_F(LearnTest, RulesStandBesideTheDetailedAccount) {
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::full); });
  window->setPage(MainWindow::learn);
  window->learnPage()->showPart(LearnPage::rules);
  QCoreApplication::processEvents();
  const QString text = window->learnPage()->sheet()->toPlainText();
  for (const Method method :
       {Method::detailed, Method::notebook, Method::chapter, Method::table, Method::bytes_per_parameter}) {
    Scenario s = scenario();
    s.method = method;
    EXPECT_TRUE(text.contains(inUnit(estimate(s).heaviest().device, ByteUnit::gib))) << nameOf(method);
  }
  EXPECT_TRUE(text.contains(QStringLiteral("AdamW")));
  EXPECT_TRUE(text.contains(QStringLiteral("Leaves out")));
}

}  // namespace
}  // namespace headroom::ui
