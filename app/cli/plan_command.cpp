// headroom-cli plan: how a job can be laid out over a fleet.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "app/cli/swept_fields.h"
#include "core/base/nearest.h"
#include "core/open/scenario_json.h"
#include "core/report/plan_report.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

constexpr std::size_t kMostLayouts = 5'000'000;

Error wrong(const std::string& text, std::string_view what) {
  return {ErrorCode::usage, fmt::format("'{}' is not {}.", text, what), "--try"};
}

template <typename E>
Result<std::vector<E>> named(const std::string& list, std::string_view what) {
  std::vector<E> values;
  for (const std::string& text : split(list, ',')) {
    const auto value = valueOf<E>(text);
    if (!value) {
      Error error = wrong(text, what);
      error.message += didYouMean(text, allNames<E>());
      return tl::unexpected(std::move(error));
    }
    values.push_back(*value);
  }
  return values;
}

Result<std::vector<std::int64_t>> counted(const std::string& list) {
  std::vector<std::int64_t> values;
  for (const std::string& text : split(list, ',')) {
    const auto value = tokenCount(text);
    if (!value || *value < 1 || *value > kMaxDevices) return tl::unexpected(wrong(text, "a whole number above 0"));
    values.push_back(*value);
  }
  return values;
}

class PlanCommand : public Command {
 public:
  std::string_view name() const override { return "plan"; }
  std::string_view summary() const override {
    return "How a job can be laid out over a fleet: what nothing beats in memory, devices and communication.";
  }
  std::string_view examples() const override {
    return "headroom-cli plan --model meta-llama/Llama-3.1-70B --workload full --engine megatron --context 8k "
           "--gpu 64xh100-sxm-80gb --global-batch 512\n"
           "headroom-cli plan --model Qwen/Qwen3-8B --workload full --engine deepspeed --gpu 8xa100-sxm-80gb --context "
           "4k --try micro-batch=1,2 --try sharding=zero2,zero3\n"
           "headroom-cli plan --model meta-llama/Llama-3.1-405B --engine vllm --gpu 16xh100-sxm-80gb --context 8k "
           "--try weights=bf16,fp8";
  }

  void addOptions(Options& options) override {
    scenario_.add(options);
    options.heading("Plan");
    options.text("global-batch", globalBatch_, "N",
                 "sequences of an optimizer step; micro-batches are then as many as it takes");
    options.texts("try", tried_, "PART=a,b",
                  "what to try of tensor, pipeline, context, expert, data, micro-batch, sharding, checkpointing or "
                  "weights, instead of what the fleet's size allows; what a flag or the file says of one is kept");
    options.text("save", folder_, "FOLDER", "each layout as a scenario file there");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    if (!scenario->devices.empty() && scenario->devices.size() > 1)
      return fail(ErrorCode::usage, "A plan is for devices that are alike; name one kind.", "--gpu");
    if (scenario->devices.empty() || !scenario->devices.front().capacity())
      return fail(ErrorCode::usage, "A plan needs its fleet; name it as in --gpu 8xh100-sxm-80gb.", "--gpu");
    if (scenario->method != Method::detailed)
      return fail(ErrorCode::usage, "Rules of thumb know no layouts; a plan takes the method 'detailed'.", "--method");
    std::optional<std::int64_t> batch;
    if (!globalBatch_.empty()) {
      batch = tokenCount(globalBatch_);
      if (!batch || *batch < 1 || !isTraining(scenario->workload))
        return fail(ErrorCode::usage, "It is the number of sequences of a training step.", "--global-batch");
    }
    PlanAxes axes = planAxes(*scenario, batch);
    for (const std::string& one : tried_)
      if (auto done = put(one, axes); !done) return tl::unexpected(done.error());
    if (axes.layouts() > kMostLayouts)
      return fail(ErrorCode::usage,
                  fmt::format("Those are more than {} layouts; try fewer values of a part.", kMostLayouts), "--try");
    const Plan plan = planFor(*scenario, axes);
    if (auto saved = save(*scenario, axes, plan); !saved) return tl::unexpected(saved.error());
    streams.out << planReport(*scenario, axes, plan, output_.format(), output_.unit());
    return kDone;
  }

 private:
  static Result<void> put(const std::string& argument, PlanAxes& axes) {
    const std::size_t equals = argument.find('=');
    const std::string part = argument.substr(0, equals);
    const std::string list = equals == std::string::npos ? "" : argument.substr(equals + 1);
    if (list.empty()) return tl::unexpected(wrong(argument, "PART=a,b"));
    struct Counts {
      std::string_view name;
      std::vector<std::int64_t>& values;
    };
    const Counts counts[] = {{"tensor", axes.tensor}, {"pipeline", axes.pipeline}, {"context", axes.context},
                             {"expert", axes.expert}, {"data", axes.data},         {"micro-batch", axes.microBatch}};
    for (const Counts& c : counts) {
      if (c.name != part) continue;
      Result<std::vector<std::int64_t>> values = counted(list);
      if (!values) return tl::unexpected(values.error());
      c.values = std::move(*values);
      return {};
    }
    const auto take = [](auto result, auto& into) -> Result<void> {
      if (!result) return tl::unexpected(result.error());
      into = std::move(*result);
      return {};
    };
    if (part == "sharding") return take(named<Sharding>(list, "a way of sharding"), axes.sharding);
    if (part == "checkpointing") return take(named<Checkpointing>(list, "a way of checkpointing"), axes.checkpointing);
    if (part == "weights") {
      axes.weights.clear();
      for (const std::string& text : split(list, ',')) {
        const auto format = weightFormat(text);
        if (!format) return tl::unexpected(wrong(text, "a format of weights"));
        axes.weights.emplace_back(*format);
      }
      return {};
    }
    const std::vector<std::string_view> known{"tensor",      "pipeline", "context",       "expert", "data",
                                              "micro-batch", "sharding", "checkpointing", "weights"};
    return fail(ErrorCode::usage,
                fmt::format("'{}' is no part of a layout.{} Known are {}.", part, didYouMean(part, known),
                            fmt::join(known, ", ")),
                "--try");
  }

  Result<void> save(const Scenario& scenario, const PlanAxes& axes, const Plan& plan) const {
    if (folder_.empty()) return {};
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) return fail(ErrorCode::io, error.message() + ".", folder_);
    for (std::size_t i = 0; i < plan.layouts.size(); ++i) {
      const std::string path =
          (std::filesystem::path(folder_) / fmt::format("plan-{:03}.headroom.json", i + 1)).string();
      if (auto written = writeScenarioFile(laidOut(scenario, axes, plan.layouts[i].layout), path); !written)
        return written;
    }
    return {};
  }

  ScenarioOptions scenario_;
  OutputOptions output_;
  std::vector<std::string> tried_;
  std::string globalBatch_, folder_;
};

}  // namespace

std::unique_ptr<Command> makePlanCommand() {
  return std::make_unique<PlanCommand>();
}

}  // namespace headroom
