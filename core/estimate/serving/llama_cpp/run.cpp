#include "core/estimate/serving/llama_cpp/run.h"

#include <algorithm>

#include "core/estimate/serving/llama_cpp/graph_schedule.h"
#include "core/scenario/engine_options.h"

namespace headroom::llama {
namespace {

constexpr std::int64_t roundUp(std::int64_t n, std::int64_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

struct Devices {
  std::vector<double> share;  // cumulative, the last is 1
  int first = 0;              // of the scenario's
  double computeCapability = 8.9;
  bool metal = false;
};

Devices devicesOf(const Scenario& s) {
  Devices out;
  std::vector<double> weights;
  for (const DeviceRequest& d : s.devices) {
    const Bytes memory = d.capacity().value_or(Bytes(kGiB));
    for (std::int64_t i = 0; i < std::min<std::int64_t>(d.count, 16); ++i)
      weights.push_back(static_cast<double>(memory.value()));
  }
  if (weights.empty() && s.offload.gpuLayers.value_or(1) != 0) weights.push_back(1);
  for (std::size_t i = 0; i < weights.size() && i < s.tensorSplit.size(); ++i) weights[i] = s.tensorSplit[i];
  // -sm none: one device holds everything, which -mg names (src/llama.cpp, llama_model_load_from_file_impl).
  if (textOption(s, "split_mode") == "none" && weights.size() > 1) {
    const double asked = numberOption(s, "main_gpu").value_or(0);
    out.first = static_cast<int>(std::min(asked, static_cast<double>(weights.size() - 1)));
    weights = {1};
  }
  double sum = 0;
  for (const double w : weights) out.share.push_back(sum += w);
  for (double& share : out.share) share = sum > 0 ? share / sum : 1;
  if (!s.devices.empty()) {
    const DeviceRequest& first = s.devices.front();
    out.metal = first.entry != nullptr && first.entry->vendor == "Apple";
    if (first.computeCapability)
      out.computeCapability = *first.computeCapability;
    else if (first.entry != nullptr && first.entry->computeCapability)
      out.computeCapability = *first.entry->computeCapability;
  }
  return out;
}

// Which backend each layer, and last the output, is on (llama-model.cpp, load_tensors). The meaning of -ngl k moved:
// the output counts as the last of the k layers since December 2025, but came on top before.
void placeLayers(Run& run, const Scenario& s, const Devices& devices) {
  const std::int64_t layers = run.file->inventory.layers();
  const std::int64_t asked = s.offload.gpuLayers.value_or(layers + 1);
  const std::int64_t start = std::max<std::int64_t>(layers + (run.backends.rules.outputIsLayer ? 1 : 0) - asked, 0);
  const std::int64_t active = run.backends.devices == 0 ? 0 : std::min(asked, layers + 1);
  run.wholeOffload = asked > layers;
  run.layerBackend.reserve(static_cast<std::size_t>(layers) + 1);
  for (std::int64_t il = 0; il <= layers; ++il) {
    int backend = run.backends.host();
    if (il >= start && il - start < active && run.backends.devices == 1) {
      backend = 0;
    } else if (il >= start && il - start < active) {
      const auto at = static_cast<float>(il - start) / static_cast<float>(active);
      const auto found =
          std::ranges::upper_bound(devices.share, at, {}, [](double share) { return static_cast<float>(share); });
      backend = static_cast<int>(std::min<std::ptrdiff_t>(found - devices.share.begin(), run.backends.devices - 1));
    }
    run.layerBackend.push_back(static_cast<std::int8_t>(backend));
  }
}

// Cells of the caches (llama-context.cpp and llama-kv-cache-iswa.cpp; 2025-02: llama-kv-cache.cpp).
void sizeCaches(Run& run, const Settings& s, const Scenario& scenario) {
  const bool unified = s.unifiedKv || run.backends.rules.old;
  const std::int64_t asked = s.unifiedKv ? s.context : s.context * run.sequences;
  run.ubatch = std::min(s.prefillTokens, asked);
  const std::int64_t all = roundUp(asked, run.backends.rules.evenCells || run.flash ? 256 : 32);
  run.cells = unified ? all : roundUp(all / run.sequences, 256);
  run.streams = unified ? 1 : run.sequences;
  std::int64_t window = 0;
  for (const LayerKind& kind : run.model->kinds)
    if (run.windowed(kind)) window = std::max(window, kind.attention.window);
  run.windowCells = run.cells;
  if (window > 0 && !s.fullWindowCache && !run.backends.rules.old)
    run.windowCells = roundUp(std::min(run.cells, window * (unified ? run.sequences : 1) + run.ubatch), 256);
  const std::int64_t batch = std::max<std::int64_t>(run.ubatch, std::min<std::int64_t>(2048, asked));
  const bool every = s.logits == LogitsRows::all || run.backends.rules.allRows ||
                     (scenario.task == Task::embed && run.backends.rules.embedsAllRows);
  const std::int64_t most = every ? batch : run.sequences;
  run.outputs = std::min(run.ubatch, most);
}

bool contains(std::string_view name, std::string_view part) {
  return name.find(part) != name.npos;
}

// State-space kernels of the device take few shapes; otherwise the tensor's work stays on the host.
bool scanOnDevice(const Run& run, const StateSpec& s) {
  if (run.backends.rules.old) return false;
  if (s.kind == StateKind::mamba1) return s.stateSize == 16 && s.inner % 128 == 0;
  if (s.kind == StateKind::mamba2)
    return (s.stateSize == 128 || s.stateSize == 256) && s.heads > 0 && s.inner / s.heads % 16 == 0;
  return true;
}

}  // namespace

int weightBackend(const Run& run, const GgufStored& stored) {
  const GgufTensor& t = *stored.tensor;
  const int host = run.backends.host();
  if (run.overrides != nullptr)
    if (const auto placed = run.overrides->backendOf(stored.layer, t.name)) return *placed;
  if (stored.layer < 0) {
    const bool inputLayer =
        contains(t.name, "token_embd") || t.name == "position_embd.weight" || t.name == "token_types.weight";
    if (inputLayer) return host;
    if (t.name.starts_with("rope_")) return run.layerBackend.front();
    const int output = run.layerBackend.back();
    return t.name == "output.weight" && !deviceMultiplies(stored.format) ? host : output;
  }
  const int backend = run.layerBackend[static_cast<std::size_t>(stored.layer)];
  if (backend == host) return host;
  if (stored.layer < run.expertLayersOnHost && contains(t.name, "_exps.")) return host;
  // common/common.h, LLM_FFN_DENSE_REGEX
  if (stored.layer < run.denseLayersOnHost &&
      (t.name.starts_with("ffn_up.") || t.name.starts_with("ffn_down.") || t.name.starts_with("ffn_gate.")))
    return host;
  if (t.ne[1] > 1 && !deviceMultiplies(stored.format)) return host;
  const StateSpec& state = run.kind(static_cast<std::size_t>(stored.layer)).state;
  if (t.name == "ssm_conv1d.weight" && (run.backends.rules.old || t.ne[1] % 128 != 0)) return host;
  if (t.name == "ssm_a" && !scanOnDevice(run, state)) return host;
  return backend;
}

int normBackend(const Run& run, int layer) {
  const std::size_t at = layer < 0 ? static_cast<std::size_t>(run.layers()) : static_cast<std::size_t>(layer);
  if (run.overrides != nullptr)
    if (const auto placed = run.overrides->backendOf(layer, layer < 0 ? "output_norm.weight" : "attn_norm.weight"))
      return *placed;
  return run.layerBackend[at];
}

bool isSkipped(const Run& run, const GgufStored& stored) {
  return stored.layer >= 0 && !run.backends.rules.old && !run.loadsNextToken &&
         run.file->inventory.block(static_cast<std::size_t>(stored.layer)).nextToken;
}

CacheShape cacheShape(const Run& run, std::size_t layer) {
  const LayerKind& kind = run.kind(layer);
  const AttentionSpec& a = kind.attention;
  CacheShape out;
  if (a.kind == AttentionKind::none || a.kind == AttentionKind::bidirectional || kind.encoder) return out;
  const bool elsewhere = run.inputsOutside && a.kind == AttentionKind::cross;
  if (!elsewhere && !run.holds(layer)) return out;
  out.owns = a.ownsCache && !elsewhere;
  out.cells = run.windowed(kind) ? run.windowCells : run.cells;
  out.streams = run.streams;
  if (a.kind == AttentionKind::latent) {
    const std::int64_t key = a.nopeDim + a.ropeDim;
    out.kRow = run.latentHalves ? a.kvLoraRank + a.ropeDim : a.heads * key;
    const std::int64_t beside = run.backends.rules.latentKeysOnly ? 0 : a.kvLoraRank;
    out.vRow = run.latentHalves ? beside : a.heads * a.valueDim;
    if (!run.backends.rules.old && !run.nextToken && a.indexerHeads > 0) out.indexRow = a.indexerDim;
  } else {
    out.kRow = a.kvHeads * a.headDim;
    out.vRow = a.kvHeads * a.valueDim;
    if (!run.backends.rules.old && a.indexerHeads > 0) out.indexRow = a.indexerDim, out.indexValueRow = a.valueDim;
  }
  return out;
}

StateShape stateShape(const LayerKind& kind) {
  const StateSpec& s = kind.state;
  switch (s.kind) {
    case StateKind::mamba1:
      return {(s.convKernel - 1) * s.inner, s.stateSize * s.inner};
    case StateKind::mamba2:
      return {(s.convKernel - 1) * (s.inner + 2 * s.groups * s.stateSize), s.stateSize * s.inner};
    case StateKind::gated_delta_net: {
      const std::int64_t inner = s.heads * s.headDim;
      return {(s.convKernel - 1) * (inner + 2 * s.keyHeads * s.keyDim), s.keyDim * inner};
    }
    case StateKind::none:
      return {};
    default:
      return {s.convKernel > 1 ? (s.convKernel - 1) * s.convChannels : 0, s.stateElements};
  }
}

namespace {

// Servers keep a row of logits for every token that is drafted (tools/server/server-context.cpp, output limits), and
// models whose recurrent states can be rolled back keep one for each (llama-arch.cpp, llm_arch_supports_rs_rollback).
void takeDraft(Run& run, const Scenario& s) {
  if (!s.speculative || run.backends.rules.old) return;
  const Speculative& draft = *s.speculative;
  run.outputs = std::min(run.ubatch, std::max(run.outputs, run.sequences * (1 + draft.tokens)));
  const bool checkpoint = draft.method == DraftMethod::mtp || draft.method == DraftMethod::eagle;
  if (checkpoint && run.backends.rules.rollsBack && run.file->traits.rollsBack) run.rollback = draft.tokens;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il)
    if (draft.method == DraftMethod::mtp && run.file->inventory.block(il).nextToken) run.loadsNextToken = true;
}

}  // namespace

// Caches of a draft stay in half precision whatever the target's are (common/speculative.cpp).
Run nextTokenRun(const Run& target) {
  Run run = target;
  run.nextToken = true;
  run.rollback = 0;
  run.kv = {NumberFormat::fp16, NumberFormat::fp16};
  run.outputs = std::min(run.ubatch, run.sequences);
  return run;
}

Run makeRun(const Scenario& scenario, const Settings& settings, const File& file) {
  BuildRules rules = rulesOf(scenario.engineVersion, settings.version);
  // Flash attention has been automatic since August 2025: a run without it that names no build is taken for one of
  // before, whose graph has logits of every token and no room for embeddings beside tokens.
  if (scenario.attention == AttentionImplementation::eager && !namesBuild(scenario.engineVersion, settings.version))
    rules.allRows = true, rules.mixedBatches = false;
  return makeRun(scenario, settings, file, rules);
}

Run makeRun(const Scenario& scenario, const Settings& settings, const File& file, const BuildRules& rules) {
  Run run;
  run.model = scenario.model.get();
  run.file = &file;
  const Devices devices = devicesOf(scenario);
  run.backends.devices = static_cast<int>(devices.share.size());
  run.backends.computeCapability = devices.computeCapability;
  run.backends.rules = rules;
  run.backends.metal = devices.metal;
  run.sequences = std::max<std::int64_t>(1, settings.maxSequences);
  run.flash = settings.attention == AttentionImplementation::flash;
  run.transposed = !run.flash;
  run.kv = settings.kvCache;
  run.kvOnHost = settings.offload.kvCache;
  run.latentHalves = settings.mlaCache && !run.backends.rules.old;
  placeLayers(run, scenario, devices);
  sizeCaches(run, settings, scenario);
  takeDraft(run, scenario);
  const std::int64_t onHost = settings.offload.expertLayers.value_or(0);
  run.expertLayersOnHost = onHost < 0 ? file.inventory.layers() : onHost;
  run.denseLayersOnHost = integerOption(scenario, "n_cpu_ffn").value_or(0);
  run.firstDevice = devices.first;
  run.backends.offloadsOperations = flagOption(scenario, "op_offload").value_or(true);
  if (const std::string_view placed = textOption(scenario, "override_tensor"); !placed.empty())
    run.overrides = std::make_shared<const TensorOverrides>(placed, run.backends.devices);
  // Several devices work in a pipeline, which keeps four copies of what is passed in (ggml-backend.cpp,
  // GGML_SCHED_MAX_COPIES).
  const bool named = run.expertLayersOnHost > 0 || run.denseLayersOnHost > 0 || run.overrides != nullptr;
  const bool overridden = named && !run.backends.rules.old;
  if (run.backends.devices > 1 && run.wholeOffload && !run.kvOnHost && !overridden) run.backends.copies = 4;
  return run;
}

namespace {

double number(std::int64_t n) {
  return static_cast<double>(n);
}

// False where a tensor of the graph could be larger than any machine: then the closed form answers.
bool canPlan(const Run& run) {
  constexpr double kMost = 1e14;
  double widest = number(run.model->vocabulary) + number(run.model->hidden);
  for (const LayerKind& kind : run.model->kinds) {
    const AttentionSpec& a = kind.attention;
    const double heads = number(std::max(a.heads, a.kvHeads));
    if (heads * number(run.cells) * number(run.streams) * (number(a.headDim) + number(run.ubatch)) > kMost)
      return false;
    widest = std::max({widest, heads * number(a.headDim + a.valueDim + a.nopeDim + a.ropeDim),
                       number(kind.state.inner) + number(kind.state.convChannels), number(kind.mlp.intermediate),
                       number(kind.mlp.expertsPerToken) * number(kind.mlp.expertIntermediate + run.model->hidden)});
    if (kind.mlp.expertsPerToken > 1024) return false;  // LLAMA_MAX_EXPERTS
  }
  return widest * 4 * number(run.ubatch + run.sequences) < kMost;
}

}  // namespace

FlashPlace flashPlace(const Run& asked) {
  Run run = asked;
  run.flash = true;
  run.transposed = false;
  std::optional<Graph> graph;
  if (canPlan(run)) graph = buildGraph(run, run.sequences, run.sequences);
  if (!graph) return FlashPlace::with_layers;
  scheduleGraph(*graph, run.backends);
  std::size_t il = 0;
  for (const Id id : graph->order()) {
    if ((*graph)[id].op != Op::flash_attention) continue;
    while (il < static_cast<std::size_t>(run.layers()) && run.kind(il).attention.kind == AttentionKind::none) ++il;
    const int layer = run.layerBackend[il++];
    if ((*graph)[id].backend != layer)
      return layer == run.backends.host() ? FlashPlace::on_device : FlashPlace::on_host;
  }
  return FlashPlace::with_layers;
}

ComputeBuffers computeBuffers(const Run& run) {
  ComputeBuffers out;
  const auto reserve = [&](std::int64_t tokens, std::int64_t outputs) {
    // A batch holds equally many tokens of every sequence.
    std::optional<Graph> graph =
        buildGraph(run, run.backends.rules.old ? tokens : roundUp(tokens, run.sequences), outputs);
    if (!graph) return false;
    const Plan plan = planGraph(*graph, run.backends);
    if (out.bytes.empty()) out.splits = plan.splits;
    out.bytes.resize(plan.bytes.size());
    out.alive.resize(plan.bytes.size());
    for (std::size_t b = 0; b < plan.bytes.size(); ++b) {
      if (plan.bytes[b] <= out.bytes[b]) continue;
      out.bytes[b] = plan.bytes[b];
      out.alive[b] = std::make_shared<const std::vector<Alive>>(plan.alive[b]);
    }
    return true;
  };
  if (!canPlan(run)) return closedForm(run);
  const std::int64_t one = run.backends.rules.old ? 1 : run.sequences;
  return reserve(run.ubatch, run.outputs) && reserve(one, one) ? out : closedForm(run);
}

}  // namespace headroom::llama
