#include "core/readers/logs/cut_log.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom::logs {

bool mendCut(std::vector<LogFigure>& figures, const std::vector<LogFigure>& totals, std::vector<std::string>& notes) {
  const auto isCache = [](const LogFigure& f) { return f.name == "kv_cache" || f.name == "host.kv_cache"; };
  const auto weighs = [&](const std::string& device) {
    return std::ranges::any_of(figures, [&](const LogFigure& f) { return f.name == "weights" && f.device == device; });
  };
  if (!figures.empty() && figures.front().name == "weights")
    for (const LogFigure& f : figures)
      if (f.name == "kv_cache" && !weighs(f.device))
        notes.push_back(
            fmt::format("The log begins in the midst of its devices' weights: {}'s are not in it.", f.device));
  double sum = 0, total = 0;
  for (const LogFigure& f : figures) sum += isCache(f) ? f.value : 0;
  for (const LogFigure& t : totals) total += t.name == "kv_cache" ? t.value : 0;
  constexpr double kWhole = 0.98;
  if (sum <= 0 || sum >= kWhole * total) return false;
  std::erase_if(figures, isCache);
  notes.emplace_back("The log begins in the midst of its devices' caches; the sum it prints of them is taken.");
  return true;
}

}  // namespace headroom::logs
