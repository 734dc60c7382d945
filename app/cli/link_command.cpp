// headroom-cli link: a scenario as one word.
#include "app/cli/command.h"
#include "app/cli/scenario_options.h"
#include "core/open/scenario_json.h"
#include "core/readers/scenario_link.h"

namespace headroom {
namespace {

class LinkCommand : public Command {
 public:
  std::string_view name() const override { return "link"; }
  std::string_view summary() const override {
    return "A scenario as one word to paste: headroom-cli and the window open it.";
  }
  std::string_view examples() const override {
    return "headroom-cli link --model meta-llama/Llama-3.1-8B --engine vllm --gpu l4\n"
           "headroom-cli estimate \"$(headroom-cli link scenario.headroom.json)\"";
  }
  void addOptions(Options& options) override { scenario_.add(options); }

  Result<int> run(Streams& streams) override {
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    streams.out << scenarioLink(writeScenario(*scenario)) << "\n";
    return kDone;
  }

 private:
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> makeLinkCommand() {
  return std::make_unique<LinkCommand>();
}

}  // namespace headroom
