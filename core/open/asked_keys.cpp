#include "core/open/asked_keys.h"

#include <functional>

#include "core/open/scenario_fields.h"

namespace headroom {
namespace {

// A visitor of scenario_fields.h: takes back one field after another of a copy of the scenario. `reach` gives the
// visited object of such a copy.
template <typename T>
class FieldRemover {
 public:
  using Reach = std::function<T&(Scenario&)>;
  FieldRemover(std::string prefix, const Scenario& whole, const T& object, Reach reach, std::vector<AskedKey>& out)
      : prefix_(std::move(prefix)), whole_(whole), object_(object), reach_(std::move(reach)), out_(out) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*member, Range...) {
    if (object_.*member == untouched_.*member) return;
    AskedKey asked{prefix_ + std::string(key), whole_};
    reach_(asked.without).*member = untouched_.*member;
    out_.push_back(std::move(asked));
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*member, Describe describe) {
    describe(FieldRemover<M>(
        prefix_ + std::string(key) + ".", whole_, object_.*member,
        [reach = reach_, member](Scenario& s) -> M& { return reach(s).*member; }, out_));
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*member, Describe describe) {
    if (!(object_.*member)) return;
    AskedKey asked{prefix_ + std::string(key), whole_};
    (reach_(asked.without).*member).reset();
    out_.push_back(std::move(asked));
    describe(FieldRemover<M>(
        prefix_ + std::string(key) + ".", whole_, *(object_.*member),
        [reach = reach_, member](Scenario& s) -> M& { return *(reach(s).*member); }, out_));
  }

 private:
  std::string prefix_;
  const Scenario& whole_;
  const T& object_;
  Reach reach_;
  std::vector<AskedKey>& out_;
  const T untouched_{};
};

// A visitor that lists the keys.
template <typename T>
class KeyLister {
 public:
  KeyLister(std::string prefix, std::vector<std::string>& out) : prefix_(std::move(prefix)), out_(out) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*, Range...) {
    out_.push_back(prefix_ + std::string(key));
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*, Describe describe) {
    describe(KeyLister<M>(prefix_ + std::string(key) + ".", out_));
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*, Describe describe) {
    describe(KeyLister<M>(prefix_ + std::string(key) + ".", out_));
  }

 private:
  std::string prefix_;
  std::vector<std::string>& out_;
};

}  // namespace

std::vector<AskedKey> askedKeys(const Scenario& scenario) {
  std::vector<AskedKey> keys;
  describeScenario(FieldRemover<Scenario>(
      "", scenario, scenario, [](Scenario& s) -> Scenario& { return s; }, keys));
  std::erase_if(keys, [](const AskedKey& k) { return k.key == "name" || k.key == "model"; });
  // One option beside others.
  for (std::size_t i = 0; i < scenario.engineOptions.size() && scenario.engineOptions.size() > 1; ++i) {
    AskedKey asked{"engine_options." + scenario.engineOptions[i].name, scenario};
    asked.without.engineOptions.erase(asked.without.engineOptions.begin() + static_cast<std::ptrdiff_t>(i));
    keys.push_back(std::move(asked));
  }
  // Inside the list of devices: what overrides the catalogue.
  for (std::size_t i = 0; i < scenario.devices.size(); ++i) {
    const DeviceRequest& d = scenario.devices[i];
    const auto without = [&](const char* key, auto change) {
      AskedKey asked{std::string("devices.") + key, scenario};
      change(asked.without.devices[i]);
      keys.push_back(std::move(asked));
    };
    if (d.count != 1) without("count", [](DeviceRequest& r) { r.count = 1; });
    if (d.memory) without("memory_bytes", [](DeviceRequest& r) { r.memory.reset(); });
    if (d.computeCapability) without("compute_capability", [](DeviceRequest& r) { r.computeCapability.reset(); });
  }
  return keys;
}

std::vector<std::string> scenarioKeys() {
  std::vector<std::string> keys;
  describeScenario(KeyLister<Scenario>("", keys));
  return keys;
}

}  // namespace headroom
