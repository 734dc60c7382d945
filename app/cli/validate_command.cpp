// headroom-cli validate: every measured run predicted, and how far off the predictions are.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/evidence/validation.h"
#include "core/report/peers.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

std::string percent(double share) {
  return fmt::format("{:.2f} %", 100 * share);
}

std::string summaryTable(const Validation& v, ReportFormat format) {
  TextTable table;
  table.column("engine", TextTable::Align::left);
  table.column("figure", TextTable::Align::left);
  for (const char* header : {"runs", "median error", "90 % below", "worst", "bias", "inside band"})
    table.column(header);
  table.column("worst run", TextTable::Align::left);
  for (const FigureSummary& s : v.summaries)
    table.row({s.group, s.figure, std::to_string(s.count), percent(s.median), percent(s.p90), percent(s.worst),
               percent(s.bias), percent(s.inside), s.worstRun});
  return table.text(format);
}

std::string worstTable(const Validation& v, std::size_t rows, const std::map<std::string, std::string>& notes,
                       ReportFormat format) {
  TextTable table;
  for (const char* header : {"run", "engine", "figure"}) table.column(header, TextTable::Align::left);
  for (const char* header : {"measured", "predicted", "low", "high", "error"}) table.column(header);
  table.column("why", TextTable::Align::left);
  const auto number = [](double n) { return fmt::format("{:.0f}", n); };
  for (std::size_t i = 0; i < std::min(rows, v.errors.size()); ++i) {
    const PredictionError& e = v.errors[i];
    table.row({e.run, e.group, e.measured.name, number(e.measured.value), number(e.predicted.value),
               number(e.predicted.low), number(e.predicted.high), percent(e.error),
               notes.contains(e.run) ? notes.at(e.run) : std::string()});
  }
  return table.text(format);
}

std::string asJson(const Validation& v, std::size_t rows, const std::map<std::string, std::string>& notes) {
  nlohmann::ordered_json out{{"schema", "headroom-validation/1"}};
  out["figures"] = nlohmann::ordered_json::array();
  for (const FigureSummary& s : v.summaries)
    out["figures"].push_back({{"engine", s.group},
                              {"figure", s.figure},
                              {"count", s.count},
                              {"median", s.median},
                              {"p90", s.p90},
                              {"worst", s.worst},
                              {"worst_run", s.worstRun},
                              {"bias", s.bias},
                              {"inside_band", s.inside}});
  out["runs"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < std::min(rows, v.errors.size()); ++i) {
    const PredictionError& e = v.errors[i];
    out["runs"].push_back({{"id", e.run},
                           {"engine", e.group},
                           {"figure", e.measured.name},
                           {"measured", e.measured.value},
                           {"predicted", e.predicted.value},
                           {"low", e.predicted.low},
                           {"high", e.predicted.high},
                           {"error", e.error},
                           {"inside_band", e.inside}});
    if (notes.contains(e.run)) out["runs"].back()["why"] = notes.at(e.run);
  }
  out["refused"] = nlohmann::ordered_json::array();
  for (const Validation::Refused& r : v.refused) out["refused"].push_back({{"id", r.run}, {"reason", r.reason}});
  return jsonText(out, 2) + "\n";
}

std::string peersAsJson(const std::vector<PeerJob>& jobs) {
  nlohmann::ordered_json out{{"schema", "headroom-peers/1"}};
  out["jobs"] = nlohmann::ordered_json::array();
  for (const PeerJob& job : jobs) {
    nlohmann::ordered_json entry{{"title", job.title},        {"figure", job.figure}, {"true", job.truth},
                                 {"source", job.truthSource}, {"headroom", job.ours}, {"error", job.error}};
    entry["peers"] = nlohmann::ordered_json::array();
    for (const PeerAnswer& a : job.answers)
      entry["peers"].push_back({{"peer", a.peer}, {"bytes", a.bytes}, {"error", a.error}, {"source", a.source}});
    out["jobs"].push_back(std::move(entry));
  }
  return jsonText(out, 2) + "\n";
}

// What is known of each run, by its id.
std::map<std::string, std::string> notesOf(const std::vector<MeasuredRun>& runs) {
  std::map<std::string, std::string> notes;
  for (const MeasuredRun& run : runs)
    if (!run.note.empty()) notes[run.id] = run.note;
  return notes;
}

class ValidateCommand : public Command {
 public:
  std::string_view name() const override { return "validate"; }
  std::string_view summary() const override { return "How far predictions are from figures that real runs printed."; }
  std::string_view examples() const override {
    return "headroom-cli validate\n"
           "headroom-cli validate --engine vllm --figure kv_cache --rows 10\n"
           "headroom-cli validate --peers\n"
           "headroom-cli validate my-runs.json --format json";
  }

  void addOptions(Options& options) override {
    options.argument("FILE", file_,
                     "measured runs of your own (schema headroom-measured/1); the bundled ones if absent");
    options.text("engine", filter_.group, "NAME", "an engine, or a training framework");
    options.text("figure", filter_.figure, "NAME", "weights, kv_cache, allocated, …");
    options.text("quality", filter_.qualities, "LETTERS",
                 "letters of the qualities to count: A complete, B one or two keys assumed, C more (AB)");
    options.number("rows", rows_, "N", "also list the N worst predictions, with what is known of the reason");
    options.flag("peers", peers_, "compare with other calculators' answers to the same jobs instead");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (peers_) return runPeers(streams);
    const Result<std::vector<MeasuredRun>> runs = file_.empty() ? measuredRuns() : fromFile();
    if (!runs) return tl::unexpected(runs.error());
    const Validation v = validate(*runs, filter_);
    const std::size_t rows = rows_;
    if (output_.format() == ReportFormat::json) {
      streams.out << asJson(v, rows, notesOf(*runs));
      return kDone;
    }
    streams.out << summaryTable(v, output_.format());
    if (rows > 0) streams.out << "\n" << worstTable(v, rows, notesOf(*runs), output_.format());
    if (!v.refused.empty()) {
      say(streams, fmt::format("{} of {} runs could not be predicted; the first: {}: {}", v.refused.size(),
                               runs->size(), v.refused.front().run, v.refused.front().reason));
    }
    return kDone;
  }

 private:
  Result<int> runPeers(Streams& streams) const {
    const Result<std::vector<PeerJob>> jobs = peerComparison();
    if (!jobs) return tl::unexpected(jobs.error());
    streams.out << (output_.format() == ReportFormat::json ? peersAsJson(*jobs)
                                                           : peerTable(*jobs, output_.format(), output_.unit()));
    return kDone;
  }

  Result<std::vector<MeasuredRun>> fromFile() const {
    const Result<std::string> text = readTextFile(file_);
    if (!text) return tl::unexpected(text.error());
    return readMeasuredRuns(*text, file_);
  }

  std::string file_;
  ValidationFilter filter_;
  std::size_t rows_ = 0;
  bool peers_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeValidateCommand() {
  return std::make_unique<ValidateCommand>();
}

}  // namespace headroom
