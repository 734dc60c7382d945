#include "core/formats/config/families/class_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/formats/config/families/latent_attention.h"

namespace headroom {
namespace {

struct RoleCode {
  std::string_view code;
  TensorRole role;
  Group group;
};

constexpr RoleCode kRoles[] = {
    {"te", TensorRole::token_embedding, Group::embedding},
    {"pe", TensorRole::position_embedding, Group::embedding},
    {"ee", TensorRole::embedding_extra, Group::other},
    {"nm", TensorRole::norm, Group::norm},
    {"q", TensorRole::q_proj, Group::attention},
    {"k", TensorRole::k_proj, Group::attention},
    {"v", TensorRole::v_proj, Group::attention},
    {"qkv", TensorRole::qkv_proj, Group::attention},
    {"o", TensorRole::o_proj, Group::attention},
    {"qa", TensorRole::q_a_proj, Group::attention},
    {"qb", TensorRole::q_b_proj, Group::attention},
    {"kva", TensorRole::kv_a_proj, Group::attention},
    {"kvb", TensorRole::kv_b_proj, Group::attention},
    {"ix", TensorRole::indexer, Group::attention},
    {"ax", TensorRole::attention_extra, Group::attention},
    {"g", TensorRole::gate_proj, Group::mlp},
    {"u", TensorRole::up_proj, Group::mlp},
    {"gu", TensorRole::gate_up_proj, Group::mlp},
    {"d", TensorRole::down_proj, Group::mlp},
    {"rt", TensorRole::router, Group::experts},
    {"eg", TensorRole::expert_gate, Group::experts},
    {"eu", TensorRole::expert_up, Group::experts},
    {"egu", TensorRole::expert_gate_up, Group::experts},
    {"ed", TensorRole::expert_down, Group::experts},
    {"sga", TensorRole::shared_gate, Group::experts},
    {"su", TensorRole::shared_up, Group::experts},
    {"sgu", TensorRole::shared_gate_up, Group::experts},
    {"sd", TensorRole::shared_down, Group::experts},
    {"sg", TensorRole::shared_expert_gate, Group::experts},
    {"si", TensorRole::state_in, Group::state},
    {"sc", TensorRole::state_conv, Group::state},
    {"sx", TensorRole::state_extra, Group::state},
    {"so", TensorRole::state_out, Group::state},
    {"hd", TensorRole::head, Group::head},
    {"hb", TensorRole::head, Group::other},
    {"vi", TensorRole::vision, Group::vision},
    {"pj", TensorRole::projector, Group::vision},
    {"ot", TensorRole::other, Group::other},
};

std::string_view cut(std::string_view& text, char at) {
  const std::size_t end = std::min(text.find(at), text.size());
  const std::string_view first = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + 1));
  return first;
}

std::int64_t dimension(std::string_view text, const ExpressionContext& context) {
  const double n = std::floor(evaluate(text, context).number);
  if (n == 0)
    if (const std::string key = missingKey(text, context); !key.empty())
      context.config.note(fmt::format("{} is not in the file: the modules it sizes are not counted.", key));
  if (n >= 0 && n <= static_cast<double>(Config::kMostElements)) return static_cast<std::int64_t>(n);
  context.config.fail(ErrorCode::value,
                      fmt::format("{} is {}, but must be from 0 to {}.", text, n, Config::kMostElements));
  return 0;
}

void push(std::vector<Tensor>& tensors, Tensor&& t) {
  if (t.rows == 0 || t.columns == 0) return;  // an empty module
  for (Tensor& known : tensors)
    if (known.name == t.name && known.rows == t.rows && known.columns == t.columns) {
      known.copies += t.copies;
      return;
    }
  tensors.push_back(std::move(t));
}

// Sums over a layer's tensors of one role, by what the attention reads.
struct Sums {
  std::int64_t q = 0, k = 0, v = 0, qkv = 0;
};

bool isCross(std::string_view name) {
  return name.find("encoder_attn") != std::string_view::npos || name.find("cross") != std::string_view::npos ||
         name.find("EncDec") != std::string_view::npos || name.find("encoder_attention") != std::string_view::npos;
}

Sums sumsOf(const LayerKind& kind, bool cross) {
  Sums s;
  for (const Tensor& t : kind.tensors) {
    if (t.bias || isCross(t.name) != cross) continue;
    if (t.role == TensorRole::q_proj && s.q == 0) s.q = t.rows;
    if (t.role == TensorRole::k_proj && s.k == 0) s.k = t.rows;
    if (t.role == TensorRole::v_proj && s.v == 0) s.v = t.rows;
    if (t.role == TensorRole::qkv_proj && s.qkv == 0) s.qkv = t.linear ? t.rows : t.columns;
  }
  return s;
}

AttentionSpec attentionFrom(const Sums& s, const Config& section, std::int64_t heads) {
  AttentionSpec a;
  if (s.q == 0 && s.k == 0 && s.qkv == 0) return a;
  a.kind = AttentionKind::full;
  a.heads = std::max<std::int64_t>(1, heads);
  if (s.qkv > 0) {
    a.fusedQkv = true;
    a.kvHeads = section.size(keys::kKvHeads, a.heads, kMostHeads);
    const std::int64_t parts = a.heads + 2 * std::max<std::int64_t>(1, a.kvHeads);
    a.headDim = a.valueDim = s.qkv % parts == 0 ? s.qkv / parts : s.qkv / (3 * a.heads);
    if (s.qkv % parts != 0) a.kvHeads = a.heads;
    return a;
  }
  const std::int64_t query = s.q > 0 ? s.q : s.k;
  a.headDim = std::max<std::int64_t>(1, query / a.heads);
  const std::int64_t stated = section.size(keys::kHeadDim, a.headDim, kMostHeadDim);
  if (stated > 0 && query % stated == 0 && s.k % stated == 0 && query / stated <= a.heads) a.headDim = stated;
  if (s.k == 0) {  // reads another layer's keys and values (Gemma 3n)
    a.ownsCache = false;
    a.kvHeads = section.size(keys::kKvHeads, a.heads, kMostHeads);
    a.valueDim = a.headDim;
    return a;
  }
  a.kvHeads = std::max<std::int64_t>(1, s.k / a.headDim);
  a.valueDim = std::max<std::int64_t>(1, s.v / a.kvHeads);
  return a;
}

std::string typeOf(const Config& section, const ExpressionContext& context) {
  std::vector<std::string> types = section.texts("layer_types layers_block_type");
  std::erase(types, "mlp");  // lists that name attention and MLP of a layer apart
  const auto i = static_cast<std::size_t>(context.index);
  if (i < types.size()) return types[i];
  return types.empty() ? context.lists("layer_types", context.index).text : std::string();
}

// Ranks, widths and heads as the layer's own tensors have them, where layers differ (Dots3's windows).
void takeLatentWidths(AttentionSpec& a, const std::vector<Tensor>& tensors) {
  const auto find = [&](TensorRole role) {
    const auto it = std::ranges::find_if(tensors, [&](const Tensor& t) { return t.role == role && !t.bias; });
    return it == tensors.end() ? nullptr : &*it;
  };
  const Tensor *kva = find(TensorRole::kv_a_proj), *kvb = find(TensorRole::kv_b_proj), *o = find(TensorRole::o_proj);
  const Tensor* q = find(TensorRole::q_b_proj);
  if (q == nullptr) q = find(TensorRole::q_proj);
  if (kva == nullptr || kvb == nullptr || kva->rows <= kvb->columns) return;
  a.kvLoraRank = kvb->columns;
  a.ropeDim = a.rotaryDim = kva->rows - kvb->columns;
  if (q == nullptr || o == nullptr) return;
  // q: heads × (nope + rope), kv_b: heads × (nope + value), o: heads × value
  const std::int64_t rotary = q->rows - kvb->rows + o->columns;
  if (rotary <= 0 || rotary % a.ropeDim != 0) return;
  const std::int64_t heads = rotary / a.ropeDim;
  if (o->columns % heads != 0 || q->rows % heads != 0 || q->rows / heads <= a.ropeDim) return;
  a.heads = a.kvHeads = heads;
  a.headDim = q->rows / heads;
  a.nopeDim = a.headDim - a.ropeDim;
  a.valueDim = o->columns / heads;
  if (const Tensor* qa = find(TensorRole::q_a_proj)) a.qLoraRank = qa->rows;
}

// A gated delta rule whose queries, keys and values come out of one projection, as Qwen3-Next has it
// (https://arxiv.org/abs/2412.06464): a matrix of keys × values for every value head, in fp32.
void asGatedDeltaNet(LayerKind& kind, const Config& section) {
  std::int64_t heads = 0, channels = 0, kernel = 0, values = 0;
  for (const Tensor& t : kind.tensors) {
    if (t.name.ends_with("A_log") && t.columns == 1) heads = t.rows;
    if (t.role == TensorRole::state_conv && !t.bias) channels += t.rows, kernel = t.columns;
    if (t.role == TensorRole::state_out && !t.bias) values = t.columns;
  }
  if (heads == 0 || channels <= values || values % heads != 0 || (channels - values) % 2 != 0) return;
  const std::int64_t keys = (channels - values) / 2;
  const std::int64_t keyHeads = section.size("linear_num_key_heads", heads, kMostHeads);
  if (keyHeads <= 0 || keys % keyHeads != 0) return;
  StateSpec& s = kind.state;
  s.kind = StateKind::gated_delta_net;
  s.inner = values;
  s.convChannels = channels;
  s.convKernel = kernel;
  s.heads = heads;
  s.headDim = values / heads;
  s.keyHeads = keyHeads;
  s.keyDim = s.stateSize = keys / keyHeads;
  s.stateElements = heads * s.keyDim * s.headDim;
}

// Queries, keys and values that feed a gated delta rule with a decay of its own per head: no cache of tokens, a state
// (transformers 5.24, modeling_bailing_hybrid.py, after https://arxiv.org/abs/2510.26692).
void asDeltaRule(LayerKind& kind) {
  std::int64_t heads = 0, channels = 0, kernel = 0;
  for (const Tensor& t : kind.tensors) {
    if (t.name.ends_with("A_log")) heads = t.rows * t.columns;
    if (t.role == TensorRole::state_conv && !t.bias) channels += t.rows, kernel = t.columns;
  }
  const Sums sums = sumsOf(kind, false);
  if (heads == 0 || sums.k == 0 || sums.k % heads != 0 || sums.v % heads != 0) return;
  StateSpec& s = kind.state;
  s.kind = StateKind::kimi_delta;
  s.inner = sums.v;
  s.convChannels = channels;
  s.convKernel = kernel;
  s.heads = s.keyHeads = heads;
  s.headDim = s.stateSize = sums.v / heads;
  s.keyDim = sums.k / heads;
  s.stateElements = heads * s.keyDim * s.headDim;
  s.statedBytes = 4;
  kind.attention = {};
}

// A selective scan (https://arxiv.org/abs/2312.00752): A_log holds a row of the state for every channel.
void asSelectiveScan(LayerKind& kind) {
  std::int64_t elements = 0, channels = 0, kernel = 0;
  for (const Tensor& t : kind.tensors) {
    if (t.name.ends_with("A_log") && elements == 0) elements = t.rows * t.columns;
    if (t.role == TensorRole::state_conv && !t.bias && channels == 0) channels = t.rows, kernel = t.columns;
  }
  if (channels == 0 || elements <= channels || elements % channels != 0) return;
  StateSpec& s = kind.state;
  s.kind = StateKind::mamba1;
  s.inner = s.convChannels = channels;
  s.convKernel = kernel;
  s.stateSize = elements / channels;
  s.stateElements = elements;
}

// A layer that convolves keeps the newest columns of what goes into its kernels, beside attention too (Inkling).
void asConvolution(LayerKind& kind) {
  StateSpec& s = kind.state;
  for (const Tensor& t : kind.tensors) {
    if (t.role != TensorRole::state_conv || t.bias) continue;
    const auto [kernel, channels] = std::minmax(t.rows, t.columns);  // a kernel of its own making lies the other way
    s.kind = StateKind::short_conv;
    s.convChannels += channels * t.copies;
    s.convKernel = kernel;
  }
}

void describeMlp(LayerKind& kind, const Config& section) {
  MlpSpec& mlp = kind.mlp;
  for (const Tensor& t : kind.tensors) {
    if (t.bias) continue;
    if (t.role == TensorRole::down_proj && mlp.intermediate == 0) mlp.intermediate = t.columns;
    if (t.role == TensorRole::gate_up_proj) mlp.fusedGateUp = true;
    if (t.role == TensorRole::gate_up_proj || t.role == TensorRole::gate_proj) mlp.kind = MlpKind::gated;
    if (t.role == TensorRole::up_proj && mlp.kind == MlpKind::none) mlp.kind = MlpKind::plain;
    if (t.role == TensorRole::expert_down) {
      mlp.experts = t.copies;
      mlp.expertIntermediate = t.columns;
    }
    if (t.role == TensorRole::expert_gate_up) mlp.fusedGateUp = true;
    if (t.role == TensorRole::shared_down) mlp.sharedIntermediate += t.columns * t.copies;
  }
  if (mlp.experts > 0) {
    mlp.kind = MlpKind::experts;
    mlp.expertsPerToken = std::min(mlp.experts, section.size(keys::kExpertsPerToken, 1, 1 << 16));
    mlp.gatedExperts = std::ranges::any_of(kind.tensors, [](const Tensor& t) {
      return t.role == TensorRole::expert_gate || t.role == TensorRole::expert_gate_up;
    });
  }
  mlp.gelu = isGelu(section, kind.norm == NormKind::layer ? "gelu" : "silu");
}

}  // namespace

ClassTensor classTensor(std::string_view row) {
  ClassTensor t;
  t.name = cut(row, '|');
  t.shape = cut(row, '|');
  std::string_view role = cut(row, '|');
  t.condition = row;
  while (!role.empty() && (role.back() == '*' || role.back() == '+')) {
    (role.back() == '*' ? t.linear : t.bias) = true;
    role.remove_suffix(1);
  }
  for (const RoleCode& code : kRoles)
    if (code.code == role) {
      t.role = code.role;
      t.group = code.group;
    }
  t.stacked = isRoutedExpert(t.role);
  return t;
}

void addClassTensor(std::vector<Tensor>& tensors, const ClassTensor& row, std::string_view prefix,
                    const ExpressionContext& context) {
  if (!row.condition.empty() && !evaluate(row.condition, context).truthy()) return;
  std::vector<std::int64_t> dims;
  for (std::string_view rest = row.shape; !rest.empty();) dims.push_back(dimension(cut(rest, ' '), context));
  Tensor t;
  t.name = std::string(prefix) + std::string(row.name);
  t.role = row.role;
  t.group = row.group;
  t.linear = row.linear;
  t.bias = row.name.ends_with("bias");
  std::size_t first = 0;
  if (row.stacked && dims.size() == 3) {  // all experts under one name
    t.copies = dims[0];
    t.linear = true;
    first = 1;
  }
  t.rows = first < dims.size() ? dims[first] : 1;
  t.columns = 1;
  for (std::size_t i = first + 1; i < dims.size(); ++i)
    if (__builtin_mul_overflow(t.columns, dims[i], &t.columns)) t.columns = 0;
  if (t.copies == 0) return;
  if (row.bias) {
    Tensor bias = t;
    bias.name.replace(bias.name.size() - std::string_view("weight").size(), std::string::npos, "bias");
    bias.columns = 1;
    bias.linear = false;
    bias.bias = true;
    push(tensors, std::move(t));
    push(tensors, std::move(bias));
    return;
  }
  push(tensors, std::move(t));
}

std::string layerType(const Config& section, const ExpressionContext& context) {
  return typeOf(section, context);
}

std::string layerSignature(const std::vector<Tensor>& tensors, const Config& section,
                           const ExpressionContext& context) {
  std::string text = typeOf(section, context);
  for (const Tensor& t : tensors) text += fmt::format("|{} {} {} {}", t.name, t.rows, t.columns, t.copies);
  return text;
}

void describeLayer(LayerKind& kind, const Config& section, const ExpressionContext& context, std::string_view stack) {
  const bool encoder = stack == "encoder";
  kind.encoder = encoder;
  kind.norm = NormKind::rms;
  int norms = 0;
  for (const Tensor& t : kind.tensors) {
    if (t.role != TensorRole::norm) continue;
    if (t.bias) kind.norm = NormKind::layer;
    if (!t.bias) ++norms;
  }
  kind.normsPerLayer = std::clamp(norms, 1, 4);
  const std::int64_t heads =
      section.size(encoder ? "encoder_attention_heads num_attention_heads n_head n_heads num_heads attention_heads"
                           : "decoder_attention_heads num_decoder_attention_heads num_attention_heads n_head n_heads "
                             "num_heads attention_heads",
                   1, kMostHeads);
  const bool latent =
      std::ranges::any_of(kind.tensors, [](const Tensor& t) { return t.role == TensorRole::kv_b_proj; });
  if (latent && section.has("kv_lora_rank")) {
    const bool own =
        std::ranges::any_of(kind.tensors, [](const Tensor& t) { return t.role == TensorRole::indexer && t.linear; });
    kind.attention = latentSpec(section, dimensionsOf(section, HeadRule::stated),
                                own                         ? KeyChoice::own
                                : section.has("index_topk") ? KeyChoice::shared
                                                            : KeyChoice::all);
    takeLatentWidths(kind.attention, kind.tensors);
  } else {
    kind.attention = attentionFrom(sumsOf(kind, false), section, heads);
  }
  const std::string type = typeOf(section, context);
  if (type.find("linear") != std::string::npos) {
    asDeltaRule(kind);
    if (kind.state.kind == StateKind::none && kind.attention.kind == AttentionKind::none)
      asGatedDeltaNet(kind, section);
  }
  if (kind.state.kind == StateKind::none && !encoder) asSelectiveScan(kind);
  const std::int64_t window = section.size("sliding_window window_size sliding_window_size local_attention");
  const bool slides = type.find("sliding") != std::string::npos || type.find("local") != std::string::npos;
  if (kind.attention.kind == AttentionKind::latent && slides) {
    kind.attention.window = window;
    kind.attention.indexerTopK = 0;  // a window picks its keys by itself
  }
  if (kind.attention.kind == AttentionKind::full) {
    if (slides && window > 0) {
      kind.attention.kind = AttentionKind::sliding;
      kind.attention.window = window;
    }
    if (type.find("chunked") != std::string::npos) {
      kind.attention.kind = AttentionKind::chunked;
      kind.attention.window = section.size("attention_chunk_size", window);
    }
    if (encoder) kind.attention.kind = AttentionKind::bidirectional;
  }
  if (!encoder) {
    kind.crossAttention = attentionFrom(sumsOf(kind, true), section, heads);
    if (kind.crossAttention.kind != AttentionKind::none) kind.crossAttention.kind = AttentionKind::cross;
  }
  describeMlp(kind, section);
  if (kind.state.kind == StateKind::none && !encoder) asConvolution(kind);
}

void describeState(LayerKind& kind, std::int64_t elements, bool wideConvolutions) {
  StateSpec& s = kind.state;
  if (elements > 0) {
    s.kind = StateKind::mlstm;
    s.stateElements = elements;
  }
  if (!wideConvolutions || s.kind != StateKind::short_conv) return;
  s.stateElements = s.convChannels * s.convKernel;
  s.statedBytes = 4;
  s.convChannels = s.convKernel = 0;
}

}  // namespace headroom
