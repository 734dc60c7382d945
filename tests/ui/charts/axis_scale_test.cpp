#include "ui/charts/axis_scale.h"

#include <gmock/gmock.h>

#include <cmath>

namespace headroom::ui {
namespace {

using ::testing::ElementsAre;

TEST(AxisScale, CoversEveryValueWithFewRoundSteps) {
  for (double largest = 1e-4; largest < 1e6; largest *= 1.07) {
    const AxisScale scale = niceScale(largest);
    const double mantissa = scale.step / std::pow(10, std::floor(std::log10(scale.step) + 1e-9));
    EXPECT_TRUE(std::abs(mantissa - 1) < 1e-9 || std::abs(mantissa - 2) < 1e-9 || std::abs(mantissa - 5) < 1e-9)
        << largest;
    EXPECT_GE(scale.maximum * (1 + 1e-9), largest);
    EXPECT_LT(scale.maximum - scale.step, largest);
    EXPECT_LE(ticks(scale).size(), 7U);
    EXPECT_GE(ticks(scale).size(), 3U);
  }
}

TEST(AxisScale, TellsItsTicksApart) {
  EXPECT_EQ(tickLabel(niceScale(23.6), 15), "15");
  EXPECT_EQ(tickLabel(niceScale(0.9), 0.2), "0.2");
  EXPECT_EQ(tickLabel(niceScale(0.06), 0.02), "0.02");
}

TEST(AxisScale, AnswersNonsenseWithTheUnitAxis) {
  for (double nothing : std::initializer_list<double>{0.0, -3.0, std::nan(""), HUGE_VAL})
    EXPECT_EQ(niceScale(nothing), AxisScale{});
}

TEST(AxisScale, HoldsWhatIsShownAndKeepsStillBetweenItsSteps) {
  for (double largest = 0.01; largest < 1e6; largest *= 1.07) {
    EXPECT_GE(niceScale(largest).maximum, largest * (1 - 1e-9));
    EXPECT_LE(niceScale(largest).maximum, largest * 2.5);
  }
  EXPECT_EQ(niceScale(24), niceScale(22));
}

TEST(ContextAxis, LabelsArePowersAsPeopleSayThem) {
  EXPECT_EQ(contextLabel(512), "512");
  EXPECT_EQ(contextLabel(8192), "8K");
  EXPECT_EQ(contextLabel(131072), "128K");
  EXPECT_EQ(contextLabel(1048576), "1M");
  EXPECT_EQ(contextLabel(14700), "14700");
}

TEST(ContextAxis, ThinsItsTicksEvenly) {
  EXPECT_THAT(contextTicks(512, 8192, 9), ElementsAre(512, 1024, 2048, 4096, 8192));
  EXPECT_THAT(contextTicks(512, 131072, 5), ElementsAre(1024, 4096, 16384, 65536));
}

TEST(ContextAxis, RoundsToFineStepsThatKeepPowersOfTwo) {
  EXPECT_EQ(roundedContext(8190), 8192);
  EXPECT_EQ(roundedContext(8192), 8192);
  EXPECT_EQ(roundedContext(14745), 14848);
  EXPECT_EQ(roundedContext(0.2), 1);
  EXPECT_EQ(roundedContext(-5), 1);
}

}  // namespace
}  // namespace headroom::ui
