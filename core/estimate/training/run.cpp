#include "core/estimate/training/run.h"

namespace headroom::training {

Factor Run::hostRanks() const {
  return Product(host, "ranks like this one", Unit::devices)
      .times(asked("stages like this one", static_cast<double>(stage.count), Unit::devices))
      .times(asked("data-parallel ranks", static_cast<double>(layout.data), Unit::devices))
      .times(asked("context-parallel ranks", static_cast<double>(layout.context), Unit::devices))
      .times(asked("tensor-parallel ranks", static_cast<double>(layout.tensor), Unit::devices))
      .close();
}

Factor Run::shards(std::string_view symbol) const {
  Product product(rank.ledger, symbol, Unit::devices);
  product.times(asked("data-parallel ranks", static_cast<double>(layout.data), Unit::devices))
      .times(asked("context-parallel ranks", static_cast<double>(layout.context), Unit::devices));
  if (layout.shards < layout.data * layout.context)
    product.times(over(asked("copies of the group that shards", static_cast<double>(settings.parallel.replicate))));
  return product.close();
}

// Experts are spread over expert × expertTensor of the data, context and tensor ranks; the rest of them hold copies.
Factor Run::expertRanks() const {
  FactorTree& tree = rank.ledger;
  constexpr std::string_view kSymbol = "devices that share an expert";
  const Factor tensor = asked("tensor-parallel ranks", static_cast<double>(layout.tensor), Unit::devices);
  if (layout.expert <= 1) return shards(kSymbol);
  Product spread(tree, "devices that experts are spread over", Unit::devices);
  spread.times(asked("expert-parallel ranks", static_cast<double>(layout.expert), Unit::devices))
      .times(asked("expert tensor-parallel ranks", static_cast<double>(layout.expertTensor), Unit::devices));
  const Factor whole =
      tree.product("whole times they fit", Unit::devices, {shards(), tensor, over(spread.close())}, Round::down);
  return tree.largest(kSymbol, Unit::devices, {whole, constant("at least", 1, Unit::devices, "a device of its own")});
}

Factor Run::capacity() const {
  const double bytes = rank.capacity ? static_cast<double>(rank.capacity->value()) : 0;
  const bool given = !scenario.devices.empty() && scenario.devices.front().memory;
  return leaf(given ? Origin::user : Origin::catalogue, "device memory", bytes, Unit::bytes);
}

}  // namespace headroom::training
