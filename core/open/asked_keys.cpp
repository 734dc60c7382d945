#include "core/open/asked_keys.h"

#include <functional>

#include "core/open/scenario_fields.h"

namespace headroom {
namespace {

// One copy of the scenario, from which one key after another is taken and given back: copying it for each took longer
// than an estimate.
struct Taking {
  Scenario copy;
  const AskedKeyVisitor& visit;
  std::string prefix = {};  // of the object whose keys are taken

  template <typename Held, typename Empty>
  void without(std::string_view key, Held& held, Empty&& empty) {
    Held kept = std::move(held);
    held = std::forward<Empty>(empty);
    const std::size_t length = prefix.size();
    visit(prefix += key, copy);
    prefix.resize(length);
    held = std::move(kept);
  }
  template <typename Describe>
  void inside(std::string_view key, Describe describe) {
    const std::size_t length = prefix.size();
    (prefix += key) += '.';
    describe();
    prefix.resize(length);
  }
};

// A visitor of scenario_fields.h: takes back one field after another of an object of the copy.
template <typename T>
class FieldRemover {
 public:
  FieldRemover(Taking& taking, T& object) : taking_(taking), object_(object) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*member, Range...) {
    if (object_.*member == untouched().*member) return;
    if constexpr (std::is_same_v<T, Scenario> && (std::is_same_v<M, std::string> || std::is_same_v<M, ModelReference>))
      if (key == "name" || key == "model") return;
    taking_.without(key, object_.*member, untouched().*member);
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*member, Describe describe) {
    taking_.inside(key, [&] { describe(FieldRemover<M>(taking_, object_.*member)); });
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*member, Describe describe) {
    if (!(object_.*member)) return;
    taking_.without(key, object_.*member, std::nullopt);
    taking_.inside(key, [&] { describe(FieldRemover<M>(taking_, *(object_.*member))); });
  }

 private:
  static const T& untouched() {
    static const T kUntouched{};
    return kUntouched;
  }

  Taking& taking_;
  T& object_;
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

void forEachAskedKey(const Scenario& scenario, const AskedKeyVisitor& visit) {
  Taking taking{scenario, visit};
  describeScenario(FieldRemover<Scenario>(taking, taking.copy));
  // One option beside others.
  std::vector<AskedOption>& options = taking.copy.engineOptions;
  for (std::size_t i = 0; i < scenario.engineOptions.size() && scenario.engineOptions.size() > 1; ++i) {
    std::vector<AskedOption> others = options;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    taking.inside("engine_options", [&] { taking.without(scenario.engineOptions[i].name, options, others); });
  }
  // Inside the list of devices: what overrides the catalogue.
  taking.inside("devices", [&] {
    for (DeviceRequest& d : taking.copy.devices) {
      if (d.count != 1) taking.without("count", d.count, 1);
      if (d.memory) taking.without("memory_bytes", d.memory, std::nullopt);
      if (d.computeCapability) taking.without("compute_capability", d.computeCapability, std::nullopt);
    }
  });
}

std::vector<std::string> scenarioKeys() {
  std::vector<std::string> keys;
  describeScenario(KeyLister<Scenario>("", keys));
  return keys;
}

}  // namespace headroom
