#include "sample_snapshot.h"

#include <cmath>

namespace headroom::ui {
namespace {

Bytes gib(double value) {
  return toBytes(value * static_cast<double>(kGiB));
}

void put(RankEstimate& rank, ComponentId id, double value) {
  rank.ledger.add(
      id, "sample", "written by hand",
      {asked("GiB", value), constant("bytes per GiB", static_cast<double>(kGiB), Unit::bytes, "a power of two")});
}

void close(RankEstimate& rank, double capacity, double band) {
  rank.device = rank.ledger.total();
  rank.low = toBytes(static_cast<double>(rank.device.value()) * (1 - band));
  rank.high = toBytes(static_cast<double>(rank.device.value()) * (1 + band));
  rank.capacity = rank.usable = gib(capacity);
  rank.headroom = *rank.usable - rank.device;
  const bool fits = *rank.headroom >= Bytes(0);
  rank.verdict = !fits                                                            ? Verdict::exceeds
                 : rank.high > *rank.usable || 10 * *rank.headroom < *rank.usable ? Verdict::tight
                                                                                  : Verdict::fits;
}

RankEstimate servingRank(double kv, double capacity) {
  RankEstimate rank;
  rank.label = "every device";
  put(rank, ComponentId::weights, 14.96);
  put(rank, ComponentId::kv_cache, kv);
  put(rank, ComponentId::activations, 0.91);
  put(rank, ComponentId::runtime, 0.53);
  close(rank, capacity, 0.02);
  return rank;
}

ComparedColumn column(const char* id, double capacity, std::int64_t batch, std::int64_t context) {
  ComparedColumn result;
  DeviceRequest request;
  request.entry = findAccelerator(id);
  request.accelerator = id;
  result.scenario.devices = {request};
  result.estimate.ranks = {servingRank(4.0, capacity)};
  result.limits.batch = batch;
  result.limits.context = context;
  return result;
}

ContextCurve curve(NumberFormat format, double bytesPerToken, bool current) {
  ContextCurve result;
  result.formats = {format, format};
  result.current = current;
  const double rest = 16.4 * static_cast<double>(kGiB);
  for (int i = 0; i <= 32; ++i) {
    const double tokens = 512 * std::exp2(i / 4.0);
    result.contexts.push_back(tokens);
    result.kvBytes.push_back(tokens * bytesPerToken);
    result.deviceBytes.push_back(rest + result.kvBytes.back());
  }
  return result;
}

}  // namespace

Snapshot servingSample() {
  Snapshot s;
  auto model = std::make_shared<Model>();
  model->id = "meta-llama/Llama-3.1-8B";
  model->label = "Llama 3.1 8B";
  s.scenario.model = model;
  s.scenario.batch = s.settings.batch = 4;
  s.scenario.context = s.settings.context = 8192;
  s.settings.engine = Engine::vllm;
  s.settings.weights = NumberFormat::bf16;
  s.settings.kvCache = {NumberFormat::bf16, NumberFormat::bf16};
  s.columns = {column("rtx-4090", 23.64, 7, 14745), column("a10g", 21.99, 5, 11264),
               column("h100-sxm-80gb", 79.11, 64, 131072)};
  s.scenario.devices = s.columns.front().scenario.devices;
  s.estimate.ranks = {servingRank(4.0, 23.64)};
  // 32 layers × 8 KV heads × 128 × 2 × 2 B = 128 KiB a token, 4 sequences: 4 GiB at 8192 tokens.
  const double perToken = 4 * 131072.0;
  s.limits = s.columns.front().limits;
  s.limits.context = static_cast<std::int64_t>((23.64 - 16.4) * static_cast<double>(kGiB) / perToken);
  s.curves = {curve(NumberFormat::bf16, perToken, true), curve(NumberFormat::q8_0, perToken * 34 / 64, false),
              curve(NumberFormat::q4_0, perToken * 18 / 64, false)};
  return s;
}

Snapshot trainingSample() {
  Snapshot s = servingSample();
  s.scenario.workload = Workload::full;
  s.settings.engine = Engine::megatron;
  s.settings.context = 4096;
  s.limits = {};
  s.estimate.ranks.clear();
  for (int stage = 0; stage < 4; ++stage) {
    RankEstimate rank;
    rank.label = "stage " + std::to_string(stage);
    rank.stage = stage;
    rank.devices = 2;
    put(rank, ComponentId::weights, 3.74 + (stage == 0 ? 0.98 : 0));
    put(rank, ComponentId::gradients, 7.48);
    put(rank, ComponentId::optimizer_states, 14.96);
    put(rank, ComponentId::master_weights, 7.48);
    put(rank, ComponentId::activations, 14.0 - 3.5 * stage);
    put(rank, ComponentId::logits, stage == 3 ? 3.91 : 0);
    put(rank, ComponentId::communication, 0.5);
    put(rank, ComponentId::runtime, 0.62);
    put(rank, ComponentId::fragmentation, 0.8);
    rank.releasable = rank.ledger.bytes(ComponentId::fragmentation);
    close(rank, 44.5, 0.05);
    for (const auto& [name, share] :
         {std::pair{"forward", 0.6}, {"loss", 0.9}, {"backward", 1.0}, {"optimizer step", 0.1}}) {
      Moment moment;
      moment.name = name;
      for (std::size_t i = 0; i < kComponentCount; ++i)
        moment.bytes[i] = rank.ledger.bytes(static_cast<ComponentId>(i));
      moment.bytes[static_cast<std::size_t>(ComponentId::activations)] = gib((14.0 - 3.5 * stage) * share);
      rank.moments.push(moment);
    }
    rank.peakMoment = "backward";
    s.estimate.ranks.push_back(rank);
  }
  for (ContextCurve& c : s.curves) {
    for (double& b : c.kvBytes) b = 0;
  }
  return s;
}

}  // namespace headroom::ui
