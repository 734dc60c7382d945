// Prices: what clouds ask for an accelerator, as lists printed them on a day (resources/catalogue/prices.json). They
// move monthly; whoever shows one shows its date beside it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/hardware/accelerator.h"

namespace headroom {

struct Price {
  std::vector<std::string> accelerators;  // ids; several where the list leaves the form open
  std::string named;                      // what the list calls it: "A100 (40 GB)"
  std::string cloud;
  double usdPerHour = 0;  // of one accelerator, on demand
  std::string date;       // "2026-08-19"
  std::string source;
};

// All of them, in the file's order.
std::span<const Price> prices();

// The newest of an accelerator, of several of that day the lowest; nullptr where none is on record.
const Price* priceOf(const Accelerator& accelerator);

}  // namespace headroom
