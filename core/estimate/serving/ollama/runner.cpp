#include "core/estimate/serving/ollama/runner.h"

#include <algorithm>
#include <vector>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/llama_cpp/cache.h"
#include "core/estimate/serving/llama_cpp/terms.h"
#include "core/estimate/serving/ollama/image_graph.h"
#include "core/estimate/serving/ollama/releases.h"

namespace headroom::ollama {
namespace {

constexpr std::string_view kCheckpoints =
    "ollama kvcache/recurrent.go: max(8, 24 a sequence) copies of the states, made as a prompt passes (0.20 to 0.24)";
constexpr std::string_view kProjector = "the projector's GGUF file holds its tensors in 16 bit";
constexpr std::string_view kImage =
    "ollama runner/ollamarunner/runner.go, reserveWorstCaseGraph: an image of 2048 x 2048 is encoded when the graph is "
    "reserved, and the larger of both graphs is kept (0.7.1 to 0.24)";
constexpr std::string_view kWideValues =
    "ollama server/quantization.go (0.6.6 to 0.6.8), by which the library's Qwen3 files were made: names with \"v.\" "
    "are "
    "not quantized; seen in the logs of qwen3:8b and qwen3:32b (issues 13343 and 13372)";
constexpr std::string_view kTiedHead =
    "ollama ml/backend/ggml/ggml.go, New: output.weight is made from token_embd.weight beside it (0.6 to 0.24)";
constexpr std::string_view kEncoded =
    "ollama kvcache/encoder.go: the cache takes the type of what is put in (0.7 to 0.24)";
constexpr std::string_view kPool =
    "ollama llama/patches, ggml: No-alloc mode: the pool that CUDA's kernels take scratch from counts as graph (0.12.4 "
    "to 0.24); ggml-cuda/mmq.cu: activations in blocks of q8_1, ggml-cuda.cu: 16-bit products copied in and out";
constexpr std::int64_t kPad = 256;
constexpr std::int64_t kPoolPage = 2 * kMiB;  // cuMemGetAllocationGranularity of today's devices

std::int64_t padded(std::int64_t n, std::int64_t to = kPad) {
  return ceilDiv(n, to) * to;
}

// The layout of a run, as far as what is added to it needs to know.
struct Layout {
  llama::Backends backends;
  int output = 0;
  bool flash = true;
  std::int64_t batch = 0, cells = 0;
  Bytes embedding;                 // where it is the head too
  std::vector<double> wideValues;  // bytes that values' matrices in 16 bit take beyond the file type's, per backend
};

std::vector<double> wideValuesOf(const llama::Run& run, const Runner& runner) {
  std::vector<double> out(static_cast<std::size_t>(run.backends.count()), 0);
  if (run.model->storedBytes || !keepsWideValues(runner.architecture)) return out;  // a file says itself what it holds
  for (const GgufStored& t : run.file->tensors)
    if (t.tensor->category == GgufCategory::attn_v && info(t.format).blockElements > 1)
      out[static_cast<std::size_t>(llama::weightBackend(run, t))] += d(2 * t.tensor->elements()) - d(t.bytes.value());
  return out;
}

// Its own engine's layout: windows with room to go back (kvcache/causal.go), logits of a row a sequence, no pipeline.
// The output is on a device only where all layers are (llm/server.go, assignLayers), as the build that stands in has
// it.
void layOut(llama::Run& run, const Runner& runner, std::int64_t context) {
  run.inputsOutside = true;
  run.backends.copies = 1;
  run.outputs = std::min(run.ubatch, runner.slots);
  run.backends.rules.wideMasks = !runner.release.before(0, 11, 6);  // narrowed on the host before (kvcache/causal.go)
  run.backends.rules.evenCells = true;
  run.windowCells = run.cells = padded(run.cells);
  std::int64_t window = 0;
  for (const LayerKind& kind : run.model->kinds)
    if (run.windowed(kind)) window = std::max(window, kind.attention.window);
  if (window == 0) return;
  run.windowKept = std::max(window, windowInstead(runner.architecture));
  // Room for a stop token beside other sequences, since 0.12.4.
  if (runner.slots > 1 && !runner.release.before(0, 12, 4)) run.windowKept = std::max(run.windowKept, window + 1);
  if (run.windowKept * runner.slots < context) run.windowCells = padded(run.windowKept * runner.slots + run.ubatch);
}

// Bytes that a kernel's product of so many rows with a matrix takes from the pool.
double scratchOf(const GgufStored& t, double rows, double computeCapability) {
  constexpr double kTurning = 7.5, kVolta = 7.0;
  const double in = d(t.tensor->ne[0]), out = d(t.tensor->ne[1]);
  if (info(t.format).blockElements == 1) return t.format == NumberFormat::fp32 ? 0 : (in + out) * rows * 2;
  if (computeCapability >= kVolta && computeCapability < kTurning) return (in * out + (in + out) * rows) * 2;
  return d(padded(t.tensor->ne[0], 512)) * rows * 36 / 32;
}

bool onCuda(const Scenario& s) {
  if (s.devices.empty()) return false;
  const DeviceRequest& first = s.devices.front();
  return first.entry == nullptr || first.entry->computeCapability.has_value();
}

// Scratch of the kernels that run while the graph is reserved; those of chosen experts are passed over.
double poolOf(const EstimateContext& q, const Layout& layout, std::int64_t patches) {
  const auto file = llama::fileOf(q.scenario.model, q.settings.weights, q.settings.mlaCache, false);
  double most = 0;
  for (const GgufStored& t : file->tensors)
    if (t.layer >= 0 && t.tensor->ne[1] > 1 && t.tensor->ne[2] == 1)
      most = std::max(most, scratchOf(t, d(layout.batch), layout.backends.computeCapability));
  const KvFormats& kv = q.settings.kvCache;
  if (layout.flash && info(kv.k).blockElements > 1)
    for (const LayerKind& k : q.model.kinds)
      most =
          std::max(most, d(layout.cells) * d(k.attention.kvHeads) * d(k.attention.headDim + k.attention.valueDim) * 2);
  if (q.model.visionSpec)
    most = std::max(most, d(patches) * d(q.model.visionSpec->hidden + q.model.visionSpec->intermediate) * 2);
  return most > 0 ? d(padded(static_cast<std::int64_t>(most), kPoolPage)) : 0;
}

void addCheckpoints(Ledger& l, std::int64_t slots) {
  const Bytes states = l.bytes(ComponentId::state_cache);
  if (states <= Bytes(0)) return;
  l.add(ComponentId::state_cache, "copies of the states along a prompt", kCheckpoints,
        {l.linesOf(ComponentId::state_cache, l, "states of all sequences"),
         over(asked("sequences", d(slots), Unit::sequences)),
         constant("copies", d(std::max<std::int64_t>(8, 24 * slots)), Unit::copies, kCheckpoints)});
  l.setBand(ComponentId::state_cache, states, l.bytes(ComponentId::state_cache));
}

// Keys and values of an encoded image, as its graph gives them (kvcache/encoder.go): in fp32, of every tile's patches
// and its class token.
void addEncoded(EstimateContext& q, const Layout& layout) {
  if (!q.model.visionSpec) return;
  const std::size_t at = static_cast<std::size_t>(layout.output);
  Ledger& l = at < q.result.ranks.size() ? q.result.ranks[at].ledger : q.result.host;
  for (const LayerKind& k : q.model.kinds) {
    const AttentionSpec& a = k.attention;
    if (a.kind != AttentionKind::cross || a.kvHeads <= 0) continue;
    l.add(ComponentId::kv_cache, "keys and values of an encoded image", kEncoded,
          {fromModel("layers", d(k.count), Unit::layers),
           fromModel("tokens of an image", d(q.model.visionSpec->imageTokens), Unit::tokens),
           fromModel("KV heads", d(a.kvHeads), Unit::heads),
           l.sum("elements of key and value", Unit::elements,
                 {fromModel("head size", d(a.headDim), Unit::elements),
                  fromModel("value size", d(a.valueDim), Unit::elements)}),
           bytesOf(NumberFormat::fp32)});
  }
}

void addBeyond(Ledger& l, double bytes) {
  const double beyond = bytes - d(l.bytes(ComponentId::workspace).value());
  if (beyond > 0)
    l.add(ComponentId::workspace, "encoding of an image, beyond the text model's graph", kImage,
          {leaf(Origin::model, "largest moment of the encoder's graph, beyond", beyond, Unit::bytes, kImage)});
}

// The graph of an image, the kernels' scratch, and how well the printed graphs of its own engine are met.
void addOwnGraph(EstimateContext& q, const Runner& runner, const Layout& layout) {
  Estimate& e = q.result;
  std::int64_t patches = 0;
  // Gates are opened in place before 0.12, which saves a tensor.
  Band band{runner.release.before(0, 12) ? 0.7 : 0.9, 1.15};
  if (q.model.visionSpec && reservesImage(runner.release)) {
    if (const auto encoder = imageEncoder(runner.release, runner.architecture)) {
      const VisionSpec& tower = *q.model.visionSpec;
      constexpr std::int64_t kLateKernel = 72;  // ggml-cuda/fattn.cu of 0.13.2
      const bool kernel =
          tower.heads <= 0 || tower.hidden / tower.heads != kLateKernel || !runner.release.before(0, 13, 2);
      patches = patchesOf(*encoder, tower);
      const std::vector<std::int64_t> bytes =
          imageBuffers(*encoder, tower, layout.backends, layout.output, layout.flash, kernel);
      for (std::size_t i = 0; i < e.ranks.size() && i < bytes.size(); ++i) addBeyond(e.ranks[i].ledger, d(bytes[i]));
      if (!bytes.empty()) addBeyond(e.host, d(bytes.back()));
    } else {
      q.unmodelled("the graph that encodes an image");
      band = {0.5, 4.0};
    }
  }
  const bool counted = !runner.release.before(0, 12, 4) && onCuda(q.scenario);
  const double pool = counted ? poolOf(q, layout, patches) : 0;
  for (RankEstimate& rank : e.ranks) {
    if (rank.ledger.bytes(ComponentId::workspace) <= Bytes(0)) continue;
    if (pool > 0)
      rank.ledger.add(ComponentId::workspace, "scratch of the kernels", kPool,
                      {leaf(Origin::model, "widest product's scratch, in pages", pool, Unit::bytes, kPool)});
    rank.ledger.setBand(ComponentId::workspace, band);
  }
}

// A tied head is a tensor of its own where the output is, on the host too (ml/backend/ggml/ggml.go).
void addTiedHead(Estimate& e, const Layout& layout) {
  if (layout.output != layout.backends.host() || layout.embedding <= Bytes(0)) return;
  e.host.add(ComponentId::weights, "token embedding once more, as the head", kTiedHead,
             {leaf(Origin::model, "bytes of the embedding", d(layout.embedding.value()), Unit::bytes, kTiedHead)});
}

void addWideValues(Ledger& l, double bytes) {
  const Bytes without = l.bytes(ComponentId::weights);
  if (bytes <= 0 || without <= Bytes(0)) return;
  l.add(ComponentId::weights, "matrices of values, in 16 bit in the library's files", kWideValues,
        {leaf(Origin::model, "bytes beyond the file type's", bytes, Unit::bytes, kWideValues)});
  l.setBand(ComponentId::weights, without, l.bytes(ComponentId::weights));
}

// A vision model's projector is loaded with it: by its own engine where the output is, else on the first device.
void addProjector(EstimateContext& q, const Layout& layout, bool own) {
  if (q.model.vision.empty()) return;
  double elements = 0;
  for (const Tensor& t : q.model.vision)
    if (!t.buffer) elements += d(t.elements());
  const std::size_t at = own ? static_cast<std::size_t>(layout.output) : 0;
  Ledger& l = at < q.result.ranks.size() ? q.result.ranks[at].ledger : q.result.host;
  l.add(ComponentId::weights, "vision projector", kProjector,
        {fromModel("elements of tower and projector", elements, Unit::elements), bytesOf(NumberFormat::fp16)});
}

}  // namespace

void onOneBackend(llama::Run& run) {
  const auto& at = run.layerBackend;
  if (std::all_of(at.begin(), at.end(), [&](std::int8_t b) { return b == at.front(); })) run.backends.copies = 1;
}

void answer(EstimateContext& q, const Runner& runner, const std::shared_ptr<const llama::TensorOverrides>& overrides) {
  Layout layout;
  llama::estimateRun(q, [&](llama::Run& run) {
    if (runner.own) layOut(run, runner, q.settings.context);
    onOneBackend(run);
    if (overrides != nullptr) run.overrides = overrides, run.backends.copies = 1;
    const auto& at = run.layerBackend;
    Bytes tied;
    for (const GgufStored& t : run.file->tensors)
      if (run.file->inventory.tied && t.tensor->category == GgufCategory::token_embd) tied += t.bytes;
    layout = {run.backends, at.back(), run.flash, run.ubatch, run.cells, tied, wideValuesOf(run, runner)};
  });
  for (std::size_t i = 0; i < q.result.ranks.size() && i < layout.wideValues.size(); ++i)
    addWideValues(q.result.ranks[i].ledger, layout.wideValues[i]);
  if (!layout.wideValues.empty()) addWideValues(q.result.host, layout.wideValues.back());
  if (runner.own) {
    for (RankEstimate& rank : q.result.ranks) addCheckpoints(rank.ledger, runner.slots);
    addEncoded(q, layout);
    addTiedHead(q.result, layout);
    addOwnGraph(q, runner, layout);
  }
  addProjector(q, layout, runner.own);
}

}  // namespace headroom::ollama
