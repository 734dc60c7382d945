#include "core/scenario/layout_settings.h"

#include <algorithm>

#include "core/scenario/engine_options.h"
#include "core/scenario/engines.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

using enum SettingOrigin;

class LayoutSettler {
 public:
  LayoutSettler(const Scenario& s, SettingRecorder& recorder, Settings& out)
      : s_(s), recorder_(recorder), out_(out), engine_(&rowOf(out.engine)), training_(isTraining(s.workload)) {}

  void layout() {
    const Parallel& p = s_.parallel;
    ParallelSettings& l = out_.parallel;
    const std::int64_t devices = deviceCount(s_);
    // A way the engine does not have undoes none that it takes by itself.
    const auto tensor = known(Feature::tensor, p.tensor), pipeline = known(Feature::pipeline, p.pipeline);
    const auto data = known(Feature::data, p.data), context = known(Feature::context, p.context);
    // One rank along a way says no more than the way's absence; along the engine's own way it says not to take it.
    const bool open = devices > 1 && !training_ &&
                      std::max({tensor.value_or(1), pipeline.value_or(1), data.value_or(1), context.value_or(1)}) == 1;
    constexpr std::string_view kOne = "not split unless asked";
    const bool byTensor = open && !tensor && engine_->devices == DevicesImply::tensor;
    const bool byLayers = open && !pipeline && engine_->devices == DevicesImply::layers;
    const auto way = [&](std::string_view key, const std::optional<std::int64_t>& n, bool implied, std::int64_t count,
                         std::string_view why) {
      const std::int64_t value = std::max<std::int64_t>(1, n.value_or(implied ? count : 1));
      recorder_.record(key, value,
                       n         ? asked
                       : implied ? device
                                 : engine,
                       n         ? std::string_view()
                       : implied ? why
                                 : kOne);
      return value;
    };
    l.tensor = way("parallel.tensor", tensor, byTensor, devices, "every layer is split over the devices");
    l.pipeline = way("parallel.pipeline", pipeline, byLayers,
                     std::min(devices, std::max<std::int64_t>(1, s_.model->layers())), "each device gets whole layers");
    l.context = way("parallel.context", context, false, 1, {});
    l.virtualPipeline = way("parallel.virtual_pipeline", training_ ? p.virtualPipeline : std::nullopt, false, 1, {});
    l.expert = way("parallel.expert", known(Feature::expert, p.expert), false, 1, {});
    const std::int64_t others = l.tensor * l.pipeline * l.context;
    const bool oneProcess =
        out_.code != nullptr && l.pipeline > 1 && !out_.code->replicatesStages && !engine_->schedulesStages;
    const bool replicas = training_ && !data && devices > others && !oneProcess;
    l.data = way("parallel.data", data, replicas, std::max<std::int64_t>(1, devices / others),
                 "one replica on each device that is left");
    expertTensor();
    servedLayout();
    l.sequence = recorder_.take("parallel.sequence", p.sequence, false, engine, "off unless asked");
    const bool shared = training_ && (l.data * l.context > 1 || engine_->wrapsOneRank);
    const Sharding byEngine = engine_->sharding;
    const Sharding alone =
        !shared ? Sharding::none
        : byEngine != Sharding::none
            ? (out_.code != nullptr && out_.code->sharding != Sharding::none && out_.code->engine == out_.engine
                   ? out_.code->sharding
                   : byEngine)
        : out_.code != nullptr ? out_.code->sharding
                               : Sharding::none;
    const Sharding usual = l.pipeline > 1 ? rowOf(alone).besideStages : alone;
    l.sharding = recorder_.take("parallel.sharding", p.sharding, usual, engine,
                                !shared                   ? "one rank has nothing to share"
                                : usual == Sharding::none ? "every rank keeps everything"
                                : usual != alone          ? rowOf(alone).stagesSource
                                                          : engine_->source);
  }

 private:
  // What was asked of a server that knows the way; of any other nothing, as ignored_keys.cpp says.
  std::optional<std::int64_t> known(Feature way, const std::optional<std::int64_t>& ranks) const {
    return training_ || engine_->has(way) ? ranks : std::nullopt;
  }

  // Ranks that split each expert: as many as split a layer where the code takes them so and the ranks come out even.
  void expertTensor() {
    ParallelSettings& l = out_.parallel;
    const bool follows = out_.code != nullptr && out_.code->expertTensorFollows && l.expert > 1 &&
                         l.tensor * l.context * l.data % (l.expert * l.tensor) == 0;
    const auto& asked = s_.parallel.expertTensor;
    l.expertTensor = std::max<std::int64_t>(
        1, recorder_.take("parallel.expert_tensor", training_ ? asked : std::nullopt, follows ? l.tensor : 1, engine,
                          follows ? out_.code->layoutSource : "not split unless asked"));
  }

  // What a server's own rules make of its groups of ranks.
  void servedLayout() {
    ParallelSettings& l = out_.parallel;
    if (training_) return;
    const std::string_view option = engine_->attentionReplicas;
    l.dataInsideTensor = l.data > 1 && !option.empty() && flagOption(s_, option).value_or(false);
    if (l.expert > 1 && engine_->expertGroup == ExpertGroup::inside_tensor)
      l.expertTensor = std::max<std::int64_t>(1, l.tensor / l.expert);
  }

  const Scenario& s_;
  SettingRecorder& recorder_;
  Settings& out_;
  const EngineRow* engine_;
  bool training_;
};

}  // namespace

void layoutSettings(const Scenario& scenario, SettingRecorder& recorder, Settings& out) {
  LayoutSettler(scenario, recorder, out).layout();
}

}  // namespace headroom
