#include "core/report/devices_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/text_table.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

std::string plural(std::int64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

// "2 × tensor", "4, each layers' runs"; how one copy's devices are used.
std::string layoutOf(const DeviceAnswer& a) {
  const ParallelSettings p = settingsOf(a.scenario).parallel;
  std::string text;
  const auto add = [&](std::string_view what, std::int64_t n) {
    if (n > 1) text += fmt::format("{}{} {}", text.empty() ? "" : " × ", what, n);
  };
  add("data", p.data), add("tensor", p.tensor), add("pipeline", p.pipeline), add("context", p.context);
  if (a.copies > 1) text = plural(a.copies, "copy", "copies") + (text.empty() ? "" : " of " + text);
  return text;
}

ordered_json ceilingJson(const DeviceAnswer& a) {
  if (!a.ceiling) return nullptr;
  const Ceiling& c = *a.ceiling;
  return {{"tokens_per_second", c.tokensPerSecond * static_cast<double>(a.copies)},
          {"formula", kCeilingFormula},
          {"tokens_of_a_step", c.tokens},
          {"copies", a.copies},
          {"weight_bytes", c.weights.value()},
          {"cache_bytes", c.cache.value()},
          {"bandwidth_gb_s", c.gigabytesPerSecond}};
}

ordered_json priceJson(const DeviceAnswer& a) {
  if (a.price == nullptr) return nullptr;
  return {{"usd_per_hour", jsonOf(a.usdPerHour)},
          {"usd_per_device_hour", a.price->usdPerHour},
          {"named", a.price->named},
          {"cloud", a.price->cloud},
          {"date", a.price->date},
          {"source", a.price->source}};
}

ordered_json answerJson(const DeviceAnswer& a) {
  const Accelerator* entry = a.machine.accelerator;
  ordered_json tried = ordered_json::array();
  for (const TriedCount& t : a.tried)
    tried.push_back({{"devices", t.devices},
                     {"copies", t.copies},
                     {"verdict", jsonOf(t.verdict)},
                     {"headroom_bytes", t.left.value()},
                     {"why_not", t.why.empty() ? ordered_json(nullptr) : ordered_json(t.why)}});
  const auto text = [](const std::string& s) { return s.empty() ? ordered_json(nullptr) : ordered_json(s); };
  const ParallelSettings p = settingsOf(a.scenario).parallel;
  return {{"device", a.machine.label()},
          {"accelerator", entry == nullptr ? ordered_json(nullptr) : ordered_json(entry->id)},
          {"part", a.machine.part == nullptr ? ordered_json(nullptr) : ordered_json(a.machine.part->profile)},
          {"vendor", entry == nullptr ? ordered_json(nullptr) : text(entry->vendor)},
          {"class", entry == nullptr ? ordered_json(nullptr) : text(entry->segment)},
          {"year", entry == nullptr || entry->year == 0 ? ordered_json(nullptr) : ordered_json(entry->year)},
          {"capacity_bytes", jsonOf(a.machine.capacity())},
          {"bandwidth_gb_s", jsonOf(a.machine.gigabytesPerSecond())},
          {"power_w", entry == nullptr || a.machine.part != nullptr ? ordered_json(nullptr) : jsonOf(entry->tdpWatts)},
          {"devices", a.fits() ? ordered_json(a.devices) : ordered_json(nullptr)},
          {"copies", a.copies},
          {"layout", {{"data", p.data}, {"tensor", p.tensor}, {"pipeline", p.pipeline}, {"context", p.context}}},
          {"verdict", jsonOf(a.verdict)},
          {"device_bytes", a.need.value()},
          {"usable_bytes", a.room.value()},
          {"headroom_bytes", a.left.value()},
          {"refused", a.refused},
          {"unmodelled", a.unmodelled},
          {"limits", limitsJson(a.limits)},
          {"ceiling", ceilingJson(a)},
          {"price", priceJson(a)},
          {"tried", std::move(tried)}};
}

std::string othersOf(const DeviceAnswer& a) {
  std::string text;
  for (const TriedCount& t : a.tried)
    if (!t.why.empty()) text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", t.devices, t.why);
  return text;
}

class Table {
 public:
  Table(ReportFormat format, ByteUnit unit, const DeviceQuestion& question)
      : machine_(format == ReportFormat::csv), unit_(unit), question_(question) {
    const auto bytes = [&](const char* name) {
      return machine_ ? std::string(name) + "_bytes" : fmt::format("{} {}", name, unitName(unit));
    };
    table_.column(machine_ ? "id" : "device", TextTable::Align::left);
    table_.column(machine_ ? "devices" : "least");
    table_.column("layout", TextTable::Align::left);
    table_.column("verdict", TextTable::Align::left);
    table_.column(bytes(machine_ ? "headroom" : "left"));
    if (question.limits) table_.column("batch"), table_.column("context");
    table_.column(bytes("memory"));
    table_.column(machine_ ? "bandwidth_gb_s" : "GB/s");
    table_.column(machine_ ? "power_w" : "W");
    table_.column(machine_ ? "ceiling_tokens_per_second" : "ceiling tok/s");
    table_.column(machine_ ? "usd_per_hour" : "$/h", machine_ ? TextTable::Align::right : TextTable::Align::left);
    if (machine_) table_.column("price_date");
    table_.column("year");
    table_.column(machine_ ? "why_not" : "why not with", TextTable::Align::left);
  }

  void row(const DeviceAnswer& a) {
    const Accelerator* entry = a.machine.accelerator;
    std::string id = a.machine.label();
    if (machine_ && entry != nullptr) id = entry->id + (a.machine.part != nullptr ? ":" + a.machine.part->profile : "");
    std::vector<std::string> cells{std::move(id), a.fits() ? std::to_string(a.devices) : none(), layoutOf(a),
                                   a.verdict ? std::string(nameOf(*a.verdict)) : none(),
                                   a.verdict ? bytes(a.left) : none()};
    if (question_.limits) {
      cells.push_back(limit(a, a.limits.batch));
      cells.push_back(limit(a, a.limits.context));
    }
    const auto capacity = a.machine.capacity();
    cells.push_back(capacity ? bytes(*capacity) : none());
    cells.push_back(number(a.machine.gigabytesPerSecond()));
    cells.push_back(entry != nullptr && a.machine.part == nullptr ? number(entry->tdpWatts) : none());
    cells.push_back(a.ceiling ? fmt::format("{:.0f}", a.ceiling->tokensPerSecond * static_cast<double>(a.copies))
                              : none());
    if (!a.usdPerHour) {
      cells.push_back(none());
      if (machine_) cells.push_back("");
    } else if (machine_) {
      cells.push_back(fmt::format("{:.4g}", *a.usdPerHour));
      cells.push_back(a.price->date);
    } else {
      cells.push_back(fmt::format("{:.2f} ({}, {})", *a.usdPerHour, a.price->cloud, a.price->date.substr(0, 7)));
    }
    cells.push_back(entry != nullptr && entry->year > 0 ? std::to_string(entry->year) : none());
    cells.push_back(othersOf(a));
    table_.row(std::move(cells));
  }

  std::string text(ReportFormat format) const { return table_.text(format); }

 private:
  std::string none() const { return machine_ ? "" : "–"; }
  std::string bytes(Bytes b) const { return machine_ ? std::to_string(b.value()) : formatIn(b, unit_); }
  std::string number(const std::optional<double>& value) const {
    return value ? fmt::format("{:.6g}", *value) : none();
  }
  std::string limit(const DeviceAnswer& a, const std::optional<std::int64_t>& value) const {
    if (!a.fits()) return none();
    if (!value) return machine_ ? "" : "unbounded";
    return machine_ ? std::to_string(*value) : formatCount(*value);
  }

  bool machine_;
  ByteUnit unit_;
  const DeviceQuestion& question_;
  TextTable table_;
};

}  // namespace

std::string devicesReport(std::span<const DeviceAnswer> answers, const DeviceQuestion& question, ReportFormat format,
                          ByteUnit unit) {
  if (format == ReportFormat::json) {
    ordered_json list = ordered_json::array();
    for (const DeviceAnswer& a : answers) list.push_back(answerJson(a));
    const ordered_json out{{"schema", "headroom-devices/1"},
                           {"most_devices", question.most},
                           {"users", jsonOf(question.users)},
                           {"devices", std::move(list)}};
    return jsonText(out, 2) + "\n";
  }
  Table table(format, unit, question);
  for (const DeviceAnswer& a : answers) table.row(a);
  std::string text = table.text(format);
  if (format == ReportFormat::table && !answers.empty())
    text += fmt::format(
        "\nceiling: {}, of all sequences together. No engine is faster; it is no prediction.\nPrices are list prices "
        "of "
        "the day shown.\n",
        kCeilingFormula);
  return text;
}

std::string detectedReport(std::span<const DetectedAccelerator> found, ReportFormat format, ByteUnit unit) {
  if (format == ReportFormat::json) {
    ordered_json list = ordered_json::array();
    for (const DetectedAccelerator& d : found)
      list.push_back({{"place", d.place},
                      {"name", d.name},
                      {"vendor", d.vendor},
                      {"accelerator", d.entry == nullptr ? ordered_json(nullptr) : ordered_json(d.entry->id)},
                      {"part", d.profile.empty() ? ordered_json(nullptr) : ordered_json(d.profile)},
                      {"total_bytes", jsonOf(d.total)},
                      {"reserved_bytes", jsonOf(d.reserved)},
                      {"used_bytes", jsonOf(d.used)},
                      {"available_bytes", jsonOf(d.available())},
                      {"source", d.source}});
    const ordered_json out{{"schema", "headroom-detected/1"}, {"accelerators", std::move(list)}};
    return jsonText(out, 2) + "\n";
  }
  const bool machine = format == ReportFormat::csv;
  TextTable table;
  const auto header = [&](const char* name) {
    return machine ? std::string(name) + "_bytes" : fmt::format("{} {}", name, unitName(unit));
  };
  for (const char* name : {"place", "name", "id"}) table.column(name, TextTable::Align::left);
  for (const char* name : {"total", "used", "available"}) table.column(header(name));
  table.column(machine ? "source" : "told by", TextTable::Align::left);
  const auto bytes = [&](const std::optional<Bytes>& b) {
    return !b ? std::string(machine ? "" : "–") : machine ? std::to_string(b->value()) : formatIn(*b, unit);
  };
  for (const DetectedAccelerator& d : found)
    table.row({d.place, d.name, d.entry == nullptr ? "" : d.entry->id, bytes(d.total), bytes(d.used),
               bytes(d.available()), std::string(d.source)});
  if (found.empty() && format == ReportFormat::table) return "No accelerator was found on this machine.\n";
  return table.text(format);
}

}  // namespace headroom
