#include "ui/charts/axis_scale.h"

#include <gmock/gmock.h>

#include <cmath>

#include "core/base/tokens.h"
#include "core/open/scenario_json.h"
#include "core/report/html_report.h"
#include "ui/style/grouped_number.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

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

// However large: amounts, axes and the headline write their digits in the groups of every other number.
TEST(Numbers, AreGroupedBeforeThePoint) {
  const QChar gap(QChar::Nbsp);
  for (const auto& [plain, said] :
       std::initializer_list<std::pair<const char*, const char*>>{{"999", "999"},
                                                                  {"1000", "1_000"},
                                                                  {"131072.00", "131_072.00"},
                                                                  {"-106490.125", "-106_490.125"},
                                                                  {"1234567.5", "1_234_567.5"},
                                                                  {"-12", "-12"},
                                                                  {"0.12345", "0.12345"},
                                                                  {"1536.00 GiB", "1_536.00 GiB"}})
    EXPECT_EQ(groupedNumber(QLatin1String(plain)), QString::fromLatin1(said).replace(QLatin1Char('_'), gap)) << plain;
  EXPECT_EQ(inUnit(Bytes(131072 * kGiB), ByteUnit::gib), QStringLiteral("131_072.00").replace(QLatin1Char('_'), gap));
  EXPECT_EQ(inUnit(Bytes(-106490 * kGiB), ByteUnit::gib, 0),
            QStringLiteral("\u2212106_490").replace(QLatin1Char('_'), gap));
  EXPECT_TRUE(bytesShort(Bytes(131072 * kGiB), ByteUnit::gib)
                  .startsWith(QStringLiteral("131_072").replace(QLatin1Char('_'), gap)));
}

// Axes, sliders, chips and the report on paper say a length in one way.
TEST(ContextAxis, TokensAreSaidTheSameWayEverywhere) {
  for (const auto& [tokens, said] : std::initializer_list<std::pair<std::int64_t, const char*>>{
           {512, "512"}, {8192, "8K"}, {131072, "128K"}, {1 << 20, "1M"}, {1536 * 1024, "1536K"}}) {
    EXPECT_EQ(formatTokens(tokens), said);
    EXPECT_EQ(tokensLabel(tokens).toStdString(), said);
  }
  EXPECT_EQ(formatTokens(14700), "14,700");
  EXPECT_EQ(tokensLabel(14700), QStringLiteral("14\u00a0700"));
  const auto scenario = readScenario(
      R"({"headroom": 1, "model": "Qwen/Qwen3-0.6B", "context": 2097152, "devices": [{"accelerator": "l4"}]})", "test");
  ASSERT_TRUE(scenario) << scenario.error().text();
  const ReportedScenario one{{}, *scenario};
  const std::string page = htmlReport({&one, 1}, {});
  EXPECT_NE(page.find(">2M<"), page.npos);
  EXPECT_EQ(page.find(">1024K<"), page.npos);
  EXPECT_EQ(page.find(">2048K<"), page.npos);
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
