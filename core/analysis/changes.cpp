#include "core/analysis/changes.h"

#include <algorithm>
#include <utility>

#include "core/base/format.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

class Changes {
 public:
  explicit Changes(const Scenario& scenario) : base_(scenario), settings_(settingsOf(scenario)) {
    if (isTraining(base_.workload))
      training();
    else
      serving();
    anyWorkload();
  }

  std::vector<Change> take() { return std::move(list_); }

 private:
  using Flip = std::function<void(Scenario&)>;

  Change& off(std::string_view id, std::string_view field, std::string change, std::string cost, Outcome outcome,
              Flip on) {
    list_.push_back({id, field, std::move(change), std::move(cost), outcome, false, true, std::move(on)});
    return list_.back();
  }
  void on(std::string_view id, std::string_view field, std::string change, std::string cost, Outcome outcome,
          Flip off) {
    list_.push_back({id, field, std::move(change), std::move(cost), outcome, true, false, std::move(off)});
  }
  // A switch in the position it has.
  void either(bool isOn, std::string_view id, std::string_view field, std::string change, std::string cost,
              Outcome outcome, Flip turnOn, Flip turnOff) {
    if (isOn)
      on(id, field, std::move(change), std::move(cost), outcome, std::move(turnOff));
    else
      off(id, field, std::move(change), std::move(cost), outcome, std::move(turnOn));
  }

  double weightBytes() const {
    if (const auto* number = std::get_if<NumberFormat>(&settings_.weights)) return bytesPerElement(*number);
    if (const auto* file = std::get_if<GgufFileType>(&settings_.weights))
      return bytesPerElement(info(*file).defaultFormat);
    return 0;  // as stored: already what the checkpoint's author chose
  }

  // Weights narrower than `bytes` are on already where they are this very format.
  void weights(std::string_view id, WeightFormat format, double bytes, std::string change, std::string cost) {
    const auto set = [format](Scenario& s) { s.precision.weights = format; };
    if (weightBytes() > bytes * 1.1)
      off(id, "precision.weights", std::move(change), std::move(cost), Outcome::rounding, set);
    else if (settings_.weights == format)
      on(id, "precision.weights", std::move(change), std::move(cost), Outcome::rounding, [](Scenario& s) {
        const bool gguf = rowOf(settingsOf(s).engine).readsGguf;
        s.precision.weights = gguf ? WeightFormat(GgufFileType::F16) : WeightFormat(NumberFormat::bf16);
      });
  }

  void cache(NumberFormat format, double more, std::string change, std::string cost) {
    const double bytes = bytesPerElement(settings_.kvCache.k) + bytesPerElement(settings_.kvCache.v);
    const KvFormats formats{format, format};
    const auto set = [formats](Scenario& s) { s.precision.kvCache = formats; };
    if (bytes > more)
      off("kv-cache-format", "precision.kv_cache", std::move(change), std::move(cost), Outcome::rounding, set);
    else if (settings_.kvCache == formats && base_.precision.kvCache)
      on("kv-cache-format", "precision.kv_cache", std::move(change), std::move(cost), Outcome::rounding,
         [](Scenario& s) { s.precision.kvCache.reset(); });
  }

  void serving() {
    const EngineRow& engine = rowOf(settings_.engine);
    const bool pool = engine.has(Feature::claim);
    const bool llama = engine.readsGguf;
    if (pool) cache(NumberFormat::fp8, 2.1, "Keep the KV cache in fp8", "a little accuracy on long contexts");
    if (llama) cache(NumberFormat::q8_0, 2.2, "Keep the KV cache in q8_0", "hardly any accuracy");
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
    if (llama && base_.model->parameters != base_.model->activeParameters)
      either(
          settings_.offload.expertLayers.has_value(), "experts-on-host", "offload.experts",
          "Keep the experts in host memory", "speed", Outcome::same, [](Scenario& s) { s.offload.expertLayers = -1; },
          [](Scenario& s) { s.offload.expertLayers.reset(); });
    if (settings_.batch > 1)
      off("batch", "batch", "Hold half as many sequences at once", "throughput", Outcome::same,
          [](Scenario& s) { s.batch = std::max<std::int64_t>(1, settingsOf(s).batch / 2); });
    if (!llama && settings_.prefillTokens > 2048)
      off("prefill", "prefill_tokens", "Prefill 2,048 tokens at a time", "a little prefill speed", Outcome::same,
          [](Scenario& s) { s.prefillTokens = 2048; });
    if (engine.has(Feature::cuda_graphs)) {
      const auto set = [](bool graphs) { return [graphs](Scenario& s) { s.cudaGraphs = graphs; }; };
      either(!settings_.cudaGraphs, "no-graphs", "cuda_graphs", "Capture no CUDA graphs", "speed of decoding",
             Outcome::same, set(false), set(true));
      list_.back().advised = false;  // it makes decoding of small batches several times slower
    }
  }

  void training() {
    const TrainingSettings& t = settings_.training;
    const bool recomputes = t.checkpointing == Checkpointing::full || t.checkpointing == Checkpointing::offloaded;
    either(
        recomputes, "checkpointing", "training.checkpointing", "Recompute activations (full checkpointing)",
        "about a third more compute", Outcome::same,
        [](Scenario& s) { s.training.checkpointing = Checkpointing::full; },
        [](Scenario& s) { s.training.checkpointing = Checkpointing::none; });
    either(
        settings_.loss != Loss::eager, "loss", "training.loss", "Use a fused cross-entropy loss",
        "nothing but a kernel that supports the model", Outcome::same,
        [](Scenario& s) { s.training.loss = Loss::fused; }, [](Scenario& s) { s.training.loss = Loss::eager; });
    either(
        settings_.attention != AttentionImplementation::eager, "attention", "attention", "Use flash attention",
        "nothing but a device that supports it", Outcome::same,
        [](Scenario& s) {
          s.attention = AttentionImplementation::flash;
          // The step's own word for it would win (settings.cpp).
          if (s.training.attentionImplementation == AttentionBackend::eager) s.training.attentionImplementation.reset();
        },
        [](Scenario& s) {
          s.attention = AttentionImplementation::eager;
          s.training.attentionImplementation.reset();
        });
    if (settings_.batch > 1)
      off("micro-batch", "batch", "Halve the micro-batch and accumulate twice as often", "a little speed",
          Outcome::same, [](Scenario& s) {
            const Settings now = settingsOf(s);
            s.batch = std::max<std::int64_t>(1, now.batch / 2);
            s.training.accumulation = now.training.accumulation * 2;
          });
    optimizer();
    // Beside pipeline stages ZeRO-3 does not run.
    if (settings_.parallel.data > 1 &&
        (settings_.parallel.pipeline == 1 || settings_.parallel.sharding != Sharding::none))
      either(
          settings_.parallel.sharding != Sharding::none, "sharding", "parallel.sharding",
          "Shard weights, gradients and states over the data-parallel devices (ZeRO-3)", "communication", Outcome::same,
          [](Scenario& s) { s.parallel.sharding = Sharding::zero3; },
          [](Scenario& s) { s.parallel.sharding = Sharding::none; });
    if (base_.workload == Workload::full)
      either(
          settings_.offload.optimizer != OffloadTarget::none, "optimizer-on-host", "offload.optimizer",
          "Keep the optimizer's states in host memory", "speed of the optimizer step", Outcome::same,
          [](Scenario& s) { s.offload.optimizer = OffloadTarget::cpu; },
          [](Scenario& s) { s.offload.optimizer.reset(); });
    either(
        base_.workload != Workload::full, "lora", "workload", "Train LoRA adapters instead of all weights",
        "what full fine-tuning learns beyond the adapters", Outcome::other,
        [](Scenario& s) { s.workload = Workload::lora; },
        [](Scenario& s) {
          s.workload = Workload::full;
          s.precision.weights.reset();
        });
    if (base_.workload != Workload::full)
      either(
          base_.workload == Workload::qlora, "qlora", "workload", "Keep the frozen base in NF4 (QLoRA)",
          "speed, and a little accuracy", Outcome::rounding,
          [](Scenario& s) {
            s.workload = Workload::qlora;
            s.precision.weights = NumberFormat::nf4;
          },
          [](Scenario& s) {
            s.workload = Workload::lora;
            s.precision.weights.reset();
          });
  }

  void optimizer() {
    const Optimizer o = settings_.optimizer;
    const bool narrow = o == Optimizer::adamw_8bit || o == Optimizer::paged_adamw_8bit;
    if (!narrow && o != Optimizer::adamw && o != Optimizer::adam) return;
    either(
        narrow, "optimizer-8-bit", "training.optimizer", "Keep the optimizer's states in 8 bit", "hardly any accuracy",
        Outcome::rounding, [](Scenario& s) { s.training.optimizer = Optimizer::adamw_8bit; },
        [](Scenario& s) { s.training.optimizer = Optimizer::adamw; });
  }

  void anyWorkload() {
    if (settings_.context >= 1024)
      off("context", "context", "Halve the context to " + formatCount(settings_.context / 2) + " tokens",
          "longer texts", Outcome::other,
          [](Scenario& s) { s.context = std::max<std::int64_t>(1, settingsOf(s).context / 2); });
  }

  const Scenario& base_;
  Settings settings_;
  std::vector<Change> list_;
};

}  // namespace

std::vector<Change> changesOf(const Scenario& scenario) {
  return Changes(scenario).take();
}

}  // namespace headroom
