// What several ranks and devices printed, as one figure each.
#include <algorithm>

#include "core/readers/logs/log_reader.h"

namespace headroom {

std::vector<MeasuredFigure> LogReading::summary() const {
  std::vector<MeasuredFigure> out;
  for (const LogFigure& f : figures) {
    const auto found = std::ranges::find(out, f.name, &MeasuredFigure::name);
    if (found == out.end())
      out.push_back(
          {f.name, f.value, f.step, 'B', engine == Engine::llama_cpp ? FigureScope::sum : FigureScope::heaviest});
    else if (engine == Engine::llama_cpp)
      found->value += f.value;
    else if (f.name == "kv_tokens" || f.name == "kv_cache")
      found->value = std::min(found->value, f.value);  // the poorest rank sets the pool
    else
      found->value = std::max(found->value, f.value);
  }
  return out;
}

}  // namespace headroom
