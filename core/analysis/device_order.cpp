// Answers about devices: which machines are of interest, and the order by one of their columns.
#include <algorithm>
#include <compare>

#include "core/analysis/devices.h"

namespace headroom {
namespace {

template <typename T>
std::optional<double> number(const std::optional<T>& value) {
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

// A limit of a copy; unbounded is more than any number, and what does not fit has none.
std::optional<double> limit(const DeviceAnswer& a, std::optional<std::int64_t> Limits::*of) {
  if (!a.fits()) return std::nullopt;
  return number(a.limits.*of).value_or(1e18);
}

std::optional<double> keyOf(const DeviceAnswer& a, DeviceOrder order) {
  const Accelerator* entry = a.machine.accelerator;
  const double count = static_cast<double>(std::max<std::int64_t>(1, a.devices));
  switch (order) {
    case DeviceOrder::smallest: {
      const auto capacity = a.machine.capacity();
      if (!a.fits() || !capacity) return std::nullopt;
      return count * static_cast<double>(capacity->value());
    }
    case DeviceOrder::devices:
      return a.fits() ? std::optional(count) : std::nullopt;
    case DeviceOrder::verdict:
      return a.verdict ? std::optional(static_cast<double>(*a.verdict)) : std::nullopt;
    case DeviceOrder::room:
      return a.verdict ? std::optional(static_cast<double>(a.left.value())) : std::nullopt;
    case DeviceOrder::batch:
      return limit(a, &Limits::batch);
    case DeviceOrder::context:
      return limit(a, &Limits::context);
    case DeviceOrder::memory: {
      const auto capacity = a.machine.capacity();
      return capacity ? std::optional(static_cast<double>(capacity->value())) : std::nullopt;
    }
    case DeviceOrder::bandwidth:
      return a.machine.gigabytesPerSecond();
    case DeviceOrder::power:
      return entry != nullptr ? entry->tdpWatts : std::nullopt;
    case DeviceOrder::ceiling:
      return a.ceiling ? std::optional(a.ceiling->tokensPerSecond * static_cast<double>(a.copies)) : std::nullopt;
    case DeviceOrder::price:
      return a.usdPerHour;
    case DeviceOrder::year:
      return entry != nullptr && entry->year > 0 ? std::optional(static_cast<double>(entry->year)) : std::nullopt;
    case DeviceOrder::name:
      break;
  }
  return std::nullopt;
}

}  // namespace

bool MachineFilter::passes(const Machine& machine) const {
  const Accelerator* a = machine.accelerator;
  if (!vendor.empty() && (a == nullptr || !sameName(a->vendor, vendor))) return false;
  if (!segment.empty() && (a == nullptr || !sameName(a->segment, segment))) return false;
  if (const auto memory = machine.capacity(); memory && ((least && *memory < *least) || (most && *memory > *most)))
    return false;
  if (mostWatts && a != nullptr && a->tdpWatts && *a->tdpWatts > *mostWatts) return false;
  return !(since && a != nullptr && a->year > 0 && a->year < *since);
}

namespace {

constexpr std::pair<std::string_view, DeviceOrder> kOrders[] = {
    {"smallest", DeviceOrder::smallest}, {"name", DeviceOrder::name},       {"devices", DeviceOrder::devices},
    {"verdict", DeviceOrder::verdict},   {"room", DeviceOrder::room},       {"batch", DeviceOrder::batch},
    {"context", DeviceOrder::context},   {"memory", DeviceOrder::memory},   {"bandwidth", DeviceOrder::bandwidth},
    {"power", DeviceOrder::power},       {"ceiling", DeviceOrder::ceiling}, {"price", DeviceOrder::price},
    {"year", DeviceOrder::year},
};

}  // namespace

std::optional<DeviceOrder> deviceOrder(std::string_view name) {
  for (const auto& [known, order] : kOrders)
    if (sameName(known, name)) return order;
  return std::nullopt;
}

std::vector<std::string_view> deviceOrders() {
  std::vector<std::string_view> names;
  for (const auto& [name, order] : kOrders) names.push_back(name);
  return names;
}

void putInOrder(std::vector<DeviceAnswer>& answers, DeviceOrder order, bool descending) {
  if (order == DeviceOrder::name) {
    std::ranges::stable_sort(answers, [&](const DeviceAnswer& a, const DeviceAnswer& b) {
      return descending ? b.machine.label() < a.machine.label() : a.machine.label() < b.machine.label();
    });
    return;
  }
  std::ranges::stable_sort(answers, [&](const DeviceAnswer& a, const DeviceAnswer& b) {
    const std::optional<double> x = keyOf(a, order), y = keyOf(b, order);
    if (!x || !y) return x.has_value() && !y.has_value();
    return descending ? *y < *x : *x < *y;
  });
}

}  // namespace headroom
