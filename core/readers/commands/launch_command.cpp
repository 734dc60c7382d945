#include "core/readers/commands/launch_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_words.h"
#include "core/readers/said_elsewhere.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

// --quantization of vLLM and SGLang; empty: the checkpoint says it itself.
std::string_view quantizationOf(const WeightFormat& format) {
  const auto* f = std::get_if<NumberFormat>(&format);
  if (f == nullptr) return {};
  switch (*f) {
    case NumberFormat::fp8:
      return "fp8";
    case NumberFormat::nf4:
    case NumberFormat::nf4_dq:
    case NumberFormat::bnb_int8:
      return "bitsandbytes";
    default:
      return {};
  }
}

std::string_view dtypeOf(NumberFormat f) {
  if (f == NumberFormat::fp16) return "float16";
  if (f == NumberFormat::bf16) return "bfloat16";
  return f == NumberFormat::fp32 ? "float32" : std::string_view();
}

void noteWeights(const Scenario& s, LaunchCommand& out) {
  if (!s.precision.weights || !quantizationOf(*s.precision.weights).empty()) return;
  const auto* f = std::get_if<NumberFormat>(&*s.precision.weights);
  if (std::holds_alternative<GgufFileType>(*s.precision.weights) || (f != nullptr && !isPlainFloat(*f)))
    out.notes.push_back(fmt::format("The weights in {} need a checkpoint stored that way; name that one instead.",
                                    idOf(*s.precision.weights)));
}

// Options vLLM and SGLang share under names of their own.
struct Spelling {
  std::string_view tensor, pipeline, data, context, utilization, prefill, sequences, noGraphs, slots;
  std::string_view adapterFormat = {};
};
constexpr Spelling kVllm{"--tensor-parallel-size",
                         "--pipeline-parallel-size",
                         "--data-parallel-size",
                         "--max-model-len",
                         "--gpu-memory-utilization",
                         "--max-num-batched-tokens",
                         "--max-num-seqs",
                         "--enforce-eager",
                         "--max-loras",
                         "--lora-dtype"};
constexpr Spelling kSglang{"--tp-size",
                           "--pp-size",
                           "--dp-size",
                           "--context-length",
                           "--mem-fraction-static",
                           "--chunked-prefill-size",
                           "--max-running-requests",
                           "--disable-cuda-graph",
                           "--max-loras-per-batch"};

void addAdapters(Words& words, const Scenario& s, const Spelling& o, LaunchCommand& out) {
  if (!s.lora) return;
  words.flag("--enable-lora").add(o.slots, s.lora->slots).add("--max-lora-rank", s.lora->rank);
  if (s.lora->format && !o.adapterFormat.empty())
    if (const std::string_view d = dtypeOf(*s.lora->format); !d.empty()) words.add(o.adapterFormat, std::string(d));
  out.notes.push_back(
      "The adapters themselves are named by options of their own (vLLM --lora-modules, SGLang --lora-paths).");
}

void vllmExtras(Words& words, const Scenario& s) {
  if (s.kvCacheMemory) words.add("--kv-cache-memory-bytes", s.kvCacheMemory->value());
  if (s.prefixCaching) words.flag(*s.prefixCaching ? "--enable-prefix-caching" : "--no-enable-prefix-caching");
  if (s.task == Task::embed) words.add("--runner", std::string("pooling"));
  if (s.images) words.add("--limit-mm-per-prompt", fmt::format(R"({{"image": {}}})", s.images->perRequest));
  if (!s.speculative) return;
  const std::string_view method = s.speculative->method == DraftMethod::draft_model ? std::string_view("draft_model")
                                                                                    : nameOf(s.speculative->method);
  std::string config = fmt::format(R"({{"method": "{}", "num_speculative_tokens": {})", method, s.speculative->tokens);
  if (const std::string name = draftName(s); !name.empty()) config += fmt::format(R"(, "model": "{}")", name);
  words.add("--speculative-config", config + "}");
}

void sglangExtras(Words& words, const Scenario& s) {
  if (s.task == Task::embed) words.flag("--is-embedding");
  if (!s.speculative) return;
  const DraftMethod method = s.speculative->method;
  words.add("--speculative-algorithm", std::string(method == DraftMethod::ngram         ? "NGRAM"
                                                   : method == DraftMethod::draft_model ? "STANDALONE"
                                                   : method == DraftMethod::mtp         ? "NEXTN"
                                                                                        : "EAGLE"));
  words.add("--speculative-num-draft-tokens", s.speculative->tokens);
  if (const std::string name = draftName(s); !name.empty()) words.add("--speculative-draft-model-path", name);
}

// Options that are variables of the environment, in front of the command.
bool isVariable(const AskedOption& o) {
  return o.name.starts_with("vllm_");
}
std::string variables(const Scenario& s) {
  std::string out;
  for (const AskedOption& o : s.engineOptions) {
    if (!isVariable(o)) continue;
    std::string name = o.name;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto* on = std::get_if<bool>(&o.value);
    out += fmt::format("{}={} ", name, on != nullptr ? (*on ? "1" : "0") : quotedForShell(valueText(o)));
  }
  return out;
}

// Options by the engine's own names; true is a bare flag, and false is said with --no- where the engine has that form.
void addOptions(Words& words, const Scenario& s) {
  for (const AskedOption& o : s.engineOptions) {
    if (isVariable(o)) continue;
    std::string flag = "--" + o.name;
    std::ranges::replace(flag, '_', '-');
    if (const auto* on = std::get_if<bool>(&o.value)) {
      if (*on) words.flag(flag);
      const EngineRow& engine = rowOf(settingsOf(s).engine);
      const bool negates = engine.has(Feature::prefix_caching) || engine.has(Feature::gpu_layers);  // vLLM, llama.cpp
      if (!*on && negates) words.flag("--no-" + flag.substr(2));
    } else {
      words.add(flag, valueText(o));
    }
  }
}

void addShared(Words& words, const Scenario& s, const Spelling& o, LaunchCommand& out) {
  const Settings settings = settingsOf(s);
  const ParallelSettings& p = settings.parallel;
  if (p.tensor > 1) words.add(o.tensor, p.tensor);
  if (p.pipeline > 1) words.add(o.pipeline, p.pipeline);
  if (p.data > 1) words.add(o.data, p.data);
  if (s.context) words.add(o.context, *s.context);
  if (s.memoryUtilization) words.add(o.utilization, fmt::format("{:g}", *s.memoryUtilization));
  if (s.prefillTokens) words.add(o.prefill, *s.prefillTokens);
  if (s.maxSequences) words.add(o.sequences, *s.maxSequences);
  if (s.cudaGraphs && !*s.cudaGraphs) words.flag(o.noGraphs);
  if (s.precision.weights)
    if (const std::string_view q = quantizationOf(*s.precision.weights); !q.empty())
      words.add("--quantization", std::string(q));
  if (s.precision.compute)
    if (const std::string_view d = dtypeOf(*s.precision.compute); !d.empty()) words.add("--dtype", std::string(d));
  if (s.precision.kvCache) {
    const NumberFormat k = s.precision.kvCache->k;
    if (k == NumberFormat::fp8) words.add("--kv-cache-dtype", "fp8_e4m3");
    if (isCacheFormat(k) || k == NumberFormat::nvfp4) words.add("--kv-cache-dtype", std::string(info(k).id));
  }
  addOptions(words, s);
  addAdapters(words, s, o, out);
  noteWeights(s, out);
  if (settings.batch > 1 && !s.maxSequences)
    out.notes.push_back(
        fmt::format("{} sequences are what is asked of the pool; the server takes as many as fit.", settings.batch));
}

void llamaServer(Words& words, const Scenario& s, const std::string& model, LaunchCommand& out) {
  const Settings settings = settingsOf(s);
  if (model.ends_with(".gguf")) {
    words.add("-m", model);
  } else {
    const std::string tag = ggufTag(s);
    words.add("-hf", tag.empty() ? model : model + ":" + tag);
    out.notes.push_back("-hf wants a repository that holds GGUF files of the model.");
  }
  // -c is all cells; without --kv-unified they are divided among the sequences (common/arg.cpp, 2026-08). Without it
  // the server takes what it may shorten.
  if (s.context) words.add("-c", settings.unifiedKv ? settings.context : settings.context * settings.batch);
  words.add("-np", settings.batch);  // without it the server takes four slots
  if (settings.unifiedKv) words.flag("--kv-unified");
  if (s.prefillTokens) words.add("-ub", *s.prefillTokens);
  if (s.offload.gpuLayers) words.add("-ngl", *s.offload.gpuLayers);
  if (s.offload.expertLayers.value_or(0) < 0) words.flag("--cpu-moe");
  if (s.offload.expertLayers.value_or(0) > 0) words.add("--n-cpu-moe", *s.offload.expertLayers);
  if (settings.offload.kvCache) words.flag("--no-kv-offload");
  if (settings.fullWindowCache) words.flag("--swa-full");
  if (s.task == Task::embed) words.flag("--embedding");
  if (s.speculative && s.speculative->method != DraftMethod::ngram) {
    if (const std::string name = draftName(s); !name.empty()) words.add(name.ends_with(".gguf") ? "-md" : "-hfd", name);
    words.add("--draft-max", s.speculative->tokens);
  }
  if (s.lora) out.notes.push_back("Adapters are named with --lora, one file each.");
  if (s.attention) words.add("-fa", *s.attention == AttentionImplementation::flash ? "on" : "off");
  if (s.precision.kvCache)
    words.add("-ctk", ggmlWord(s.precision.kvCache->k)).add("-ctv", ggmlWord(s.precision.kvCache->v));
  if (!s.tensorSplit.empty()) {
    std::string split;
    for (const double share : s.tensorSplit) split += fmt::format("{}{:g}", split.empty() ? "" : ",", share);
    words.add("-ts", split);
  }
  addOptions(words, s);
}

// "reserve", "precision.kv_cache": what the scenario's file holds and the command, read back, does not.
void findUnsaid(const ordered_json& scenario, const ordered_json& command, const std::string& pointer,
                std::vector<std::string>& unsaid) {
  for (const auto& [key, value] : scenario.items()) {
    const std::string at = pointer + "/" + key;
    if (saidElsewhere(at, {"/precision/weights", "/batch"})) continue;  // those have notes of their own
    if (value.is_object()) {
      findUnsaid(value, command, at, unsaid);
    } else if (!command.contains(ordered_json::json_pointer(at))) {
      std::string name = at.substr(1);
      std::ranges::replace(name, '/', '.');
      unsaid.push_back(std::move(name));
    }
  }
}

void noteUnsaid(const Scenario& s, LaunchCommand& out) {
  const bool file = settingsOf(s).engine == Engine::ollama;
  const Result<Reading> read = file ? readModelfile(out.text) : readLaunchCommand(out.text);
  if (!read) return;
  std::vector<std::string> unsaid;
  findUnsaid(ordered_json::parse(writeScenario(s), nullptr, false), ordered_json::parse(read->scenario, nullptr, false),
             "", unsaid);
  if (!unsaid.empty())
    out.notes.push_back(fmt::format("Nothing in the command stands for {}.", fmt::join(unsaid, ", ")));
}

}  // namespace

Result<LaunchCommand> launchCommand(const Scenario& s) {
  const Settings settings = settingsOf(s);
  const Engine engine = settings.engine;
  if (isTraining(s.workload) || engine == Engine::transformers)
    return fail(ErrorCode::unsupported, "Only servers are started by a command of their own.");
  const std::string model = modelName(s);
  if (model.empty())
    return fail(ErrorCode::unsupported, "A model given by its dimensions has no name a server could load.");
  LaunchCommand out;
  if (engine == Engine::vllm) {
    Words words(variables(s) + "vllm serve " + quotedForShell(model));
    addShared(words, s, kVllm, out);
    vllmExtras(words, s);
    if (settings.parallel.expert > 1) words.flag("--enable-expert-parallel");
    if (settings.parallel.context > 1) words.add("--prefill-context-parallel-size", settings.parallel.context);
    out.text = words.text();
  } else if (engine == Engine::sglang) {
    Words words("python -m sglang.launch_server");
    words.add("--model-path", model);
    addShared(words, s, kSglang, out);
    sglangExtras(words, s);
    if (settings.parallel.expert > 1) words.add("--ep-size", settings.parallel.expert);
    out.text = words.text();
  } else if (engine == Engine::llama_cpp) {
    Words words("llama-server");
    llamaServer(words, s, model, out);
    out.text = words.text();
  } else if (engine == Engine::ollama) {
    out.text = modelfile(s, model, out.notes);
  } else if (engine == Engine::tensorrt_llm) {
    out.text = trtllmServe(s, model, out.notes);
  } else {
    out.text = mlxServer(s, model, out.notes);
  }
  noteUnsaid(s, out);
  return out;
}

}  // namespace headroom
