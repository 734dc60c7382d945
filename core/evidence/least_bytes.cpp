#include "core/evidence/least_bytes.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

constexpr std::array kHeld{ComponentId::weights, ComponentId::adapters, ComponentId::gradients,
                           ComponentId::optimizer_states, ComponentId::master_weights};

}  // namespace

Bytes leastBytes(const RankEstimate& rank, std::string_view figure) {
  if (figure != "allocated" && figure != "reserved" && figure != "device") return {};
  // While the optimizer steps all of them are there, each once: in backward a tied embedding has two gradients.
  const auto step = std::ranges::find(rank.moments, std::string_view("optimizer step"), &Moment::name);
  if (step == rank.moments.end()) return rank.ledger.bytes(ComponentId::weights);
  Bytes sum;
  for (ComponentId id : kHeld) sum += step->bytes[static_cast<std::size_t>(id)];
  return sum;
}

}  // namespace headroom
