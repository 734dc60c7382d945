// Scenario files: every key of the schema is read, written and read again; what a file carries wins over the catalogue.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/text_file.h"
#include "core/estimate/estimate.h"
#include "core/open/said_key.h"
#include "core/open/scenario_json.h"
#include "core/scenario/all_layers.h"
#include "core/scenario/settings.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

// Every key, each with a value that is not its default, in canonical order.
constexpr const char* kEverything = R"({
  "headroom": 1,
  "name": "Everything",
  "model": "meta-llama/Llama-3.1-8B",
  "workload": "qlora",
  "method": "fourteen-tensors-per-block",
  "method_options": {"activation_factor": 2, "c": 0.5, "k": 3, "preserved_layers": 4, "activation_share": 0.25, "workspace_share": 0.125},
  "engine": "fsdp",
  "framework": "torchtune",
  "engine_version": "0.6.1",
  "precision": {"weights": "nf4-dq", "kv_cache": {"k": "q8_0", "v": "fp16"}, "compute": "mxfp8", "gradients": "fp32", "optimizer_states": "int8",
                "master_weights": "none", "reduce": "bf16", "adapters": "fp32"},
  "batch": 3,
  "context": 2048,
  "prefill_tokens": 512,
  "max_sequences": 7,
  "unified_kv": true,
  "full_window_cache": true,
  "mla_cache": false,
  "cuda_graphs": false,
  "memory_utilization": 0.85,
  "attention": "eager",
  "logits": "all",
  "task": "embed",
  "lora": {"slots": 4, "rank": 32, "targets": "attention", "format": "fp16"},
  "speculative": {"method": "eagle", "tokens": 5, "model": "Qwen/Qwen2.5-0.5B"},
  "images": {"per_request": 3, "width": 1280, "height": 720},
  "training": {"optimizer": "paged-adamw-8bit", "optimizer_in_backward": true, "accumulation": 4, "checkpointing": "selective", "checkpoint_every": 2, "loss": "chunked", "rank": 8,
               "targets": ["q_proj", "v_proj"], "dora": true, "compile": true,
               "optimizer_implementation": "for-loop", "checkpoint_reentrant": false, "checkpoint_placement": "around the unit", "selective_option": 3,
               "attention_implementation": "flash-attention-2", "norm_implementation": "fused", "autocast": true, "use_cache": true, "dropout": 0.1,
               "adapter_dropout": 0.05, "rslora": true, "modules_to_save": ["lm_head", "embed_tokens"], "kbit_preparation": true, "holds_logits": true,
               "loss_rows": 128, "loss_chunks": 8, "head_chunk_tokens": 64, "compiled_loss": true, "gradient_clipping": "foreach", "lengths": "packed"},
  "reinforcement": {"method": "grpo", "reference": "held", "reward": 7000000000, "critic": "none", "teacher": "meta-llama/Llama-3.1-8B", "rollout": "colocated",
                    "rollout_share": 0.5, "rollout_tensor": 2, "rollout_sleeps": true, "completion": 1024, "generations": 16},
  "parallel": {"data": 2, "tensor": 4, "sequence": true, "pipeline": 2, "virtual_pipeline": 3, "context": 5, "expert": 6, "expert_tensor": 7, "sharding": "fsdp2",
               "strategy": "SHARD_GRAD_OP", "wrap": "whole", "units": "embedding, blocks, norm+head", "reshard_after_forward": false,
               "root_reshard_after_forward": true, "head_reshard_after_forward": true, "reshard_after_backward": false, "prefetch": "backward", "replicate": 2,
               "gradient_sync": "last", "original_parameters": true, "limit_all_gathers": false, "adapters_own_unit": true, "bucket_bytes": 26214400,
               "gradient_as_bucket_view": true, "static_graph": true, "loss_parallel": true, "pipeline_schedule": "gpipe", "micro_batches": 8,
               "reduce_bucket_elements": 500000, "allgather_bucket_elements": 500000, "prefetch_bucket_elements": 200000, "persistence_threshold_elements": 2560,
               "max_live_elements": 1000000, "max_reuse_distance_elements": 0, "overlap_communication": true, "contiguous_gradients": false},
  "offload": {"gpu_layers": 12, "experts": 5, "kv_cache": true, "optimizer": "cpu", "parameters": "nvme", "activations": "cpu"},
  "reserve": 0.3,
  "devices": [{"accelerator": "l4", "count": 2, "memory_bytes": 24000000000, "compute_capability": 8.9}, {}],
  "tensor_split": [3, 1.5],
  "calibration": {"log": "vllm.log", "date": "10-01", "engine": "vllm", "engine_version": "0.11.0", "model": "meta-llama/Llama-3.1-8B",
                  "measured_minus_predicted": {"weights": 31457280, "activations": -1048576, "host.output": 512}, "pool": -4096}
})";

Scenario readOrDie(const std::string& text) {
  Result<Scenario> s = readScenario(text, "test");
  EXPECT_TRUE(s) << s.error().text();
  return s ? *s : Scenario{};
}

TEST(ScenarioFile, EveryKeyComesBackInItsPlace) {
  const Scenario s = readOrDie(kEverything);
  ordered_json written = ordered_json::parse(writeScenario(s));
  EXPECT_TRUE(written.contains("resolved_model"));
  EXPECT_TRUE(written.contains("resolved_draft_model"));
  written.erase("resolved_model"), written.erase("resolved_draft_model");
  EXPECT_EQ(written.dump(), ordered_json::parse(kEverything).dump());
  EXPECT_EQ(readOrDie(writeScenario(s)), s);
}

TEST(ScenarioFile, HoldsWhatTheUserSetAndNothingElse) {
  ordered_json written =
      ordered_json::parse(writeScenario(readOrDie(R"({"model": "meta-llama/Llama-3.1-8B", "batch": 1})")));
  written.erase("resolved_model");
  EXPECT_EQ(written.dump(), R"({"headroom":1,"model":"meta-llama/Llama-3.1-8B","batch":1})");
}

// The draft model is described in the file as the model is, so that it needs neither catalogue nor network again.
// Where nobody says, a training code does what it does by itself; what was said stays said.
TEST(ScenarioFile, LeavesCheckpointingToTheTrainingCode) {
  const auto checkpointingOf = [](const std::string& training) {
    const auto s = readScenario(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", )" + training + "}", "test");
    EXPECT_TRUE(s);
    const auto again = s ? readScenario(writeScenario(*s), "again") : s;
    EXPECT_TRUE(again);
    if (!s || !again) return Checkpointing::full;
    EXPECT_EQ(s->training.checkpointing, again->training.checkpointing);
    EXPECT_EQ(settingsOf(*s).training.checkpointing, settingsOf(*again).training.checkpointing);
    return settingsOf(*s).training.checkpointing;
  };
  EXPECT_EQ(checkpointingOf(R"("workload": "full", "framework": "torchtitan")"), Checkpointing::selective);
  EXPECT_EQ(checkpointingOf(R"("workload": "lora", "framework": "ms-swift")"), Checkpointing::full);
  EXPECT_EQ(checkpointingOf(R"("workload": "lora", "engine": "unsloth", "training": {"rank": 8})"),
            Checkpointing::offloaded);
  EXPECT_EQ(checkpointingOf(R"("workload": "lora", "framework": "peft")"), Checkpointing::none);
  EXPECT_EQ(checkpointingOf(R"("workload": "full", "framework": "torchtitan", "training": {"checkpointing": "none"})"),
            Checkpointing::none);
}

TEST(ScenarioFile, KeepsTheDescriptionOfADraftModel) {
  const Scenario s = readOrDie(
      R"({"model": "meta-llama/Llama-3.1-8B", "speculative": {"model": "meta-llama/Llama-3.2-1B"}, "lora": {}, "images": {}})");
  ASSERT_TRUE(s.speculative && s.speculative->model && s.lora && s.images);
  ordered_json file = ordered_json::parse(writeScenario(s));
  EXPECT_EQ(file["lora"].dump(), "{}");
  file["speculative"]["model"] = "somebody/withdrawn";
  const Scenario again = readOrDie(file.dump());
  ASSERT_TRUE(again.speculative && again.speculative->model);
  EXPECT_EQ(again.speculative->model->parameters, s.speculative->model->parameters);

  file["resolved_draft_model"].erase("config");
  const Result<Scenario> refused = readScenario(file.dump(), "test");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().where.find("/resolved_draft_model"), std::string::npos) << refused.error().text();
  const Result<Scenario> unknown =
      readScenario(R"({"model": "meta-llama/Llama-3.1-8B", "speculative": {"model": "no/such"}})", "test");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().where.find("/speculative/model"), std::string::npos) << unknown.error().text();
}

TEST(ScenarioFile, EveryFormOfAModelComesBack) {
  const std::string config = std::string(HEADROOM_TEST_DATA) + "/llama-3.1-8b/config.json";
  for (
      const std::string& model :
      {std::string(R"("meta-llama/Llama-3.1-8B")"), R"({"path": ")" + config + R"("})",
       R"({"config": )" + *readTextFile(config) + R"(, "name": "mine"})",
       std::string(
           R"({"dimensions": {"parameters": 6.74e9, "layers": 32, "hidden": 4096, "heads": 32, "kv_heads": 8, "head_dim": 128,
                                                 "intermediate": 11008, "vocab": 32000, "tied": false}})")}) {
    const Scenario s = readOrDie(R"({"model": )" + model + "}");
    const Scenario again = readOrDie(writeScenario(s));
    EXPECT_EQ(again, s) << model;
    EXPECT_EQ(again.model->parameters, s.model->parameters) << model;
    EXPECT_EQ(writeScenario(again), writeScenario(s)) << model;
  }
}

TEST(ScenarioFile, ASavedScenarioGivesTheSameEstimate) {
  ScenarioDraw draw(11);
  for (int i = 0; i < 150 && !testing::Test::HasFailure(); ++i) {
    const Scenario s = draw.next();
    const Scenario again = readOrDie(writeScenario(s));
    EXPECT_EQ(again, s) << s.name;
    EXPECT_TRUE(again.notes.empty()) << again.notes.front();
    EXPECT_EQ(estimate(again).heaviest().device, estimate(s).heaviest().device) << s.name;
  }
}

TEST(ScenarioFile, AcceptsTheSpellingsOfShellsAndMeasuredRows) {
  const Scenario s = readOrDie(
      R"({"model": {"dimensions": {"parameters": 7e9, "layers": 32.0, "hidden": "4096"}}, "unified_kv": "true", "cuda_graphs": "false",
    "context": 8.192e3, "precision": {"weights": "torch.bfloat16", "kv_cache": "f16", "master_weights": null}, "tensor_split": "3,1",
    "training": {"targets": "q_proj,v_proj"}, "offload": {"gpu_layers": "all", "experts": "cpu"}, "devices": [{"compute_capability": "8.9"}]})");
  EXPECT_EQ(s.unifiedKv, true);
  EXPECT_EQ(s.cudaGraphs, false);
  EXPECT_EQ(s.context, 8192);
  EXPECT_EQ(s.precision.weights, WeightFormat(NumberFormat::bf16));
  EXPECT_EQ(s.precision.kvCache->v, NumberFormat::fp16);
  EXPECT_FALSE(s.precision.masterWeights.has_value());
  EXPECT_EQ(s.tensorSplit, (std::vector<double>{3, 1}));
  EXPECT_EQ(s.training.targets->names, (std::vector<std::string>{"q_proj", "v_proj"}));
  EXPECT_EQ(s.offload.gpuLayers, kAllLayers) << "said, which is not the same as absent";
  EXPECT_EQ(s.offload.expertLayers, -1);
  EXPECT_EQ(s.devices.at(0).computeCapability, 8.9);
}

TEST(ScenarioFile, ItsOwnDescriptionWinsOverTheCatalogueAndSaysSo) {
  ordered_json file = ordered_json::parse(writeScenario(readOrDie(R"({"model": "meta-llama/Llama-3.1-8B"})")));
  file["resolved_model"]["config"]["num_hidden_layers"] = 16;
  const Scenario s = readOrDie(file.dump());
  EXPECT_EQ(s.model->layers(), 16);
  ASSERT_EQ(s.notes.size(), 1u);
  EXPECT_NE(s.notes[0].find("8,030,261,248 parameters instead of"), std::string::npos) << s.notes[0];
  const Estimate e = estimate(s);
  EXPECT_TRUE(std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.message == s.notes[0]; }));
}

TEST(ScenarioFile, OpensWithoutTheCatalogueEntry) {
  ordered_json file = ordered_json::parse(writeScenario(readOrDie(R"({"model": "meta-llama/Llama-3.1-8B"})")));
  file["model"] = "somebody/withdrawn";
  EXPECT_EQ(readOrDie(file.dump()).model->parameters.value(), 8030261248);
}

// A checkpoint's own formats, layer by layer, are part of the description: the file itself is not needed again.
TEST(ScenarioFile, KeepsWhatACheckpointStores) {
  Scenario s = readOrDie(R"({"model": "meta-llama/Llama-3.1-8B", "precision": {"weights": "checkpoint"}})");
  Model model = *s.model;
  LayerKind second = model.kinds[0];
  for (Tensor& t : second.tensors) t.stored = NumberFormat::q6_k;
  for (Tensor& t : model.kinds[0].tensors) t.stored = NumberFormat::q4_k;
  second.count = 2, model.kinds[0].count -= 2;
  model.kinds.push_back(second);
  model.order.front() = model.order.back() = 1;
  model.globals[0].stored = NumberFormat::q8_0;
  model.finish();
  model.storedBytes = Bytes(5'000'000'000);
  s.reference = FileModel{"/somewhere/model.gguf"};
  s.model = std::make_shared<const Model>(model);
  const Scenario again = readOrDie(writeScenario(s));
  EXPECT_EQ(again, s);
  EXPECT_EQ(again.model->order, model.order);
  EXPECT_EQ(again.model->storedBytes, model.storedBytes);
  EXPECT_EQ(again.model->globals[0].stored, NumberFormat::q8_0);
  EXPECT_EQ(estimate(again).heaviest().device, estimate(s).heaviest().device);

  ordered_json broken = ordered_json::parse(writeScenario(s));
  broken["resolved_model"]["stored"]["kinds"][0]["layers"].push_back(0);
  const Result<Scenario> refused = readScenario(broken.dump(), "test");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().where.find("/resolved_model/stored"), std::string::npos) << refused.error().text();
}

TEST(ScenarioFile, ANewerVersionIsRefusedAndLeftUntouched) {
  const std::string path = testing::TempDir() + "/newer.headroom.json";
  const std::string text = R"({"headroom": 2, "model": "meta-llama/Llama-3.1-8B", "from_the_future": true})";
  ASSERT_TRUE(writeFileAtomically(path, text));
  const Result<Scenario> s = readScenarioFile(path);
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code, ErrorCode::unsupported);
  EXPECT_EQ(*readTextFile(path), text);
}

TEST(ScenarioFile, IsReplacedWholeOrNotAtAll) {
  const std::string folder = testing::TempDir() + "/scenario_file_test";
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/a.headroom.json";
  ASSERT_TRUE(writeFileAtomically(path, "old"));
  const Scenario s = readOrDie(R"({"model": "meta-llama/Llama-3.1-8B"})");
  ASSERT_TRUE(writeScenarioFile(s, path));
  EXPECT_EQ(*readScenarioFile(path), s);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()),
            1);  // no temporary file is left
  const Result<void> refused = writeScenarioFile(s, folder + "/missing/b.headroom.json");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::io);
  std::filesystem::remove_all(folder);
}

TEST(ScenarioFile, ARelativeModelPathStartsAtTheFile) {
  const std::string folder = std::string(HEADROOM_TEST_DATA) + "/llama-3.1-8b";
  const Result<Scenario> s = readScenario(R"({"model": {"path": "config.json"}})", "test", folder);
  ASSERT_TRUE(s) << s.error().text();
  EXPECT_EQ(s->model->parameters.value(), 8030261248);
}

// One key at a time says what a file with that key says.
TEST(SaidKey, IsWhatAFileSays) {
  const std::string start = R"({"model": "meta-llama/Llama-3.1-8B", "workload": "lora")";
  const auto file = [&](const std::string& more) { return *readScenario(start + more + "}", "test"); };
  struct Case {
    std::string_view key;
    std::vector<std::string> texts;
    std::string members;
  };
  const Case cases[] = {
      {"context", {"4096"}, R"(, "context": 4096)"},
      {"training.dropout", {"0.1"}, R"(, "training": {"dropout": 0.1})"},
      {"training.rslora", {"true"}, R"(, "training": {"rslora": true})"},
      {"training.modules_to_save", {"lm_head", "norm"}, R"(, "training": {"modules_to_save": ["lm_head", "norm"]})"},
      {"training.targets", {"attention"}, R"(, "training": {"targets": "attention"})"},
      {"training.selective_option", {"2"}, R"(, "training": {"selective_option": 2})"},
      {"parallel.units", {"root"}, R"(, "parallel": {"units": "root"})"},
      {"tensor_split", {"3", "1"}, R"(, "tensor_split": [3, 1])"},
      {"lora", {"true"}, R"(, "lora": {})"},
      {"lora.rank", {"64"}, R"(, "lora": {"rank": 64})"},
      {"offload.experts", {"cpu"}, R"(, "offload": {"experts": "cpu"})"}};
  for (const Case& c : cases) {
    Scenario s = file("");
    ASSERT_TRUE(sayKey(s, c.key, c.texts)) << c.key;
    EXPECT_EQ(s, file(c.members)) << c.key;
    ASSERT_TRUE(sayKey(s, c.key, {})) << c.key;
    ASSERT_TRUE(c.key != "lora.rank" || sayKey(s, "lora", {}));  // its object stays
    EXPECT_EQ(s, file("")) << c.key;
  }
  Scenario s = file(R"(, "lora": {"slots": 4})");
  ASSERT_TRUE(sayKey(s, "lora.rank", {"64"}));
  EXPECT_EQ(s.lora->slots, 4);
  const Scenario before = s;
  for (const auto& [key, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"training.dropout", "2"}, {"context", "0"}, {"parallel.units", "some"}, {"no.such_key", "1"}})
    EXPECT_FALSE(sayKey(s, key, {text})) << key;
  EXPECT_EQ(s, before);
  EXPECT_EQ(describedKey("training.lengths")->names.size(), 4U);
  EXPECT_EQ(describedKey("training.dropout")->high, 1);
  EXPECT_EQ(describedKey("lora")->kind, KeyKind::object);
}

TEST(ScenarioFile, AKeyThatStandsTwiceIsNamedWithItsPlace) {
  const auto where = [](const std::string& text) {
    const Result<Scenario> s = readScenario(text, "file");
    return s ? std::string("read") : s.error().where;
  };
  EXPECT_EQ(where(R"({"model": "m", "batch": 1, "batch": 2})"), "file, /batch");
  EXPECT_EQ(where(R"({"model": "m", "devices": [{"count": 1}, {"count": 1, "count": 2}]})"), "file, /devices/1/count");
  EXPECT_EQ(where(R"({"tensor_split": [3, 1], "devices": [[], [1, {"config": {}}], {"a": 1, "a": 2}]})"),
            "file, /devices/2/a");
  EXPECT_EQ(where(R"({"model": "m", "speculative": {"tokens": 1, "tokens": 2}})"), "file, /speculative/tokens");
}

}  // namespace
}  // namespace headroom
