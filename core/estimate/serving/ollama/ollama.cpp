// Ollama: the question it puts to llama.cpp (a vendored runner, since 0.30 an unmodified llama-server), or to its own
// engine over ggml, with its own defaults; it offloads as many layers as fit by itself.
#include <fmt/format.h>

#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/ollama/placement.h"
#include "core/estimate/serving/ollama/predicted_graph.h"
#include "core/estimate/serving/ollama/releases.h"
#include "core/model/gguf_tensors.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

using namespace ollama;

constexpr std::string_view kWindow =
    "ollama kvcache/causal.go: gpt-oss and Gemma 4 keep 4096 cells of a window, to go back in a prompt (0.11 to 0.24)";
constexpr std::string_view kCheckpoints =
    "ollama kvcache/recurrent.go: max(8, 24 a sequence) copies of the states, made as a prompt passes (0.20 to 0.24)";
constexpr std::string_view kProjector = "the projector's GGUF file holds its tensors in 16 bit";
constexpr std::string_view kOwnGraph = "b6646";  // whose rules of windows and graphs stand in for the own engine's
constexpr std::int64_t kPad = 256;

std::int64_t padded(std::int64_t cells) {
  return ceilDiv(cells, kPad) * kPad;
}

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
  q.engineVersion = std::string(own ? kOwnGraph : rulesOf(s.version));
  q.engineOptions.clear();
  q.offload.kvCache.reset();  // the server has no word for it
  q.fullWindowCache.reset(), q.mlaCache.reset(), q.logits.reset(), q.unifiedKv.reset();
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
  if (flash && (own || asked)) q.attention = AttentionImplementation::flash;
  if (!flash && info(s.kvCache.v).blockElements > 1) q.precision.kvCache.reset();
  return q;
}

// What the own engine keeps beyond what llama.cpp would: windows with room to go back, and copies of states.
void addOwnCaches(EstimateContext& c, const Settings& inner, std::string_view architecture, std::int64_t slots) {
  const std::int64_t instead = windowInstead(architecture);
  for (RankEstimate& rank : c.result.ranks) {
    Ledger& l = rank.ledger;
    const Bytes states = l.bytes(ComponentId::state_cache);
    if (states > Bytes(0))
      l.add(ComponentId::state_cache, "copies of the states along a prompt", kCheckpoints,
            {l.linesOf(ComponentId::state_cache, l, "states of all sequences"),
             over(asked("sequences", d(slots), Unit::sequences)),
             constant("copies", d(std::max<std::int64_t>(8, 24 * slots)), Unit::copies, kCheckpoints)});
    if (states > Bytes(0)) l.setBand(ComponentId::state_cache, states, l.bytes(ComponentId::state_cache));
    if (instead == 0 || c.result.ranks.size() > 1) continue;
    double bytes = 0;
    std::int64_t window = 0;
    for (const LayerKind& kind : c.model.kinds) {
      const AttentionSpec& a = kind.attention;
      if (a.window <= 0 || !a.ownsCache || kind.encoder) continue;
      window = a.window;
      bytes += d(kind.count) * d(a.kvHeads) *
               (d(a.headDim) * bytesPerElement(inner.kvCache.k) + d(a.valueDim) * bytesPerElement(inner.kvCache.v));
    }
    const std::int64_t all = padded(inner.context);
    const std::int64_t plain = padded(std::min(all, window * slots + inner.prefillTokens));
    const std::int64_t kept = padded(std::min(all, instead * slots + inner.prefillTokens));
    if (kept <= plain || bytes <= 0) continue;
    const Factor extra = l.product("bytes of all windowed layers", Unit::bytes,
                                   {asked("cells beyond the window", d(kept - plain), Unit::tokens),
                                    fromModel("bytes of a cell in all of them", bytes, Unit::bytes_per_token)});
    // Layers on the host keep theirs there.
    const double here = d(l.bytes(ComponentId::kv_cache).value());
    const double there = d(c.result.host.bytes(ComponentId::kv_cache).value());
    const double share = here + there > 0 ? here / (here + there) : 1;
    l.add(ComponentId::kv_cache, "windows with room to go back", kWindow,
          {extra, asked("share of layers on the device", share, Unit::ratio)});
    if (share < 1)
      c.result.host.add(ComponentId::kv_cache, "windows with room to go back", kWindow,
                        {asked("bytes of all windowed layers", extra.value, Unit::bytes),
                         asked("share of layers on the host", 1 - share, Unit::ratio)});
  }
}

// A vision model's projector is loaded with it, on the first device.
void addProjector(EstimateContext& c) {
  if (c.model.vision.empty() || c.result.ranks.empty()) return;
  double elements = 0;
  for (const Tensor& t : c.model.vision)
    if (!t.buffer) elements += d(t.elements());
  c.result.ranks.front().ledger.add(
      ComponentId::weights, "vision projector", kProjector,
      {fromModel("elements of tower and projector", elements, Unit::elements), bytesOf(NumberFormat::fp16)});
}

void diagnose(EstimateContext& c, bool own, std::int64_t slots, const Placement& placement,
              std::string_view architecture) {
  const Settings& s = c.settings;
  std::erase_if(c.result.diagnostics, [](const Diagnostic& x) { return x.code == "engine-version"; });
  if (!s.version.known)
    c.note("engine-version", "No Ollama version given: the rules of the newest known one (0.33, llama-server) apply.");
  else if (own)
    c.note("own-engine", fmt::format("Ollama {} runs {} with its own engine; its compute graph is taken as llama.cpp's "
                                     "and may be off by half.",
                                     c.scenario.engineVersion, architecture));
  else
    c.note("engine-version", fmt::format("Ollama {} runs this model with llama.cpp {}.", c.scenario.engineVersion,
                                         llamaBuild(s.version)));
  if (slots != s.batch)
    c.about("batch", "slots", Severity::note,
            oneSlot(architecture) ? fmt::format("Ollama gives {} one request at a time.", architecture)
                                  : fmt::format("Before 0.10 Ollama takes {} requests at once where they fit.", slots));
  if (c.model.maxContext > 0 && s.context > c.model.maxContext)
    c.about("context", "context-cut", Severity::note,
            fmt::format("Ollama cuts num_ctx to the {} tokens the model was trained for.", c.model.maxContext));
  if (!placement.note.empty()) c.note("layers-placed", placement.note);
}

// What the log of such a release prints, which is more than llama.cpp then allocates.
void diagnosePrediction(EstimateContext& answered, std::string_view architecture, const Placement& placement) {
  Estimate& e = answered.result;
  const PredictedGraph graph = predictGraph(answered, architecture);
  const double each = placement.offload.gpuLayers ? graph.partial : graph.whole;
  // The token embedding, which stays on the host, is no part of its sum.
  double total = placement.partial ? layerBytes(e.host) : 0;
  total += each * d(static_cast<std::int64_t>(e.ranks.size()));
  for (const RankEstimate& rank : e.ranks) total += layerBytes(rank.ledger);
  answered.note("predicted-graph",
                fmt::format("Ollama's log speaks of a compute graph of {:.1f} GiB a device and {:.1f} GiB in all: that "
                            "is its scheduler's prediction, by which it places layers; llama.cpp then allocates what "
                            "is counted here.",
                            each / d(kGiB), total / d(kGiB)));
}

}  // namespace

void estimateOllama(EstimateContext& c) {
  const Settings& s = c.settings;
  const std::string_view architecture = ggufArchitecture(c.model.family);
  const bool own = s.version.known &&
                   ownEngine(s.version, architecture, flagOption(c.scenario, "ollama_new_engine").value_or(false));
  std::int64_t slots = c.scenario.batch ? s.batch : usualSlots(s.version);
  if (oneSlot(architecture) || !s.generates) slots = 1;
  Scenario inner = innerOf(c, architecture, own, slots);
  const bool predicts = s.version.known && !own && !runsLlamaServer(s.version);
  Placement placement = placeOllama(c, inner, architecture, predicts);
  if (!c.scenario.batch && slots > 1 && placement.partial) {
    slots = 1;
    inner = innerOf(c, architecture, own, slots);
    placement = placeOllama(c, inner, architecture, predicts);
  }
  inner.offload = placement.offload;
  inner.prefillTokens = placement.batch;
  const bool lost = s.kvCache.v != settingsOf(inner).kvCache.v;
  const Settings settings = settingsOf(inner);
  EstimateContext question{inner, *inner.model, settings, c.result, c.calibration};
  estimateLlamaCpp(question);
  if (predicts) diagnosePrediction(question, architecture, placement);
  if (own) {
    addOwnCaches(c, settings, architecture, slots);
    // Printed graphs of its own engine (resources/measured/local.json): 0.5 to 1.9 of llama.cpp's; images are encoded
    // in it.
    for (RankEstimate& rank : c.result.ranks) rank.ledger.setBand(ComponentId::workspace, {0.5, 2.0});
  }
  addProjector(c);
  diagnose(c, own, slots, placement, architecture);
  if (lost)
    c.about("precision.kv_cache", "cache-not-quantized", Severity::warning,
            "Ollama ignores a quantized cache where flash attention is off; it is counted in f16.");
}

}  // namespace headroom
