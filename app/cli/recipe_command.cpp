// headroom-cli recipe: a scenario as a training code's configuration, and the other way round.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/command.h"
#include "app/cli/scenario_options.h"
#include "app/cli/unchanged.h"
#include "core/readers/recipes/recipe.h"

namespace headroom {
namespace {

class RecipeCommand : public Command {
 public:
  std::string_view name() const override { return "recipe"; }
  std::string_view summary() const override {
    return "A scenario as a training code's recipe, and a recipe as a scenario.";
  }
  std::string_view examples() const override {
    return "headroom-cli recipe qlora.yml > qlora.headroom.json\n"
           "headroom-cli recipe scenario.headroom.json --to axolotl > qlora.yml\n"
           "headroom-cli recipe scenario.headroom.json --to trl --into mine.yaml --output mine.yaml";
  }

  void addOptions(Options& options) override {
    std::vector<std::string> known;
    for (const std::string_view id : recipeDialects()) known.emplace_back(id);
    options.choice("to", to_, std::move(known), "CODE", "write a recipe of this training code instead of a scenario");
    options.text("into", into_, "FILE", "change this recipe; what Headroom does not know stays as it is");
    options.text("output", output_, "FILE", "write there instead of to standard output; replaced whole or not at all");
    options.flag("force", force_, "replace --output even where somebody changed it meanwhile");
    scenario_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (to_.empty() && !into_.empty())
      return fail(ErrorCode::usage, "Say with --to which training code's recipe that is.", "--into");
    if (!force_) before_ = stampOf(output_);
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    if (to_.empty()) {
      for (const std::string& note : scenario->notes) say(streams, note);
      return write(streams, writeScenario(*scenario));
    }
    std::string existing;
    if (!into_.empty()) {
      Result<std::string> text = readTextFile(into_);
      if (!text) return tl::unexpected(text.error());
      existing = std::move(*text);
    }
    const Result<WrittenRecipe> recipe = writeRecipe(*scenario, *recipeDialect(to_), existing, into_);
    if (!recipe) return tl::unexpected(recipe.error());
    for (const std::string& note : recipe->notes) say(streams, note);
    const Result<int> done = write(streams, recipe->text);
    if (done && !into_.empty())
      say(streams, recipe->changed.empty() ? std::string("Nothing had to change.")
                                           : fmt::format("Changed: {}.", fmt::join(recipe->changed, ", ")));
    return done;
  }

 private:
  Result<int> write(Streams& streams, const std::string& text) {
    if (output_.empty()) return streams.out << text, kDone;
    if (const Result<void> done = writeUnlessChanged(output_, text, before_); !done)
      return tl::unexpected(done.error());
    return kDone;
  }

  std::string to_, into_, output_;
  bool force_ = false;
  std::optional<FileStamp> before_;  // what --output was when this began
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> makeRecipeCommand() {
  return std::make_unique<RecipeCommand>();
}

}  // namespace headroom
