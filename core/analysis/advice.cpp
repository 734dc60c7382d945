#include "core/analysis/advice.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/base/format.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

constexpr double kLeastSaving = 0.01;     // of the need
constexpr double kActivationShare = 0.5;  // beyond it checkpointing is always worth a word

// One change a person would try: where it makes sense it edits the copy and returns true.
struct Candidate {
  std::string_view id;
  std::string change, cost;
  Scenario scenario;
};

class Candidates {
 public:
  explicit Candidates(const Scenario& scenario) : base_(scenario), settings_(settingsOf(scenario)) {
    if (isTraining(base_.workload))
      training();
    else
      serving();
    anyWorkload();
  }

  std::vector<Candidate> take() { return std::move(list_); }

 private:
  Scenario& add(std::string_view id, std::string change, std::string cost) {
    list_.push_back({id, std::move(change), std::move(cost), base_});
    return list_.back().scenario;
  }

  double weightBytes() const {
    if (const auto* number = std::get_if<NumberFormat>(&settings_.weights)) return bytesPerElement(*number);
    if (const auto* file = std::get_if<GgufFileType>(&settings_.weights))
      return bytesPerElement(info(*file).defaultFormat);
    return 0;  // as stored: already what the checkpoint's author chose
  }

  void weights(std::string_view id, WeightFormat format, double bytes, std::string change, std::string cost) {
    if (weightBytes() > bytes * 1.1) add(id, std::move(change), std::move(cost)).precision.weights = format;
  }

  void serving() {
    const EngineRow& engine = rowOf(settings_.engine);
    const bool pool = engine.has(Feature::claim);
    const bool llama = engine.readsGguf;
    const double cache = bytesPerElement(settings_.kvCache.k) + bytesPerElement(settings_.kvCache.v);
    if (pool && cache > 2.1)
      add("kv-cache-format", "Keep the KV cache in fp8", "a little accuracy on long contexts").precision.kvCache =
          KvFormats{NumberFormat::fp8, NumberFormat::fp8};
    if (llama && cache > 2.2)
      add("kv-cache-format", "Keep the KV cache in q8_0", "hardly any accuracy").precision.kvCache =
          KvFormats{NumberFormat::q8_0, NumberFormat::q8_0};
    if (llama) {
      weights("weights-8-bit", GgufFileType::Q8_0, 1.0625, "Use a Q8_0 file", "hardly any accuracy");
      weights("weights-4-bit", GgufFileType::Q4_K_M, 0.6, "Use a Q4_K_M file", "some accuracy");
    } else if (pool) {
      weights("weights-8-bit", NumberFormat::fp8, 1.0, "Serve fp8 weights", "hardly any accuracy");
      weights("weights-4-bit", NumberFormat::awq_int4, 0.55, "Serve 4-bit weights (AWQ)", "some accuracy");
    } else {
      weights("weights-8-bit", NumberFormat::bnb_int8, 1.0, "Load the weights in 8 bit",
              "speed, and hardly any accuracy");
      weights("weights-4-bit", NumberFormat::nf4, 0.57, "Load the weights in NF4", "speed, and some accuracy");
    }
    if (llama && base_.model->parameters != base_.model->activeParameters && !settings_.offload.expertLayers)
      add("experts-on-host", "Keep the experts in host memory", "speed").offload.expertLayers = -1;
    if (settings_.batch > 1)
      add("batch", "Hold half as many sequences at once", "throughput").batch = settings_.batch / 2;
    if (!llama && settings_.prefillTokens > 2048)
      add("prefill", "Prefill 2,048 tokens at a time", "a little prefill speed").prefillTokens = 2048;
  }

  void training() {
    const TrainingSettings& t = settings_.training;
    if (t.checkpointing == Checkpointing::none || t.checkpointing == Checkpointing::selective)
      add("checkpointing", "Recompute activations (full checkpointing)", "about a third more compute")
          .training.checkpointing = Checkpointing::full;
    if (settings_.loss == Loss::eager)
      add("loss", "Use a fused cross-entropy loss", "nothing but a kernel that supports the model").training.loss =
          Loss::fused;
    if (settings_.attention == AttentionImplementation::eager)
      add("attention", "Use flash attention", "nothing but a device that supports it").attention =
          AttentionImplementation::flash;
    if (settings_.batch > 1) {
      Scenario& s = add("micro-batch", "Halve the micro-batch and accumulate twice as often", "a little speed");
      s.batch = settings_.batch / 2;
      s.training.accumulation = t.accumulation * 2;
    }
    const bool adam = settings_.optimizer == Optimizer::adamw || settings_.optimizer == Optimizer::adam;
    if (adam)
      add("optimizer-8-bit", "Keep the optimizer's states in 8 bit", "hardly any accuracy").training.optimizer =
          Optimizer::adamw_8bit;
    if (settings_.parallel.data > 1 && settings_.parallel.sharding == Sharding::none)
      add("sharding", "Shard weights, gradients and states over the data-parallel devices (ZeRO-3)", "communication")
          .parallel.sharding = Sharding::zero3;
    if (settings_.offload.optimizer == OffloadTarget::none && base_.workload == Workload::full)
      add("optimizer-on-host", "Keep the optimizer's states in host memory", "speed of the optimizer step")
          .offload.optimizer = OffloadTarget::cpu;
    if (base_.workload == Workload::full)
      add("lora", "Train LoRA adapters instead of all weights", "what full fine-tuning learns beyond the adapters")
          .workload = Workload::lora;
    if (base_.workload == Workload::lora) {
      Scenario& s = add("qlora", "Keep the frozen base in NF4 (QLoRA)", "speed, and a little accuracy");
      s.workload = Workload::qlora;
      s.precision.weights = NumberFormat::nf4;
    }
  }

  void anyWorkload() {
    if (settings_.context >= 1024)
      add("context", "Halve the context to " + formatCount(settings_.context / 2) + " tokens", "longer texts").context =
          settings_.context / 2;
  }

  const Scenario& base_;
  Settings settings_;
  std::vector<Candidate> list_;
};

bool activationsDominate(const Scenario& scenario, const RankEstimate& rank) {
  return isTraining(scenario.workload) && static_cast<double>(rank.ledger.bytes(ComponentId::activations).value()) >
                                              kActivationShare * static_cast<double>(rank.device.value());
}

}  // namespace

std::vector<Advice> adviceOf(const Scenario& scenario, const Estimate& before, std::size_t count) {
  const Bytes need = before.heaviest().device;
  const bool wanting = before.verdict() && *before.verdict() != Verdict::fits;
  const bool dominated = activationsDominate(scenario, before.heaviest());
  std::vector<Advice> advice;
  if (!wanting && !dominated) return advice;

  Estimate after;
  for (Candidate& c : Candidates(scenario).take()) {
    if (!wanting && c.id != "checkpointing") continue;
    estimateInto(c.scenario, after);
    const Bytes saved = need - after.heaviest().device;
    if (static_cast<double>(saved.value()) < kLeastSaving * static_cast<double>(need.value())) continue;
    advice.push_back({c.id, std::move(c.change), std::move(c.cost), std::move(c.scenario), saved,
                      after.heaviest().device, after.verdict()});
  }
  const auto helps = [](const Advice& a) { return a.verdict && *a.verdict != Verdict::exceeds; };
  std::ranges::stable_sort(advice, [&](const Advice& a, const Advice& b) {
    if (helps(a) != helps(b)) return helps(a);
    return a.saved > b.saved;
  });
  if (advice.size() > count) advice.resize(count);
  return advice;
}

}  // namespace headroom
