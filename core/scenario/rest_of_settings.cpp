#include "core/scenario/rest_of_settings.h"

#include "core/scenario/calibration.h"
#include "core/scenario/engines.h"
#include "core/scenario/reinforcement_settings.h"

namespace headroom {

using enum SettingOrigin;

NumberFormat servedAdapterFormat(const Scenario& scenario, const Settings& settings) {
  if (scenario.lora && scenario.lora->format) return *scenario.lora->format;
  return includes(rowOf(settings.engine).features, Feature::claim) ? settings.compute : NumberFormat::fp32;
}

void recordRest(const Scenario& s, const Settings& settings, SettingRecorder& recorder) {
  const auto record = [&](std::string_view key, const auto& value, SettingOrigin origin, std::string_view why) {
    recorder.record(key, value, origin, origin == SettingOrigin::asked ? std::string_view() : why);
  };
  const ReinforcementSettings& r = settings.reinforcement;
  const Reinforcement& a = s.reinforcement;
  const auto of = [](bool given) { return given ? SettingOrigin::asked : SettingOrigin::engine; };
  constexpr std::string_view kTrl = "trl/trainer (1.10)";
  record("reinforcement.method", r.method, of(a.method != ReinforcementMethod::none), "plain training unless asked");
  // What was asked and cannot be is not shown as if it were; a diagnostic says why.
  const auto taken = [&](std::string_view key, const auto& value, const auto& wanted) {
    record(key, value, of(wanted == value), wanted ? std::string_view("as the method has it") : kTrl);
  };
  taken("reinforcement.reference", r.reference, a.reference);
  const auto side = [&](std::string_view key, const std::optional<SideModel>& asked, double parameters) {
    if (asked) return record(key, &*asked, SettingOrigin::asked, {});
    if (parameters > 0) return record(key, parameters, engine, "as large as the policy: trl/trainer (1.10)");
    record(key, std::string_view("none"), engine, kTrl);
  };
  side("reinforcement.reward", a.reward, r.rewardParameters);
  side("reinforcement.critic", a.critic, r.criticParameters);
  side("reinforcement.teacher", a.teacher, r.teacherParameters);
  taken("reinforcement.rollout", r.rollout, a.rollout);
  taken("reinforcement.rollout_share", r.rolloutShare, a.rolloutShare);
  taken("reinforcement.rollout_tensor", r.rolloutTensor, a.rolloutTensor);
  taken("reinforcement.rollout_sleeps", r.rolloutSleeps, a.rolloutSleeps);
  taken("reinforcement.completion", r.completion, a.completion);
  record("reinforcement.generations", a.generations.value_or(8), of(a.generations.has_value()), kTrl);
  constexpr std::string_view kNone = "none unless asked";
  if (const auto& l = s.lora) {
    record("lora.slots", l->slots, asked, {});
    record("lora.rank", l->rank, asked, {});
    record("lora.targets", &l->targets, asked, {});
    record("lora.format", servedAdapterFormat(s, settings), of(l->format.has_value()),
           includes(rowOf(settings.engine).features, Feature::claim)
               ? "the compute format"
               : "as adapters are saved: fp32 by peft, mlx_lm and llama.cpp's convert_lora_to_gguf.py");
  } else {
    record("lora", std::monostate(), engine, kNone);
  }
  if (const auto& d = s.speculative) {
    record("speculative.method", d->method, asked, {});
    record("speculative.tokens", d->tokens, asked, {});
    record("speculative.model", std::string_view(d->model ? std::string_view(d->model->id) : "none"), asked, {});
  } else {
    record("speculative", std::monostate(), engine, kNone);
  }
  if (const auto& i = s.images) {
    record("images.per_request", i->perRequest, asked, {});
    if (i->width) record("images.width", *i->width, asked, {});
    if (i->height) record("images.height", *i->height, asked, {});
  } else {
    record("images", std::monostate(), engine, "what the model's processor takes");
  }
  record("model", std::string_view(s.model->id), asked, {});
  record("name", std::string_view(s.name), asked, "a title");
  record("devices", deviceCount(s), s.devices.empty() ? assumed : asked,
         s.devices.empty() ? "no capacity is compared" : "");
  if (s.tensorSplit.empty())
    record("tensor_split", std::monostate(), engine, "devices take shares by their free memory");
  else
    record("tensor_split", &s.tensorSplit, asked, {});
  record("unmodelled", &s.unmodelled, of(!s.unmodelled.empty()), "nothing was said");
  record("calibration", std::string_view(s.calibration ? std::string_view(s.calibration->label) : "none"),
         s.calibration ? asked : assumed, "no log was read");
  const auto option = [&](std::string_view key, const std::optional<double>& value) {
    if (value) return record(key, *value, asked, {});
    record(key, std::monostate(), engine, "the method's own constant");
  };
  const MethodOptions& o = s.methodOptions;
  option("method_options.activation_factor", o.activationFactor);
  option("method_options.c", o.c);
  option("method_options.k", o.k);
  option("method_options.preserved_layers", o.preservedLayers);
  option("method_options.activation_share", o.activationShare);
  option("method_options.workspace_share", o.workspaceShare);
}

}  // namespace headroom
