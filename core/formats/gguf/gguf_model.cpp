// A GGUF header as a model: its keys become the Hugging Face configuration they were converted from, so that one reader
// of configurations serves both; formats are then taken tensor by tensor. Keys: gguf-py/gguf/constants.py (2026-08).
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/base/json_text.h"
#include "core/formats/gguf/gguf.h"
#include "core/formats/model_source.h"
#include "core/model/gguf_tensors.h"

namespace headroom {
namespace {

using nlohmann::json;

// Reads keys of the header's architecture.
class Keys {
 public:
  explicit Keys(const GgufHeader& header)
      : header_(header), prefix_(std::string(header.text("general.architecture")) + ".") {}
  std::string_view architecture() const { return std::string_view(prefix_).substr(0, prefix_.size() - 1); }
  std::string_view type() const { return header_.text("general.type"); }
  bool is(std::initializer_list<std::string_view> names) const {
    return std::ranges::find(names, architecture()) != names.end();
  }
  std::optional<std::int64_t> integer(std::string_view key) const {
    return header_.integer(prefix_ + std::string(key));
  }
  std::optional<double> number(std::string_view key) const { return header_.number(prefix_ + std::string(key)); }
  // The value of every layer; empty where the file has none. One number stands for all layers.
  std::vector<std::int64_t> perLayer(std::string_view key, std::int64_t layers) const {
    const GgufValue* value = header_.find(prefix_ + std::string(key));
    const auto* array = value == nullptr ? nullptr : std::get_if<GgufArray>(value);
    std::vector<std::int64_t> out;
    if (array != nullptr) {
      for (const double n : array->numbers) out.push_back(n >= 0 && n < 9e15 ? static_cast<std::int64_t>(n) : 0);
    } else if (const auto one = integer(key)) {
      out.assign(static_cast<std::size_t>(std::clamp<std::int64_t>(layers, 0, 4096)), *one);
    }
    return out;
  }
  const GgufHeader& header() const { return header_; }

 private:
  const GgufHeader& header_;
  std::string prefix_;
};

// Tensors by name, so that 100,000 of them are looked up quickly.
class Tensors {
 public:
  explicit Tensors(const GgufHeader& header) {
    for (const GgufFileTensor& t : header.tensors) byName_.emplace(t.name, &t);
  }
  const GgufFileTensor* find(std::string_view name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? nullptr : found->second;
  }
  bool has(const std::string& name) const { return find(name) != nullptr; }

 private:
  std::unordered_map<std::string_view, const GgufFileTensor*> byName_;
};

struct Renamed {
  std::string_view architecture, family;
};
// Where the architecture is no model_type with the same or a plainly derived name.
constexpr Renamed kFamilies[] = {{"qwen2moe", "qwen2_moe"},
                                 {"qwen2vl", "qwen2"},
                                 {"qwen3moe", "qwen3_moe"},
                                 {"qwen3vl", "qwen3"},
                                 {"qwen3vlmoe", "qwen3_moe"},
                                 {"qwen3next", "qwen3_next"},
                                 {"qwen35", "qwen3_5"},
                                 {"qwen35moe", "qwen3_5_moe"},
                                 {"gemma3", "gemma3_text"},
                                 {"gemma3n", "gemma3n_text"},
                                 {"phi2", "phi"},
                                 {"gpt-oss", "gpt_oss"},
                                 {"glm4moe", "glm4_moe"},
                                 {"llama4", "llama4_text"},
                                 {"chatglm", "glm"},
                                 {"gptneox", "gpt_neox"},
                                 {"starcoder", "gpt_bigcode"},
                                 {"command-r", "cohere"},
                                 {"mistral3", "ministral3"},
                                 {"ernie4_5-moe", "ernie4_5_moe"},
                                 {"granitehybrid", "granitemoehybrid"},
                                 {"deci", "nemotron-nas"},
                                 {"lfm2moe", "lfm2_moe"},
                                 {"minimax-m2", "minimax_m2"},
                                 {"hunyuan-moe", "hunyuan_v1_moe"},
                                 {"falcon-h1", "falcon_h1"}};

std::string familyOf(const Keys& keys) {
  const bool experts = keys.integer("expert_count").value_or(0) > 0;
  if (keys.architecture() == "llama") return experts ? "mixtral" : "llama";
  constexpr std::int64_t kSigmoid = 2;  // LLAMA_EXPERT_GATING_FUNC_TYPE_SIGMOID
  if (keys.architecture() == "deepseek2")
    return keys.integer("expert_gating_func").value_or(1) == kSigmoid ? "deepseek_v3" : "deepseek_v2";
  const auto* found = std::ranges::find(kFamilies, keys.architecture(), &Renamed::architecture);
  return std::string(found == std::end(kFamilies) ? keys.architecture() : found->family);
}

void copy(json& config, const Keys& keys, std::string_view from, const char* to) {
  if (const auto value = keys.integer(from)) config[to] = *value;
}

void takeAttention(json& config, const Keys& keys, const Tensors& tensors, std::int64_t layers) {
  const std::vector<std::int64_t> heads = keys.perLayer("attention.head_count", layers),
                                  kv = keys.perLayer("attention.head_count_kv", layers);
  const auto largest = [](const std::vector<std::int64_t>& all) { return all.empty() ? 0 : std::ranges::max(all); };
  if (largest(heads) > 0) config["num_attention_heads"] = largest(heads);
  if (largest(kv) > 0) config["num_key_value_heads"] = largest(kv);
  copy(config, keys, "attention.key_length", "head_dim");
  copy(config, keys, "rope.dimension_count", "rotary_dim");
  if (tensors.has("blk.0.attn_q.bias") || tensors.has("blk.0.attn_qkv.bias")) config["attention_bias"] = true;
  if (tensors.has("blk.0.ffn_up.bias")) config["mlp_bias"] = true;
  if (const auto window = keys.integer("attention.sliding_window"); window && *window > 0)
    config["sliding_window"] = *window;
  if (const auto cap = keys.number("attn_logit_softcapping")) config["attn_logit_softcapping"] = *cap;
  if (const auto cap = keys.number("final_logit_softcapping")) config["final_logit_softcapping"] = *cap;
  if (tensors.has("rope_freqs.weight"))
    config["rope_scaling"] = {
        {"rope_type", "llama3"}, {"factor", 8.0}, {"low_freq_factor", 1.0}, {"high_freq_factor", 4.0}};
  if (const GgufFileTensor* factors = tensors.find("rope_factors_long.weight")) {
    const std::vector<double> ones(static_cast<std::size_t>(std::clamp<std::int64_t>(factors->ne[0], 1, 4096)), 1.0);
    config["rope_scaling"] = {{"type", "longrope"}, {"long_factor", ones}, {"short_factor", ones}};
  }
}

void takeLatent(json& config, const Keys& keys) {
  copy(config, keys, "attention.kv_lora_rank", "kv_lora_rank");
  if (!config.contains("kv_lora_rank")) return;
  config["q_lora_rank"] = nullptr;
  copy(config, keys, "attention.q_lora_rank", "q_lora_rank");
  const std::int64_t rope = keys.integer("rope.dimension_count").value_or(64);
  // Files with halves state the head sizes apart; in older ones key_length is that of a head.
  const auto key = keys.integer("attention.key_length_mla"), value = keys.integer("attention.value_length_mla");
  config["qk_rope_head_dim"] = rope;
  config["qk_nope_head_dim"] = key.value_or(keys.integer("attention.key_length").value_or(192)) - rope;
  config["v_head_dim"] = value.value_or(keys.integer("attention.value_length").value_or(128));
  config.erase("head_dim");
  config["num_key_value_heads"] = config.value("num_attention_heads", 1);
}

void takeExperts(json& config, const Keys& keys) {
  const auto experts = keys.integer("expert_count");
  if (!experts || *experts <= 0) return;
  for (const char* name : {"num_experts", "num_local_experts", "n_routed_experts"}) config[name] = *experts;
  const std::int64_t used = keys.integer("expert_used_count").value_or(1);
  for (const char* name : {"num_experts_per_tok", "experts_per_token"}) config[name] = used;
  if (const auto width = keys.integer("expert_feed_forward_length")) {
    config["moe_intermediate_size"] = *width;
    if (keys.is({"gpt-oss", "granitemoe"})) config["intermediate_size"] = *width;
    if (keys.is({"llama4"})) {
      config["intermediate_size_mlp"] = config.value("intermediate_size", *width);
      config["intermediate_size"] = *width;
    }
  }
  copy(config, keys, "expert_shared_count", "n_shared_experts");
  copy(config, keys, "expert_shared_feed_forward_length", "shared_expert_intermediate_size");
  copy(config, keys, "leading_dense_block_count", "first_k_dense_replace");
  copy(config, keys, "expert_group_count", "n_group");
  copy(config, keys, "expert_group_used_count", "topk_group");
  copy(config, keys, "interleave_moe_layer_step", "interleave_moe_layer_step");
  if (const auto scale = keys.number("expert_weights_scale")) config["routed_scaling_factor"] = *scale;
  if (const auto norm = keys.integer("expert_weights_norm")) config["norm_topk_prob"] = *norm != 0;
}

void takeState(json& config, const Keys& keys, const Tensors& tensors, std::int64_t layers) {
  const auto kernel = keys.integer("ssm.conv_kernel"), inner = keys.integer("ssm.inner_size"),
             state = keys.integer("ssm.state_size");
  if (!kernel || !inner || !state) return;
  const std::int64_t rank = keys.integer("ssm.time_step_rank").value_or(1),
                     groups = keys.integer("ssm.group_count").value_or(1);
  const std::int64_t hidden = config.value("hidden_size", std::int64_t{1});
  const std::int64_t expand = hidden > 0 ? *inner / hidden : 2;
  if (keys.is({"qwen3next", "qwen35", "qwen35moe"})) {
    config["linear_conv_kernel_dim"] = *kernel;
    config["linear_key_head_dim"] = *state;
    config["linear_num_key_heads"] = groups;
    config["linear_num_value_heads"] = rank;
    config["linear_value_head_dim"] = rank > 0 ? *inner / rank : *state;
    copy(config, keys, "full_attention_interval", "full_attention_interval");
    return;
  }
  config["conv_kernel"] = config["mamba_d_conv"] = *kernel;
  config["state_size"] = config["mamba_d_state"] = config["ssm_state_size"] = *state;
  config["expand"] = config["mamba_expand"] = expand;
  config["intermediate_size_ssm"] = *inner;
  config["time_step_rank"] = config["mamba_dt_rank"] = rank;
  config["n_groups"] = config["mamba_n_groups"] = groups;
  config["num_heads"] = config["mamba_n_heads"] = rank;
  if (rank > 0) config["head_dim"] = config["mamba_d_head"] = *inner / rank;
  if (keys.is({"jamba"})) {
    copy(config, keys, "attention.key_length", "head_dim");
    std::vector<std::int64_t> attention, experts;
    for (std::int64_t il = 0; il < std::min<std::int64_t>(layers, 4096); ++il) {
      if (tensors.has(fmt::format("blk.{}.attn_q.weight", il))) attention.push_back(il);
      if (tensors.has(fmt::format("blk.{}.ffn_gate_inp.weight", il))) experts.push_back(il);
    }
    const auto period = [](const std::vector<std::int64_t>& at, std::int64_t otherwise) {
      return at.size() > 1 ? at[1] - at[0] : otherwise;
    };
    if (!attention.empty())
      config["attn_layer_offset"] = attention[0], config["attn_layer_period"] = period(attention, layers);
    if (!experts.empty())
      config["expert_layer_offset"] = experts[0], config["expert_layer_period"] = period(experts, layers);
  }
}

bool someTensor(const GgufHeader& header, bool (*is)(std::string_view)) {
  return std::ranges::any_of(header.tensors, [is](const GgufFileTensor& t) { return is(t.name); });
}

// What a file says it is that is no language model; empty: one it may be. gguf-py's constants.py: general.type, and the
// architecture of projectors; older tools left the type out, but not their tensors' names.
std::string_view otherContent(const Keys& keys) {
  const GgufHeader& header = keys.header();
  const std::string_view type = keys.type();
  if (keys.architecture() == "clip" || type == "mmproj") return "but a vision projector (mmproj)";
  if (type == "imatrix" || someTensor(header, [](std::string_view n) { return n.ends_with(".in_sum2"); }))
    return "but an imatrix";
  if (type == "adapter" || someTensor(header, [](std::string_view n) { return n.ends_with(".lora_a"); }))
    return "but an adapter";
  if (keys.architecture() == "controlvector" ||
      someTensor(header, [](std::string_view n) { return n.starts_with("direction."); }))
    return "but a control vector";
  return {};
}

// What a file lacks that states a model's layers; empty: nothing. The first of several parts may hold the keys alone.
std::string_view withoutLayers(const GgufHeader& header) {
  if (header.integer("split.count").value_or(1) > 1) return {};
  if (header.tensors.empty())
    return header.find("tokenizer.ggml.tokens") != nullptr || header.find("tokenizer.ggml.model") != nullptr
               ? "but a vocabulary without tensors"
               : "for it has no tensors";
  if (someTensor(header, [](std::string_view n) { return n.starts_with("blk.") || n.starts_with("dec.blk."); }))
    return {};
  const bool projects =
      someTensor(header, [](std::string_view n) { return n.starts_with("v.") || n.starts_with("mm."); });
  return projects ? "but a projector of images" : "for its tensors are no decoder's layers";
}

Result<json> configOf(const Keys& keys, const Tensors& tensors, std::string_view where) {
  if (const std::string_view other = otherContent(keys); !other.empty())
    return fail(ErrorCode::unsupported, fmt::format("The file holds no language model, {}.", other),
                std::string(where));
  if (keys.architecture().empty())
    return fail(ErrorCode::value, "The file has no general.architecture, so it holds no language model.",
                std::string(where));
  std::int64_t layers = keys.integer("block_count").value_or(0);
  const std::int64_t next = keys.integer("nextn_predict_layers").value_or(0);
  if (layers <= 0 || next < 0 || next >= layers)
    return fail(ErrorCode::value, fmt::format("{}.block_count is missing or impossible.", keys.architecture()),
                std::string(where));
  if (const std::string_view lacks = withoutLayers(keys.header()); !lacks.empty())
    return fail(ErrorCode::unsupported, fmt::format("The file holds no language model, {}.", lacks),
                std::string(where));
  layers -= next;
  json config{{"model_type", familyOf(keys)}, {"num_hidden_layers", layers}};
  if (next > 0) config["num_nextn_predict_layers"] = next;
  copy(config, keys, "embedding_length", "hidden_size");
  copy(config, keys, "context_length", "max_position_embeddings");
  const std::vector<std::int64_t> widths = keys.perLayer("feed_forward_length", layers);
  if (!widths.empty()) config["intermediate_size"] = std::ranges::max(widths);
  const GgufFileTensor* embedding = tensors.find("token_embd.weight");
  if (embedding != nullptr)
    config["vocab_size"] = embedding->ne[1];
  else
    copy(config, keys, "vocab_size", "vocab_size");
  config["tie_word_embeddings"] = !tensors.has("output.weight");
  takeAttention(config, keys, tensors, layers);
  takeLatent(config, keys);
  takeExperts(config, keys);
  takeState(config, keys, tensors, layers);
  constexpr std::int64_t kBf16 = 32;
  config["torch_dtype"] = keys.header().integer("general.file_type").value_or(1) == kBf16 ? "bfloat16" : "float16";
  return config;
}

// Gives every layer the formats its tensors have in the file. Layers of one kind whose formats differ become kinds of
// their own, at most as many as the order can name.
void takeFormats(Model& model, const Tensors& tensors) {
  const GgufInventory inventory = ggufInventory(model);
  const auto formatOf = [&](const GgufTensor& t, const std::string& name) {
    const GgufFileTensor* found = tensors.find(name);
    return found != nullptr ? found->format : t.quantizable ? NumberFormat::fp16 : NumberFormat::fp32;
  };
  std::vector<LayerKind> kinds;
  std::vector<std::vector<NumberFormat>> signatures;
  std::vector<std::size_t> origins;
  std::vector<std::uint8_t> order;
  constexpr std::size_t kMostKinds = 255;
  for (std::size_t il = 0; il < model.order.size(); ++il) {
    const GgufBlock& block = inventory.block(il);
    std::vector<NumberFormat> formats(model.kinds[block.kind].tensors.size(), NumberFormat::fp32);
    for (const GgufTensor& t : block.tensors)
      if (t.from >= 0) formats[static_cast<std::size_t>(t.from)] = formatOf(t, fmt::format("blk.{}.{}", il, t.name));
    std::size_t kind = 0;
    while (kind < kinds.size() && (origins[kind] != block.kind || signatures[kind] != formats)) ++kind;
    if (kind == kinds.size() && kinds.size() < kMostKinds) {
      kinds.push_back(model.kinds[block.kind]);
      kinds.back().count = 0;
      for (std::size_t i = 0; i < formats.size(); ++i) kinds.back().tensors[i].stored = formats[i];
      signatures.push_back(formats);
      origins.push_back(block.kind);
    }
    kind = std::min(kind, kinds.size() - 1);
    ++kinds[kind].count;
    order.push_back(static_cast<std::uint8_t>(kind));
  }
  model.kinds = std::move(kinds);
  model.order = std::move(order);
  for (const GgufTensor& t : inventory.globals)
    if (t.from >= 0) model.globals[static_cast<std::size_t>(t.from)].stored = formatOf(t, std::string(t.name));
}

}  // namespace

Result<Model> modelFromGguf(const GgufHeader& header, std::string_view name, std::string_view where) {
  const Keys keys(header);
  const Tensors tensors(header);
  const auto config = configOf(keys, tensors, where);
  if (!config) return tl::unexpected(config.error());
  auto model = modelFromConfig(jsonText(*config), name, where);
  if (!model) return model;
  takeFormats(*model, tensors);
  model->finish();
  model->storedBytes = header.tensorBytes();
  model->source = where;
  std::int64_t elements = 0;
  for (const GgufFileTensor& t : header.tensors)
    if (!t.name.starts_with("rope_")) elements += t.elements();
  const std::int64_t described = model->parameters.value() + model->nextTokenParameters.value();
  const std::int64_t off = elements - described, least = described / 100;
  if (off >= -least && off <= least) return model;
  std::string differs = fmt::format("The file holds {} elements, its description gives {}", elements, described);
  // Tensors that are missing are ones a loader asks for, or what the description gives wrongly.
  if (off < 0)
    model->doubts.push_back(differs + ": some of the model's tensors may not be in it.");
  else
    model->notes.push_back(differs + "; figures that follow from layers may be off.");
  return model;
}

}  // namespace headroom
