// Leave-one-source-out errors, and that README quotes them.
#include "core/evidence/left_out.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/evidence/measured_source.h"

namespace headroom {
namespace {

const std::vector<MeasuredRun>& runs() {
  static const std::vector<MeasuredRun> all = *measuredRuns();
  return all;
}

const CrossValidation& leftOut() {
  static const CrossValidation all = leaveOneSourceOut(runs(), {});
  return all;
}

const FigureSummary* of(const std::vector<FigureSummary>& all, std::string_view group, std::string_view figure) {
  for (const FigureSummary& s : all)
    if (s.group == group && s.figure == figure) return &s;
  return nullptr;
}

TEST(MeasuredSource, IsTheFolderOfAFileInItsRepositoryOrThePage) {
  EXPECT_EQ(sourceOf("https://github.com/pytorch/torchtitan/blob/b5bcd76c/benchmarks/llama3_h100.md"),
            "github.com/pytorch/torchtitan/benchmarks");
  EXPECT_EQ(sourceOf("https://github.com/meta-pytorch/torchtune/blob/bd2a0fc7/README.md#memory-and-training-speed"),
            sourceOf("https://github.com/meta-pytorch/torchtune/blob/ca0a6de4/README.md"));
  EXPECT_EQ(sourceOf("https://github.com/vllm-project/vllm/issues/10517#issuecomment-1"),
            "github.com/vllm-project/vllm/issues/10517");
  EXPECT_NE(sourceOf("https://github.com/vllm-project/vllm/pull/1"),
            sourceOf("https://github.com/vllm-project/vllm/pull/2"));
  EXPECT_EQ(sourceOf("https://example.org/a/b?c=d"), "example.org/a/b");
  EXPECT_EQ(sourceOf("public log, address unknown#7"), "public log, address unknown");
}

TEST(LeftOut, HasEveryFigureThatValidateHas) {
  const Validation inSample = validate(runs(), {});
  ASSERT_EQ(leftOut().summaries.size(), inSample.summaries.size());
  for (std::size_t i = 0; i < inSample.summaries.size(); ++i) {
    EXPECT_EQ(leftOut().summaries[i].group, inSample.summaries[i].group);
    EXPECT_EQ(leftOut().summaries[i].figure, inSample.summaries[i].figure);
    EXPECT_EQ(leftOut().summaries[i].count, inSample.summaries[i].count);
  }
}

TEST(LeftOut, WhatNoConstantEntersIsPredictedAsEver) {
  const Validation inSample = validate(runs(), {"llama.cpp", "", "AB"});
  for (const FigureSummary& s : inSample.summaries) {
    const FigureSummary* left = of(leftOut().summaries, s.group, s.figure);
    ASSERT_NE(left, nullptr);
    EXPECT_DOUBLE_EQ(left->median, s.median);
    EXPECT_DOUBLE_EQ(left->worst, s.worst);
  }
}

TEST(LeftOut, AConstantOfOneSourceIsWhatItsEntryTakesOtherwise) {
  std::size_t alone = 0;
  for (const FittedConstant& c : leftOut().constants) {
    const ConstantEntry& entry = constantEntries()[static_cast<std::size_t>(c.id)];
    if (c.sources != 1 || entry.otherwise != ConstantId::none) continue;
    ++alone;
    EXPECT_DOUBLE_EQ(c.lowestWithout, entry.otherwiseValue) << nameOf(c.id);
    EXPECT_DOUBLE_EQ(c.highestWithout, entry.otherwiseValue) << nameOf(c.id);
  }
  EXPECT_GT(alone, 2u);
}

TEST(LeftOut, TheFitOnAllRunsIsNoWorseThanTheConstantInForce) {
  for (const FittedConstant& c : leftOut().constants)
    EXPECT_LE(c.bestError, c.error + 1e-4) << nameOf(c.id) << ": " << c.value << " against " << c.best;
}

// Every constant fitted by error meets a figure, or nothing could have been fitted.
TEST(LeftOut, EveryFittedConstantHasFiguresThatRespondToIt) {
  for (const ConstantEntry& entry : constantEntries().subspan(1)) {
    if (entry.fit != ConstantFit::error || entry.rows.empty()) continue;
    EXPECT_TRUE(std::ranges::any_of(leftOut().constants, [&](const FittedConstant& c) { return c.id == entry.id; }))
        << nameOf(entry.id);
  }
}

// Were the figures of a source looked at, doubling them would change what is predicted for it.
TEST(LeftOut, PredictionsDoNotKnowTheFiguresOfTheSourceLeftOut) {
  const std::pair<const char*, const char*> kSources[] = {{"torchtitan", "github.com/pytorch/torchtitan/benchmarks"},
                                                          {"vllm", "github.com/llm-d/llm-d-benchmark/config_explorer"},
                                                          {"fsdp-qlora", "github.com/AnswerDotAI/fsdp_qlora"}};
  for (const auto& [group, source] : kSources) {
    std::vector<MeasuredRun> doubled = runs();
    for (MeasuredRun& run : doubled)
      if (sourceOf(run.source) == source)
        for (MeasuredFigure& f : run.figures) f.value *= 2;
    const ValidationFilter filter{group, "", "AB"};
    const std::vector<PredictionError> before = leftOutErrors(runs(), filter, source);
    const std::vector<PredictionError> after = leftOutErrors(doubled, filter, source);
    ASSERT_FALSE(before.empty()) << source;
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_DOUBLE_EQ(before[i].predicted.value, after[i].predicted.value) << before[i].run;
      EXPECT_NE(before[i].error, after[i].error) << before[i].run;
    }
  }
}

// README's table, one row a line: | engine | figure | runs | in sample | left out | 90 % of them within |
TEST(Readme, QuotesTheErrorsOfSourcesLeftOut) {
  const Validation inSample = validate(runs(), {});
  std::ifstream readme(std::string(HEADROOM_SOURCE_DIR) + "/README.md");
  std::size_t rows = 0;
  for (std::string line; std::getline(readme, line);) {
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, '|');) {
      const std::size_t first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
      cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    }
    if (cells.size() < 7) continue;
    const FigureSummary* in = of(inSample.summaries, cells[1], cells[2]);
    const FigureSummary* left = of(leftOut().summaries, cells[1], cells[2]);
    if (in == nullptr || left == nullptr) continue;
    ++rows;
    const std::string printed = fmt::format("| {} | {} | {} | {:.2f} % | {:.2f} % | {:.2f} % |", in->group, in->figure,
                                            in->count, 100 * in->median, 100 * left->median, 100 * left->p90);
    EXPECT_EQ(cells[3], std::to_string(in->count)) << printed;
    const double values[] = {in->median, left->median, left->p90};
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_TRUE(cells[4 + i].ends_with(" %")) << cells[4 + i];
      EXPECT_NEAR(std::strtod(cells[4 + i].c_str(), nullptr), 100 * values[i], 0.015)
          << "README should say: " << printed;
    }
  }
  EXPECT_GE(rows, 8u) << "the table of README was not found";
}

}  // namespace
}  // namespace headroom
