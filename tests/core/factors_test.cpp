// Every number of an estimate opens to its leaves: what was asked, the model's dimensions, formats, the catalogue,
// cited constants and measured figures. Re-multiplied from the leaves up, they give the bytes that are shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/estimate/estimate.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/scenario/optimizers.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

// The value that the parts give, worked out beside FactorTree.
double recombined(const FactorSpan& parts, Combine combine, Round round) {
  double value = parts.begin()->value;
  if (parts.begin()->inverse && combine != Combine::root) value = combine == Combine::add ? -value : 1.0 / value;
  for (const Factor* p = parts.begin() + 1; p != parts.end(); ++p) {
    if (combine == Combine::multiply) value = p->inverse ? value / p->value : value * p->value;
    if (combine == Combine::add) value += p->inverse ? -p->value : p->value;
    if (combine == Combine::largest) value = std::max(value, p->value);
    if (combine == Combine::smallest) value = std::min(value, p->value);
  }
  if (combine == Combine::root) value = std::sqrt(value);
  if (round == Round::up) return std::ceil(value);
  if (round == Round::down) return std::floor(value);
  return round == Round::nearest ? std::round(value) : value;
}

// What is wrong with a factor or the parts below it; empty where nothing is.
std::string faultOf(const FactorTree& tree, const Factor& f) {
  const std::string name(f.symbol);
  if (f.symbol.empty()) return "a factor without a name";
  if (f.origin != Origin::computed) {
    if (f.partCount > 0) return name + ": a leaf with parts";
    if (f.origin == Origin::constant && f.why.empty()) return name + ": a constant without a source";
    // A sum over tensors in disguise: no dimension of a model is that large. Figures of a file say so.
    const bool whole = f.unit == Unit::bytes || f.unit == Unit::elements || f.unit == Unit::parameters;
    if (f.origin == Origin::model && f.why.empty() && whole && f.value > 3e7)
      return name + ": no dimension, " + std::to_string(f.value);
    return {};
  }
  const FactorSpan parts = tree.parts(f);
  if (parts.count == 0) return name + ": computed of nothing";
  const double again = recombined(parts, f.combine, f.round);
  if (std::abs(again - f.value) > 1e-12 * std::abs(f.value))
    return name + ": " + std::to_string(f.value) + " shown, its parts give " + std::to_string(again);
  for (const Factor& part : parts)
    if (std::string fault = faultOf(tree, part); !fault.empty()) return name + " / " + fault;
  return {};
}

std::string faultOf(const Ledger& ledger) {
  for (const Line& line : ledger.lines()) {
    const std::string where = std::string(line.label) + ": ";
    double product = 1;
    for (const Factor& f : ledger.factors(line)) {
      if (std::string fault = faultOf(ledger, f); !fault.empty()) return where + fault;
      product = f.inverse ? product / f.value : product * f.value;
    }
    if (toBytes(product) != line.bytes) return where + "the factors do not multiply to the line's bytes";
  }
  return {};
}

// Byte for byte what the estimate says without its explanation.
std::string differenceOf(const Ledger& open, const Ledger& closed) {
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (open.bytes(id) != closed.bytes(id) || open.low(id) != closed.low(id) || open.high(id) != closed.high(id))
      return std::string(nameOf(id)) + ": " + std::to_string(open.bytes(id).value()) + " open, " +
             std::to_string(closed.bytes(id).value()) + " closed";
  }
  return {};
}

std::string faultOf(const Scenario& s) {
  const Estimate open = estimate(s);
  Estimate closed;
  estimateInto(s, closed);
  if (open.ranks.size() != closed.ranks.size()) return "another number of ranks";
  if (open.pool.kvBytes != closed.pool.kvBytes || open.pool.kvTokens != closed.pool.kvTokens) return "another pool";
  for (std::size_t r = 0; r < open.ranks.size(); ++r) {
    if (std::string fault = faultOf(open.ranks[r].ledger); !fault.empty()) return fault;
    if (std::string d = differenceOf(open.ranks[r].ledger, closed.ranks[r].ledger); !d.empty()) return d;
  }
  if (std::string fault = faultOf(open.host); !fault.empty()) return "host, " + fault;
  return differenceOf(open.host, closed.host);
}

// A question about the model of this place in the catalogue; questions with other remainders differ in other options.
Scenario question(const Model& model, Engine engine, std::size_t n) {
  Scenario s;
  s.reference = CatalogueModel{model.id};
  s.engine = engine;
  s.batch = n % 3 == 0 ? 1 : 5;
  s.context = n % 4 == 0 ? 1000 : 8192;
  using F = NumberFormat;
  constexpr F kFormats[] = {F::bf16,      F::fp8,    F::fp8_block, F::int8,  F::awq_int4, F::gptq_int4,
                            F::gptq_int8, F::nf4_dq, F::bnb_int8,  F::mxfp4, F::nvfp4,    F::fp32};
  if (n % 5 == 0)
    s.precision.weights = AsStored{};
  else if (n % 7 == 0 || engine == Engine::llama_cpp)
    s.precision.weights = n % 2 == 0 ? GgufFileType::Q4_K_M : GgufFileType::IQ2_M;
  else
    s.precision.weights = kFormats[n % std::size(kFormats)];
  if (n % 3 == 1) s.precision.kvCache = KvFormats{F::q8_0, F::q8_0};
  if (n % 3 == 2 && engine != Engine::llama_cpp) s.precision.kvCache = KvFormats{F::fp8, F::fp8};
  if (engine != Engine::llama_cpp) {
    constexpr std::int64_t kWays[] = {1, 2, 8, 3};
    s.parallel.tensor = kWays[n % 4], s.parallel.pipeline = n % 5 == 4 ? 3 : 1, s.parallel.data = n % 11 == 0 ? 2 : 1;
    if (n % 9 == 5) s.parallel.expert = 2;
    if (engine == Engine::vllm && n % 13 == 0) s.parallel.context = 2;
  }
  if (n % 6 == 5) s.attention = AttentionImplementation::eager;
  if (n % 6 == 2) s.logits = LogitsRows::all;
  if (n % 7 == 3) s.lora = ServedAdapters{4, 20, {}, {}};
  if (n % 8 == 1) s.images = Images{2, 1000, 700};
  if (n % 9 == 2) s.offload.kvCache = true;
  if (engine == Engine::llama_cpp && n % 4 == 1) s.offload.gpuLayers = 7;
  if (n % 10 == 3 || n % 10 == 7) {
    Speculative draft;
    draft.tokens = 3;
    constexpr DraftMethod kMethods[] = {DraftMethod::draft_model, DraftMethod::mtp, DraftMethod::eagle};
    draft.method = kMethods[n % 3];
    if (draft.method == DraftMethod::draft_model) draft.reference = CatalogueModel{"Qwen/Qwen2.5-0.5B"};
    s.speculative = std::move(draft);
  }
  constexpr const char* kVersions[] = {"", "0.6.3", "0.7.2", "0.11.0", "0.18.0", "0.22.0"};
  if (engine == Engine::vllm) s.engineVersion = kVersions[n % std::size(kVersions)];
  if (engine == Engine::llama_cpp && n % 5 == 1) s.engineVersion = "2025-02";
  if (n % 3 != 2) s.devices = {DeviceRequest{n % 2 == 0 ? "h200" : "mi300x", n % 4 == 2 ? 2 : 1, {}, {}, nullptr}};
  EXPECT_TRUE(resolve(s)) << model.id;
  return s;
}

TEST(Factors, ServingOpensToLeavesForEveryModelAndEngine) {
  std::size_t n = 0;
  for (const CatalogueEntry& entry : modelCatalogue()) {
    const auto model = catalogueModel(entry.id);
    ASSERT_TRUE(model);
    for (const Engine engine : {Engine::transformers, Engine::vllm, Engine::sglang, Engine::llama_cpp}) {
      const Scenario s = question(**model, engine, n);
      ASSERT_EQ(faultOf(s), "") << n << ": " << writeScenario(s).substr(0, 900);
      n += engine == Engine::llama_cpp ? 1 : 17;
    }
  }
}

TEST(Factors, RulesOfThumbOpenToLeaves) {
  std::size_t n = 0;
  for (const CatalogueEntry& entry : modelCatalogue())
    for (const Workload workload : {Workload::inference, Workload::qlora, Workload::full}) {
      Scenario s;
      s.reference = CatalogueModel{entry.id};
      constexpr Method kMethods[] = {Method::notebook, Method::chapter, Method::table, Method::bytes_per_parameter};
      s.method = kMethods[++n % 4];
      s.workload = workload;
      s.context = 2048;
      if (n % 5 == 0) s.precision.weights = AsStored{};
      if (n % 3 == 0) s.methodOptions.workspaceShare = 0.1;
      if (n % 2 == 0) s.training.checkpointing = Checkpointing::full;
      if (n % 7 == 0) s.training.dora = true;
      s.parallel.data = n % 3 == 1 ? 4 : 1, s.parallel.sharding = n % 3 == 1 ? Sharding::fsdp : Sharding::none;
      ASSERT_TRUE(resolve(s));
      ASSERT_EQ(faultOf(s), "") << writeScenario(s).substr(0, 900);
    }
}

// Terms that only few questions have.
TEST(Factors, RareTermsOpenToLeaves) {
  struct Rare {
    const char *label, *scenario;
  };
  constexpr Rare kRare[] = {
      {"attention scores, quadratic in the tokens",
       R"({"model": "meta-llama/Llama-3.1-8B", "engine": "transformers", "attention": "eager", "context": 8192})"},
      {"absorbed latent projections",
       R"({"model": "deepseek-ai/DeepSeek-V3", "engine": "vllm", "engine_version": "0.7.2", "parallel": {"tensor": 8},
           "context": 4096, "devices": [{"accelerator": "h200", "count": 8}]})"},
      {"kernels outside torch, between nothing and all that was seen",
       R"({"model": "deepseek-ai/DeepSeek-V3", "engine": "vllm", "engine_version": "0.12.1", "parallel": {"tensor": 8},
           "precision": {"weights": "fp8-block"}, "context": 4096, "devices": [{"accelerator": "h200", "count": 8}]})"},
      {"queries kept by attention without flash kernels",
       R"({"model": "Qwen/Qwen2.5-0.5B", "engine": "vllm", "context": 32768, "prefill_tokens": 32768, "max_sequences": 1,
           "devices": [{"accelerator": "t4"}]})"},
      {"calibrated from server.log",
       R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 4096, "devices": [{"accelerator": "l4"}],
           "calibration": {"log": "server.log", "engine": "vllm", "model": "meta-llama/Llama-3.1-8B",
                           "measured_minus_predicted": {"weights": -90000000000, "kv_cache": 5}}})"},
  };
  for (const Rare& rare : kRare) {
    const Result<Scenario> s = readScenario(rare.scenario, "test");
    ASSERT_TRUE(s) << s.error().text();
    EXPECT_EQ(faultOf(*s), "") << rare.label;
    const Estimate e = estimate(*s);
    const auto& lines = e.heaviest().ledger.lines();
    EXPECT_NE(std::ranges::find(lines, rare.label, &Line::label), lines.end()) << rare.label;
  }
}

// Calibrated runs among them.
TEST(Factors, RandomQuestionsOpenToLeaves) {
  ScenarioDraw draw(20261129);
  for (int i = 0; i < 600; ++i) {
    const Scenario s = draw.next();
    if (!s.model || isTraining(s.workload)) continue;
    ASSERT_EQ(faultOf(s), "") << s.name;
  }
}

// The weights of a rank are its tensors: layers × rows × columns × bytes, with what splits them.
TEST(Factors, WeightsOpenToTensors) {
  Result<Scenario> s = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "parallel": {"tensor": 2}, "context": 4096,
          "devices": [{"accelerator": "h100-sxm-80gb", "count": 2}]})",
      "test");
  ASSERT_TRUE(s) << s.error().text();
  const Estimate e = estimate(*s);
  const Ledger& l = e.heaviest().ledger;
  const Line& mlp = *std::ranges::find(l.lines(), "MLP layers", &Line::label);
  ASSERT_EQ(mlp.factorCount, 2);  // elements × bytes per element
  const Factor& elements = l.factors(mlp).first[0];
  EXPECT_EQ(elements.combine, Combine::add);
  const FactorSpan tensors = l.parts(elements);
  ASSERT_EQ(tensors.count, 3U);
  const Factor& up = *std::ranges::find(tensors, "model.layers.{}.mlp.up_proj.weight", &Factor::symbol);
  EXPECT_EQ(up.value, 32.0 * 7168 * 4096);
  const FactorSpan parts = l.parts(up);
  ASSERT_EQ(parts.count, 3U);
  EXPECT_EQ(parts.first[0].value, 32);
  EXPECT_EQ(parts.first[2].value, 4096);
  EXPECT_EQ(parts.first[1].round, Round::up);
  EXPECT_EQ(l.parts(parts.first[1]).first[0].value, 14336);
  EXPECT_EQ(l.parts(parts.first[1]).first[1].value, 2);
  EXPECT_EQ(l.parts(parts.first[1]).first[1].origin, Origin::user);
}

// A constant of a training step without a source; empty where there is none. Its sums are test data of their own.
std::string unsourced(const FactorTree& tree, const Factor& f) {
  if (f.origin == Origin::constant && f.why.empty()) return std::string(f.symbol) + ": a constant without a source";
  if (f.origin != Origin::computed) return {};
  for (const Factor& part : tree.parts(f))
    if (std::string fault = unsourced(tree, part); !fault.empty()) return std::string(f.symbol) + " / " + fault;
  return {};
}

TEST(Factors, ConstantsOfTrainingHaveASource) {
  ScenarioDraw draw(20261130);
  std::vector<Scenario> questions;
  for (int i = 0; i < 400; ++i) {
    Scenario s = draw.next();
    if (s.model && isTraining(s.workload)) questions.push_back(std::move(s));
  }
  // Every optimizer, in a step that is replayed and in one that is not.
  for (const OptimizerRow& row : optimizerRows())
    for (const char* framework : {"transformers", "megatron"}) {
      Scenario s =
          *readScenario(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "context": 2048})", "test");
      s.training.optimizer = row.optimizer, s.framework = framework;
      questions.push_back(std::move(s));
    }
  for (const Scenario& s : questions) {
    const Estimate e = estimate(s);
    for (const RankEstimate& rank : e.ranks)
      for (const Line& line : rank.ledger.lines())
        for (const Factor& f : rank.ledger.factors(line))
          ASSERT_EQ(unsourced(rank.ledger, f), "") << s.name << " " << line.label;
  }
}

}  // namespace
}  // namespace headroom
