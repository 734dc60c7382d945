// Tools that describe groups of modules with a format each: compressed-tensors, NVIDIA's ModelOpt, AMD's Quark.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/lower_case.h"
#include "core/formats/quantization/scheme.h"

namespace headroom {
namespace {

using F = NumberFormat;
constexpr std::size_t kMostGroups = 64;
constexpr std::string_view kNaiveSource = "compressed_tensors/quantization/lifecycle/initialize.py (0.20.1)";
constexpr std::string_view kFloatSource = "compressed_tensors/compressors nvfp4, mxfp4 (0.20.1)";
constexpr std::string_view kModelOptSource = "vllm/model_executor/layers/quantization/modelopt.py (0.33)";
constexpr std::string_view kQuarkSource = "vllm/model_executor/layers/quantization/quark (0.33)";

// A row or column count of a block that a list states; 128 where it does not.
std::array<std::int64_t, 2> blockOf(const Config& c, std::string_view key) {
  const std::vector<std::int64_t> list = c.integers(key);
  if (list.size() != 2 || list[0] <= 0 || list[1] <= 0) return {128, 128};
  return {list[0], list[1]};
}

// The weights of one group of compressed-tensors; nothing for what no released format packs.
std::optional<WeightLayout> compressedLayout(const Config& group, const std::string& format) {
  const Config w = group.child("weights"), input = group.child("input_activations");
  const std::int64_t bits = w.size("num_bits", 8, 64);
  const std::string strategy = w.text("strategy", w.has("group_size") ? "group" : "tensor"),
                    type = w.text("type", "int");
  const std::int64_t size = strategy == "group" || strategy == "tensor_group" ? groupSizeOf(w, 128) : 0;
  const bool symmetric = w.flag("symmetric", true);
  const bool inputs = input.has("num_bits"), fixedInput = inputs && !input.has("dynamic")
                                                              ? true
                                                              : inputs && !input.isObject("dynamic") &&
                                                                    input.text("dynamic").empty() &&
                                                                    !input.flag("dynamic", false);
  if (type == "float" && bits == 4) {
    const std::int64_t block = size > 0 ? size : 16;
    return floatBlocksLayout(4, block, block == 16 ? 4 + (inputs ? 4 : 0) : 0, kFloatSource);
  }
  if (type == "float" && bits == 8 && size == 32) return floatBlocksLayout(8, 32, 0, kFloatSource);
  if (type == "float" && bits != 8) return std::nullopt;
  const bool packed = format == "pack-quantized" || bits < 8 || (format.empty() && !inputs);
  if (type == "int" && packed)
    return packedLayout({.bits = bits,
                         .group = size,
                         .perTensor = strategy == "tensor",
                         .zeroPoints = !symmetric,
                         .index = w.text("actorder") == "group"});
  if (bits > 8) return std::nullopt;
  const auto block = blockOf(w, "block_structure");
  ByteLayout b{.label = type == "int" ? "int8" : "fp8", .source = kNaiveSource};
  b.format = type == "int" ? F::int8 : strategy == "block" ? F::fp8_block : F::fp8;
  b.scale = 2;
  b.scales = strategy == "block"    ? ScalesOf::tile
             : strategy == "tensor" ? ScalesOf::tensor
             : size > 0             ? ScalesOf::group
                                    : ScalesOf::row;
  b.tileRows = block[0], b.tileColumns = size > 0 ? size : block[1];
  b.perRow = !symmetric && b.scales == ScalesOf::row ? 1 : 0;
  b.fixed = fixedInput ? 2 : 0;
  return byteLayout(b);
}

// The targets of a group; `everything` where a class of modules is named.
void setTargets(QuantizedGroup& g, const std::vector<std::string>& targets, QuantizationScheme& out) {
  std::vector<std::string> names;
  g.everything = targets.empty();
  for (const std::string& t : targets) {
    const bool isClass =
        !t.starts_with("re:") && t.find('.') == std::string::npos && !t.empty() && t[0] >= 'A' && t[0] <= 'Z';
    if (!isClass)
      names.push_back(t);
    else if (t == "Linear" || t == "LinearBase" || t.find("MoE") != std::string::npos ||
             t.find("Expert") != std::string::npos)
      g.everything = true;
    else
      out.doubts.push_back(fmt::format("Modules of the class {} are quantized too; they are counted in 16 bit.", t));
  }
  g.targets = ModulePatterns(names);
}

void takeCacheScheme(const Config& q, QuantizationScheme& out) {
  const Config cache = q.child("kv_cache_scheme");
  if (cache.has("num_bits") && cache.size("num_bits", 8, 64) == 8)
    out.kvCache = cache.text("type", "float") == "float" ? F::fp8 : F::int8;
}

bool readGroups(const Config& q, QuantizationScheme& out) {
  std::vector<QuantizedGroup> general;
  for (const std::string& name : q.child("config_groups").keys()) {
    if (out.groups.size() + general.size() == kMostGroups) break;
    const Config group = q.child("config_groups").child(name);
    const std::string format = group.text("format", q.text("format"));
    if (!group.child("weights").has("num_bits")) continue;  // activations alone
    if (format.find("24") != std::string::npos || format.find("sparse") != std::string::npos)
      out.doubts.push_back(
          fmt::format("The format {} of compressed-tensors drops zeros: its weights are counted whole.", format));
    const auto layout =
        compressedLayout(group, format == "mixed-precision" || format == "dense" ? std::string() : format);
    QuantizedGroup g = groupOf(
        layout ? *layout
               : averageLayout("compressed-tensors",
                               static_cast<double>(group.child("weights").size("num_bits", 8, 64)), kNaiveSource));
    if (!layout)
      out.doubts.push_back(fmt::format(
          "A format of {} bits is not known of compressed-tensors: the bits are counted, without their scales.",
          group.child("weights").size("num_bits", 8, 64)));
    setTargets(g, group.texts("targets"), out);
    (g.everything ? general : out.groups).push_back(std::move(g));
  }
  for (QuantizedGroup& g : general) out.groups.push_back(std::move(g));
  return !out.groups.empty();
}

// What an algorithm of ModelOpt makes of a matrix (modelopt/torch/quantization/config.py names them).
std::optional<WeightLayout> modelOptLayout(const std::string& algorithm, std::int64_t group) {
  const std::string name = lowerCase(algorithm);
  const auto says = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  ByteLayout bytes{.label = "fp8", .source = kModelOptSource, .scales = ScalesOf::tensor, .fixed = 4};
  if (says("nvfp4")) return floatBlocksLayout(4, group > 0 ? group : 16, says("w4a16") ? 4 : 8, kModelOptSource);
  if (says("mxfp4")) return floatBlocksLayout(4, 32, 0, kModelOptSource);
  if (says("mxfp8")) return floatBlocksLayout(8, 32, 0, kModelOptSource);
  if (says("fp8_pb") || says("block")) {
    bytes.format = F::fp8_block, bytes.scales = ScalesOf::tile, bytes.fixed = 0;
    return byteLayout(bytes);
  }
  if (says("fp8_per_channel") || says("fp8_pc")) {
    bytes.scales = ScalesOf::row, bytes.fixed = 0;
    return byteLayout(bytes);
  }
  if (says("w4a16_awq") || says("w4a8_awq") || says("int4_awq"))
    return groupedLayout({.label = "ModelOpt AWQ",
                          .source = kModelOptSource,
                          .bits = 4,
                          .group = group > 0 ? group : 128,
                          .perGroup = 2});
  if (says("int8") || says("w8a8_sq") || says("w8a16")) {
    bytes.label = "int8", bytes.format = F::int8, bytes.scales = ScalesOf::row;
    return byteLayout(bytes);
  }
  if (says("fp8")) return byteLayout(bytes);
  return std::nullopt;
}

}  // namespace

bool readCompressedTensors(const SchemeSource& source, QuantizationScheme& out) {
  takeCacheScheme(source.section, out);
  if (source.section.text("quantization_status") == "dense" || source.section.text("format") == "dense") {
    out.groups.push_back(leftAlone({"re:.*"}));
    return true;
  }
  return readGroups(source.section, out);
}

bool readModelOpt(const SchemeSource& source, QuantizationScheme& out) {
  const Config& outer = source.section;
  const Config q = outer.isObject("quantization") ? outer.child("quantization") : outer;
  takeCacheScheme(outer, out);
  const std::string cache = lowerCase(q.text("kv_cache_quant_algo"));
  if (cache == "fp8")
    out.kvCache = F::fp8;
  else if (cache == "nvfp4")
    out.kvCache = F::nvfp4;
  else if (cache == "int8")
    out.kvCache = F::int8;
  const std::string algorithm = q.text("quant_algo");
  if (const auto layout = modelOptLayout(algorithm, groupSizeOf(q, 0))) {
    out.groups.push_back(groupOf(*layout));
    return true;
  }
  // Mixed precision names each layer with its own algorithm.
  const Config layers = q.child("quantized_layers");
  std::vector<std::pair<std::string, std::vector<std::string>>> byAlgorithm;
  for (const std::string& name : layers.keys()) {
    const Config layer = layers.child(name);
    const std::string key = fmt::format("{}|{}", layer.text("quant_algo"), groupSizeOf(layer, 0));
    auto it = std::ranges::find(byAlgorithm, key, &std::pair<std::string, std::vector<std::string>>::first);
    if (it == byAlgorithm.end()) it = byAlgorithm.insert(it, {key, {}});
    it->second.push_back(name);
  }
  for (const auto& [key, names] : byAlgorithm) {
    const std::size_t bar = key.find('|');
    if (const auto layout = modelOptLayout(key.substr(0, bar), std::atoll(key.c_str() + bar + 1)))
      out.groups.push_back(groupOf(*layout, names));
    else
      out.doubts.push_back(
          fmt::format("ModelOpt's \"{}\" is not known: its layers are counted in 16 bit.", key.substr(0, bar)));
  }
  return !out.groups.empty() || readGroups(outer, out);
}

namespace {

// A weight description of Quark: {dtype, qscheme, group_size, …}.
std::optional<WeightLayout> quarkLayout(const Config& entry) {
  const Config w = entry.isList("weight") ? entry.at("weight", 0) : entry.child("weight");
  const std::string type = lowerCase(w.text("dtype")), scheme = w.text("qscheme", "per_tensor");
  const bool staticInput =
      entry.child("input_tensors").has("dtype") && !entry.child("input_tensors").flag("is_dynamic", false);
  const std::int64_t group = groupSizeOf(w, 0);
  if (type == "fp4" || type.starts_with("mxfp4") || type == "mx")
    return floatBlocksLayout(4, group == 16 ? 16 : 32, 0, kQuarkSource);
  if (type.starts_with("mxfp6") || type.starts_with("fp6")) return floatBlocksLayout(6, 32, 0, kQuarkSource);
  ByteLayout b{.label = "fp8", .source = kQuarkSource};
  b.scales = scheme == "per_channel" ? ScalesOf::row : scheme == "per_group" ? ScalesOf::group : ScalesOf::tensor;
  b.tileColumns = group > 0 ? group : 128;
  b.fixed = staticInput ? 4 : 0;
  if (type.starts_with("fp8")) return byteLayout(b);
  if (type == "int8" || type == "uint8") {
    b.label = "int8", b.format = F::int8;
    return byteLayout(b);
  }
  if (type == "int4" || type == "uint4")
    return groupedLayout({.label = "Quark", .source = kQuarkSource, .bits = 4, .group = group, .perGroup = 2.5});
  return std::nullopt;
}

}  // namespace

bool readQuark(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  if (q.listSize("kv_cache_quant_config") > 0 || !q.child("kv_cache_quant_config").keys().empty() ||
      q.child("export").listSize("kv_cache_group") > 0)
    out.kvCache = F::fp8;
  const Config layers = q.child("layer_quant_config");
  for (const std::string& name : layers.keys()) {
    if (out.groups.size() == kMostGroups) break;
    if (const auto layout = quarkLayout(layers.child(name)))
      out.groups.push_back(groupOf(*layout, {name}));
    else if (!layers.child(name).has("weight"))
      out.groups.push_back(leftAlone({name}));
    else
      out.doubts.push_back(fmt::format("What Quark does to {} is not known: 16 bit are counted.", name));
  }
  const auto layout = quarkLayout(q.child("global_quant_config"));
  if (layout) out.groups.push_back(groupOf(*layout));
  return !out.groups.empty();
}

}  // namespace headroom
