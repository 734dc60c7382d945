#include "core/formats/quantization/scheme.h"

#include "core/base/lower_case.h"
#include "core/base/word_list.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

constexpr std::string_view kListKeys =
    "modules_to_not_convert ignore exclude_modules ignored_layers llm_int8_skip_modules exclude skip_modules "
    "linear_weights_not_to_quantize";

// What a loader reaches and how it reads its list. Sources: transformers 5.24.0 and 4.57.6, integrations/ and
// quantizers/ (which class is asked for: isinstance nn.Linear, or the class itself; get_modules_to_not_convert),
// optimum 2.3.0 gptq/quantizer.py and auto_round 0.16.1 inference/convert_model.py (decoder blocks), compressed-tensors
// 0.20.1 utils/match.py, mlx 0.30 nn/layers/quantized.py.
struct SchemeRow {
  std::string_view methods;
  bool (*read)(const SchemeSource&, QuantizationScheme&);
  Reach reach = {};
  Defaults defaults = Defaults::unless_listed;
  Matching in4 = Matching::substring, in5 = Matching::components;
};

constexpr Reach kBlocks{.towers = false, .outside = false, .conv1d = true};
constexpr Reach kPlainLinears{};

constexpr SchemeRow kTable[] = {
    {"bitsandbytes bitsandbytes_4bit bitsandbytes_8bit",
     readBitsAndBytes,
     {.conv1d = true, .exactLinear = true, .partsExperts = true},
     Defaults::unless_listed,
     Matching::parts4},
    {"gptq gptqmodel", readGptq, kBlocks, Defaults::always, Matching::names, Matching::names},
    {"awq", readAwq, kPlainLinears, Defaults::always},
    {"auto-round intel/auto-round auto_round inc", readAutoRound, kBlocks, Defaults::always, Matching::names,
     Matching::names},
    {"compressed-tensors sparseml",
     readCompressedTensors,
     {.partsExperts = true},
     Defaults::never,
     Matching::exact,
     Matching::exact},
    {"fp8 finegrained_fp8", readFp8, {.exactLinear = true, .packsExperts = true}},
    {"fbgemm_fp8", readFbgemm, {.partsExperts = true}, Defaults::unless_listed, Matching::parts4},
    {"modelopt modelopt_fp4 modelopt_mixed", readModelOpt, kPlainLinears, Defaults::never, Matching::names,
     Matching::names},
    {"quark", readQuark, kPlainLinears, Defaults::never, Matching::names, Matching::names},
    {"mxfp4", readMxfp4, {.packsExperts = true, .packsExperts4 = true}},
    {"eetq", readEetq, kPlainLinears, Defaults::unless_listed, Matching::parts4},
    {"quanto", readQuanto, kPlainLinears},
    {"torchao", readTorchAo, kPlainLinears},
    {"hqq", readHqq, kPlainLinears, Defaults::unless_listed, Matching::names, Matching::names},
    {"fp_quant", readFpQuant, kPlainLinears},
    {"bitnet", readBitNet, kPlainLinears},
    {"higgs", readHiggs, kPlainLinears, Defaults::unless_listed, Matching::suffix},
    {"aqlm", readAqlm, kPlainLinears, Defaults::never, Matching::weights},
    {"vptq", readVptq, kPlainLinears, Defaults::unless_listed, Matching::exact},
    {"spqr", readSpqr, kPlainLinears, Defaults::unless_listed, Matching::weights},
    {"exl3", readExl3, kBlocks, Defaults::always, Matching::names, Matching::names},
    {"exl2", readExl2, kBlocks, Defaults::always, Matching::names, Matching::names},
    {"mlx", readMlx, {.towers = false, .mlx = true}, Defaults::never, Matching::names, Matching::names},
};

// The tool behind a section that does not name it: hf_quant_config.json, quantize_config.json and quant_config.json
// stand beside a config.json and leave it out, MLX writes no method at all.
std::string methodOf(const Config& q, bool mlxKey) {
  if (const std::string stated = lowerCase(q.text("quant_method")); !stated.empty()) return stated;
  if (q.has("quant_algo") || q.has("quantization")) return "modelopt";
  if (q.has("config_groups")) return "compressed-tensors";
  if (q.has("w_bit") || q.has("q_group_size")) return "awq";
  if (q.has("desc_act") || q.has("damp_percent") || q.has("checkpoint_format")) return "gptq";
  if (q.has("load_in_4bit") || q.has("load_in_8bit")) return "bitsandbytes";
  return (q.has("group_size") || mlxKey) && q.has("bits") ? "mlx" : "";
}

void readList(const Config& q, QuantizationScheme& out) {
  const bool nested = q.isObject("quantization");
  out.listed = q.has(kListKeys) || (nested && q.child("quantization").has(kListKeys));
  out.notConverted = q.texts(kListKeys);
  if (out.notConverted.empty() && nested) out.notConverted = q.child("quantization").texts(kListKeys);
}

}  // namespace

QuantizedGroup groupOf(WeightLayout layout) {
  QuantizedGroup g;
  g.make = [layout = std::move(layout)](std::int64_t, std::int64_t) { return layout; };
  return g;
}

QuantizedGroup groupOf(WeightLayout layout, const std::vector<std::string>& targets) {
  QuantizedGroup g = groupOf(std::move(layout));
  g.targets = ModulePatterns(targets);
  g.everything = targets.empty();
  return g;
}

QuantizedGroup leftAlone(const std::vector<std::string>& targets) {
  QuantizedGroup g;
  g.targets = ModulePatterns(targets);
  g.everything = false;
  return g;
}

std::int64_t groupSizeOf(const Config& c, std::int64_t fallback) {
  const double size = c.real("group_size q_group_size", static_cast<double>(fallback));  // -1: one group per channel
  return size > 0 && size <= 65536 ? static_cast<std::int64_t>(size) : 0;
}

std::string escapedName(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '.') out += '\\';
    out += c;
  }
  return out;
}

bool readStatedBits(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  double bits = 0;
  for (const Config& part : {q, q.child("quant_config"), q.child("weight")})
    if (bits <= 0) bits = part.real("bits w_bit nbits weight_bits num_bits quant_bits wbits", 0);
  if (bits <= 0)  // "int4", "mxfp4", "w4a16"
    for (const char c : q.text("weights weight_dtype quant_type dtype quant_algo data_type") + out.method)
      if (bits <= 0 && c >= '2' && c <= '8') bits = c - '0';
  if (bits <= 0 || bits > 16) return false;
  out.groups.push_back(groupOf(averageLayout(out.method, bits, "the bits the configuration states; scales left out")));
  out.doubts.push_back(fmt::format(
      "The quantization \"{}\" is not known: {:g} bits a weight are counted, without what comes beside them.",
      out.method, bits));
  return true;
}

std::optional<QuantizationScheme> schemeOf(const SchemeSource& source) {
  const Config& q = source.section;
  QuantizationScheme s;
  // "quantization" without a method is MLX's key.
  s.method = methodOf(q, source.owner.isObject("quantization") && !source.owner.has("quantization_config"));
  readList(q, s);
  for (const SchemeRow& row : kTable) {
    if (!listedIn(row.methods, s.method)) continue;
    s.reach = row.reach, s.defaults = row.defaults, s.in4 = row.in4, s.in5 = row.in5;
    if (row.read(source, s)) return s;
    break;
  }
  if (s.groups.empty() && s.doubts.empty() && readStatedBits(source, s)) return s;
  if (s.doubts.empty())
    s.doubts.push_back(
        fmt::format("The quantization \"{}\" is not known: its weights are counted in the model's dtype.",
                    s.method.empty() ? "(unnamed)" : s.method));
  s.groups.clear();
  return s;
}

}  // namespace headroom
