#include "core/estimate/serving/llama_cpp/fit.h"

#include <algorithm>
#include <numeric>

namespace headroom::llama {
namespace {

std::int64_t sum(const std::vector<std::int64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
}

// n · part / whole, rounded down, also where the product is no number of 64 bit.
std::int64_t partOf(std::int64_t n, std::int64_t part, std::int64_t whole) {
  if (part <= 0 || whole <= 0) return 0;
  return static_cast<std::int64_t>(static_cast<long double>(n) * static_cast<long double>(part) /
                                   static_cast<long double>(whole));
}

FitMemory sumOf(const std::vector<FitMemory>& devices) {
  FitMemory all;
  for (const FitMemory& m : devices) all.model += m.model, all.context += m.context, all.compute += m.compute;
  return all;
}

std::vector<std::int64_t> totals(const std::vector<FitMemory>& devices) {
  std::vector<std::int64_t> out;
  out.reserve(devices.size());
  for (const FitMemory& m : devices) out.push_back(m.total());
  return out;
}

class Fit {
 public:
  Fit(const FitQuestion& question, const FitProbe& probe) : q_(question), probe_(probe) {
    for (std::size_t i = 0; i < q_.free.size(); ++i) targets_.push_back(q_.free[i] - q_.margins[i]);
  }

  FitAnswer run() {
    trial_.cells = q_.cells;
    const std::vector<FitMemory> whole = probe_(trial_);
    const std::vector<std::int64_t> held = totals(whole);
    if (within(held)) return {FitStep::nothing, trial_};
    const bool shortened = shorten(whole);
    if (shortened && count() == 1 && reached_) return {FitStep::shorter, trial_};
    if (q_.placed) return {FitStep::hindered, trial_};
    place();
    return {FitStep::parted, trial_};
  }

 private:
  using Devices = std::vector<FitLayers>;

  std::size_t count() const { return q_.free.size(); }
  std::int64_t target() const { return sum(targets_); }
  bool within(const std::vector<std::int64_t>& held) const {
    for (std::size_t i = 0; i < held.size(); ++i)
      if (held[i] > targets_[i]) return false;
    return true;
  }

  // True where nobody asked for a length and there is one to take away; `reached_` where that is enough.
  bool shorten(const std::vector<FitMemory>& devices) {
    const FitMemory whole = sumOf(devices);
    if (whole.total() <= target() || q_.cellsAsked || q_.cells <= q_.leastCells) return false;
    std::int64_t wanted = target();
    // Whole layers, or thirds of them where there are experts, waste some of every device.
    const auto nd = static_cast<std::int64_t>(count());
    if (nd > 1) wanted -= (nd + 1) * (whole.model / std::max<std::int64_t>(1, q_.layers)) / (q_.experts ? 6 : 2);
    if (!q_.interpolates) {
      const std::int64_t each = std::max<std::int64_t>(1, whole.context / q_.cells);
      const std::int64_t less = std::min((whole.total() - wanted + each - 1) / each, q_.cells - q_.leastCells);
      trial_.cells = std::max(even(q_.cells - less), q_.leastCells);
      reached_ = whole.total() - (q_.cells - trial_.cells) * each <= target();
      return true;
    }
    trial_.cells = q_.leastCells;
    const std::int64_t least = sumOf(probe_(trial_)).total();
    reached_ = wanted > least;
    if (!reached_) return true;
    const std::int64_t more = partOf(q_.cells - q_.leastCells, wanted - least, whole.total() - least);
    trial_.cells = std::max(even(q_.leastCells + more), q_.leastCells);
    return true;
  }
  std::int64_t even(std::int64_t cells) const { return cells - cells % q_.evenCells; }

  std::vector<std::int64_t> held(const Devices& devices) {
    FitTrial trial{trial_.cells, devices, false};
    return totals(probe_(trial));
  }

  bool isLast(std::size_t device) const { return device + 1 == count(); }
  // The last device has the output, which cannot be parted.
  std::int64_t output(std::size_t device) const { return isLast(device) && q_.outputIsLayer ? 1 : 0; }

  // The step towards a target between what two numbers of layers take.
  static std::int64_t stepOf(std::int64_t delta, std::int64_t room, std::int64_t between) {
    return std::clamp<std::int64_t>(partOf(delta, room, between), 1, delta - 1);
  }

  void place() {
    bool someExperts = false;
    if (q_.experts) someExperts = target() > sumOf(probe_({trial_.cells, {}, true})).total();
    devices_.assign(count(), {});
    if (!q_.firstAlone)
      for (std::size_t i = 0; i + 1 < count(); ++i) devices_[i].ontoNext = true;
    held_ = held(devices_);
    for (std::size_t id = count(); id-- > 0;) fillBackToFront(id);
    if (someExperts) returnExperts();
    trial_.devices = devices_;
  }

  // As many layers as a device takes, from the model's end on; of models with experts without those.
  void fillBackToFront(std::size_t id) {
    std::int64_t rest = q_.layers + (q_.outputIsLayer ? 1 : 0);
    for (std::size_t i = id + 1; i < count(); ++i) rest -= devices_[i].layers;
    if (rest <= 0) return;
    Devices high = devices_;
    high[id].layers = rest;
    if (q_.experts) high[id].parted = rest - output(id);
    std::vector<std::int64_t> highHeld = held(high);
    if (highHeld[id] <= targets_[id]) return void((devices_ = high, held_ = highHeld));
    for (std::int64_t delta = high[id].layers - devices_[id].layers; delta > 1;
         delta = high[id].layers - devices_[id].layers) {
      const std::int64_t step = stepOf(delta, targets_[id] - held_[id], highHeld[id] - held_[id]);
      Devices test = devices_;
      test[id].layers += step;
      if (q_.experts) test[id].parted += step - (test[id].parted == 0 ? output(id) : 0);
      const std::vector<std::int64_t> testHeld = held(test);
      if (testHeld[id] <= targets_[id])
        devices_ = test, held_ = testHeld;
      else
        high = test, highHeld = testHeld;
    }
  }

  // Layers get their experts back, from the first device on, which are taken from the devices behind it.
  void returnExperts() {
    std::size_t from = count();  // the first device with layers
    while (from > 0 && devices_[from - 1].layers > 0) --from;
    if (from == count()) return;
    for (std::size_t id = 0; id <= from && from < count(); ++id) {
      fillFrontToBack(id, from);
      returnPart(id, from);
    }
  }

  void fillFrontToBack(std::size_t id, std::size_t& from) {
    Devices high = devices_;
    for (std::size_t j = from; j < count(); ++j) {
      const std::int64_t moved = high[j].layers - output(j);
      high[id].layers += moved, high[j].layers -= moved, high[j].parted = 0;
    }
    std::size_t highFrom = count() - 1;
    std::vector<std::int64_t> highHeld = held(high);
    if (highHeld[id] <= targets_[id]) return void((devices_ = high, held_ = highHeld, from = highFrom));
    for (std::int64_t delta = high[id].whole() - devices_[id].whole(); delta > 1;
         delta = high[id].whole() - devices_[id].whole()) {
      const std::int64_t step = stepOf(delta, targets_[id] - held_[id], highHeld[id] - held_[id]);
      Devices test = devices_;
      std::size_t testFrom = from;
      for (std::int64_t made = 0; testFrom < count(); ++testFrom) {
        const std::int64_t these = std::min(step - made, test[testFrom].parted);
        test[testFrom].layers -= these, test[testFrom].parted -= these, test[id].layers += these;
        made += these;
        if (test[testFrom].parted > 0) break;
      }
      const std::vector<std::int64_t> testHeld = held(test);
      if (testHeld[id] <= targets_[id])
        devices_ = test, held_ = testHeld, from = testFrom;
      else
        high = test, highHeld = testHeld;
    }
  }

  // A part of one more layer: attention and up, with the gate too where that fits, or attention alone.
  void returnPart(std::size_t id, std::size_t& from) {
    if (from >= count() || devices_[from].layers <= (isLast(id) ? 1 : 0) || devices_[from].parted <= 0) return;
    Devices test = devices_;
    std::size_t testFrom = from;
    --test[testFrom].layers, --test[testFrom].parted;
    ++test[id].layers, ++test[id].parted;
    if (test[testFrom].parted == 0) ++testFrom;
    test[id].ontoNext = !isLast(id);
    const auto fits = [&](LayerPart part) {
      test[id].first = part;
      const std::vector<std::int64_t> all = held(test);
      if (all[id] >= targets_[id] || (!isLast(id) && all[id + 1] >= targets_[id + 1])) return false;
      devices_ = test, held_ = all, from = testFrom;
      return true;
    };
    if (fits(LayerPart::all_but_up))
      fits(LayerPart::down);
    else
      fits(LayerPart::all_but_attention);
  }

  const FitQuestion& q_;
  const FitProbe& probe_;
  std::vector<std::int64_t> targets_, held_;
  Devices devices_;
  FitTrial trial_;
  bool reached_ = false;
};

}  // namespace

FitAnswer fitRun(const FitQuestion& question, const FitProbe& probe) {
  return Fit(question, probe).run();
}

std::int64_t layersOnDevices(const FitTrial& trial) {
  std::int64_t layers = 0;
  for (const FitLayers& d : trial.devices) layers += d.layers;
  return layers;
}

std::vector<PartedLayer> partedLayers(const FitQuestion& question, const FitTrial& trial) {
  std::vector<PartedLayer> out;
  const auto host = static_cast<int>(trial.devices.size());
  if (trial.devices.empty()) {
    const auto backends = static_cast<int>(question.free.size());
    for (std::int64_t il = 0; trial.expertsOnHost && il < question.layers; ++il)
      out.push_back({il, LayerPart::experts, backends});
    return out;
  }
  std::int64_t il = question.layers + (question.outputIsLayer ? 1 : 0) - layersOnDevices(trial);
  for (int id = 0; id < host; ++id) {
    const FitLayers& d = trial.devices[static_cast<std::size_t>(id)];
    il += d.whole();
    for (std::int64_t i = 0; i < d.parted; ++i, ++il) {
      const bool onto = d.ontoNext && (i == 0 || !question.firstAlone);
      out.push_back({il, i == 0 ? d.first : LayerPart::experts, onto ? id + 1 : host});
    }
  }
  return out;
}

}  // namespace headroom::llama
