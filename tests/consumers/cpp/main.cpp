// Asks the installed library what its headers promise; ends with the number of the first promise that is broken.
#include <headroom/headroom.h>

#include <cstdio>
#include <numeric>

using namespace headroom::api;

int main() {
  const auto scenario = Scenario::read(R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm",
    "devices": [{"accelerator": "h100-sxm-80gb"}]})");
  if (!scenario) return std::printf("%s\n", scenario.failure().message.c_str()), 1;
  const Estimate e = estimate(*scenario);
  if (e.verdict != "fits" || e.parameters != 8'030'261'248 || e.ranks.empty()) return 2;
  for (const Rank& r : e.ranks)
    if (std::accumulate(r.components.begin(), r.components.end(), std::int64_t{0},
                        [](std::int64_t sum, const Component& c) { return sum + c.bytes; }) != r.total)
      return 3;
  const auto longer = scenario->with("batch", "4");
  if (!longer || estimate(*longer).ranks[0].total <= e.ranks[0].total) return 4;
  const auto wrong = scenario->with("batch", "-4");
  if (wrong || wrong.failure().code != "value" || wrong.failure().where.find("batch") == std::string::npos) return 5;
  if (!limits(*scenario).context || *limits(*scenario).context < 131'072) return 6;
  const auto pasted = Scenario::recognise("vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 16k");
  if (!pasted || pasted->modelId().find("Qwen2.5-7B") == std::string::npos) return 7;
  const auto again = Scenario::read(longer->write());
  if (!again || estimate(*again).ranks[0].total != estimate(*longer).ranks[0].total) return 8;
  std::vector<Scenario> many(100, *scenario);
  many[50] = *longer;
  const std::vector<Estimate> all = estimateAll(many);
  if (all.size() != 100 || all[50].ranks[0].total != estimate(*longer).ranks[0].total ||
      all[49].ranks[0].total != e.ranks[0].total)
    return 9;
  const auto table = compare({*scenario, *longer}, {"1", "4"}, "md");
  if (!table || table->find("batch") == std::string::npos || compare({*scenario}, {}, "md")) return 10;
  if (report(*scenario, "html") || !report(*scenario, "json")) return 11;
  if (models().size() < 50 || !accelerator("NVIDIA GeForce RTX 4090")) return 12;
  if (explain(*scenario).find("keys and values") == std::string::npos) return 13;
  return 0;
}
