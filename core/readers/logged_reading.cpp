#include "core/readers/logged_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/logged_start.h"
#include "core/readers/joined.h"
#include "core/readers/logs/log_lines.h"
#include "core/readers/logs/refused_start.h"
#include "core/scenario/engines.h"

namespace headroom {

using nlohmann::ordered_json;

Reading readingOf(LogReading log, std::string_view text) {
  const Engine server = logs::serverOf(log.engine, text);
  const std::string engine(nameOf(server));
  Reading out;
  ordered_json scenario{{"headroom", 1}, {"engine", engine}};
  if (std::optional<Reading> started = loggedStart(text)) {
    ordered_json said = ordered_json::parse(started->scenario, nullptr, false);
    if (said.value("engine", "") == engine) scenario = std::move(said), out = std::move(*started);
  } else if (Result<Reading> command = commandBeside(text)) {
    // The command that printed it, pasted above it; torch's messages are of whatever runs by it.
    const bool torchs = std::ranges::any_of(
        log.figures, [](const LogFigure& figure) { return figure.name == "allocated" || figure.name == "device"; });
    std::vector<Reading> all = std::move(command->others);
    command->others.clear();
    std::erase_if(command->remarks, [](const Remark& remark) { return remark.code == "several-servers"; });
    all.insert(all.begin(), std::move(*command));
    const auto is = [&](const Reading& one) {
      return torchs || ordered_json::parse(one.scenario, nullptr, false).value("engine", "") == engine;
    };
    const auto own = std::ranges::find_if(all, is);
    const bool other = std::ranges::any_of(all, [&](const Reading& one) { return !is(one); });
    if (own != all.end()) scenario = ordered_json::parse(own->scenario, nullptr, false), out = std::move(*own);
    if (other)
      out.remarks.push_back({"other-server", Severity::warning,
                             "The text starts another engine's server too; it is left out, and so is what its log "
                             "says."});
  }
  // llama.cpp's log says what became of its arguments, not all of them.
  if (rowOf(log.engine).has(Feature::gpu_layers) && scenario.size() > 2)
    if (Result<Reading> command = commandBeside(text)) {
      ordered_json said = ordered_json::parse(command->scenario, nullptr, false);
      if (said.value("engine", "") == engine) {
        said.merge_patch(scenario);
        scenario = std::move(said);
        std::ranges::move(command->leftOut, std::back_inserter(out.leftOut));
        for (Remark& remark : command->remarks)
          if (remark.code != "assumed-context" || !scenario.contains("context")) out.remarks.push_back(remark);
      }
    }
  out.recognised = scenario.value("engine", engine) + " log";
  if (!log.version.empty()) scenario["engine_version"] = log.version;
  for (const logs::LoggedSetting& said : logs::loggedSettings(text, server)) {
    const std::string key(said.key);
    if (scenario.contains(key)) continue;
    scenario[key] = said.whole ? ordered_json(static_cast<std::int64_t>(said.value)) : ordered_json(said.value);
  }
  const ordered_json::json_pointer tensor("/parallel/tensor");
  const bool ranks = rowOf(server).has(Feature::claim);
  if (const std::int64_t n = ranks ? logs::loggedRanks(text) : 1; n > 1 && !scenario.contains(tensor)) {
    scenario[tensor] = n;
    out.remarks.push_back({"assumed-ranks", Severity::assumed,
                           fmt::format("The log's lines come from ranks up to number {}: as many tensor ranks are "
                                       "taken.",
                                       n - 1)});
  }
  const ordered_json::json_pointer cache("/precision/kv_cache");
  for (const std::string_view words : {"Using KV cache dtype: torch.float8", "KV cache scaling factor 1.0 for fp8"})
    if (!scenario.contains(cache) && text.find(words) != text.npos) scenario[cache] = "fp8";
  out.scenario = jsonText(scenario, 2);
  for (const std::string& missing : log.figures.empty() ? std::vector<std::string>() : log.missing)
    out.remarks.push_back({"missing-line", Severity::note, fmt::format("The log holds no line for {}.", missing)});
  for (const std::string& note : log.notes) out.remarks.push_back({"log", Severity::note, note});
  out.figures = log.figures;
  if (!log.figures.empty()) out.log = std::move(log);
  return out;
}

}  // namespace headroom
