// One answer behind every door: the same choices made with flags, in a scenario file, by flags on top of a file, in the
// window's document and, where they can say them, in a recipe and in a server's command give byte-identical estimates.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "core/analysis/effects.h"
#include "core/analysis/remarks.h"
#include "core/base/json_text.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/recipes/recipe.h"
#include "core/report/estimate_report.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/training_codes.h"
#include "tests/cli/run.h"
#include "ui/document/document.h"

namespace headroom::ui {
namespace {

using nlohmann::json;

// One choice: a flag with its value, the same in a file, and what the window does.
struct Choice {
  std::vector<std::string> flags;
  std::string pointer;
  json value;
  Field field;
  std::function<void(Scenario&)> inTheWindow;
};

class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool oneIn(std::size_t n) { return below(n) == 0; }
  template <typename T>
  T of(std::initializer_list<T> list) {
    return *(list.begin() + below(list.size()));
  }

 private:
  std::mt19937 random_;
};

template <typename E>
Choice named(std::string flag, std::string pointer, E value, Field field, std::function<void(Scenario&, E)> set) {
  const std::string name(nameOf(value));
  return {{"--" + flag, name}, pointer, name, field, [=](Scenario& s) { set(s, value); }};
}
Choice counted(std::string flag, std::string pointer, std::int64_t value, Field field,
               std::function<void(Scenario&, std::int64_t)> set) {
  return {{"--" + flag, std::to_string(value)}, pointer, value, field, [=](Scenario& s) { set(s, value); }};
}

// Choices in the order in which they imply one another: the workload first, then the engine, then the rest.
std::vector<Choice> sequence(Draw& draw) {
  std::vector<Choice> out;
  const auto workload =
      draw.of({Workload::inference, Workload::inference, Workload::lora, Workload::qlora, Workload::full});
  const bool trains = isTraining(workload);
  out.push_back(named<Workload>("workload", "/workload", workload, Field::workload, chooseWorkload));
  if (!draw.oneIn(3)) {
    std::vector<Engine> engines;
    for (const EngineRow& r : engineRows())
      if (r.trains == trains) engines.push_back(r.engine);
    out.push_back(named<Engine>("engine", "/engine", engines[draw.below(engines.size())], Field::engine,
                                [](Scenario& s, Engine e) { chooseEngine(s, e); }));
  }
  if (trains && draw.oneIn(2)) {
    const std::string code(trainingCodes()[draw.below(trainingCodes().size())].id);
    out.push_back(
        {{"--framework", code}, "/framework", code, Field::framework, [=](Scenario& s) { s.framework = code; }});
  }
  if (draw.oneIn(2)) {
    const std::string gpu = draw.of<std::string>({"l4", "rtx-4090", "h100-sxm-80gb"});
    const std::int64_t count = draw.of<std::int64_t>({1, 2, 8});
    const json device = {{"accelerator", gpu}, {"count", count}};
    out.push_back({{"--gpu", gpu + ":" + std::to_string(count)},
                   "/devices",
                   json::array({device}),
                   Field::devices,
                   [=](Scenario& s) { chooseAccelerator(s, *findAccelerator(gpu)), chooseDeviceCount(s, count); }});
  }
  if (draw.oneIn(2))
    out.push_back(counted("batch", "/batch", draw.of<std::int64_t>({2, 7}), Field::batch, chooseBatch));
  if (draw.oneIn(2))
    out.push_back(counted("context", "/context", draw.of<std::int64_t>({512, 4096}), Field::context,
                          [](Scenario& s, std::int64_t n) { s.context = n; }));
  if (trains && draw.oneIn(2))
    out.push_back(named<Optimizer>("optimizer", "/training/optimizer",
                                   draw.of({Optimizer::adamw, Optimizer::adamw_8bit, Optimizer::adafactor}),
                                   Field::optimizer, [](Scenario& s, Optimizer o) { s.training.optimizer = o; }));
  if (trains && draw.oneIn(3))
    out.push_back(named<Checkpointing>("checkpointing", "/training/checkpointing",
                                       draw.of({Checkpointing::none, Checkpointing::full}), Field::checkpointing,
                                       [](Scenario& s, Checkpointing c) { s.training.checkpointing = c; }));
  if (trains && workload != Workload::full && draw.oneIn(2))
    out.push_back(counted("rank", "/training/rank", draw.of<std::int64_t>({4, 64}), Field::rank, chooseRank));
  if (trains && draw.oneIn(3))
    out.push_back(named<Sharding>("sharding", "/parallel/sharding",
                                  draw.of({Sharding::none, Sharding::zero3, Sharding::fsdp2}), Field::sharding,
                                  [](Scenario& s, Sharding v) { s.parallel.sharding = v; }));
  if (draw.oneIn(4))
    out.push_back(counted("tensor", "/parallel/tensor", 2, Field::tensor,
                          [](Scenario& s, std::int64_t n) { s.parallel.tensor = n; }));
  return out;
}

std::string answerOf(const Scenario& s) {
  Estimate e = estimate(s);
  addRemarks(s, e);
  Scenario unnamed = s;
  unnamed.name.clear();
  return estimateJson(unnamed, e, {}, -1);
}

// The command line's answer less what only it adds.
std::string answerOf(const Ran& ran) {
  json answer = json::parse(ran.out, nullptr, false);
  if (answer.is_discarded()) return ran.err;
  return ran.out.substr(0, ran.out.find_last_not_of('\n') + 1);
}

constexpr const char* kModel = "meta-llama/Llama-3.2-1B";

std::string lineOf(const std::vector<Choice>& choices) {
  json file{{"headroom", 1}, {"model", kModel}};
  for (const Choice& c : choices) file[json::json_pointer(c.pointer)] = c.value;
  return jsonText(file);
}

TEST(Doors, GiveTheSameAnswer) {
  Document document;
  int recipes = 0, commands = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    Draw draw(seed);
    const std::vector<Choice> choices = sequence(draw);
    const std::string line = lineOf(choices);
    const Result<Scenario> file = readScenario(line, "file");
    ASSERT_TRUE(file) << line;
    const std::string expected = answerOf(*file);

    std::vector<std::string> flags{"estimate", "--model", kModel, "--jsonl", "-"};
    for (const Choice& c : choices) flags.insert(flags.end(), c.flags.begin(), c.flags.end());
    ASSERT_EQ(answerOf(run(flags, "{}\n")), expected) << "flags: " << line;

    // Flags on top of a file that says something else.
    const std::string before = draw.oneIn(2) ? "vllm" : "deepspeed";
    const json other{{"model", kModel}, {"engine", before}, {"workload", before == "vllm" ? "inference" : "full"}};
    if (choices.size() > 1 && choices[1].pointer == "/engine") {
      ASSERT_EQ(answerOf(run(flags, jsonText(other) + "\n")), expected) << "flags on a file: " << line;
    }

    Scenario start;
    start.reference = CatalogueModel{kModel};
    ASSERT_TRUE(resolve(start));
    document.reset(start);
    for (const Choice& c : choices) document.edit(c.field, c.inTheWindow);
    ASSERT_EQ(answerOf(document.scenario()), expected) << "window: " << line;

    const auto dialect = recipeDialect(file->framework.value_or(""));
    if (isTraining(file->workload) && dialect && *dialect != RecipeDialect::torchtune &&
        *dialect != RecipeDialect::deepspeed && !file->engine) {
      Scenario sayable = *file;  // a recipe says neither devices nor how a launcher spreads it over them
      sayable.devices.clear();
      sayable.parallel = {};
      const Result<WrittenRecipe> written = writeRecipe(sayable, *dialect);
      ASSERT_TRUE(written);
      const Result<ReadRecipe> read = readRecipe(written->text, "recipe");
      ASSERT_TRUE(read) << written->text;
      const Result<Scenario> again = readScenario(read->scenario, "recipe");
      ASSERT_TRUE(again) << read->scenario;
      EXPECT_TRUE(sameNumbers(estimate(*again), estimate(sayable))) << written->text << line << read->scenario;
      ++recipes;
    }
    // Not every server that claims memory has its command written here yet.
    const Result<LaunchCommand> command = launchCommand(*file);
    if (!isTraining(file->workload) && rowOf(settingsOf(*file).engine).has(Feature::claim) &&
        (command || command.error().code != ErrorCode::unsupported)) {
      ASSERT_TRUE(command) << line;
      const Result<PastedCommand> pasted = pasteCommand(*file, command->text);
      ASSERT_TRUE(pasted) << command->text;
      Scenario again = pasted->scenario;
      again.batch = file->batch;  // what is asked of the pool is no option of the server
      EXPECT_TRUE(sameNumbers(estimate(again), estimate(*file))) << command->text << line;
      ++commands;
    }
  }
  EXPECT_GT(recipes, 20);
  EXPECT_GT(commands, 100);
}

}  // namespace
}  // namespace headroom::ui
