#include "tests/support/random_scenario.h"

#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/scenario/calibration.h"

namespace headroom {

void ScenarioDraw::drawInference(Scenario& s) {
  s.workload = Workload::inference;
  s.engine = oneOf({Engine::transformers, Engine::vllm, Engine::sglang, Engine::llama_cpp});
  if (*s.engine == Engine::llama_cpp)
    s.precision.weights = oneOf<WeightFormat>({GgufFileType::Q4_K_M, GgufFileType::Q8_0, GgufFileType::F16});
  else
    s.precision.weights = oneOf<WeightFormat>({NumberFormat::bf16, NumberFormat::fp8, NumberFormat::awq_int4});
  if (oneIn(3)) {
    const NumberFormat cache = *s.engine == Engine::llama_cpp ? NumberFormat::q8_0 : NumberFormat::fp8;
    s.precision.kvCache = KvFormats{cache, cache};
  }
  if (*s.engine == Engine::vllm || *s.engine == Engine::sglang)
    s.parallel.tensor = oneOf<std::int64_t>({1, 1, 2, 4, 8});
  if (*s.engine == Engine::vllm) s.parallel.pipeline = oneOf<std::int64_t>({1, 1, 2});
  s.logits = oneOf({LogitsRows::last, LogitsRows::all});
  s.batch = oneOf<std::int64_t>({1, 2, 7, 32});
  drawExtras(s);
}

// What may stand beside a served model.
void ScenarioDraw::drawExtras(Scenario& s) {
  if (oneIn(6)) s.lora = ServedAdapters{oneOf<std::int64_t>({1, 4}), oneOf<std::int64_t>({8, 24, 64}), {}, {}};
  if (oneIn(8)) s.task = Task::embed;
  if (oneIn(8)) s.images = Images{oneOf<std::int64_t>({0, 1, 3}), {}, {}};
  if (!oneIn(6)) return;
  Speculative draft;
  draft.method = oneOf({DraftMethod::draft_model, DraftMethod::mtp, DraftMethod::eagle, DraftMethod::ngram});
  draft.tokens = oneOf<std::int64_t>({1, 5});
  if (draft.method == DraftMethod::draft_model) draft.reference = CatalogueModel{"Qwen/Qwen2.5-0.5B"};
  s.speculative = std::move(draft);
}

void ScenarioDraw::drawTraining(Scenario& s) {
  s.workload = oneOf({Workload::lora, Workload::qlora, Workload::full});
  s.engine = oneOf({Engine::pytorch, Engine::deepspeed, Engine::fsdp, Engine::megatron, Engine::unsloth});
  s.training.optimizer = oneOf({Optimizer::adamw, Optimizer::adamw_8bit, Optimizer::sgd, Optimizer::adafactor});
  s.training.checkpointing = oneOf({Checkpointing::none, Checkpointing::full, Checkpointing::selective});
  s.training.loss = oneOf({Loss::eager, Loss::chunked, Loss::fused});
  s.training.rank = oneOf<std::int64_t>({4, 16, 64});
  s.training.accumulation = oneOf<std::int64_t>({1, 4});
  if (oneIn(4)) s.training.targets = {Targets::Kind::attention, {}};
  s.parallel.data = oneOf<std::int64_t>({1, 1, 2, 8});
  if (*s.engine == Engine::megatron) {
    s.parallel.tensor = oneOf<std::int64_t>({1, 2, 4});
    s.parallel.pipeline = oneOf<std::int64_t>({1, 2});
    s.parallel.sharding = oneOf({Sharding::none, Sharding::distributed_optimizer});
  } else if (*s.engine == Engine::deepspeed) {
    s.parallel.sharding = oneOf({Sharding::zero1, Sharding::zero2, Sharding::zero3});
  } else if (*s.engine == Engine::fsdp) {
    s.parallel.sharding = oneOf({Sharding::fsdp, Sharding::fsdp2});
  }
  s.attention = oneOf({AttentionImplementation::flash, AttentionImplementation::eager});
  s.batch = oneOf<std::int64_t>({1, 2, 5});
}

void ScenarioDraw::drawCalibration(Scenario& s) {
  Calibration c;
  c.log = "server.log";
  c.engine = *s.engine;
  c.model = s.model->id;
  for (const bool host : {false, true})
    for (const ComponentId id : {ComponentId::weights, ComponentId::kv_cache, ComponentId::activations})
      if (oneIn(2))
        c.differences.push_back({id, host, Bytes(oneOf<std::int64_t>({-3'000'000'000, -12'345, 1, 700'000'001}))});
  if (oneIn(2)) c.pool = Bytes(oneOf<std::int64_t>({-1'000'000'000, 40'000'000}));
  c.describe();
  s.calibration = std::make_shared<const Calibration>(std::move(c));
}

Scenario ScenarioDraw::next() {
  Scenario s;
  const auto models = modelCatalogue();
  s.reference = CatalogueModel{models[below(models.size())].id};
  if (oneIn(2))
    drawInference(s);
  else
    drawTraining(s);
  s.context = oneOf<std::int64_t>({1, 128, 1000, 4096, 10'000});
  if (oneIn(2)) s.devices = {DeviceRequest{"h100-sxm-80gb", 8, {}, {}, nullptr}};
  if (!resolve(s)) s.model.reset();
  if (s.model && s.workload == Workload::inference && printsComponents(*s.engine) && oneIn(4)) drawCalibration(s);
  std::string text = writeScenario(s);
  s.name = text.substr(0, text.find("\"resolved_model\""));
  return s;
}

}  // namespace headroom
