// Making FSDP1's units (torch/distributed/fsdp/_init_utils.py, _init_param_handle_from_module, 2.2 to 2.13): a unit's
// tensors come to the device one by one, are sent around, joined into the flat parameter and freed; the shard is a copy
// of its part, after which the whole goes. What that leaves in the allocator's segments is there for the run.
#include <deque>

#include "core/estimate/training/replay/flat_parameter_units.h"

namespace headroom::training {
namespace {

constexpr double kBucket =
    250.0 * (1 << 20);                // bytes, of a broadcast (fsdp/_init_utils.py, PARAM_BROADCAST_BUCKET_SIZE)
constexpr std::size_t kInFlight = 2;  // of them (c10d/comm.cpp, broadcast_coalesced)

class Loading {
 public:
  explicit Loading(StorageEvents& events) : events_(events) {}

  std::int64_t come(double bytes) {
    events_.push_back(static_cast<std::int64_t>(bytes));
    return next_++;
  }
  void go(std::int64_t number) { events_.push_back(released(number)); }

  // Buckets of tensors in their order; one tensor alone is sent as it lies.
  void sendAround(const std::vector<double>& tensors) {
    double bytes = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      bytes += tensors[i], ++count;
      if (bytes < kBucket && i + 1 < tensors.size()) continue;
      if (count > 1) {
        flying_.push_back(come(bytes));
        if (flying_.size() > kInFlight) go(flying_.front()), flying_.pop_front();
      }
      bytes = 0, count = 0;
    }
    for (const std::int64_t bucket : flying_) go(bucket);
    flying_.clear();
  }

 private:
  StorageEvents& events_;
  std::int64_t next_ = 0;
  std::deque<std::int64_t> flying_;
};

}  // namespace

void FlatParameterUnits::load(const std::vector<std::size_t>& order, StorageEvents& events) const {
  Loading loading(events);
  std::vector<double> tensors;
  std::vector<std::int64_t> numbers;
  for (const std::size_t unit : order) {
    const Unit& u = units_[unit];
    tensors.clear(), numbers.clear();
    for (const Parameter* p : u.parameters)
      tensors.push_back(p->lying(o_.widths.compute) * p->times / u.times * u.stored);
    for (const double bytes : tensors) numbers.push_back(loading.come(bytes));
    if (o_.syncs) loading.sendAround(tensors);
    const std::int64_t whole = loading.come(u.elements * u.stored);
    for (const std::int64_t number : numbers) loading.go(number);
    if (o_.strategy == FlatStrategy::no_shard) continue;
    const std::int64_t shard = loading.come(u.padded / o_.ranks * u.stored);
    loading.go(whole);
    if (o_.onHost) loading.go(shard);
  }
}

}  // namespace headroom::training
