#include "ui/pages/devices/devices_search.h"

#include <QStringList>
#include <algorithm>

#include "core/scenario/choices.h"
#include "ui/inputs/search_words.h"

namespace headroom::ui {
namespace {

constexpr std::int64_t kMostTried = 64;  // devices that work on one copy: eight nodes

bool same(const Machine& a, const Machine& b) {
  return a.accelerator == b.accelerator && a.part == b.part && a.memory == b.memory && a.count == b.count;
}

std::vector<Machine> machinesOf(const Snapshot& s) {
  std::vector<Machine> machines = allMachines(s.asked.devices.filter.parts);
  // Sizes of memory that somebody pinned are machines like any other.
  for (const DeviceRequest& d : s.compared)
    if (d.memory && d.accelerator.empty()) {
      const Machine own{nullptr, nullptr, d.memory, {}, {}};
      if (std::ranges::none_of(machines, [&](const Machine& m) { return same(m, own); })) machines.push_back(own);
    }
  for (Machine& m : machines) {
    const auto own = std::ranges::find(s.asked.devices.counts, m.id(), &std::pair<std::string, std::int64_t>::first);
    if (own != s.asked.devices.counts.end()) m.count = own->second;
  }
  if (!s.asked.devices.filter.nodes) return machines;
  std::vector<Machine> all;
  for (const Machine& m : machines) {
    all.push_back(m);
    if (m.accelerator != nullptr && m.part == nullptr && m.accelerator->segment == "datacenter" && !m.count)
      all.push_back({m.accelerator, nullptr, {}, kNodeDevices, {}});
  }
  return all;
}

// Whether every word of the text stands in one of the machine's names.
bool isCalled(const Machine& machine, const QString& text) {
  QStringList names{QString::fromStdString(machine.label())};
  if (const Accelerator* a = machine.accelerator) {
    for (const std::string* name : {&a->id, &a->vendor, &a->architecture, &a->segment})
      names << QString::fromStdString(*name);
    for (const std::string& alias : a->aliases) names << QString::fromStdString(alias);
    names << QStringLiteral("%1 GB").arg(a->printedGb);
  }
  return holdsWords(searchKey(names), searchWords(text));
}

MachineFilter machineFilter(const DevicesFilter& filter) {
  // Devices are sold by round sizes of which a process sees a little less.
  constexpr double kSeen = 0.9;
  MachineFilter m;
  m.vendor = filter.vendor;
  m.segment = filter.segment;
  if (filter.leastGb) m.least = Bytes(static_cast<std::int64_t>(kSeen * static_cast<double>(*filter.leastGb * kGiB)));
  if (filter.mostWatts) m.mostWatts = static_cast<double>(*filter.mostWatts);
  if (filter.sinceYear) m.since = static_cast<int>(*filter.sinceYear);
  return m;
}

}  // namespace

bool passes(const DevicesFilter& filter, const DeviceAnswer& answer) {
  return (!filter.fits || answer.fits()) && machineFilter(filter).passes(answer.machine) &&
         isCalled(answer.machine, QString::fromStdString(filter.words));
}

DevicesSearch::DevicesSearch(DetectionPlaces places, QObject* parent) : QObject(parent), places_(std::move(places)) {}

void DevicesSearch::ask(const Snapshot& s) {
  DeviceQuestion question;
  question.most = kMostTried;
  if (!isTraining(s.scenario.workload)) question.users = s.asked.devices.users;
  std::vector<Machine> machines = machinesOf(s);
  if (asked_ && question.users == question_.users && std::ranges::equal(machines, machines_, same) &&
      scenario_ == s.scenario)
    return;
  asked_ = true;
  scenario_ = s.scenario;
  question_ = question;
  machines_ = std::move(machines);
  search(false);
}

// First whether it fits, which takes a moment; then how far it goes on each, which takes longer.
void DevicesSearch::search(bool limits) {
  DeviceQuestion question = question_;
  question.limits = limits;
  const std::vector<Machine> here = detected_ ? machinesHere(*detected_) : std::vector<Machine>();
  work_.ask([this, question, here, scenario = scenario_, machines = machines_](const std::stop_token& stop) {
    std::vector<DeviceAnswer> own = devicesFor(scenario, here, question, stop);
    std::vector<DeviceAnswer> answers = devicesFor(scenario, machines, question, stop);
    return [this, question, own = std::move(own), answers = std::move(answers)] {
      answers_ = answers, here_ = own, answered_ = question;
      if (!question.limits) search(true);
      Q_EMIT found();
    };
  });
}

void DevicesSearch::detect() {
  if (detection_.busy()) return;
  detection_.ask([this, places = places_](const std::stop_token&) {
    std::vector<DetectedAccelerator> found = detectAccelerators(places);
    return [this, found = std::move(found)] {
      detected_ = found;
      if (asked_) search(false);
      Q_EMIT this->found();
    };
  });
}

}  // namespace headroom::ui
