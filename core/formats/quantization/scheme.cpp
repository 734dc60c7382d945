#include "core/formats/quantization/scheme.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

using F = NumberFormat;

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::optional<QuantizedGroup> integerGroup(std::int64_t bits, std::int64_t size, bool symmetric) {
  QuantizedGroup g;
  g.groupSize = size;
  g.zeroPoints = !symmetric;
  if (bits == 4) g.format = size == 0 ? F::int4 : symmetric ? F::gptq_int4 : F::awq_int4;
  if (bits == 8) g.format = size == 0 ? F::int8 : F::gptq_int8;
  if (bits != 4 && bits != 8) return std::nullopt;
  return g;
}

std::int64_t groupSizeOf(const Config& c, std::int64_t fallback) {
  const double size = c.real("group_size q_group_size", static_cast<double>(fallback));  // -1: one group per channel
  return size > 0 && size <= 65536 ? static_cast<std::int64_t>(size) : 0;
}

std::optional<QuantizedGroup> fp8(const Config& q) {
  QuantizedGroup g;
  g.format = q.listSize("weight_block_size") == 2 ? F::fp8_block : F::fp8;
  return g;
}

std::optional<QuantizedGroup> bitsAndBytes(const Config& q) {
  QuantizedGroup g;
  if (q.flag("load_in_8bit _load_in_8bit", false)) {
    g.format = F::bnb_int8;
  } else if (q.flag("load_in_4bit _load_in_4bit", false)) {
    const bool nf4 = q.text("bnb_4bit_quant_type", "fp4") == "nf4";
    g.format = !nf4 ? F::fp4 : q.flag("bnb_4bit_use_double_quant", false) ? F::nf4_dq : F::nf4;
  } else {
    return std::nullopt;
  }
  return g;
}

// One group of compressed-tensors: {targets, weights {num_bits, type, strategy, group_size, symmetric}}.
std::optional<QuantizedGroup> compressedGroup(const Config& group) {
  const Config w = group.child("weights");
  const std::int64_t bits = w.size("num_bits", 8, 64), size = groupSizeOf(w, 0);
  const std::string strategy = w.text("strategy"), type = w.text("type", "int");
  std::optional<QuantizedGroup> out;
  if (type == "float") {
    QuantizedGroup g;
    if (bits == 8)
      g.format = strategy == "block" ? F::fp8_block : size == 32 ? F::mxfp8 : F::fp8;
    else if (bits == 4)
      g.format = size == 32 ? F::mxfp4 : F::nvfp4;
    else
      return std::nullopt;
    out = g;
  } else {
    out = integerGroup(bits, size, w.flag("symmetric", true));
  }
  if (!out) return out;
  std::vector<std::string> targets = group.texts("targets");
  std::erase_if(targets, [](const std::string& t) { return t == "Linear" || t == "MoE" || t == "FusedMoE"; });
  out->targets = ModulePatterns(targets);
  return out;
}

std::vector<QuantizedGroup> compressedGroups(const Config& q) {
  std::vector<QuantizedGroup> groups;
  for (const std::string& name : q.child("config_groups").keys()) {
    if (groups.size() == 64) break;
    if (const auto g = compressedGroup(q.child("config_groups").child(name))) groups.push_back(*g);
  }
  return groups;
}

std::optional<QuantizedGroup> modelOptGroup(const std::string& algorithm, const Config& q) {
  const std::string name = lowered(algorithm);
  QuantizedGroup g;
  if (name.find("nvfp4") != std::string::npos)
    g.format = F::nvfp4;
  else if (name.find("mxfp4") != std::string::npos)
    g.format = F::mxfp4;
  else if (name.find("mxfp8") != std::string::npos)
    g.format = F::mxfp8;
  else if (name.find("fp8_pb") != std::string::npos || name.find("block") != std::string::npos)
    g.format = F::fp8_block;
  else if (name.find("fp8") != std::string::npos)
    g.format = F::fp8;
  else if (name.find("w4a16_awq") != std::string::npos || name.find("w4a8_awq") != std::string::npos)
    return integerGroup(4, groupSizeOf(q, 128), true);
  else if (name.find("int8") != std::string::npos)
    g.format = F::int8;
  else
    return std::nullopt;
  return g;
}

std::vector<QuantizedGroup> modelOptGroups(const Config& outer) {
  const Config q = outer.isObject("quantization") ? outer.child("quantization") : outer;
  if (const auto g = modelOptGroup(q.text("quant_algo"), q)) return {*g};
  if (outer.isObject("config_groups")) return compressedGroups(outer);
  // Mixed precision names each layer with its own algorithm.
  std::vector<QuantizedGroup> groups;
  const Config layers = q.child("quantized_layers");
  std::vector<std::pair<std::string, std::vector<std::string>>> byAlgorithm;
  for (const std::string& name : layers.keys()) {
    const std::string algorithm = layers.child(name).text("quant_algo");
    auto it = std::find_if(byAlgorithm.begin(), byAlgorithm.end(), [&](const auto& e) { return e.first == algorithm; });
    if (it == byAlgorithm.end()) it = byAlgorithm.insert(it, {algorithm, {}});
    it->second.push_back(name);
  }
  for (const auto& [algorithm, names] : byAlgorithm)
    if (auto g = modelOptGroup(algorithm, q)) {
      g->targets = ModulePatterns(names);
      groups.push_back(*g);
    }
  return groups;
}

}  // namespace

std::optional<QuantizationScheme> schemeOf(const Config& q, const Config& model) {
  QuantizationScheme s;
  s.method = lowered(q.text("quant_method", q.has("quant_algo") || q.has("quantization") ? "modelopt"
                                            : q.has("config_groups")                     ? "compressed-tensors"
                                                                                         : ""));
  s.notConverted = q.texts("modules_to_not_convert ignore exclude_modules ignored_layers llm_int8_skip_modules");
  if (s.notConverted.empty() && q.isObject("quantization"))
    s.notConverted = q.child("quantization").texts("exclude_modules ignore");
  std::optional<QuantizedGroup> one;
  if (s.method == "fp8" || s.method == "fbgemm_fp8" || s.method == "finegrained_fp8") {
    one = fp8(q);
    // DeepSeek-V4 stores its experts in four bits inside an fp8 checkpoint.
    if (model.text("expert_dtype") == "fp4") {
      QuantizedGroup experts;
      experts.format = F::mxfp4;
      experts.expertsOnly = true;
      s.groups.push_back(experts);
    }
  } else if (s.method == "awq") {
    one = integerGroup(q.size("bits w_bit", 4, 64), groupSizeOf(q, 128), !q.flag("zero_point", true));
  } else if (s.method == "gptq" || s.method == "auto-round" || s.method == "intel/auto-round" || s.method == "inc") {
    one = integerGroup(q.size("bits", 4, 64), groupSizeOf(q, 128), q.flag("sym", true));
  } else if (s.method == "bitsandbytes") {
    one = bitsAndBytes(q);
  } else if (s.method == "compressed-tensors" || s.method == "sparseml") {
    s.groups = compressedGroups(q);
  } else if (s.method.starts_with("modelopt")) {
    s.groups = modelOptGroups(q);
  } else if (s.method == "mxfp4") {
    QuantizedGroup experts;
    experts.format = F::mxfp4;
    experts.expertsOnly = true;
    one = experts;
  }
  if (one) s.groups.push_back(*one);
  if (s.groups.empty()) {
    q.note(fmt::format("The quantization \"{}\" is not known in detail: weights are taken in the model's dtype.",
                       s.method.empty() ? "(unnamed)" : s.method));
    return std::nullopt;
  }
  return s;
}

}  // namespace headroom
