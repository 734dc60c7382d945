// Formulas of training open to the end: what a line shows multiplies to its bytes, every computed number follows from
// the numbers below it, and below all of them stands what was asked, the model, a format or a source.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

constexpr const char* kModels[] = {
    "meta-llama/Llama-3.1-8B",           // dense, grouped-query
    "Qwen/Qwen2.5-7B",                   // biases
    "Qwen/Qwen3-30B-A3B",                // routed experts
    "openai/gpt-oss-20b",                // experts as one tensor, sinks
    "deepseek-ai/DeepSeek-V3",           // latent attention, shared experts
    "google/gemma-2-9b",                 // two kinds of layers, soft caps, tied head
    "Qwen/Qwen3-Next-80B-A3B-Instruct",  // gated delta net beside attention, gated output
    "ibm-granite/granite-4.0-h-small",   // Mamba-2 beside attention
    "openai-community/gpt2",             // LayerNorm, fused qkv, composed GELU
    "EleutherAI/gpt-j-6b",               // parallel block
    "google-bert/bert-large-uncased",    // encoder
    "Qwen/Qwen-7B",                      // logits in 16 bit
    "Qwen/Qwen2.5-VL-7B-Instruct",       // vision tower
};
constexpr const char* kFrameworks[] = {"pytorch",      "llama-recipes", "torchtune", "torchtitan", "fsdp-qlora",
                                       "transformers", "trl",           "peft",      "ms-swift",   "axolotl",
                                       "unsloth",      "arctic",        "litgpt",    "megatron",   "something else"};

// A value drawn from a list; the same draws every time.
class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}
  template <typename T>
  T of(std::initializer_list<T> values) {
    return *(values.begin() + static_cast<std::ptrdiff_t>(below(values.size())));
  }
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

 private:
  std::mt19937 engine_;
};

std::vector<Scenario> models() {
  std::vector<Scenario> out;
  for (const char* id : kModels) {
    Result<Scenario> s = readScenario(std::string(R"({"headroom":1,"workload":"full","engine":"pytorch","model":")") +
                                          id + R"(","devices":[{"accelerator":"h100-sxm-80gb"}]})",
                                      "test");
    EXPECT_TRUE(s) << id << ": " << (s ? "" : s.error().text());
    if (s) out.push_back(*s);
  }
  return out;
}

// `index` walks over every framework, optimizer and way to checkpoint, shard and reinforce; the rest is drawn.
Scenario scenarioOf(const std::vector<Scenario>& all, std::size_t index, Draw& draw) {
  Scenario s = all[index % all.size()];
  s.framework = kFrameworks[index % std::size(kFrameworks)];
  s.workload = draw.of({Workload::full, Workload::full, Workload::lora, Workload::qlora});
  const bool full = s.workload == Workload::full;
  if (s.workload == Workload::qlora)
    s.precision.weights = draw.of({NumberFormat::nf4, NumberFormat::nf4_dq, NumberFormat::bnb_int8});
  else if (draw.below(3) == 0)
    s.precision.weights = draw.of({NumberFormat::fp32, NumberFormat::bf16, NumberFormat::fp8_block});
  if (draw.below(4) == 0) s.precision.compute = draw.of({NumberFormat::fp16, NumberFormat::fp32, NumberFormat::fp8});
  if (draw.below(4) == 0)
    s.precision.optimizerStates = draw.of({NumberFormat::bf16, NumberFormat::int8, NumberFormat::nf4});
  s.batch = draw.of<std::int64_t>({1, 3, 8});
  s.context = draw.of<std::int64_t>({64, 1000, 8192});
  s.attention = draw.of({AttentionImplementation::flash, AttentionImplementation::eager});
  s.engineVersion = draw.of<const char*>({"", "", "2022-05", "torch 2.4 2024-03", "2025-09", "2026-08"});
  Training& t = s.training;
  t.optimizer = static_cast<Optimizer>(index % (static_cast<std::size_t>(Optimizer::muon) + 1));
  t.checkpointing =
      draw.of({Checkpointing::none, Checkpointing::selective, Checkpointing::full, Checkpointing::offloaded});
  t.checkpointEvery = draw.of<std::int64_t>({1, 1, 3});
  t.loss = draw.of({Loss::eager, Loss::chunked, Loss::fused});
  t.accumulation = draw.of<std::int64_t>({1, 4});
  t.compile = draw.of({false, true});
  t.optimizerInBackward = draw.below(4) == 0;
  t.dora = draw.below(4) == 0;
  if (!full) {
    Targets targets;
    targets.kind = draw.of({Targets::Kind::all_linear, Targets::Kind::attention, Targets::Kind::named});
    if (targets.kind == Targets::Kind::named)
      targets.names = {draw.of<const char*>({"q_proj", "c_attn", "gate_up_proj", "qkv_proj"}), "v_proj"};
    t.targets = targets;
  }
  Parallel& p = s.parallel;
  p.data = draw.of<std::int64_t>({1, 2, 8});
  p.tensor = draw.of<std::int64_t>({1, 1, 2, 3, 8});
  p.pipeline = draw.of<std::int64_t>({1, 1, 3, 4});
  p.virtualPipeline = draw.of<std::int64_t>({1, 2});
  p.context = draw.of<std::int64_t>({1, 1, 2});
  p.expert = draw.of<std::int64_t>({1, 4});
  p.expertTensor = draw.of<std::int64_t>({1, 2});
  p.sequence = draw.of({false, true});
  p.sharding = draw.of({Sharding::none, Sharding::distributed_optimizer, Sharding::zero1, Sharding::zero2,
                        Sharding::zero3, Sharding::fsdp, Sharding::fsdp2});
  const auto offload = [&] { return draw.of({OffloadTarget::none, OffloadTarget::none, OffloadTarget::cpu}); };
  s.offload.optimizer = offload(), s.offload.parameters = offload(), s.offload.activations = offload();
  Reinforcement& rl = s.reinforcement;
  rl.method = draw.of({ReinforcementMethod::none, ReinforcementMethod::none, ReinforcementMethod::dpo,
                       ReinforcementMethod::ppo, ReinforcementMethod::grpo, ReinforcementMethod::distillation});
  rl.rollout = draw.of({Rollout::generate, Rollout::colocated, Rollout::server});
  if (draw.below(3) == 0) s.devices.clear();
  return s;
}

std::string described(const Scenario& s) {
  return s.model->id + " " + *s.framework + " optimizer " + std::to_string(static_cast<int>(*s.training.optimizer)) +
         " sharding " + std::to_string(static_cast<int>(*s.parallel.sharding)) + " checkpointing " +
         std::to_string(static_cast<int>(*s.training.checkpointing));
}

bool close(double a, double b) {
  return std::abs(a - b) <= 1e-12 * std::max({1e-300, std::abs(a), std::abs(b)});
}

// The value of a computed factor, from its parts alone. Sums may cancel, so the size of what was summed goes along.
double fromParts(const Ledger& ledger, const Factor& f, double& size) {
  double value = 0;
  bool first = true;
  size = 0;
  for (const Factor& part : ledger.parts(f)) {
    const double v = part.value;
    size = std::max(size, std::abs(v));
    switch (f.combine) {
      case Combine::multiply:
        value = (first ? 1.0 : value) * (part.inverse ? 1 / v : v);
        break;
      case Combine::add:
        value += part.inverse ? -v : v;
        break;
      case Combine::largest:
        value = first ? v : std::max(value, v);
        break;
      case Combine::smallest:
        value = first ? v : std::min(value, v);
        break;
      case Combine::root:
        value = std::sqrt(v);
        break;
      case Combine::power:
        value = first ? v : std::pow(value, v);
        break;
    }
    first = false;
  }
  return value;
}

bool follows(const Ledger& ledger, const Factor& f) {
  double size = 0;
  const double value = fromParts(ledger, f, size);
  switch (f.round) {
    case Round::up:
      return std::abs(f.value - value) < 1 + 1e-9 && f.value >= value - 1e-9 && f.value == std::floor(f.value);
    case Round::down:
      return std::abs(f.value - value) < 1 + 1e-9 && f.value <= value + 1e-9 && f.value == std::floor(f.value);
    case Round::nearest:
      return std::abs(f.value - value) <= 0.5 + 1e-12 * value && f.value == std::floor(f.value);
    case Round::none:
      break;
  }
  return close(f.value, value) || (f.combine == Combine::add && std::abs(f.value - value) <= 1e-12 * size);
}

// What is wrong with a factor or anything below it; empty where it opens to the end.
std::string faultOf(const Ledger& ledger, const Factor& f) {
  const std::string name = "'" + std::string(f.symbol) + "'";
  if (f.symbol.empty()) return "a factor has no name";
  if (f.origin != Origin::computed) {
    if (f.partCount != 0) return name + " is a leaf with parts";
    if (f.origin == Origin::measured && f.why.empty()) return name + " was measured nowhere";
    return {};
  }
  if (f.partCount == 0) return name + " is computed of nothing";
  if (!follows(ledger, f)) return name + " does not follow from its parts: " + std::to_string(f.value);
  for (const Factor& part : ledger.parts(f))
    if (std::string fault = faultOf(ledger, part); !fault.empty()) return fault + " in " + name;
  return {};
}

void expectOpen(const Ledger& ledger) {
  for (const Line& line : ledger.lines()) {
    double product = 1;
    for (const Factor& f : ledger.factors(line)) {
      product = f.inverse ? product / f.value : product * f.value;
      EXPECT_EQ(faultOf(ledger, f), "") << line.label;
    }
    EXPECT_EQ(toBytes(product), line.bytes) << line.label;
  }
}

void expectEqual(const Ledger& open, const Ledger& closed) {
  for (std::size_t c = 0; c < kComponentCount; ++c) {
    const auto id = static_cast<ComponentId>(c);
    EXPECT_EQ(open.bytes(id), closed.bytes(id)) << nameOf(id);
    EXPECT_EQ(open.low(id), closed.low(id)) << nameOf(id);
    EXPECT_EQ(open.high(id), closed.high(id)) << nameOf(id);
  }
  ASSERT_EQ(open.lines().size(), closed.lines().size());
  for (std::size_t i = 0; i < open.lines().size(); ++i) {
    EXPECT_EQ(open.lines()[i].label, closed.lines()[i].label);
    const FactorSpan a = open.factors(open.lines()[i]), b = closed.factors(closed.lines()[i]);
    ASSERT_EQ(a.count, b.count) << open.lines()[i].label;
    for (std::size_t f = 0; f < a.count; ++f)
      EXPECT_NEAR(a.first[f].value, b.first[f].value, 1e-9 * std::abs(b.first[f].value)) << b.first[f].symbol;
  }
}

TEST(TrainingFactors, OpenToTheEndAndAreWhatAClosedLedgerComputes) {
  const std::vector<Scenario> all = models();
  Draw draw(10);
  Estimate closed, bytes;
  for (std::size_t i = 0; i < 6000 && !HasFailure(); ++i) {
    const Scenario s = scenarioOf(all, i, draw);
    SCOPED_TRACE(described(s));
    const Estimate open = estimate(s);
    estimateInto(s, closed, Detail::lines);
    estimateInto(s, bytes);
    expectOpen(open.host);
    expectEqual(open.host, closed.host);
    ASSERT_EQ(open.ranks.size(), closed.ranks.size());
    for (std::size_t r = 0; r < open.ranks.size(); ++r) {
      expectOpen(open.ranks[r].ledger);
      expectEqual(open.ranks[r].ledger, closed.ranks[r].ledger);
      EXPECT_EQ(open.ranks[r].peakMoment, closed.ranks[r].peakMoment);
      EXPECT_EQ(open.ranks[r].device, closed.ranks[r].device);
      EXPECT_EQ(open.ranks[r].device, bytes.ranks[r].device);
    }
  }
}

// The leaves below a component's lines whose symbol is asked for.
std::vector<double> leaves(const Ledger& ledger, const Factor& f, std::string_view symbol) {
  if (f.partCount == 0) return f.symbol == symbol ? std::vector<double>{f.value} : std::vector<double>{};
  std::vector<double> out;
  for (const Factor& part : ledger.parts(f))
    for (double v : leaves(ledger, part, symbol)) out.push_back(v);
  return out;
}

const Factor* tensorOf(const Ledger& ledger, const Factor& f, std::string_view symbol) {
  if (f.symbol == symbol) return &f;
  for (const Factor& part : ledger.parts(f))
    if (const Factor* found = tensorOf(ledger, part, symbol)) return found;
  return nullptr;
}

const Factor* find(const Ledger& ledger, ComponentId component, std::string_view symbol) {
  for (const Line& line : ledger.lines())
    if (line.component == component)
      for (const Factor& f : ledger.factors(line))
        if (const Factor* found = tensorOf(ledger, f, symbol)) return found;
  return nullptr;
}

// Keep it as long as its estimate: the model holds the names of the tensors.
Scenario llama(const char* rest) {
  Result<Scenario> s = readScenario(
      std::string(R"({"headroom":1,"engine":"pytorch","model":"meta-llama/Llama-3.1-8B","batch":2,"context":8192,)") +
          rest + "}",
      "test");
  EXPECT_TRUE(s) << (s ? "" : s.error().text());
  return *s;
}

// Two tensor-parallel ranks: of q_proj and its bias the adapter's A is whole and its B is half, and a bias has neither.
TEST(TrainingFactors, AdaptersOfARankAreThoseOfItsMatrices) {
  Result<Scenario> s = readScenario(
      R"({"headroom":1,"engine":"pytorch","model":"Qwen/Qwen2.5-7B","workload":"lora","batch":1,"context":1024,
          "training":{"rank":8,"targets":["q_proj"]},"parallel":{"tensor":2},
          "precision":{"adapters":"fp32"}})",
      "test");
  ASSERT_TRUE(s) << s.error().text();
  const Estimate e = estimate(*s);
  EXPECT_EQ(e.heaviest().ledger.bytes(ComponentId::adapters), Bytes(28 * 8 * (3584 + 3584 / 2) * 4));
}

// The keys that attention keeps: 8 heads × 128 × 2 bytes on a token.
TEST(TrainingFactors, ActivationsOpenTensorByTensor) {
  const Scenario s = llama(R"("workload":"full","training":{"loss":"fused"})");
  const Estimate e = estimate(s);
  const Ledger& ledger = e.heaviest().ledger;
  const Factor* keys = find(ledger, ComponentId::activations, "keys");
  ASSERT_NE(keys, nullptr);
  EXPECT_EQ(leaves(ledger, *keys, "KV heads"), std::vector<double>{8});
  EXPECT_EQ(leaves(ledger, *keys, "head size"), std::vector<double>{128});
  EXPECT_EQ(keys->value, 8 * 128 * 2);
  EXPECT_FALSE(keys->why.empty());
}

TEST(TrainingFactors, OptimizerStatesOpenToTensors) {
  const Scenario s =
      llama(R"("workload":"full","training":{"optimizer":"adafactor","checkpointing":"full","loss":"fused"})");
  const Estimate e = estimate(s);
  const Ledger& ledger = e.heaviest().ledger;
  const Factor* up = find(ledger, ComponentId::optimizer_states, "model.layers.{}.mlp.up_proj.weight");
  ASSERT_NE(up, nullptr);
  EXPECT_EQ(leaves(ledger, *up, "layers"), std::vector<double>{32});
  EXPECT_EQ(leaves(ledger, *up, "rows"), std::vector<double>{14336});
  EXPECT_EQ(leaves(ledger, *up, "columns"), std::vector<double>{4096});
  EXPECT_EQ(up->value, 32.0 * (14336 + 4096) * 4);
}

TEST(TrainingFactors, LossOpensToItsTensors) {
  const Scenario s = llama(R"("workload":"full","framework":"ms-swift","training":{"checkpointing":"full"})");
  const Estimate e = estimate(s);
  const Ledger& ledger = e.heaviest().ledger;
  const Factor* each = find(ledger, ComponentId::logits, "bytes per logit");
  ASSERT_NE(each, nullptr);
  EXPECT_EQ(each->value, 16);
  EXPECT_EQ(ledger.parts(*each).count, 4u);
}

}  // namespace
}  // namespace headroom
