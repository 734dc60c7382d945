// Weights and adapters as llama.cpp's loader places them.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/estimate/lora.h"
#include "core/estimate/serving/llama_cpp/alignment.h"
#include "core/estimate/serving/llama_cpp/terms.h"
#include "core/estimate/tensor_factors.h"

namespace headroom::llama {
namespace {

constexpr std::string_view kWeightSource =
    "llama.cpp src/llama-model.cpp (2026-08): the input layer stays on the host, -ngl counts layers from the end";
constexpr std::string_view kPaddingSource =
    "ggml/src/ggml-cuda/ggml-cuda.cu: rows of quantized tensors to 512 elements, tensors to 128 bytes";
constexpr std::string_view kMapSource =
    "llama.cpp src/llama-model-loader.cpp, get_mapping_range (2026-08): one range from the first to the last host "
    "tensor";

void add(WeightBuffer& buffer, const GgufStored& stored, bool device, bool keep) {
  const GgufTensor& t = *stored.tensor;
  buffer.elements[static_cast<std::size_t>(stored.format)] += static_cast<double>(t.elements());
  if (device) buffer.padding += static_cast<double>(alignmentOf(stored.format, t.ne[0], t.ne[1] * t.ne[2]));
  if (keep) addAlike(buffer.tensors, t, stored.format);
}

Factor dimension(std::string_view symbol, std::int64_t n, Unit unit) {
  return fromModel(symbol, static_cast<double>(n), unit);
}

}  // namespace

void addWeightLines(Ledger& ledger, const WeightBuffer& buffer, bool device) {
  for (std::size_t f = 0; f < kNumberFormatCount; ++f) {
    if (buffer.elements[f] == 0) continue;
    const auto format = static_cast<NumberFormat>(f);
    const Factor elements =
        sumOf(ledger, "elements stored in this format", Unit::elements, buffer.elements[f], [&](FactorParts& sum) {
          for (const GgufTensors& t : buffer.tensors)
            if (t.format == format) sum.add(ggufElements(ledger, t));
        });
    ledger.add(ComponentId::weights, info(format).label, kWeightSource,
               {elements, bytesOf(format, "bytes per element, scales included")});
  }
  if (!device || buffer.padding == 0) return;
  const Factor padding =
      sumOf(ledger, "bytes that row and tensor alignment add", Unit::bytes, buffer.padding, [&](FactorParts& sum) {
        for (const GgufTensors& t : buffer.tensors) {
          const auto& ne = t.tensor->ne;
          if (alignmentOf(t.format, ne[0], ne[1] * ne[2]) == 0) continue;
          const Factor one = dimension("rows", ne[1], Unit::rows);
          const Factor rows = ne[2] == 1 ? one
                                         : ledger.product("rows of all copies", Unit::rows,
                                                          {dimension("copies", ne[2], Unit::copies), one});
          sum.add(ledger.product(t.tensor->name, Unit::bytes,
                                 {dimension("layers", t.layers, Unit::layers),
                                  alignmentOf(ledger, t.format, dimension("columns", ne[0], Unit::elements), rows)}));
        }
      });
  ledger.add(ComponentId::weights, "alignment", kPaddingSource, {padding});
}

namespace {

constexpr std::int64_t kFileAlignment = 32;  // general.alignment

// Where a tensor stands in its file. llama-quantize writes the tensors of the whole model in the order of their names,
// then layer by layer; a file that the library itself lays out (llama-model-saver.cpp, b11549) has the embedding, the
// output norm and the output first, a layer's shared expert behind the routed ones, and scales of experts behind all
// layers.
std::tuple<std::int64_t, int, std::string_view> placeInFile(const GgufStored& t, bool asLoaded) {
  constexpr std::int64_t kBehind = std::numeric_limits<std::int64_t>::max();
  const std::string_view name = t.tensor->name;
  if (!asLoaded) return {t.layer, 0, t.layer < 0 ? name : std::string_view{}};
  if (t.layer >= 0)
    return {name.ends_with("_exps.scale") ? kBehind : t.layer, name.find("shexp") != name.npos ? 1 : 0, {}};
  constexpr std::array kFirst{"token_embd.weight", "per_layer_token_embd.weight", "per_layer_model_proj.weight",
                              "output_norm.weight"};
  const auto rank = std::ranges::find(kFirst, name) - kFirst.begin();
  return {-1, static_cast<int>(rank), name};
}

// A tied head is stored twice: the host looks tokens up, the output's device multiplies.
std::vector<WeightBuffer> weightBuffers(const Run& run, bool keep) {
  std::vector<WeightBuffer> buffers(static_cast<std::size_t>(run.backends.count()));
  const auto put = [&](const GgufStored& t, int backend) {
    add(buffers[static_cast<std::size_t>(backend)], t, backend != run.backends.host(), keep);
  };
  for (const GgufStored& t : run.file->tensors) {
    if (isSkipped(run, t)) continue;
    if (t.tensor->name.starts_with("rope_")) {
      // One copy wherever layers are.
      for (int b = 0; b < run.backends.count(); ++b)
        if (std::find(run.layerBackend.begin(), run.layerBackend.end() - 1, b) != run.layerBackend.end() - 1) put(t, b);
      continue;
    }
    put(t, weightBackend(run, t));
    if (!run.file->inventory.tied || !run.hasHead() || t.tensor->name != "token_embd.weight") continue;
    const auto placed = run.overrides == nullptr ? std::nullopt : run.overrides->backendOf(-1, t.tensor->name);
    const int output = run.layerBackend.back();
    if (!placed && output != run.backends.host()) put(t, output);
  }
  return buffers;
}

MappedBesides mappedBesides(const Run& run, bool keep) {
  MappedBesides mapped;
  std::vector<const GgufStored*> order;
  for (const GgufStored& t : run.file->tensors) order.push_back(&t);
  const bool asLoaded = run.backends.rules.filesAsLoaded;
  std::ranges::stable_sort(order, {}, [&](const GgufStored* t) { return placeInFile(*t, asLoaded); });
  const auto held = [&](const GgufStored* t) {
    return !isSkipped(run, *t) && weightBackend(run, *t) == run.backends.host();
  };
  const auto first = std::ranges::find_if(order, held);
  if (first == order.end()) return mapped;
  const auto last = std::find_if(order.rbegin(), order.rend(), held).base() - 1;
  // Between the first and the last: whole tensors of devices, and what fills up those of the host.
  for (auto t = first; t != last; ++t) {
    const auto bytes = static_cast<double>((*t)->bytes.value());
    const double aligned = std::ceil(bytes / kFileAlignment) * kFileAlignment;
    mapped.bytes += held(*t) ? aligned - bytes : aligned;
    if (keep) addAlike(held(*t) ? mapped.filledUp : mapped.devices, *(*t)->tensor, (*t)->format);
  }
  return mapped;
}

}  // namespace

PlacedWeights placedWeights(const Run& run, bool keep) {
  PlacedWeights placed{weightBuffers(run, keep), {}};
  if (run.backends.devices > 0) placed.mapped = mappedBesides(run, keep);
  return placed;
}

void addMapped(Ledger& host, const MappedBesides& mapped) {
  const Factor all = sumOf(
      host, "device tensors inside the mapped range of the file", Unit::bytes, mapped.bytes, [&](FactorParts& sum) {
        const auto aligned = [&](const GgufTensors& t, const Factor& bytes) {
          return t.layers == 0 ? bytes : filledUp(host, "aligned", bytes, kFileAlignment, kMapSource);
        };
        for (const GgufTensors& t : mapped.devices)
          sum.add(host.product(t.tensor->name, Unit::bytes,
                               {dimension("layers", t.layers, Unit::layers), aligned(t, ggufMatrix(host, t))}));
        for (const GgufTensors& t : mapped.filledUp) {
          const Factor bytes = ggufMatrix(host, t);
          if (std::fmod(bytes.value, kFileAlignment) == 0) continue;
          sum.add(host.product(t.tensor->name, Unit::bytes,
                               {dimension("layers", t.layers, Unit::layers),
                                host.sum("filled up", Unit::bytes, {aligned(t, bytes), less(bytes)})}));
        }
      });
  host.add(ComponentId::weights, "mapped besides", kMapSource, {all});
}

void addAdapters(Ledger& ledger, const ServedAdapters& lora, NumberFormat format, const Run& run, int backend) {
  constexpr std::string_view kSource =
      "llama.cpp src/llama-adapter.cpp (2026-08): each file's pairs of matrices, in the file's own format "
      "(convert_lora_to_gguf.py: fp32)";
  double width = 0;
  std::vector<std::pair<const LayerKind*, std::int64_t>> kinds;  // with their layers on this backend
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    if (run.layerBackend[il] != backend) continue;
    const LayerKind& kind = run.kind(il);
    for (const Tensor& t : kind.tensors)
      if (isLoraTarget(t, lora.targets))
        width += static_cast<double>(t.copies) * static_cast<double>(t.rows + t.columns);
    const auto known = std::ranges::find(kinds, &kind, &std::pair<const LayerKind*, std::int64_t>::first);
    known == kinds.end() ? kinds.emplace_back(&kind, 1).second : ++known->second;
  }
  if (width == 0) return;
  const Factor modules = sumOf(ledger, "inputs and outputs of all modules", Unit::count, width, [&](FactorParts& sum) {
    for (const auto& [kind, layers] : kinds)
      for (const Tensor& t : kind->tensors)
        if (isLoraTarget(t, lora.targets))
          sum.add(ledger.product(
              t.name, Unit::count,
              {dimension("layers", layers, Unit::layers), dimension("copies", t.copies, Unit::copies),
               ledger.sum("in and out", Unit::count,
                          {dimension("in", t.columns, Unit::count), dimension("out", t.rows, Unit::count)})}));
  });
  ledger.add(ComponentId::adapters, "adapters", kSource,
             {asked("adapters loaded", static_cast<double>(lora.slots)), asked("rank", static_cast<double>(lora.rank)),
              modules, bytesOf(format)});
}

}  // namespace headroom::llama
