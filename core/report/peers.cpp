#include "core/report/peers.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/base/format.h"
#include "core/base/json_text.h"
#include "core/evidence/validation.h"
#include "core/open/scenario_json.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

using nlohmann::json;
constexpr std::string_view kFile = "measured/peers.json";

std::string textOf(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

double numberOf(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_number() ? at->get<double>() : 0.0;
}

std::string percent(double share) {
  const double rounded = std::abs(share) < 0.0005 ? 0.0 : share;
  return fmt::format("{:+.1f} %", 100 * rounded);
}

}  // namespace

Result<std::vector<PeerJob>> peerComparison() {
  const json document = json::parse(embeddedResource(kFile), nullptr, false);
  if (!document.is_object() || !document.contains("jobs") || !document["jobs"].is_array())
    return fail(ErrorCode::syntax, "The built-in comparison cannot be read.", std::string(kFile));
  const json peers = document.value("peers", json::object());
  std::vector<PeerJob> jobs;
  for (const json& entry : document["jobs"]) {
    if (!entry.is_object() || !entry.contains("scenario")) continue;
    PeerJob job;
    job.title = textOf(entry, "title"), job.figure = textOf(entry, "figure");
    job.truth = numberOf(entry, "truth"), job.truthSource = textOf(entry, "truth_source");
    job.scenario = jsonText(entry["scenario"]);
    const Result<Scenario> scenario = readScenario(job.scenario, fmt::format("{}, {}", kFile, job.title));
    if (!scenario) return tl::unexpected(scenario.error());
    const Estimate result = estimate(*scenario);
    MeasuredFigure figure;
    figure.name = job.figure;
    const auto ours = predictedFigure(*scenario, result, figure);
    if (!ours || !(job.truth > 0))
      return fail(ErrorCode::value, "A job needs a figure that is estimated and a truth.",
                  fmt::format("{}, {}", kFile, job.title));
    job.ours = ours->value;
    job.error = job.ours / job.truth - 1;
    for (const json& answer : entry.value("answers", json::array())) {
      PeerAnswer a;
      a.peer = textOf(answer, "peer"), a.source = textOf(peers, a.peer.c_str()), a.bytes = numberOf(answer, "bytes");
      a.error = a.bytes / job.truth - 1;
      job.answers.push_back(std::move(a));
    }
    jobs.push_back(std::move(job));
  }
  return jobs;
}

std::string peerTable(const std::vector<PeerJob>& jobs, ReportFormat format, ByteUnit unit) {
  TextTable table;
  table.column("job", TextTable::Align::left);
  for (const char* header : {"true", "Headroom", "error"}) table.column(header);
  table.column("peers", TextTable::Align::left);
  for (const PeerJob& job : jobs) {
    std::string peers;
    for (const PeerAnswer& a : job.answers)
      peers += fmt::format("{}{} {}", peers.empty() ? "" : ", ", a.peer, percent(a.error));
    const auto size = [&](double bytes) { return formatBytes(toBytes(bytes), unit); };
    table.row({job.title, size(job.truth), size(job.ours), percent(job.error), peers});
  }
  return table.text(format);
}

}  // namespace headroom
