// headroom-cli validate: every measured run predicted, and how far off the predictions are.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/evidence/left_out.h"
#include "core/evidence/validation.h"
#include "core/report/peers.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

std::string percent(double share) {
  return fmt::format("{:.2f} %", 100 * share);
}

// The summary of the same figure among others; nothing where it is not there.
const FigureSummary* same(const std::vector<FigureSummary>& all, const FigureSummary& s) {
  const auto found =
      std::ranges::find_if(all, [&](const FigureSummary& l) { return l.group == s.group && l.figure == s.figure; });
  return found == all.end() ? nullptr : &*found;
}

std::string summaryTable(const Validation& v, const std::optional<CrossValidation>& left, ReportFormat format) {
  TextTable table;
  table.column("engine", TextTable::Align::left);
  table.column("figure", TextTable::Align::left);
  for (const char* header : {"runs", "median error", "90 % below", "worst", "bias", "inside band"})
    table.column(header);
  if (left)
    for (const char* header : {"refitted: median", "left out: median", "90 % below", "inside band"})
      table.column(header);
  table.column("worst run", TextTable::Align::left);
  for (const FigureSummary& s : v.summaries) {
    std::vector<std::string> row{s.group,        s.figure,         std::to_string(s.count), percent(s.median),
                                 percent(s.p90), percent(s.worst), percent(s.bias),         percent(s.inside)};
    if (left) {
      const FigureSummary *in = same(left->refitted, s), *l = same(left->summaries, s);
      row.push_back(in != nullptr ? percent(in->median) : std::string());
      for (const double FigureSummary::*value : {&FigureSummary::median, &FigureSummary::p90, &FigureSummary::inside})
        row.push_back(l != nullptr ? percent(l->*value) : std::string());
    }
    row.push_back(s.worstRun);
    table.row(std::move(row));
  }
  return table.text(format);
}

std::string inUnit(const FittedConstant& c, double value) {
  return fmt::format("{:.4g}", value / constantEntries()[static_cast<std::size_t>(c.id)].scale);
}

std::string constantTable(const CrossValidation& left, ReportFormat format) {
  TextTable table;
  table.column("constant", TextTable::Align::left);
  table.column("unit", TextTable::Align::left);
  for (const char* header :
       {"figures", "sources", "value", "best", "error", "best error", "without a source, from", "to"})
    table.column(header);
  for (const FittedConstant& c : left.constants)
    table.row({std::string(nameOf(c.id)), constantEntries()[static_cast<std::size_t>(c.id)].unit,
               std::to_string(c.figures), std::to_string(c.sources), inUnit(c, c.value), inUnit(c, c.best),
               percent(c.error), percent(c.bestError), inUnit(c, c.lowestWithout), inUnit(c, c.highestWithout)});
  return table.text(format);
}

std::string whyOf(const PredictionError& e, const std::map<std::string, std::string>& notes) {
  const std::string note = notes.contains(e.run) ? notes.at(e.run) : std::string();
  if (!e.impossible()) return note;
  return fmt::format("impossible: weights, gradients and states alone take {:.0f}{}{}", e.least,
                     note.empty() ? "" : "; ", note);
}

// Measurements that no run of their row's job can have printed; empty where there are none.
std::string impossibleTable(const Validation& v, ReportFormat format) {
  TextTable table;
  for (const char* header : {"impossible run", "figure"}) table.column(header, TextTable::Align::left);
  for (const char* header : {"measured", "weights, gradients and states alone"}) table.column(header);
  bool any = false;
  for (const PredictionError& e : v.errors) {
    if (!e.impossible()) continue;
    table.row({e.run, e.measured.name, fmt::format("{:.0f}", e.measured.value), fmt::format("{:.0f}", e.least)});
    any = true;
  }
  return any ? table.text(format) : std::string();
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
               number(e.predicted.low), number(e.predicted.high), percent(e.error), whyOf(e, notes)});
  }
  return table.text(format);
}

nlohmann::ordered_json constantsAsJson(const CrossValidation& left) {
  auto out = nlohmann::ordered_json::array();
  for (const FittedConstant& c : left.constants) {
    const ConstantEntry& entry = constantEntries()[static_cast<std::size_t>(c.id)];
    out.push_back({{"id", nameOf(c.id)},
                   {"unit", entry.unit},
                   {"figures", c.figures},
                   {"sources", c.sources},
                   {"value", c.value / entry.scale},
                   {"best", c.best / entry.scale},
                   {"error", c.error},
                   {"best_error", c.bestError},
                   {"lowest_without_a_source", c.lowestWithout / entry.scale},
                   {"highest_without_a_source", c.highestWithout / entry.scale}});
  }
  return out;
}

std::string asJson(const Validation& v, const std::optional<CrossValidation>& left, std::size_t rows,
                   const std::map<std::string, std::string>& notes) {
  nlohmann::ordered_json out{{"schema", "headroom-validation/1"}};
  out["figures"] = nlohmann::ordered_json::array();
  for (const FigureSummary& s : v.summaries) {
    out["figures"].push_back({{"engine", s.group},
                              {"figure", s.figure},
                              {"count", s.count},
                              {"median", s.median},
                              {"p90", s.p90},
                              {"worst", s.worst},
                              {"worst_run", s.worstRun},
                              {"bias", s.bias},
                              {"inside_band", s.inside}});
    if (!left) continue;
    const auto summary = [](const FigureSummary& l) {
      return nlohmann::ordered_json{
          {"median", l.median}, {"p90", l.p90}, {"worst", l.worst}, {"bias", l.bias}, {"inside_band", l.inside}};
    };
    if (const FigureSummary* in = same(left->refitted, s)) out["figures"].back()["refitted"] = summary(*in);
    if (const FigureSummary* l = same(left->summaries, s)) out["figures"].back()["left_out"] = summary(*l);
  }
  if (left) out["constants"] = constantsAsJson(*left);
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
    if (const std::string why = whyOf(e, notes); !why.empty()) out["runs"].back()["why"] = why;
  }
  out["impossible"] = nlohmann::ordered_json::array();
  for (const PredictionError& e : v.errors)
    if (e.impossible())
      out["impossible"].push_back(
          {{"id", e.run}, {"figure", e.measured.name}, {"measured", e.measured.value}, {"least", e.least}});
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
           "headroom-cli validate --constants\n"
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
    options.flag("constants", constants_,
                 "also list the constants that were fitted on these runs, and what they are without one source");
    options.flag("peers", peers_, "compare with other calculators' answers to the same jobs instead");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (peers_) return runPeers(streams);
    const Result<std::vector<MeasuredRun>> runs = file_.empty() ? measuredRuns() : fromFile();
    if (!runs) return tl::unexpected(runs.error());
    const Validation v = validate(*runs, filter_);
    std::optional<CrossValidation> left;  // the constants were fitted on the bundled runs
    if (file_.empty()) left = leaveOneSourceOut(*runs, filter_);
    const std::size_t rows = rows_;
    if (output_.format() == ReportFormat::json) {
      streams.out << asJson(v, left, rows, notesOf(*runs));
      return kDone;
    }
    streams.out << summaryTable(v, left, output_.format());
    if (constants_ && left) streams.out << "\n" << constantTable(*left, output_.format());
    if (rows > 0) streams.out << "\n" << worstTable(v, rows, notesOf(*runs), output_.format());
    if (const std::string table = impossibleTable(v, output_.format()); !table.empty()) streams.out << "\n" << table;
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
  bool constants_ = false, peers_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeValidateCommand() {
  return std::make_unique<ValidateCommand>();
}

}  // namespace headroom
