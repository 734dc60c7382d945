// headroom-cli explain: where every byte comes from.
#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/base/nearest.h"
#include "core/report/explain_report.h"

namespace headroom {
namespace {

class ExplainCommand : public Command {
 public:
  std::string_view name() const override { return "explain"; }
  std::string_view summary() const override {
    return "Where every byte comes from: formula, numbers and source per line.";
  }
  std::string_view examples() const override {
    return "headroom-cli explain --model meta-llama/Llama-3.1-8B --engine vllm --gpu l4\n"
           "headroom-cli explain scenario.headroom.json --component kv_cache --component weights\n"
           "headroom-cli explain scenario.headroom.json --format csv";
  }

  void addOptions(Options& options) override {
    options.texts("component", components_, "ID", "only this component (weights, kv_cache, …); may be repeated");
    options.number("depth", depth_, "N", "levels of factors: 1 for the lines' own, all of them if absent");
    scenario_.add(options);
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    std::vector<ComponentId> wanted;
    for (const std::string& name : components_) {
      const auto id = componentOf(name);
      if (!id) return tl::unexpected(id.error());
      wanted.push_back(*id);
    }
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    streams.out << explainReport(estimate(*scenario), wanted, output_.format(), output_.unit(),
                                 static_cast<int>(std::min<std::size_t>(depth_, 1000)));
    return kDone;
  }

 private:
  static Result<ComponentId> componentOf(const std::string& name) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < kComponentCount; ++i) {
      known.push_back(idOf(static_cast<ComponentId>(i)));
      if (known.back() == name) return static_cast<ComponentId>(i);
    }
    return fail(ErrorCode::unknown_name, "'" + name + "' is not a component." + didYouMean(name, known), "--component");
  }

  ScenarioOptions scenario_;
  OutputOptions output_;
  std::vector<std::string> components_;
  std::size_t depth_ = 1000;
};

}  // namespace

std::unique_ptr<Command> makeExplainCommand() {
  return std::make_unique<ExplainCommand>();
}

}  // namespace headroom
