#include "core/analysis/devices.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/analysis/verdict.h"
#include "core/base/format.h"
#include "core/base/parallel.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

// The numbers of devices that are tried: the powers of two.
std::vector<std::int64_t> countsFor(const Scenario& scenario, const Machine& machine, std::int64_t most) {
  if (machine.count) return {*machine.count};
  if (!machine.joins()) most = 1;
  most = std::min(most, machine.most.value_or(most));
  if (spellsLayout(scenario)) {
    const std::int64_t ranks = settingsOf(scenario).parallel.ranks();
    return {std::max<std::int64_t>(1, ranks)};
  }
  std::vector<std::int64_t> counts;
  for (std::int64_t n = 1; n <= std::max<std::int64_t>(1, most); n *= 2) counts.push_back(n);
  return counts;
}

std::string whyNot(const Judgement& j) {
  if (!j.refused.empty()) return "does not run: " + j.refused.front();
  if (*j.word != Verdict::exceeds)
    return fmt::format("leaves {} of weights on the host", formatBytes(j.hostWeights, ByteUnit::gib));
  return fmt::format("{} too much on a device", formatBytes(Bytes(0) - j.left, ByteUnit::gib));
}

// One machine's search; the Estimate is used again and again.
class Search {
 public:
  Search(const Scenario& scenario, const DeviceQuestion& question) : base_(scenario), question_(question) {}

  void answer(const Machine& machine, DeviceAnswer& out) {
    out.machine = machine;
    out.price = machine.accelerator != nullptr && machine.part == nullptr && !machine.memory
                    ? priceOf(*machine.accelerator)
                    : nullptr;
    const bool spelled = spellsLayout(base_);
    std::optional<std::int64_t> least;
    for (const std::int64_t count : countsFor(base_, machine, question_.most)) {
      Scenario s = base_;
      s.devices = {machine.request()};
      if (question_.users) s.batch = *question_.users;
      if (spelled)
        s.devices.front().count = count;
      else
        spreadOver(s, count);
      TriedCount tried = attempt(s, count);
      if (tried.why.empty() && !machine.joins() && count > 1)
        tried.why = "such devices do not work on one copy together";
      const std::int64_t all = tried.devices * tried.copies;
      if (tried.why.empty() && machine.most && all > *machine.most)
        tried.why = fmt::format("takes {} devices, of which there are {}", all, *machine.most);
      if (tried.why.empty() && (!least || all < *least)) {
        least = all;
        take(out, s, tried);
      } else if (!least) {
        take(out, s, tried);
        out.devices = 0;
      }
      out.tried.push_back(std::move(tried));
      if (least && !question_.users) break;  // more devices fit as well, but are not the least
    }
    for (TriedCount& t : out.tried)
      if (t.why.empty() && (t.devices * t.copies != out.devices || t.copies != out.copies))
        t.why = fmt::format("takes {} devices in all", t.devices * t.copies);
    finish(out);
  }

 private:
  // Whether so many devices do; with users, how many copies that takes.
  TriedCount attempt(Scenario& s, std::int64_t count) {
    TriedCount tried;
    tried.devices = count;
    Judgement j = judged(s);
    const Settings settings = settingsOf(s);
    const bool queued = rowOf(settings.engine).has(Feature::claim) && settings.batch > settings.maxSequences;
    if (question_.users && (j.word == Verdict::exceeds || queued)) j = share(s, tried);
    tried.verdict = j.word;
    tried.left = j.left;
    if (!j.word)
      tried.why = "its capacity is not known";
    else if (*j.word == Verdict::exceeds || j.hostWeights > Bytes(0))
      tried.why = whyNot(j);
    return tried;
  }

  // As many copies of the model as it takes for each to hold its part of the users.
  Judgement share(Scenario& s, TriedCount& tried) {
    const std::int64_t users = *question_.users;
    s.batch = 1;
    const Judgement one = judged(s);
    const std::int64_t most = largestSequences(s).value_or(users);
    if (one.word == Verdict::exceeds || most < 1) return one;
    tried.copies = (users + most - 1) / most;
    s.batch = (users + tried.copies - 1) / tried.copies;
    return judged(s);
  }

  Judgement judged(const Scenario& s) {
    estimateInto(s, estimate_);
    return judge(estimate_);
  }

  void take(DeviceAnswer& out, const Scenario& s, const TriedCount& tried) {
    out.devices = tried.devices * tried.copies;
    out.copies = tried.copies;
    out.scenario = s;
  }

  void finish(DeviceAnswer& out) {
    const Judgement j = judged(out.scenario);
    out.verdict = j.word;
    out.need = j.need, out.room = j.room, out.left = j.left;
    out.refused = j.refused, out.unmodelled = j.unmodelled;
    if (!out.fits()) return;
    out.ceiling = decodeCeiling(out.scenario, estimate_, out.machine.gigabytesPerSecond());
    if (out.price != nullptr) out.usdPerHour = out.price->usdPerHour * static_cast<double>(out.devices);
    if (question_.limits) out.limits = limitsOf(out.scenario);
  }

  const Scenario& base_;
  const DeviceQuestion& question_;
  Estimate estimate_;
};

}  // namespace

std::string Machine::label() const {
  if (accelerator == nullptr) return memory ? formatBytes(*memory, ByteUnit::gib) : "unnamed device";
  if (part != nullptr) return accelerator->name + ", MIG " + part->profile;
  return memory ? accelerator->name + ", " + formatBytes(*memory, ByteUnit::gib) : accelerator->name;
}

std::string Machine::id() const {
  std::string id = accelerator != nullptr ? accelerator->id : "";
  if (part != nullptr) id += ":" + part->profile;
  if (memory) id += fmt::format("{}memory:{}", id.empty() ? "" : ":", memory->value());
  return id;
}

std::optional<Bytes> Machine::capacity() const {
  if (memory) return memory;
  if (accelerator == nullptr) return std::nullopt;
  return part != nullptr ? part->capacity(*accelerator).bytes : accelerator->capacity().bytes;
}

std::optional<double> Machine::gigabytesPerSecond() const {
  if (accelerator == nullptr || !accelerator->bandwidthGBs) return std::nullopt;
  return *accelerator->bandwidthGBs * (part != nullptr ? part->share : 1.0);
}

DeviceRequest Machine::request() const {
  DeviceRequest request;
  request.entry = accelerator;
  if (accelerator != nullptr) request.accelerator = accelerator->id;
  request.memory = part != nullptr ? capacity() : memory;
  return request;
}

bool Machine::joins() const {
  if (part != nullptr) return false;
  return accelerator == nullptr ||
         (accelerator->segment != "laptop" && accelerator->segment != "apple" && accelerator->segment != "soc");
}

std::vector<Machine> allMachines(bool withParts) {
  std::vector<Machine> machines;
  for (const Accelerator& a : accelerators()) {
    machines.push_back({&a, nullptr, {}, {}, {}});
    if (withParts)
      for (const DevicePart& part : partsOf(a)) machines.push_back({&a, &part, {}, {}, {}});
  }
  return machines;
}

std::vector<Machine> machinesHere(std::span<const DetectedAccelerator> found) {
  std::vector<Machine> all;
  for (const DetectedAccelerator& d : found) {
    if (d.entry == nullptr && !d.available()) continue;  // nothing is known of it
    const bool part = !d.profile.empty();
    const auto alike = [&](const Machine& m) { return m.accelerator == d.entry && m.memory == d.available(); };
    const auto same = part ? all.end() : std::ranges::find_if(all, alike);
    if (same != all.end())
      ++*same->most;
    else
      all.push_back({d.entry, nullptr, d.available(), {}, 1});
  }
  return all;
}

std::vector<DeviceAnswer> devicesFor(const Scenario& scenario, std::span<const Machine> machines,
                                     const DeviceQuestion& question, const std::stop_token& stop) {
  std::vector<DeviceAnswer> answers(machines.size());
  const auto makeWork = [&] {
    return [&, search = Search(scenario, question)](std::size_t i) mutable { search.answer(machines[i], answers[i]); };
  };
  onAllCores(machines.size(), makeWork, stop);
  return answers;
}

}  // namespace headroom
