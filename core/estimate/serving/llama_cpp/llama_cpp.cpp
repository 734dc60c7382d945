// llama.cpp: what its loader, caches and graph planner take on every device and on the host.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/estimate/estimate_context.h"
#include "core/estimate/lora.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/llama_cpp/cache.h"

namespace headroom {
namespace {

using llama::CacheShape;
using llama::Run;

constexpr std::string_view kWeightSource =
    "llama.cpp src/llama-model.cpp (2026-08): the input layer stays on the host, -ngl counts layers from the end";
constexpr std::string_view kPaddingSource =
    "ggml/src/ggml-cuda/ggml-cuda.cu: rows of quantized tensors to 512 elements, tensors to 128 bytes";
constexpr std::string_view kMapSource =
    "llama.cpp src/llama-model-loader.cpp, get_mapping_range (2026-08): one range from the first to the last host "
    "tensor";
constexpr std::string_view kKvSource = "llama.cpp src/llama-kv-cache.cpp (2026-08)";
constexpr std::string_view kStateSource = "llama.cpp src/llama-memory-recurrent.cpp, src/llama-hparams.cpp (2026-08)";
constexpr std::string_view kGraphSource =
    "replay of ggml/src/ggml-alloc.c over the architecture's graph (ggml 0.20.2): best fit, reuse in place; about "
    "max(mask + MLP, mask + attention, logits)";
constexpr std::string_view kOutputSource = "llama.cpp src/llama-context.cpp, output_reserve (2026-08)";

// Bytes that a device's alignment adds to a tensor of `rows` rows: quantized rows are filled up to 512 elements once,
// and the tensor to 128 bytes. By remainders, so that no size overflows.
std::int64_t alignmentOf(NumberFormat format, std::int64_t columns, std::int64_t rows) {
  constexpr std::int64_t kRow = 512, kTensor = 128;
  const std::int64_t extra =
      info(format).blockElements > 1 && columns % kRow != 0 ? llama::rowSize(format, kRow - columns % kRow) : 0;
  const std::int64_t rest = (llama::rowSize(format, columns) % kTensor * (rows % kTensor) + extra) % kTensor;
  return extra + (rest == 0 ? 0 : kTensor - rest);
}

// One buffer of weights: elements per format, and what alignment adds.
struct WeightBuffer {
  std::array<double, kNumberFormatCount> elements{};
  double padding = 0;

  void add(const GgufTensor& tensor, NumberFormat format, bool device) {
    elements[static_cast<std::size_t>(format)] += static_cast<double>(tensor.elements());
    if (device) padding += static_cast<double>(alignmentOf(format, tensor.ne[0], tensor.ne[1] * tensor.ne[2]));
  }
};

void addWeightLines(Ledger& ledger, const WeightBuffer& buffer, bool device) {
  for (std::size_t f = 0; f < kNumberFormatCount; ++f) {
    if (buffer.elements[f] == 0) continue;
    const auto format = static_cast<NumberFormat>(f);
    ledger.add(ComponentId::weights, info(format).label, kWeightSource,
               {fromModel("elements stored in this format", buffer.elements[f], Unit::elements),
                constant("bytes per element, scales included", bytesPerElement(format), Unit::bytes_per_element)});
  }
  if (device)
    ledger.add(ComponentId::weights, "alignment", kPaddingSource,
               {derived("bytes that row and tensor alignment add", buffer.padding, Unit::bytes)});
}

// Weights of every backend. A tied head is stored twice: the host looks tokens up, the output's device multiplies.
std::vector<WeightBuffer> weightBuffers(const Run& run) {
  std::vector<WeightBuffer> buffers(static_cast<std::size_t>(run.backends.count()));
  const auto put = [&](const GgufStored& t, int backend) {
    buffers[static_cast<std::size_t>(backend)].add(*t.tensor, t.format, backend != run.backends.host());
  };
  for (const GgufStored& t : run.file->tensors) {
    if (llama::isSkipped(run, t)) continue;
    if (t.tensor->name.starts_with("rope_")) {
      // One copy wherever layers are.
      for (int b = 0; b < run.backends.count(); ++b)
        if (std::find(run.layerBackend.begin(), run.layerBackend.end() - 1, b) != run.layerBackend.end() - 1) put(t, b);
      continue;
    }
    put(t, llama::weightBackend(run, t));
    if (run.file->inventory.tied && t.tensor->name == "token_embd.weight" &&
        run.layerBackend.back() != run.backends.host())
      put(t, run.layerBackend.back());
  }
  return buffers;
}

// The host maps the file from its first to its last tensor that stays there, whatever lies between. Tensors stand in
// the order of their names, those of the whole model first, then layer by layer.
double mappedBesides(const Run& run) {
  constexpr double kFileAlignment = 32;  // general.alignment
  std::vector<const GgufStored*> order;
  for (const GgufStored& t : run.file->tensors) order.push_back(&t);
  std::ranges::stable_sort(order, {}, [](const GgufStored* t) {
    return std::pair(t->layer, t->layer < 0 ? t->tensor->name : std::string_view{});
  });
  double at = 0, first = -1, last = 0, held = 0;
  for (const GgufStored* t : order) {
    if (!llama::isSkipped(run, *t) && llama::weightBackend(run, *t) == run.backends.host()) {
      if (first < 0) first = at;
      last = at + static_cast<double>(t->bytes.value());
      held += static_cast<double>(t->bytes.value());
    }
    at += std::ceil(static_cast<double>(t->bytes.value()) / kFileAlignment) * kFileAlignment;
  }
  return first < 0 ? 0 : std::max(0.0, last - first - held);
}

// Adapters lie where the tensors they change do.
void addAdapters(Ledger& ledger, const ServedAdapters& lora, const Run& run, int backend) {
  constexpr std::string_view kSource =
      "llama.cpp src/llama-adapter.cpp (2026-08): each file's pairs of matrices, in the file's own format "
      "(convert_lora_to_gguf.py: fp32)";
  double width = 0;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il)
    if (run.layerBackend[il] == backend)
      for (const Tensor& t : run.kind(il).tensors)
        if (isLoraTarget(t, lora.targets))
          width += static_cast<double>(t.copies) * static_cast<double>(t.rows + t.columns);
  ledger.add(ComponentId::adapters, "adapters", kSource,
             {asked("adapters loaded", static_cast<double>(lora.slots)), asked("rank", static_cast<double>(lora.rank)),
              fromModel("inputs and outputs of all modules", width),
              derived("bytes per element", bytesPerElement(lora.format.value_or(NumberFormat::fp32)),
                      Unit::bytes_per_element)});
}

int cacheBackend(const Run& run, std::size_t layer) {
  return run.kvOnHost ? run.backends.host() : run.layerBackend[layer];
}

// Keys and values on one backend: a line per kind of cell. Returns bytes per token of the layers that hold every token.
double addCaches(Ledger& ledger, const Run& run, int backend) {
  struct Group {
    CacheShape shape;
    std::int64_t layers = 0;
  };
  std::vector<Group> groups;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    const CacheShape s = llama::cacheShape(run, il);
    if (!s.owns || cacheBackend(run, il) != backend) continue;
    const auto same = std::ranges::find_if(groups, [&](const Group& g) {
      return g.shape.kRow == s.kRow && g.shape.vRow == s.vRow && g.shape.cells == s.cells;
    });
    if (same == groups.end())
      groups.push_back({s, 1});
    else
      ++same->layers;
  }
  double perToken = 0;
  std::int64_t padding = 0;
  std::int64_t widest = 0;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il)
    widest = std::max(widest, llama::cacheShape(run, il).vRow);
  for (Group& g : groups) {
    // Transposed values get the widest layer's rows in every layer.
    if (run.transposed && g.shape.vRow > 0) g.shape.vRow = widest;
    const auto cells = static_cast<double>(g.shape.cells), streams = static_cast<double>(g.shape.streams),
               layers = static_cast<double>(g.layers);
    const double k = static_cast<double>(llama::rowSize(run.kv.k, g.shape.kRow)),
                 v = static_cast<double>(llama::rowSize(run.kv.v, g.shape.vRow));
    const bool whole = g.shape.cells >= run.cells;
    ledger.add(ComponentId::kv_cache, whole ? "keys and values" : "keys and values of sliding-window layers", kKvSource,
               {fromModel("layers", layers, Unit::layers), derived("cells per sequence stream", cells, Unit::tokens),
                derived("streams", streams, Unit::sequences),
                derived("bytes per cell and layer, keys and values", k + v, Unit::bytes_per_token)});
    const std::int64_t all = g.shape.cells * g.shape.streams;
    if (backend != run.backends.host())
      padding += g.layers * (alignmentOf(run.kv.k, g.shape.kRow, all) +
                             (g.shape.vRow > 0 ? alignmentOf(run.kv.v, g.shape.vRow, all) : 0));
    if (whole) perToken += layers * (k + v);
  }
  ledger.add(ComponentId::kv_cache, "alignment", kPaddingSource,
             {derived("bytes that row and tensor alignment add", static_cast<double>(padding), Unit::bytes)});
  return perToken;
}

void addStates(Ledger& ledger, const Run& run, int backend) {
  struct Group {
    llama::StateShape shape;
    double layers = 0;
  };
  std::vector<Group> groups;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    const llama::StateShape s = llama::stateShape(run.kind(il));
    if (s.state + s.convolution == 0 || cacheBackend(run, il) != backend) continue;
    const auto same = std::ranges::find_if(
        groups, [&](const Group& g) { return g.shape.state == s.state && g.shape.convolution == s.convolution; });
    if (same == groups.end())
      groups.push_back({s, 1});
    else
      same->layers += 1;
  }
  for (const Group& g : groups)
    ledger.add(ComponentId::state_cache, "recurrent state", kStateSource,
               {fromModel("layers", g.layers, Unit::layers),
                asked("sequences", static_cast<double>(run.sequences), Unit::sequences),
                fromModel("convolution inputs and state of one sequence",
                          static_cast<double>(g.shape.convolution + g.shape.state), Unit::elements),
                constant("bytes per element (fp32)", 4, Unit::bytes_per_element)});
}

// A graph whose source was read is exact; one taken as a common decoder was seen to be off by up to a tenth.
constexpr Band kUnknownGraph{0.85, 1.15};

void addWorkspace(Ledger& ledger, const Run& run, const llama::ComputeBuffers& buffers, int backend) {
  ledger.add(ComponentId::workspace, "compute buffer", kGraphSource,
             {derived("high-water mark of the planned graph",
                      static_cast<double>(buffers.bytes[static_cast<std::size_t>(backend)]), Unit::bytes)});
  if (!run.file->traits.known || !buffers.replayed) ledger.setBand(ComponentId::workspace, kUnknownGraph);
}

std::string acceleratorOf(const Scenario& scenario, int device) {
  std::int64_t left = device;
  for (const DeviceRequest& d : scenario.devices) {
    if (left < d.count) return d.accelerator;
    left -= d.count;
  }
  return {};
}

void diagnose(EstimateContext& context, const Run& run) {
  if (run.file->inventory.architecture.empty())
    context.warn("architecture-unknown", "llama.cpp is not known to load '" + context.model.family +
                                             "'; its buffers are those of a common decoder.");
  else if (!run.file->traits.known)
    context.note("graph-assumed",
                 "The compute graph of '" + std::string(run.file->inventory.architecture) +
                     "' is taken as that of a common decoder, so the compute buffer may be off by some per cent.");
  if (context.scenario.engineVersion.empty())
    context.note("engine-version", "No llama.cpp version given: the rules of the newest known one (2026-08) apply.");
  else if (!context.settings.version.known && context.scenario.engineVersion[0] != 'b')
    context.note("engine-version", "The llama.cpp version '" + context.scenario.engineVersion +
                                       "' is not recognized; the rules of 2026-08 are used.");
  if (!run.flash && info(run.kv.v).blockElements > 1)
    context.warn("quantized-values", "llama.cpp refuses a quantized value cache without flash attention.");
}

// Flash attention is automatic unless asked for. Where it cannot run beside its layer it is switched off, but by then
// the cache has been laid out for it; a question for attention without it is taken as that case.
void settleAttention(EstimateContext& context, const std::shared_ptr<const llama::File>& file, Run& run) {
  if (run.backends.old || context.scenario.attention == AttentionImplementation::flash) return;
  // Without flash attention by choice, as for caches of two formats, the cache is laid out for that.
  Run probe = run;
  if (context.scenario.attention) probe.kv = {NumberFormat::fp16, NumberFormat::fp16};
  if (llama::cachedFlashRunsWithLayers(file, probe)) return;
  if (!context.scenario.attention)
    context.note(
        "flash-attention-off",
        "llama.cpp has no flash attention kernel for this model and cache on this device and switches it off.");
  run.flash = run.transposed = false;
}

}  // namespace

void estimateLlamaCpp(EstimateContext& context) {
  const std::shared_ptr<const llama::File> file =
      llama::fileOf(context.scenario.model, context.settings.weights, context.settings.mlaCache);
  Run run = llama::makeRun(context.scenario, context.settings, *file);
  settleAttention(context, file, run);
  for (const GgufStored& t : file->tensors) context.result.weightBytes += t.bytes;
  diagnose(context, run);

  const std::vector<WeightBuffer> weights = weightBuffers(run);
  const llama::ComputeBuffers buffers = llama::cachedComputeBuffers(file, run);
  Bytes heaviest;
  for (int device = 0; device < run.backends.devices; ++device) {
    RankEstimate& rank = context.addRank();
    rank.label = run.backends.devices == 1 ? "device" : "device " + std::to_string(device);
    rank.accelerator = acceleratorOf(context.scenario, device);
    rank.stage = device;
    addWeightLines(rank.ledger, weights[static_cast<std::size_t>(device)], true);
    if (context.scenario.lora) addAdapters(rank.ledger, *context.scenario.lora, run, device);
    const double perToken = addCaches(rank.ledger, run, device);
    addStates(rank.ledger, run, device);
    addWorkspace(rank.ledger, run, buffers, device);
    addCalibration(rank.ledger, context.calibration, false, run.backends.devices);
    if (rank.ledger.total() >= heaviest) heaviest = rank.ledger.total(), context.result.kvBytesPerToken = perToken;
  }
  Ledger& host = context.result.host;
  const int at = run.backends.host();
  addWeightLines(host, weights.back(), false);
  if (context.scenario.lora) addAdapters(host, *context.scenario.lora, run, at);
  if (run.backends.devices > 0)
    host.add(ComponentId::weights, "mapped besides", kMapSource,
             {derived("bytes of device tensors inside the mapped range of the file", mappedBesides(run), Unit::bytes)});
  const double hostPerToken = addCaches(host, run, at);
  if (context.result.kvBytesPerToken == 0) context.result.kvBytesPerToken = hostPerToken;
  addStates(host, run, at);
  addWorkspace(host, run, buffers, at);
  host.add(ComponentId::output, "logits of one token per sequence", kOutputSource,
           {asked("sequences", static_cast<double>(run.sequences), Unit::sequences),
            fromModel("vocabulary", static_cast<double>(context.model.vocabulary), Unit::elements),
            constant("bytes per element (fp32)", 4, Unit::bytes_per_element)});
  if (context.scenario.task == Task::embed)
    host.add(ComponentId::output, "embedding of one token per sequence", kOutputSource,
             {asked("sequences", static_cast<double>(run.sequences), Unit::sequences),
              fromModel("hidden", static_cast<double>(context.model.hidden), Unit::elements),
              constant("bytes per element (fp32)", 4, Unit::bytes_per_element)});
  addDraftRun(context, &estimateLlamaCpp);
  addCalibration(host, context.calibration, true, 1);
  diagnoseDraft(context);
}

}  // namespace headroom
