#include "core/estimate/serving/tensorrt_llm/pool.h"

#include <algorithm>
#include <cmath>

#include "core/estimate/arithmetic.h"
#include "core/numerics/number_format.h"
#include "core/scenario/engine_options.h"

namespace headroom::tensorrt_llm {
namespace {

constexpr std::string_view kBlock = "tensorrt_llm/llmapi/llm_args.py KvCacheConfig.tokens_per_block: 32; 64 up to 0.17";

std::int64_t blockOf(const Scenario& scenario, const Settings& settings) {
  const std::int64_t usual = settings.version.before(0, 18) ? 64 : 32;
  return std::max<std::int64_t>(1, integerOption(scenario, "kv_cache_config.tokens_per_block").value_or(usual));
}

}  // namespace

bool buildsEngines(const Scenario& scenario, const EngineVersion& version) {
  const std::string_view backend = textOption(scenario, "backend");
  if (!backend.empty()) return backend == "tensorrt";
  // A log of a built engine names its release beside the library's: "1.0.0rc1 (engine 1.0.0rc2)".
  return version.before(1, 0) || scenario.engineVersion.find("engine") != std::string::npos;
}

StateFormats stateFormats(const Scenario& s) {
  StateFormats f;
  f.silent = f.decided = 2;
  f.heedsStated = true;
  if (const auto type = numberFormat(textOption(s, "kv_cache_config.mamba_ssm_cache_dtype")))
    f.asked = static_cast<std::int64_t>(info(*type).blockBytes);
  f.source = "tensorrt_llm/llmapi/llm_args.py: mamba_ssm_cache_dtype auto is the configuration's (1.2)";
  return f;
}

Factor inBlocks(FactorTree& tree, const Factor& tokens, const Scenario& scenario, const Settings& settings) {
  const Factor block = constant("tokens of a block", d(blockOf(scenario, settings)), Unit::tokens, kBlock);
  return tree.product("tokens of whole blocks", Unit::tokens,
                      {tree.product("blocks", Unit::count, {tokens, over(block)}, Round::up), block});
}

double bytesOfToken(const CacheTypes& types) {
  double sum = 0;
  for (const CacheType& t : types)
    if (t.kind != CacheType::Kind::state) sum += t.bytesPerToken() * d(t.stageLayers);
  return sum;
}

Room roomOf(const EstimateContext& c, double total, double used, double bytesPerToken) {
  const Settings& s = c.settings;
  if (s.kvCacheMemory) return {d(s.kvCacheMemory->value())};
  Room room{(total - used) * s.memoryUtilization + calibratedPool(c)};
  if (const auto most = integerOption(c.scenario, "kv_cache_config.max_tokens"); most && *most > 0)
    room.bytes = std::min(room.bytes, d(*most) * bytesPerToken);
  if (const auto most = integerOption(c.scenario, "kv_cache_config.max_gpu_total_bytes"); most && *most > 0)
    room.bytes = std::min(room.bytes, d(*most));
  return room;
}

std::int64_t tokensOf(double bytes, double bytesPerToken, const Scenario& scenario, const Settings& settings) {
  const std::int64_t block = blockOf(scenario, settings);
  const double blocks = std::floor(bytes / (bytesPerToken * d(block)));
  constexpr double kMost = 1e15;
  return blocks > 0 ? static_cast<std::int64_t>(std::min(blocks, kMost)) * block : 0;
}

}  // namespace headroom::tensorrt_llm
