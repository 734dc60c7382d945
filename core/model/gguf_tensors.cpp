#include "core/model/gguf_tensors.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace headroom {
namespace {

using C = GgufCategory;
using R = TensorRole;

C categoryOf(std::string_view name) {
  const auto has = [&](std::string_view part) { return name.find(part) != name.npos; };
  if (name == "output.weight") return C::output;
  if (name == "token_embd.weight" || name == "per_layer_token_embd.weight") return C::token_embd;
  if (has("attn_qkv.weight")) return C::attn_qkv;
  if (has("attn_kv_b.weight")) return C::attn_kv_b;
  if (has("attn_v.weight")) return C::attn_v;
  if (has("attn_k.weight")) return C::attn_k;
  if (has("attn_q.weight")) return C::attn_q;
  if (has("attn_output.weight")) return C::attn_output;
  if (has("ffn_up")) return C::ffn_up;
  if (has("ffn_gate")) return C::ffn_gate;
  return has("ffn_down") ? C::ffn_down : C::other;
}

// Names of two-dimensional tensors that stay fp32 (llama-quant.cpp, tensor_allows_quantization).
bool staysFloat(std::string_view name) {
  constexpr std::string_view kParts[] = {"_norm.weight",         "ffn_gate_inp", "ssm_conv1d", "shortconv.conv",
                                         "position_embd",        "token_types",  "altup",      "laurel",
                                         "per_layer_model_proj", "attn_rel_b",   "time_mix"};
  return !name.ends_with("weight") ||
         std::ranges::any_of(kParts, [&](std::string_view part) { return name.find(part) != name.npos; });
}

// What Gemma 3n and Gemma 4 have besides a decoder layer's tensors (conversion/gemma.py); empty for others.
std::string_view gemmaName(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"per_layer_input_gate", "inp_gate.weight"},
      {"per_layer_projection.", "proj.weight"},
      {"per_layer_model_projection", "per_layer_model_proj.weight"},
      {"altup.correction_coefs", "altup_correct_coef.weight"},
      {"altup.prediction_coefs", "altup_predict_coef.weight"},
      {"altup.modality_router", "altup_router.weight"},
      {"altup.correct_output_scale", "altup_correct_scale.weight"},
      {"altup_projections", "altup_proj.weight"},
      {"altup_unembed_projections", "altup_unembd_proj.weight"},
      {"laurel.linear_left", "laurel_l.weight"},
      {"laurel.linear_right", "laurel_r.weight"},
      {"per_expert_scale", "ffn_down_exps.scale"},
      {"router.scale", "ffn_gate_inp.scale"}};
  const auto* const found =
      std::ranges::find_if(kNames, [&](const auto& n) { return name.find(n.first) != name.npos; });
  return found == std::end(kNames) ? std::string_view() : found->second;
}

GgufTensor make(std::string_view name, std::int64_t ne0, std::int64_t ne1, std::int64_t ne2, NumberFormat stored) {
  const bool flat = ne1 == 1 && ne2 == 1;
  return {name, {ne0, ne1, ne2}, categoryOf(name), !flat && !staysFloat(name), stored, -1};
}

// Collects the tensors of one block.
class Block {
 public:
  Block(std::string_view architecture, const LayerKind& kind, bool halves)
      : architecture_(architecture), kind_(kind), halves_(halves) {}

  std::vector<GgufTensor> tensors() {
    for (std::size_t i = 0; i < kind_.tensors.size(); ++i) {
      const std::size_t before = out_.size();
      add(kind_.tensors[i]);
      for (std::size_t made = before; made < out_.size(); ++made) out_[made].from = static_cast<std::int32_t>(i);
    }
    std::ranges::stable_sort(out_, {}, &GgufTensor::name);
    return std::move(out_);
  }

 private:
  void put(std::string_view name, const Tensor& t) {
    if (t.columns == 1 && t.copies == 1)
      out_.push_back(make(name, t.rows, 1, 1, t.stored));
    else if (t.bias || t.columns == 1)
      out_.push_back(make(name, t.rows, t.copies, 1, t.stored));
    else
      out_.push_back(make(name, t.columns, t.rows, t.copies, t.stored));
  }
  void putRows(std::string_view name, const Tensor& t, std::int64_t rows) {
    Tensor part = t;
    part.rows = rows;
    put(name, part);
  }
  void halves(std::string_view first, std::string_view second, const Tensor& t) {
    putRows(first, t, t.rows / 2);
    putRows(second, t, t.rows / 2);
  }
  // Granite without experts keeps the shared expert as its only MLP.
  bool routed() const { return kind_.mlp.experts > 0; }
  bool archIs(std::initializer_list<std::string_view> names) const {
    return std::ranges::find(names, architecture_) != names.end();
  }

  void addQkv(const Tensor& t) {
    if (!archIs({"baichuan", "internlm2", "llama"})) return put(t.bias ? "attn_qkv.bias" : "attn_qkv.weight", t);
    const AttentionSpec& a = kind_.attention;
    putRows(t.bias ? "attn_q.bias" : "attn_q.weight", t, a.heads * a.headDim);
    putRows(t.bias ? "attn_k.bias" : "attn_k.weight", t, a.kvHeads * a.headDim);
    putRows(t.bias ? "attn_v.bias" : "attn_v.weight", t, a.kvHeads * a.valueDim);
  }

  void addLatentUp(const Tensor& t) {
    const AttentionSpec& a = kind_.attention;
    if (!halves_) return put("attn_kv_b.weight", t);
    out_.push_back(make("attn_k_b.weight", a.nopeDim, a.kvLoraRank, a.heads, t.stored));
    out_.push_back(make("attn_v_b.weight", a.kvLoraRank, a.valueDim, a.heads, t.stored));
  }

  void addStateIn(const Tensor& t) {
    const StateSpec& s = kind_.state;
    if (t.name.find("x_proj") != t.name.npos) return put("ssm_x.weight", t);
    if (t.name.find("dt_proj") != t.name.npos) return put(t.bias ? "ssm_dt.bias" : "ssm_dt.weight", t);
    if (s.kind == StateKind::gated_delta_net) {
      const std::int64_t qkv = 2 * s.keyHeads * s.keyDim + s.heads * s.headDim;
      if (t.rows == qkv + s.heads * s.headDim) {
        putRows("attn_qkv.weight", t, qkv);
        return putRows("attn_gate.weight", t, s.heads * s.headDim);
      }
      if (t.rows == qkv) return put("attn_qkv.weight", t);
      if (t.rows == s.heads * s.headDim) return put("attn_gate.weight", t);
      if (t.rows == 2 * s.heads) return put("ssm_ba.weight", t);
      return put(t.name.find("_a.") != t.name.npos ? "ssm_alpha.weight" : "ssm_beta.weight", t);
    }
    if (s.kind == StateKind::short_conv) return put(t.bias ? "shortconv.in_proj.bias" : "shortconv.in_proj.weight", t);
    put(t.bias ? "ssm_in.bias" : "ssm_in.weight", t);
  }

  void addStateExtra(const Tensor& t) {
    const auto has = [&](std::string_view part) { return t.name.find(part) != t.name.npos; };
    if (has("dt_bias")) return put("ssm_dt.bias", t);
    if (has("dt_layernorm")) return put("ssm_dt_norm.weight", t);
    if (has("b_layernorm")) return put("ssm_b_norm.weight", t);
    if (has("c_layernorm")) return put("ssm_c_norm.weight", t);
    if (has("norm")) return put("ssm_norm.weight", t);
    if (t.columns == 1 && kind_.state.kind == StateKind::mamba2) {  // one number per head, as a column
      out_.push_back(make(has("A_log") ? "ssm_a" : "ssm_d", 1, t.rows, 1, t.stored));
      return;
    }
    put(has("A_log") ? "ssm_a" : t.columns == 1 ? "ssm_d" : "ssm_extra.weight", t);
  }

  static std::string_view indexerName(const Tensor& t) {
    if (t.columns == 1) return "indexer.k_norm";
    if (t.name.find("index_q_proj") != t.name.npos) return "indexer.q_proj.weight";
    if (t.name.find("index_k_proj") != t.name.npos) return "indexer.k_proj.weight";
    if (t.name.find("indexer.wk.") != t.name.npos || t.name.ends_with("indexer.wk")) return "indexer.attn_k.weight";
    return t.name.find("weights_proj") != t.name.npos ? "indexer.proj.weight" : "indexer.attn_q_b.weight";
  }

  void add(const Tensor& t) {
    if (t.buffer && t.role != R::router_bias) return;
    if (archIs({"gemma3n", "gemma4"}) && t.role != R::norm)
      if (const std::string_view own = gemmaName(t.name); !own.empty()) return put(own, t);
    switch (t.role) {
      case R::q_proj:
        return put(t.bias ? "attn_q.bias" : "attn_q.weight", t);
      case R::k_proj:
        return put(t.bias ? "attn_k.bias" : "attn_k.weight", t);
      case R::v_proj:
        return put(t.bias ? "attn_v.bias" : "attn_v.weight", t);
      case R::qkv_proj:
        return addQkv(t);
      case R::o_proj:
        return put(t.bias ? "attn_output.bias" : "attn_output.weight", t);
      case R::q_a_proj:
        return put("attn_q_a.weight", t);
      case R::q_b_proj:
        return put("attn_q_b.weight", t);
      case R::kv_a_proj:
        return put("attn_kv_a_mqa.weight", t);
      case R::kv_b_proj:
        return addLatentUp(t);
      case R::indexer:
        return put(indexerName(t), t);
      case R::attention_extra:
        return put(t.columns == 1 ? "attn_sinks.weight" : "attn_gate.weight", t);
      case R::gate_proj:
        return put(t.bias ? "ffn_gate.bias" : "ffn_gate.weight", t);
      case R::up_proj:
        return put(t.bias ? "ffn_up.bias" : "ffn_up.weight", t);
      case R::gate_up_proj:
        if (archIs({"phi3", "glm4", "chatglm"})) return put(t.bias ? "ffn_up.bias" : "ffn_up.weight", t);
        return halves(t.bias ? "ffn_gate.bias" : "ffn_gate.weight", t.bias ? "ffn_up.bias" : "ffn_up.weight", t);
      case R::down_proj:
        return put(t.bias ? "ffn_down.bias" : "ffn_down.weight", t);
      case R::router:
        return put(t.bias ? "ffn_gate_inp.bias" : "ffn_gate_inp.weight", t);
      case R::router_bias:
        return put(architecture_ == "gpt-oss" ? "ffn_gate_inp.bias" : "exp_probs_b.bias", t);
      case R::expert_gate:
        return put(t.bias ? "ffn_gate_exps.bias" : "ffn_gate_exps.weight", t);
      case R::expert_up:
        return put(t.bias ? "ffn_up_exps.bias" : "ffn_up_exps.weight", t);
      case R::expert_gate_up:
        return halves(t.bias ? "ffn_gate_exps.bias" : "ffn_gate_exps.weight",
                      t.bias ? "ffn_up_exps.bias" : "ffn_up_exps.weight", t);
      case R::expert_down:
        return put(t.bias ? "ffn_down_exps.bias" : "ffn_down_exps.weight", t);
      case R::shared_gate:
        return put(routed() ? "ffn_gate_shexp.weight" : "ffn_gate.weight", t);
      case R::shared_up:
        return put(routed() ? "ffn_up_shexp.weight" : "ffn_up.weight", t);
      case R::shared_gate_up:
        return halves(routed() ? "ffn_gate_shexp.weight" : "ffn_gate.weight",
                      routed() ? "ffn_up_shexp.weight" : "ffn_up.weight", t);
      case R::shared_down:
        return put(routed() ? "ffn_down_shexp.weight" : "ffn_down.weight", t);
      case R::shared_expert_gate:
        out_.push_back(make("ffn_gate_inp_shexp.weight", t.elements(), 1, 1, t.stored));
        return;
      case R::state_in:
        return addStateIn(t);
      case R::state_conv:
        return addConv(t);
      case R::state_extra:
        return addStateExtra(t);
      case R::state_out:
        return put(kind_.state.kind == StateKind::short_conv ? "shortconv.out_proj.weight"
                   : t.bias                                  ? "ssm_out.bias"
                                                             : "ssm_out.weight",
                   t);
      case R::norm:
        return put(t.bias ? "ffn_norm.bias" : "ffn_norm.weight", t);  // whichever norm it is
      default:
        return put(t.columns == 1 ? "other.bias" : "other.weight", t);
    }
  }

  void addConv(const Tensor& t) {
    const bool shortConv = kind_.state.kind == StateKind::short_conv;
    if (t.bias || t.columns == 1) return put(shortConv ? "shortconv.conv.bias" : "ssm_conv1d.bias", t);
    put(shortConv ? "shortconv.conv.weight" : "ssm_conv1d.weight", t);
  }

  std::string_view architecture_;
  const LayerKind& kind_;
  bool halves_;
  std::vector<GgufTensor> out_;
};

nlohmann::json textConfig(const Model& model) {
  nlohmann::json config = nlohmann::json::parse(model.config, nullptr, false);
  if (!config.is_object()) return nlohmann::json::object();
  const auto text = config.find("text_config");
  return text != config.end() && text->is_object() ? nlohmann::json(*text) : config;
}

std::int64_t rotaryDim(const Model& model) {
  for (const LayerKind& kind : model.kinds) {
    const AttentionSpec& a = kind.attention;
    if (a.kind != AttentionKind::none && !kind.encoder) return a.rotaryDim > 0 ? a.rotaryDim : a.headDim;
  }
  return 0;
}

// Rotary factors the converter writes as tensors: Llama 3's frequencies (conversion/llama.py) and Phi-3's long and
// short factors (conversion/phi.py).
void addRopeFactors(const Model& model, const nlohmann::json& config, std::vector<GgufTensor>& out) {
  for (const char* key : {"rope_scaling", "rope_parameters"}) {
    const auto rope = config.find(key);
    if (rope == config.end() || !rope->is_object()) continue;
    if (rope->contains("low_freq_factor"))
      out.push_back(make("rope_freqs.weight", rotaryDim(model) / 2, 1, 1, NumberFormat::fp32));
    if (rope->contains("long_factor")) {
      out.push_back(make("rope_factors_long.weight", rotaryDim(model) / 2, 1, 1, NumberFormat::fp32));
      out.push_back(make("rope_factors_short.weight", rotaryDim(model) / 2, 1, 1, NumberFormat::fp32));
    }
    return;
  }
}

void addGlobals(const Model& model, std::vector<GgufTensor>& out) {
  const auto put = [&](std::string_view name, const Tensor& t) {
    out.push_back(t.columns == 1 ? make(name, t.rows, 1, 1, t.stored) : make(name, t.columns, t.rows, 1, t.stored));
    out.back().from = static_cast<std::int32_t>(&t - model.globals.data());
  };
  for (const Tensor& t : model.globals) {
    if (t.buffer) continue;
    if (const std::string_view own = gemmaName(t.name); !own.empty()) {
      out.push_back(make(own, t.columns, t.rows, t.copies, t.stored));
      out.back().from = static_cast<std::int32_t>(&t - model.globals.data());
      continue;
    }
    if (t.name.find("pooler") != t.name.npos) continue;  // converters leave it out (conversion/bert.py)
    switch (t.role) {
      case R::token_embedding:
        put("token_embd.weight", t);
        break;
      case R::position_embedding:
        put("position_embd.weight", t);
        break;
      case R::per_layer_embedding:
        put(t.name.find("embed_tokens") != t.name.npos ? "per_layer_token_embd.weight" : "per_layer_model_proj.weight",
            t);
        break;
      case R::head:
        if (!model.tiedHead) put(t.bias || t.columns == 1 ? "output.bias" : "output.weight", t);
        break;
      case R::norm:
        put(t.bias ? "output_norm.bias" : "output_norm.weight", t);
        break;
      default:
        put(t.columns == 1 ? "other.bias" : "token_types.weight", t);
        break;
    }
  }
}

// Next-token blocks that the converter keeps as last layers (conversion/glm.py): the last kind of layer that attends
// again, a projection of embedding and hidden state, and three norms. GLM-4.5's has an embedding and a head of its own
// and is in every file; others only where a draft asks for them (llama.cpp src/models/*.cpp, graph_mtp, b11549).
void addNextToken(const Model& model, const nlohmann::json& config, bool asked, GgufInventory& out) {
  using namespace std::string_view_literals;
  constexpr std::array kDrafting{"deepseek2"sv, "deepseek32"sv, "glm-dsa"sv, "qwen35"sv,        "qwen35moe"sv,
                                 "qwen3next"sv, "mimo2"sv,      "step35"sv,  "nemotron_h_moe"sv};
  const bool own = out.architecture == "glm4moe";
  if (out.order.empty() || (!own && (!asked || std::ranges::find(kDrafting, out.architecture) == kDrafting.end())))
    return;
  const auto key = config.find("num_nextn_predict_layers");
  if (own && (key == config.end() || !key->is_number_integer() || key->get<std::int64_t>() != 1)) return;
  if (!own && model.nextTokenLayers < 1 && model.nextToken.empty()) return;
  std::size_t last = out.order.size() - 1;
  while (last > 0 && model.kinds[out.block(last).kind].attention.kind == AttentionKind::none) --last;
  GgufBlock block = out.block(last);
  block.nextToken = true;
  const std::int64_t d = model.hidden;
  const auto put = [&](std::string_view name, std::int64_t ne0, std::int64_t ne1) {
    block.tensors.push_back(make(name, ne0, ne1, 1, model.dtype));
  };
  put("nextn.eh_proj.weight", 2 * d, d);
  if (own) {
    put("nextn.embed_tokens.weight", d, model.vocabulary);
    put("nextn.shared_head_head.weight", d, model.vocabulary);
  }
  for (const std::string_view norm : {"nextn.enorm.weight", "nextn.hnorm.weight", "nextn.shared_head_norm.weight"})
    put(norm, d, 1);
  const std::int64_t count = own ? 1 : std::clamp<std::int64_t>(model.nextTokenLayers, 1, 16);
  for (std::int64_t i = 0; i < count; ++i) out.order.push_back(static_cast<std::uint8_t>(out.blocks.size()));
  out.blocks.push_back(std::move(block));
}

bool isSeventyB(std::string_view architecture, std::int64_t layers, const Model& model) {
  if (architecture == "jais2") return layers == 68;
  if (layers != 80) return false;
  if (architecture == "llama") {
    const AttentionSpec& a = model.layer(0).attention;
    return a.heads != a.kvHeads;
  }
  return architecture == "qwen2" || architecture == "deci" || architecture == "olmo";
}

}  // namespace

const GgufTensor* GgufBlock::find(std::string_view name) const {
  const auto found = std::ranges::find(tensors, name, &GgufTensor::name);
  return found == tensors.end() ? nullptr : &*found;
}

const GgufTensor* GgufInventory::global(std::string_view name) const {
  const auto found = std::ranges::find(globals, name, &GgufTensor::name);
  return found == globals.end() ? nullptr : &*found;
}

GgufInventory ggufInventory(const Model& model, bool latentHalves, bool nextToken) {
  GgufInventory out;
  out.architecture = ggufArchitecture(model.family);
  const nlohmann::json config = textConfig(model);
  for (std::size_t k = 0; k < model.kinds.size(); ++k)
    out.blocks.push_back({k, false, Block(out.architecture, model.kinds[k], latentHalves).tensors()});
  out.order = model.order;
  addGlobals(model, out.globals);
  addRopeFactors(model, config, out.globals);
  addNextToken(model, config, nextToken, out);
  out.tied = out.global("output.weight") == nullptr;
  for (const LayerKind& kind : model.kinds) out.experts = std::max(out.experts, kind.mlp.experts);
  if (!model.order.empty()) {
    // Qwen3-Next and its kin state one number of heads for all layers, others one per layer.
    std::size_t at = 0;
    if (out.architecture.starts_with("qwen3"))
      while (at + 1 < model.order.size() && model.layer(at).attention.kind == AttentionKind::none) ++at;
    const AttentionSpec& a = model.layer(at).attention;
    out.gqa = a.kvHeads > 0 && a.kind != AttentionKind::none ? a.heads / a.kvHeads : 0;
    out.seventyB = isSeventyB(out.architecture, model.layers(), model);
  }
  return out;
}

}  // namespace headroom
