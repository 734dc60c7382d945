// headroom-cli gpus: the accelerators Headroom knows.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/list_filter.h"
#include "app/cli/output_options.h"
#include "core/base/json_text.h"
#include "core/hardware/accelerator.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

std::string json(const std::vector<const Accelerator*>& entries) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Accelerator* a : entries) {
    const Accelerator::Capacity capacity = a->capacity();
    list.push_back({{"id", a->id},
                    {"name", a->name},
                    {"vendor", a->vendor},
                    {"architecture", a->architecture},
                    {"segment", a->segment},
                    {"aliases", a->aliases},
                    {"year", a->year},
                    {"capacity_bytes", capacity.bytes.value()},
                    {"capacity_basis", capacity.basis},
                    {"sources", a->sources}});
  }
  return jsonText(list, 2) + "\n";
}

std::string table(const std::vector<const Accelerator*>& entries, ReportFormat format, ByteUnit unit) {
  const bool machine = format == ReportFormat::csv;
  TextTable t;
  t.column("id", TextTable::Align::left);
  t.column("name", TextTable::Align::left);
  t.column("vendor", TextTable::Align::left);
  t.column("year");
  t.column(machine ? "capacity_bytes" : fmt::format("capacity {}", unitName(unit)));
  t.column("known from", TextTable::Align::left);
  for (const Accelerator* a : entries) {
    const Accelerator::Capacity capacity = a->capacity();
    t.row({a->id, a->name, a->vendor, a->year > 0 ? std::to_string(a->year) : "",
           machine ? std::to_string(capacity.bytes.value()) : formatIn(capacity.bytes, unit),
           std::string(capacity.basis)});
  }
  return t.text(format);
}

class GpusCommand : public Command {
 public:
  std::string_view name() const override { return "gpus"; }
  std::string_view summary() const override {
    return "The accelerators Headroom knows and your own, with the memory a process can use.";
  }
  std::string_view examples() const override {
    return "headroom-cli gpus 4090\nheadroom-cli gpus apple max\nheadroom-cli gpus h100 --format json";
  }

  void addOptions(Options& options) override {
    options.arguments(
        "TEXT", words_,
        "only accelerators whose id, name, aliases, vendor or architecture hold every one of these words");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    std::vector<const Accelerator*> entries;
    for (const Accelerator& a : accelerators())
      if (holdsAll(words_, {a.id, a.name, a.vendor, a.architecture, a.segment}, a.aliases)) entries.push_back(&a);
    streams.out << (output_.format() == ReportFormat::json ? json(entries)
                                                           : table(entries, output_.format(), output_.unit()));
    return kDone;
  }

 private:
  std::vector<std::string> words_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeGpusCommand() {
  return std::make_unique<GpusCommand>();
}

}  // namespace headroom
