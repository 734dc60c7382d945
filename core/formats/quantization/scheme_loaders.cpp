// Schemes that a loader applies module by module: bitsandbytes, fine-grained fp8, FBGEMM, EETQ, quanto, torchao, HQQ,
// FP-Quant and MXFP4.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/lower_case.h"
#include "core/formats/quantization/scheme.h"

namespace headroom {
namespace {

using F = NumberFormat;
constexpr std::string_view kFp8Source = "transformers/integrations/finegrained_fp8.py FP8Linear, FP8Experts (5.24)";
constexpr std::string_view kFbgemmSource = "transformers/integrations/fbgemm_fp8.py FbgemmFp8Linear (5.24)";
constexpr std::string_view kEetqSource = "transformers/integrations/eetq.py EetqLinear (5.24)";
constexpr std::string_view kQuantoSource = "optimum/quanto/nn/qmodule.py, tensor/weights (0.2.7)";
constexpr std::string_view kTorchAoSource = "torchao/quantization/quantize_/workflows (0.18)";
constexpr std::string_view kFpQuantSource = "fp_quant/module/linear.py FPQuantLinear (0.3)";
constexpr std::string_view kMxfp4Source = "transformers/integrations/mxfp4.py Mxfp4GptOssExperts (5.24)";

}  // namespace

bool readBitsAndBytes(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  if (q.flag("load_in_8bit _load_in_8bit", out.method.ends_with("8bit"))) {
    if (q.flag("llm_int8_has_fp16_weight", false))
      out.groups.push_back(leftAlone({"re:.*"}));
    else
      out.groups.push_back(groupOf(bitsAndBytes8Layout()));
    return true;
  }
  if (!q.flag("load_in_4bit _load_in_4bit", out.method.ends_with("4bit"))) return false;
  const bool nf4 = lowerCase(q.text("bnb_4bit_quant_type", "fp4")) == "nf4";
  out.groups.push_back(groupOf(
      bitsAndBytes4Layout(nf4, q.flag("bnb_4bit_use_double_quant", false), q.size("bnb_4bit_blocksize", 64, 4096))));
  return true;
}

bool readFp8(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  // DeepSeek-V4 stores its experts in four bits inside an fp8 checkpoint.
  if (q.text("expert_dtype", source.owner.text("expert_dtype")) == "fp4") {
    QuantizedGroup experts = groupOf(floatBlocksLayout(4, 32, 0, kFp8Source));
    experts.expertsOnly = true;
    out.groups.push_back(std::move(experts));
  }
  const std::vector<std::int64_t> block = q.integers("weight_block_size");
  ByteLayout b{.label = "fp8", .source = kFp8Source, .scales = ScalesOf::tensor};
  if (block.size() == 2 && block[0] > 0 && block[1] > 0) {
    b.label = "fp8 in blocks", b.format = F::fp8_block, b.scales = ScalesOf::tile;
    b.tileRows = block[0], b.tileColumns = block[1];
  }
  b.scale = q.text("scale_fmt") == "ue8m0" && q.text("scale_dtype") == "e8m0" ? 1 : 4;
  b.fixed = q.text("activation_scheme", "dynamic") == "static" ? 4 : 0;
  out.groups.push_back(groupOf(byteLayout(b)));
  return true;
}

bool readFbgemm(const SchemeSource&, QuantizationScheme& out) {
  out.groups.push_back(
      groupOf(byteLayout({.label = "fp8, one scale a row", .source = kFbgemmSource, .loadedOnly = 4})));
  out.biasLoaded = F::fp32;
  return true;
}

bool readEetq(const SchemeSource&, QuantizationScheme& out) {
  out.groups.push_back(
      groupOf(byteLayout({.label = "EETQ int8", .source = kEetqSource, .format = F::int8, .scale = 2})));
  return true;
}

bool readQuanto(const SchemeSource& source, QuantizationScheme& out) {
  const std::string weights = lowerCase(source.section.text("weights", "int8"));
  const bool floats = weights.find("float8") != std::string::npos;
  const std::int64_t bits = floats || weights.ends_with("8") ? 8
                            : weights.ends_with("4")         ? 4
                            : weights.ends_with("2")         ? 2
                                                             : 0;
  if (bits == 0) return false;
  constexpr double kBuffers = 4;  // input_scale and output_scale
  if (bits == 8) {
    out.groups.push_back(groupOf(byteLayout({.label = floats ? "quanto float8" : "quanto int8",
                                             .source = kQuantoSource,
                                             .format = floats ? F::fp8 : F::int8,
                                             .scale = 2,
                                             .fixed = kBuffers})));
    return true;
  }
  QuantizedGroup g;
  g.make = [bits](std::int64_t, std::int64_t columns) {
    // The first of 128, 96, 64 and 32 that divides a row longer than 128, else the row (qmodule.py).
    std::int64_t group = 128;
    while (group > 32 && columns % group != 0) group -= 32;
    if (columns <= 128 || columns % group != 0) group = 0;
    return groupedLayout(
        {.label = "quanto", .source = kQuantoSource, .bits = bits, .group = group, .perGroup = 4, .fixed = kBuffers});
  };
  out.groups.push_back(std::move(g));
  return true;
}

namespace {

// The group of a granularity {"_type": "PerGroup", "_data": {"group_size": 32}}; 0: one per row.
std::int64_t granularityOf(const Config& values, std::int64_t fallback) {
  const Config g = values.child("granularity weight_granularity");
  if (!g.has("_type")) return fallback;
  return g.text("_type") == "PerGroup" ? groupSizeOf(g.child("_data"), fallback) : 0;
}

// A configuration of torchao: a name of old ("int4_weight_only") or a class ("Int4WeightOnlyConfig") with its values.
MakeLayout torchAoLayout(const std::string& written, const Config& values, NumberFormat dtype) {
  std::string name;
  for (const char c : lowerCase(written))
    if (c != '_') name += c;
  const auto says = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  const auto always = [](WeightLayout layout) -> MakeLayout {
    return [layout = std::move(layout)](std::int64_t, std::int64_t) { return layout; };
  };
  if (says("int4weight") || says("int4wo")) {
    // Rows that are no whole groups stay as they are (quant_api.py _int4_weight_only_quantize_tensor).
    const std::int64_t group = std::max<std::int64_t>(1, groupSizeOf(values, says("int8dynamic") ? 32 : 128));
    if (says("int8dynamic")) return {};
    return [=](std::int64_t, std::int64_t columns) {
      return columns % group != 0
                 ? plainLayout(dtype)
                 : groupedLayout(
                       {.label = "torchao", .source = kTorchAoSource, .bits = 4, .group = group, .perGroup = 4});
    };
  }
  if (says("intx")) {  // a byte a weight, scale in the model's 16 bit and an int8 zero point
                       // (intx_unpacked_to_int8_tensor.py)
    const std::int64_t group = granularityOf(values, says("dynamic") ? 32 : 0);
    ByteLayout b{.label = "torchao intx", .source = kTorchAoSource, .format = F::int8, .scale = 3};
    b.scales = group > 0 ? ScalesOf::group : ScalesOf::row, b.tileColumns = group;
    return always(byteLayout(b));
  }
  if (says("float8") || says("fp8")) {
    const bool tensor = says("dynamic") && values.dump("granularity").find("PerRow") == std::string::npos;
    return always(byteLayout({.label = "torchao float8",
                              .source = kTorchAoSource,
                              .format = F::fp8,
                              .scales = tensor ? ScalesOf::tensor : ScalesOf::row}));
  }
  if (says("int8"))
    return always(byteLayout({.label = "torchao int8", .source = kTorchAoSource, .format = F::int8, .perRow = 1}));
  return {};
}

// {"_type": …, "_data": {…}}, or a plain name with quant_type_kwargs beside it.
void takeTorchAo(const Config& q, std::string_view key, const std::vector<std::string>& targets, NumberFormat dtype,
                 QuantizationScheme& out) {
  const std::string name = q.isObject(key) ? q.child(key).text("_type") : q.text(key);
  const Config values = q.isObject(key) ? q.child(key).child("_data") : q.child("quant_type_kwargs");
  if (name.empty() && !targets.empty()) {
    out.groups.push_back(leftAlone(targets));
    return;
  }
  QuantizedGroup g;
  g.make = torchAoLayout(name, values, dtype);
  if (!g.make) {
    const bool four = name.find('4') != std::string::npos && lowerCase(name).find("int8") == std::string::npos;
    g = groupOf(averageLayout("torchao", four ? 4 : 8, kTorchAoSource));
    out.doubts.push_back(
        fmt::format("torchao's {} is not known in detail: {} bits a weight are counted, without their scales.",
                    name.empty() ? "(unnamed)" : name, four ? 4 : 8));
  }
  g.targets = ModulePatterns(targets);
  g.everything = targets.empty();
  out.groups.push_back(std::move(g));
}

}  // namespace

bool readTorchAo(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  if (q.text("quant_type") == "autoquant") {
    out.doubts.push_back("torchao's autoquant chooses each layer's format while it runs: 16 bit are counted.");
    out.groups.push_back(leftAlone({"re:.*"}));
    return true;
  }
  out.reach.embeddings = q.flag("include_input_output_embeddings include_embedding", false);
  if (!q.isObject("quant_type")) {
    takeTorchAo(q, "quant_type", {}, source.model.dtype, out);
    return true;
  }
  const Config outer = q.child("quant_type");
  const Config type = outer.isObject("default") ? outer.child("default") : outer;
  const Config data = type.child("_data");
  const bool byName = data.isObject("module_fqn_to_config") || data.isObject("fqn_to_config");
  if (!byName) {
    takeTorchAo(outer.isObject("default") ? outer : q, outer.isObject("default") ? "default" : "quant_type", {},
                source.model.dtype, out);
    return true;
  }
  const Config modules = data.child("module_fqn_to_config fqn_to_config");
  for (const std::string& name : modules.keys())
    if (name != "_default" && out.groups.size() < 4096) takeTorchAo(modules, name, {name}, source.model.dtype, out);
  if (modules.isObject("_default")) takeTorchAo(modules, "_default", {}, source.model.dtype, out);
  return !out.groups.empty();
}

bool readHqq(const SchemeSource& source, QuantizationScheme& out) {
  const Config q = source.section.child("quant_config");
  const auto layoutOf = [](const Config& c) {
    const Config w = c.isObject("weight_quant_params") ? c.child("weight_quant_params") : c;
    return hqqLayout(w.size("nbits bits", 4, 64), groupSizeOf(w, 64));
  };
  // Scales and zero points may themselves be quantized (HQQ up to 0.2.1).
  if (q.child("scale_quant_params").has("nbits") || q.child("zero_quant_params").has("nbits"))
    out.doubts.push_back("HQQ's scales or zero points are quantized themselves: they are counted in 16 bit.");
  if (!out.listed) out.notConverted = {"lm_head"}, out.listed = true;  // HqqConfig's default
  if (q.isObject("weight_quant_params") || q.has("nbits bits") || q.keys().empty()) {
    out.groups.push_back(groupOf(layoutOf(q.keys().empty() ? source.section : q)));
  } else {
    for (const std::string& tag : q.keys())  // a layer's kind each; what is not named stays
      out.groups.push_back(groupOf(layoutOf(q.child(tag)), {tag}));
  }
  // The loader of 4.57 hands HQQ no dtype, so skipped Linears and biases come out in fp32 as well.
  out.linear4 = out.bias4 = F::fp32;
  return true;
}

bool readFpQuant(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  if (q.flag("pseudoquantization", false)) {
    out.groups.push_back(leftAlone({"re:.*"}));
    return true;
  }
  const bool nv = lowerCase(q.text("forward_dtype", "nvfp4")) == "nvfp4";
  const double hadamard = 2.0 * static_cast<double>(q.size("hadamard_group_size", nv ? 16 : 32, 4096));
  WeightLayout layout = floatBlocksLayout(4, nv ? 16 : 32, 8 + hadamard * hadamard / 2, kFpQuantSource);
  if (q.flag("store_master_weights", false))
    layout.terms.push_back({"master weights", 2, kEach, kEach, false, kEverywhere});
  out.groups.push_back(groupOf(std::move(layout)));
  return true;
}

bool readMxfp4(const SchemeSource&, QuantizationScheme& out) {
  QuantizedGroup experts = groupOf(floatBlocksLayout(4, 32, 0, kMxfp4Source));
  experts.expertsOnly = true;
  out.groups.push_back(std::move(experts));
  out.biasLoaded = F::fp32;
  return true;
}

}  // namespace headroom
