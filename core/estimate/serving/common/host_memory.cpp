#include "core/estimate/serving/common/host_memory.h"

#include "core/estimate/arithmetic.h"
#include "core/scenario/engine_options.h"

namespace headroom {

void offloadWeights(EstimateContext& c, RankEstimate& rank, std::string_view source) {
  const double asks = numberOption(c.scenario, "cpu_offload_gb").value_or(0);
  if (asks <= 0) return;
  constexpr std::string_view kLabel = "parameters in host memory";
  const auto moved = [&](Ledger& ledger) {
    return ledger.smallest(
        "parameters moved", Unit::bytes,
        {asked("cpu_offload_gb", asks * static_cast<double>(kGiB), Unit::bytes),
         leaf(Origin::model, "weights of the device", d(rank.ledger.bytes(ComponentId::weights).value()), Unit::bytes,
              "the other lines of this component")});
  };
  const Factor onHost = moved(c.result.host), off = moved(rank.ledger);
  c.result.host.add(ComponentId::weights, kLabel, source, {asked("ranks", d(rank.devices), Unit::devices), onHost});
  rank.ledger.add(ComponentId::weights, kLabel, source, {constant("taken off", -1, Unit::count, source), off});
}

void addHostCache(EstimateContext& c, std::string_view label, std::string_view source, std::int64_t copies,
                  const Factor& bytes) {
  c.result.host.add(ComponentId::kv_cache, label, source, {asked("copies", d(copies), Unit::copies), bytes});
}

}  // namespace headroom
