// Integers in groups, packed into words: GPTQ, AWQ and AutoRound, with what they say of single modules.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/lower_case.h"
#include "core/base/python_json.h"
#include "core/formats/quantization/scheme.h"

namespace headroom {
namespace {

constexpr std::size_t kMostEntries = 4096;

// The members of a section as the file writes them: where several expressions fit, the first one counts.
std::vector<std::string> keysInOrder(const SchemeSource& source, std::string_view member) {
  const auto sorted = source.section.child(member).keys();
  const auto json = nlohmann::ordered_json::parse(withoutPythonNumbers(source.model.config), nullptr, false);
  std::vector<std::string> keys;
  const auto look = [&](const nlohmann::ordered_json& owner) {
    for (const char* section : {"quantization_config", "compression_config"})
      if (owner.is_object() && owner.contains(section) && owner[section].is_object() &&
          owner[section].contains(member) && owner[section][std::string(member)].is_object())
        for (const auto& [key, value] : owner[section][std::string(member)].items()) keys.push_back(key);
  };
  look(json);
  for (const char* part : {"text_config", "llm_config", "language_config"})
    if (keys.empty() && json.is_object() && json.contains(part)) look(json[part]);
  return keys.size() == sorted.size() ? keys : sorted;
}

GptqLayout gptqOf(const Config& c, const GptqLayout& base) {
  GptqLayout g = base;
  g.bits = c.size("bits", base.bits, 64);
  g.group = c.has("group_size") ? groupSizeOf(c, base.group) : base.group;
  g.symmetric = c.flag("sym", base.symmetric);
  g.actOrder = c.flag("desc_act", base.actOrder);
  return g;
}

// Modules a list names by how their names end; lists of lists are flattened.
std::vector<std::string> suffixesOf(const Config& q, std::string_view key) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& name) { out.push_back("re:.*" + escapedName(name) + "$"); };
  for (const std::string& entry : q.texts(key)) {
    const auto list = nlohmann::json::parse(entry, nullptr, false);
    if (!list.is_array()) add(entry);
    for (const auto& name : list.is_array() ? list : nlohmann::json::array())
      if (name.is_string() && out.size() < kMostEntries) add(name.get<std::string>());
  }
  return out;
}

}  // namespace

bool readGptq(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  const GptqLayout base = gptqOf(q, {});
  // First match wins; "-:" leaves the module alone (gptqmodel/quantization/config.py dynamic_get, 7.7.0).
  for (const std::string& key : keysInOrder(source, "dynamic")) {
    if (out.groups.size() == kMostEntries) break;
    const bool never = key.starts_with("-:");
    const std::string pattern = "re:" + (never || key.starts_with("+:") ? key.substr(2) : key);
    if (never)
      out.groups.push_back(leftAlone({pattern}));
    else
      out.groups.push_back(groupOf(gptqLayout(gptqOf(q.child("dynamic").child(key), base)), {pattern}));
    out.groups.back().byName = !never && pattern.find("lm_head") != std::string::npos;
  }
  const auto only = suffixesOf(q, "modules_in_block_to_quantize inside_layer_modules");
  out.groups.push_back(groupOf(gptqLayout(base), only));
  if (q.flag("lm_head", false)) out.head = gptqLayout(base);
  return true;
}

bool readAwq(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  out.groups.push_back(groupOf(awqLayout(q.size("bits w_bit", 4, 64), groupSizeOf(q, 128))));
  return true;
}

bool readAutoRound(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  const std::string data = lowerCase(q.text("data_type", "int")), packing = lowerCase(q.text("packing_format"));
  GptqLayout base = gptqOf(q, {});
  base.index = false;
  const bool awq = packing.find("awq") != std::string::npos;
  const auto make = [&](const GptqLayout& g) { return awq ? awqLayout(g.bits, g.group) : gptqLayout(g); };
  if (data.find("fp") != std::string::npos) {  // mx_fp, nv_fp: blocks of floats
    constexpr std::string_view kSource = "auto_round/export/export_to_autoround/qlinear_fp.py (0.16)";
    const std::int64_t block = base.group > 0 ? base.group : data.starts_with("nv") ? 16 : 32;
    out.groups.push_back(groupOf(floatBlocksLayout(base.bits, block, block == 16 ? 4 : 0, kSource)));
    if (q.isObject("extra_config"))
      out.doubts.push_back(
          "AutoRound's extra_config of float formats is not known: its modules count like the others.");
    return true;
  }
  // Exact names before expressions (auto_round/inference/convert_model.py get_layer_config, 0.16).
  const Config extra = q.child("extra_config");
  std::vector<QuantizedGroup> expressions;
  for (const std::string& key : keysInOrder(source, "extra_config")) {
    if (out.groups.size() + expressions.size() >= kMostEntries) break;
    const GptqLayout own = gptqOf(extra.child(key), base);
    const bool plain = key.find_first_of("*+?()[]{}|^$\\") == std::string::npos;
    const std::vector<std::string> targets{plain ? "re:" + escapedName(key) + "$" : "re:.*" + key};
    QuantizedGroup g = own.bits >= 16 ? leftAlone(targets) : groupOf(make(own), targets);
    g.byName = own.bits < 16;
    (plain ? out.groups : expressions).push_back(std::move(g));
  }
  for (QuantizedGroup& g : expressions) out.groups.push_back(std::move(g));
  std::vector<std::string> blocks = q.texts("to_quant_block_names block_name_to_quantize");
  const std::string names = q.text("to_quant_block_names block_name_to_quantize");
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    blocks.push_back(names.substr(at, end - at));
    at = end + 1;
  }
  // A block that is named is converted wherever it stands.
  for (std::string& b : blocks) b = "re:" + escapedName(b);
  out.groups.push_back(groupOf(make(base), blocks));
  out.groups.back().byName = !blocks.empty();
  return true;
}

}  // namespace headroom
