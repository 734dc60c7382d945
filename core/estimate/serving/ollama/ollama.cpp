// Ollama: the question it puts to llama.cpp (a vendored runner, since 0.30 an unmodified llama-server), or to its own
// engine over ggml, with its own defaults; it offloads as many layers as fit by itself.
#include <fmt/format.h>

#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/llama_cpp/refusals.h"
#include "core/estimate/serving/ollama/placement.h"
#include "core/estimate/serving/ollama/predicted_graph.h"
#include "core/estimate/serving/ollama/releases.h"
#include "core/estimate/serving/ollama/runner.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

using namespace ollama;

constexpr std::string_view kOwnGraph = "b6646";  // whose rules of windows and graphs stand in for the own engine's

constexpr std::string_view kNewestBuild = "b10488";  // of 0.32.15

// Requests at once: one since 0.10, before it two or four where they fit (envconfig, server/sched.go).
std::int64_t usualSlots(const EngineVersion& v) {
  if (!v.known || !v.before(0, 10)) return 1;
  return v.before(0, 6, 7) ? (v.before(0, 2) ? 1 : 4) : 2;
}

// The question as llama.cpp is asked it.
Scenario innerOf(const EstimateContext& c, std::string_view architecture, bool own, std::int64_t slots) {
  const Settings& s = c.settings;
  Scenario q = c.scenario;
  q.engine = Engine::llama_cpp;
  q.engineVersion = std::string(own ? kOwnGraph : llamaBuild(s.version));
  q.engineOptions.clear();
  q.offload.kvCache.reset();  // the server has no word for it
  q.fullWindowCache.reset(), q.mlaCache.reset(), q.logits.reset(), q.unifiedKv.reset();
  // Its runner asks for windows of full size, which is the library's default (llama/llama.go, to 0.24).
  if (!own && s.version.known && !runsLlamaServer(s.version)) q.fullWindowCache = true;
  const std::int64_t longest = c.model.maxContext > 0 ? c.model.maxContext : s.context;
  const std::int64_t context = std::min(s.context, longest);
  q.batch = q.maxSequences = slots;
  q.context = context;
  q.prefillTokens = std::min(s.prefillTokens, context);
  if (!s.generates && !c.scenario.prefillTokens)
    q.prefillTokens = own ? context : std::min<std::int64_t>(2048, context);
  if (own) q.unifiedKv = true, q.context = context * slots;
  const auto asked = flagOption(c.scenario, "ollama_flash_attention");
  const bool flash = c.scenario.attention ? *c.scenario.attention == AttentionImplementation::flash
                                          : asked.value_or(usesFlash(s.version, architecture, own));
  if (!flash) q.attention = AttentionImplementation::eager;
  // Attention without flash would be taken for an early llama.cpp's where no build is named.
  if (!flash && q.engineVersion.empty()) q.engineVersion = std::string(kNewestBuild);
  if (flash && (own || asked)) q.attention = AttentionImplementation::flash;
  if (flash && settingsOf(q).attention != AttentionImplementation::flash)
    q.attention = AttentionImplementation::flash;  // the library's own default is another thing
  if (!flash && info(s.kvCache.v).blockElements > 1) q.precision.kvCache.reset();
  return q;
}

void diagnose(EstimateContext& c, bool own, std::int64_t slots, const Placement& placement,
              std::string_view architecture) {
  const Settings& s = c.settings;
  std::erase_if(c.result.diagnostics, [](const Diagnostic& x) { return x.code == "engine-version"; });
  if (!s.version.known)
    c.note("engine-version", "No Ollama version given: the rules of the newest known one (0.33, llama-server) apply.");
  else if (own)
    c.note("own-engine",
           fmt::format("Ollama {} runs {} with its own engine, whose graph is laid out as llama.cpp's of the "
                       "same model with an image encoder's beside it.",
                       c.scenario.engineVersion, architecture));
  else
    c.note("engine-version", fmt::format("Ollama {} runs this model with llama.cpp {}.", c.scenario.engineVersion,
                                         llamaBuild(s.version)));
  if (slots != s.batch) {
    for (const std::string_view key : {"batch", "max_sequences"})
      c.choose(key, slots, "what the release takes at once");
    c.about("batch", "slots", Severity::note,
            oneSlot(architecture) ? fmt::format("Ollama gives {} one request at a time.", architecture)
                                  : fmt::format("Before 0.10 Ollama takes {} requests at once where they fit.", slots));
  }
  if (c.model.maxContext > 0 && s.context > c.model.maxContext)
    c.about("context", "context-cut", Severity::note,
            fmt::format("Ollama cuts num_ctx to the {} tokens the model was trained for.", c.model.maxContext));
  if (placement.offload.gpuLayers) c.choose("offload.gpu_layers", *placement.offload.gpuLayers, placement.note);
  if (placement.expertLayers > 0)
    c.choose("offload.experts", fmt::format("of {} layers", placement.expertLayers), placement.note);
  if (!placement.note.empty())
    c.about("offload.gpu_layers", placement.partial ? "layers-on-host" : "layers-placed", Severity::note,
            placement.note);
}

// What the log of such a release prints, which is more than llama.cpp then allocates.
void diagnosePrediction(EstimateContext& answered, std::string_view architecture, const Placement& placement) {
  Estimate& e = answered.result;
  const PredictedGraph graph = predictGraph(answered, architecture);
  const double each = placement.offload.gpuLayers ? graph.partial : graph.whole;
  // The token embedding, which stays on the host, is no part of its sum.
  double total = placement.partial ? layerBytes(e.host) : 0;
  for (const RankEstimate& rank : e.ranks)
    if (const double held = layerBytes(rank.ledger); held > 0) total += each + held;
  answered.note("predicted-graph",
                fmt::format("Ollama's log speaks of a compute graph of {:.1f} GiB a device and {:.1f} GiB in all: that "
                            "is its scheduler's prediction, by which it places layers; its runner then allocates what "
                            "is counted here.",
                            each / d(kGiB), total / d(kGiB)));
}

// An architecture that the llama.cpp of a release does not know yet. Before 0.12.4 vendored code stood at a commit of
// May 2025 (0.7 to 0.12.3) or of early 2025.
void diagnoseArchitecture(EstimateContext& c) {
  const EngineVersion& v = c.settings.version;
  const std::string_view build = v.before(0, 6)       ? "b4400"
                                 : v.before(0, 7)     ? "b4600"
                                 : v.before(0, 12, 4) ? "b5400"
                                                      : llamaBuild(v);
  const std::string_view architecture = ggufArchitecture(c.model.family);
  if (!llama::precedesArchitecture(build, architecture)) return;
  if (runsLlamaServer(v))
    return c.refuse("architecture-unknown",
                    fmt::format("the llama.cpp of Ollama {} does not know the architecture '{}' yet",
                                c.scenario.engineVersion, architecture),
                    "engine_version");
  c.unmodelled(fmt::format("whether Ollama {} knows the architecture '{}'", c.scenario.engineVersion, architecture));
}

}  // namespace

void estimateOllama(EstimateContext& c) {
  const Settings& s = c.settings;
  const std::string_view architecture = architectureOf(c.model.family);
  const bool own = s.version.known &&
                   ownEngine(s.version, architecture, flagOption(c.scenario, "ollama_new_engine").value_or(false));
  std::int64_t slots = c.scenario.batch ? s.batch : usualSlots(s.version);
  if (oneSlot(architecture) || !s.generates) slots = 1;
  Scenario inner = innerOf(c, architecture, own, slots);
  if (inner.attention == AttentionImplementation::eager && !c.scenario.attention &&
      !flagOption(c.scenario, "ollama_flash_attention"))
    c.about("attention", "flash-off", Severity::note,
            "This release of Ollama runs the model without flash attention unless it is asked for.");
  const bool predicts = s.version.known && !own && !runsLlamaServer(s.version);
  Runner runner{s.version, architecture, own, slots};
  Placement placement = placeOllama(c, inner, runner, predicts);
  if (!c.scenario.batch && slots > 1 && placement.partial) {
    slots = runner.slots = 1;
    inner = innerOf(c, architecture, own, slots);
    placement = placeOllama(c, inner, runner, predicts);
  }
  inner.offload = placement.offload;
  inner.tensorSplit = placement.tensorSplit;
  if (placement.batch != s.prefillTokens) c.choose("prefill_tokens", placement.batch, "what the release takes at once");
  if (placement.batch < inner.prefillTokens.value_or(512))
    c.about("prefill_tokens", "batch-lowered", Severity::note,
            fmt::format("Ollama lowers num_batch to {}: the model takes most of what is free.", placement.batch));
  inner.prefillTokens = placement.batch;
  if (inner.attention == AttentionImplementation::eager)
    c.choose("attention", "eager", "this release runs the model without flash attention");
  if (inner.fullWindowCache)
    c.choose("full_window_cache", true, "the runner of this release asks for windows of full size");
  const bool lost = s.kvCache.v != settingsOf(inner).kvCache.v;
  const Settings settings = settingsOf(inner);
  EstimateContext question{inner, *inner.model, settings, c.result, c.calibration};
  answer(question, runner, placement.overrides);
  if (predicts || (own && predictsOwnEngine(s.version))) diagnosePrediction(question, architecture, placement);
  diagnose(c, own, slots, placement, architecture);
  if (!own) diagnoseArchitecture(c);
  if (lost)
    c.about("precision.kv_cache", "cache-not-quantized", Severity::warning,
            "Ollama ignores a quantized cache where flash attention is off; it is counted in f16.");
}

}  // namespace headroom
