// headroom-cli devices: which accelerators run a scenario, and which ones this machine has.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/base/nearest.h"
#include "core/report/devices_report.h"

namespace headroom {
namespace {

class DevicesCommand : public Command {
 public:
  std::string_view name() const override { return "devices"; }
  std::string_view summary() const override {
    return "Every accelerator with the least number that fits, limits, ceiling of speed, price; --detect: this "
           "machine's.";
  }
  std::string_view examples() const override {
    return "headroom-cli devices --model meta-llama/Llama-3.1-70B --weights awq-int4 --engine vllm --context 8k "
           "--fits\n"
           "headroom-cli devices --users 25 --context 8192 --model meta-llama/Llama-3.1-8B --engine vllm --sort price\n"
           "headroom-cli devices scenario.headroom.json --vendor amd --class datacenter --sort bandwidth --descending\n"
           "headroom-cli devices --model Qwen/Qwen3-8B --gpu l4 --gpu 24GiB --gpu h100-sxm-80gb --parts\n"
           "headroom-cli devices --detect";
  }

  void addOptions(Options& options) override {
    scenario_.add(options);
    options.heading("Devices");
    options.text("users", users_, "N",
                 "as many sequences at once, by as many copies of the model as it takes; the least machines for them");
    options.text("most", most_, "N", "devices that work on one copy, at most (8)");
    options.flag("detect", detect_,
                 "the accelerators of this machine, with what others use of their memory; with a scenario, whether it "
                 "fits into what is left");
    options.flag("fits", fits_, "only those on which it fits");
    options.text("vendor", filter_.vendor, "NAME", "nvidia, amd, apple, …");
    options.text("class", filter_.segment, "NAME", "consumer, workstation, datacenter, laptop, apple, soc or tpu");
    options.text("min-memory", least_, "GIB", "of a device");
    options.text("max-memory", largest_, "GIB", "of a device");
    options.text("max-power", watts_, "WATTS", "of a device");
    options.text("since", since_, "YEAR", "devices of this year and later");
    options.flag("parts", parts_, "parts of devices as well (Multi-Instance GPU)");
    options.text(
        "sort", sort_, "COLUMN",
        fmt::format("{} (smallest: the least memory of all devices together)", fmt::join(deviceOrders(), ", ")));
    options.flag("descending", descending_, "the largest first");
    options.text("top", top_, "N", "so many rows at most");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (auto done = readNumbers(); !done) return tl::unexpected(done.error());
    const auto order = deviceOrder(sort_);
    if (!order)
      return fail(ErrorCode::usage,
                  fmt::format("'{}' is no column.{} Known are {}.", sort_, didYouMean(sort_, deviceOrders()),
                              fmt::join(deviceOrders(), ", ")),
                  "--sort");
    const std::vector<DetectedAccelerator> found = detect_ ? detectAccelerators() : std::vector<DetectedAccelerator>();
    if (detect_ && (!scenario_.names() || found.empty())) {
      streams.out << detectedReport(found, output_.format(), output_.unit());
      return kDone;
    }
    const Result<Scenario> scenario = scenario_.read(streams.in);
    if (!scenario) return tl::unexpected(scenario.error());
    if (question_.users && isTraining(scenario->workload))
      return fail(ErrorCode::usage, "Users are served; a training job has none.", "--users");
    std::vector<DeviceAnswer> answers = devicesFor(*scenario, machines(*scenario, found), question_);
    if (fits_) std::erase_if(answers, [](const DeviceAnswer& a) { return !a.fits(); });
    putInOrder(answers, *order, descending_);
    if (rows_ && answers.size() > static_cast<std::size_t>(*rows_)) answers.resize(static_cast<std::size_t>(*rows_));
    streams.out << devicesReport(answers, question_, output_.format(), output_.unit());
    return kDone;
  }

 private:
  // Those that were named, or found here, or all.
  std::vector<Machine> machines(const Scenario& scenario, const std::vector<DetectedAccelerator>& found) const {
    std::vector<Machine> all;
    if (detect_) {
      all = machinesHere(found);
    } else if (!scenario_.given("gpu").empty()) {
      for (const DeviceRequest& d : scenario.devices) {
        const auto count = d.count > 1 ? std::optional(d.count) : std::nullopt;
        all.push_back({d.entry, nullptr, d.memory, count, {}});
        if (parts_ && d.entry != nullptr)
          for (const DevicePart& part : partsOf(*d.entry)) all.push_back({d.entry, &part, {}, {}, {}});
      }
    } else {
      all = allMachines(parts_);
    }
    std::erase_if(all, [this](const Machine& m) { return !filter_.passes(m); });
    return all;
  }

  static Result<std::optional<std::int64_t>> whole(const std::string& text, std::string_view flag) {
    if (text.empty()) return std::optional<std::int64_t>();
    const auto value = tokenCount(text);
    if (!value || *value < 1)
      return fail(ErrorCode::usage, fmt::format("'{}' is not a whole number above 0.", text), "--" + std::string(flag));
    return value;
  }

  Result<void> readNumbers() {
    struct Number {
      const std::string& text;
      std::string_view flag;
      std::optional<std::int64_t> value;
    };
    Number numbers[] = {
        {users_, "users", {}},     {most_, "most", {}},   {least_, "min-memory", {}}, {largest_, "max-memory", {}},
        {watts_, "max-power", {}}, {since_, "since", {}}, {top_, "top", {}}};
    for (Number& n : numbers) {
      const Result<std::optional<std::int64_t>> value = whole(n.text, n.flag);
      if (!value) return tl::unexpected(value.error());
      n.value = *value;
    }
    if (numbers[0].value && *numbers[0].value > kMaxBatch)
      return fail(ErrorCode::usage, fmt::format("More than {} users are not believed.", kMaxBatch), "--users");
    if (numbers[1].value && *numbers[1].value > 4096)
      return fail(ErrorCode::usage, "At most 4096 devices are tried.", "--most");
    question_.users = numbers[0].value;
    question_.most = numbers[1].value.value_or(kNodeDevices);
    const auto gib = [](const std::optional<std::int64_t>& n) {
      return n ? std::optional(*n * Bytes(kGiB)) : std::nullopt;
    };
    filter_.least = gib(numbers[2].value), filter_.most = gib(numbers[3].value);
    if (numbers[4].value) filter_.mostWatts = static_cast<double>(*numbers[4].value);
    if (numbers[5].value) filter_.since = static_cast<int>(std::min<std::int64_t>(*numbers[5].value, 9999));
    rows_ = numbers[6].value;
    return {};
  }

  ScenarioOptions scenario_;
  OutputOptions output_;
  DeviceQuestion question_;
  MachineFilter filter_;
  std::string users_, most_, least_, largest_, watts_, since_, top_, sort_ = "smallest";
  std::optional<std::int64_t> rows_;
  bool detect_ = false, fits_ = false, parts_ = false, descending_ = false;
};

}  // namespace

std::unique_ptr<Command> makeDevicesCommand() {
  return std::make_unique<DevicesCommand>();
}

}  // namespace headroom
