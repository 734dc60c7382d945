// TensorRT-LLM: trtllm-serve's options (commands/serve.py, 1.2) and the keys that only its YAML file has.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/readers/commands/launch_words.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

constexpr std::string_view kFile = "config.yml";

// What an option's own flag says; every other name is a key of the file.
bool isFlag(std::string_view option) {
  constexpr std::string_view kFlags[] = {"backend", "max_beam_width", "moe_cluster_parallel_size",
                                         "enable_chunked_prefill"};
  return std::ranges::find(kFlags, option) != std::end(kFlags);
}

// "kv_cache_config.dtype" → a section and a key of it; a name without a dot stands alone.
using Sections = std::map<std::string, std::vector<std::pair<std::string, std::string>>>;

void put(Sections& sections, const std::string& name, const std::string& value) {
  const std::size_t dot = name.find('.');
  if (dot == name.npos)
    sections[""].emplace_back(name, value);
  else
    sections[name.substr(0, dot)].emplace_back(name.substr(dot + 1), value);
}

std::string yamlOf(const Sections& sections) {
  std::string out;
  for (const auto& [section, keys] : sections) {
    if (!section.empty()) out += section + ":\n";
    for (const auto& [key, value] : keys) out += fmt::format("{}{}: {}\n", section.empty() ? "" : "  ", key, value);
  }
  return out;
}

}  // namespace

std::string trtllmServe(const Scenario& s, const std::string& model, std::vector<std::string>& notes) {
  const ParallelSettings p = settingsOf(s).parallel;
  Words words("trtllm-serve " + quotedForShell(model));
  Sections file;
  if (p.tensor > 1) words.add("--tp_size", p.tensor);
  if (p.pipeline > 1) words.add("--pp_size", p.pipeline);
  if (p.context > 1) words.add("--cp_size", p.context);
  if (p.expert > 1) words.add("--ep_size", p.expert);
  if (s.maxSequences) words.add("--max_batch_size", *s.maxSequences);
  if (s.prefillTokens) words.add("--max_num_tokens", *s.prefillTokens);
  if (s.context) words.add("--max_seq_len", *s.context);
  if (s.memoryUtilization) words.add("--kv_cache_free_gpu_memory_fraction", fmt::format("{:g}", *s.memoryUtilization));
  if (s.precision.kvCache) put(file, "kv_cache_config.dtype", std::string(info(s.precision.kvCache->k).id));
  for (const AskedOption& o : s.engineOptions) {
    if (!isFlag(o.name))
      put(file, o.name, valueText(o));
    else if (const auto* on = std::get_if<bool>(&o.value); on == nullptr)
      words.add("--" + o.name, valueText(o));
    else if (*on)
      words.flag("--" + o.name);
  }
  if (s.lora) notes.emplace_back("Adapters are named in the file of --config, by lora_config.");
  if (const auto* f = s.precision.weights ? std::get_if<NumberFormat>(&*s.precision.weights) : nullptr;
      f != nullptr && !isPlainFloat(*f))
    notes.push_back(
        fmt::format("The weights in {} need a checkpoint stored that way; name that one instead.", info(*f).id));
  if (file.empty()) return words.text();
  words.add("--config", std::string(kFile));
  return fmt::format("cat > {} <<'EOF'\n{}EOF\n{}", kFile, yamlOf(file), words.text());
}

}  // namespace headroom
