#include "core/model/gguf_mix.h"

#include <algorithm>

namespace headroom {
namespace {

using T = GgufFileType;
using N = NumberFormat;
using C = GgufCategory;

bool oneOf(T type, std::initializer_list<T> types) {
  return std::ranges::find(types, type) != types.end();
}

bool isBlockFormat(N format) {
  return info(format).blockElements > 1;
}

// The first and last eighth of the layers and every third in between (llama-quant.cpp, use_more_bits).
bool importantLayer(std::int64_t layer, std::int64_t layers) {
  const std::int64_t eighth = layers / 8;
  return layer < eighth || layer >= 7 * layers / 8 || (layer - eighth) % 3 == 2;
}

// What a row whose length is no multiple of the block gets instead.
N fitRow(N wanted, std::int64_t columns) {
  if (columns % info(wanted).blockElements == 0) return wanted;
  N fallback = N::fp16;
  switch (wanted) {
    case N::iq1_s:
    case N::iq1_m:
    case N::iq2_xxs:
    case N::iq2_xs:
    case N::iq2_s:
    case N::iq3_xxs:
    case N::iq3_s:
    case N::iq4_xs:
      fallback = N::iq4_nl;
      break;
    case N::q2_0:
    case N::q2_k:
    case N::q3_k:
    case N::tq1_0:
    case N::tq2_0:
      fallback = N::q4_0;
      break;
    case N::q4_k:
      fallback = N::q5_0;
      break;
    case N::q5_k:
      fallback = N::q5_1;
      break;
    case N::q6_k:
      fallback = N::q8_0;
      break;
    default:
      break;
  }
  return columns % info(fallback).blockElements == 0 ? fallback : N::fp16;
}

// Chooses formats tensor by tensor; counts attention and feed-forward tensors on the way, as the rules speak of the
// n-th of them. In mixtures of experts feed-forward tensors are counted by their layer.
class Mix {
 public:
  Mix(const GgufInventory& inventory, T type)
      : inventory_(inventory),
        type_(type),
        default_(info(type).defaultFormat),
        falcon_(inventory.architecture == "falcon") {
    for (std::size_t layer = 0; layer < inventory.order.size(); ++layer)
      for (const GgufTensor& t : inventory.block(layer).tensors)
        values_ += isValue(t.category) && t.name.ends_with("weight");
  }

  N formatOf(const GgufTensor& t, int layer) {
    if (!t.quantizable) return N::fp32;
    if (!isBlockFormat(default_)) return default_;
    // Left as conversion writes them, in 16 bit (llama-quant.cpp, tensor_allows_quantization, b11549).
    if (t.name.starts_with("indexer.q_proj") || t.name.starts_with("indexer.k_proj")) return N::fp16;
    return fitRow(choose(t, layer), t.ne[0]);
  }

 private:
  static bool isValue(C c) { return c == C::attn_v || c == C::attn_qkv || c == C::attn_kv_b; }
  bool is(std::initializer_list<T> types) const { return oneOf(type_, types); }
  bool manyQueries() const { return inventory_.gqa >= 4; }
  bool eightExperts() const { return inventory_.experts == 8; }
  bool lowBits() const { return is({T::IQ2_XXS, T::IQ2_XS, T::IQ1_S, T::IQ2_S, T::IQ2_M, T::IQ1_M}); }
  std::int64_t place(std::int64_t counted, int layer) const { return inventory_.experts > 1 ? layer : counted; }

  N choose(const GgufTensor& t, int layer) {
    if (t.category == C::output || (inventory_.tied && t.category == C::token_embd)) return forHead(t);
    if (type_ == T::MXFP4_MOE) return t.ne[2] > 1 ? N::ggml_mxfp4 : N::q8_0;
    if (t.category == C::token_embd) return forEmbedding();
    if (lowBits()) return forLowBits(t.category);
    switch (t.category) {
      case C::attn_v:
      case C::attn_qkv:
      case C::attn_kv_b:
        return forValue(value_++);
      case C::attn_k:
        return eightExperts() ? N::q8_0 : forQuery();
      case C::attn_q:
        return forQuery();
      case C::attn_output:
        return forAttentionOutput();
      case C::ffn_down:
        return forDown(place(down_++, layer));
      case C::ffn_gate:
        return forGateOrUp(place(gate_++, layer));
      case C::ffn_up:
        return forGateOrUp(place(up_++, layer));
      default:
        return default_;
    }
  }

  N forHead(const GgufTensor& t) const {
    if (type_ == T::MXFP4_MOE || falcon_ || t.ne[0] % info(default_).blockElements != 0) return N::q8_0;
    if (lowBits() || type_ == T::IQ3_XXS) return N::q5_k;
    return default_ == N::q8_0 ? N::q8_0 : N::q6_k;
  }

  N forEmbedding() const {
    if (is({T::IQ2_XXS, T::IQ2_XS, T::IQ1_S, T::IQ1_M})) return N::q2_k;
    if (is({T::IQ2_S, T::IQ2_M, T::IQ3_XXS})) return N::iq3_s;
    if (is({T::TQ1_0, T::TQ2_0, T::Q2_0})) return N::q4_k;
    return default_;
  }

  N forLowBits(C category) {
    const bool s = is({T::IQ2_S, T::IQ2_M});
    if (isValue(category)) return manyQueries() || inventory_.experts >= 4 ? N::q4_k : s ? N::iq3_s : N::q2_k;
    if (category == C::attn_k && eightExperts()) return N::q4_k;
    if (category == C::ffn_down) return down_++ < inventory_.layers() / 8 ? (s ? N::iq3_s : N::q2_k) : default_;
    if (category != C::attn_output) return default_;
    if (eightExperts()) return N::q5_k;
    return is({T::IQ1_S, T::IQ1_M}) ? N::iq2_xxs : s ? N::iq3_s : default_;
  }

  N forValue(std::int64_t i) const {
    N n = default_;
    if (type_ == T::Q2_K)
      n = manyQueries() ? N::q4_k : N::q3_k;
    else if (type_ == T::Q2_K_S)
      n = manyQueries() ? N::q4_k : n;
    else if (type_ == T::IQ3_XXS)
      n = manyQueries() ? N::q4_k : N::iq3_s;
    else if (is({T::IQ3_XS, T::IQ3_S}))
      n = manyQueries() ? N::q4_k : n;
    else if (type_ == T::IQ3_M)
      n = N::q4_k;
    else if (type_ == T::Q3_K_M)
      n = i < 2 ? N::q5_k : N::q4_k;
    else if (type_ == T::Q3_K_L)
      n = N::q5_k;
    else if (is({T::IQ4_NL, T::IQ4_XS}))
      n = manyQueries() ? N::q5_k : n;
    else if (is({T::Q4_K_M, T::Q5_K_M}))
      n = importantLayer(i, values_) ? N::q6_k : n;
    else if (type_ == T::Q4_K_S)
      n = i < 4 ? N::q5_k : n;
    // Eight query heads share one value head there, so more bits cost little.
    if (inventory_.seventyB && (n == N::q3_k || n == N::q4_k)) n = N::q5_k;
    return eightExperts() ? N::q8_0 : n;
  }

  N forQuery() const { return type_ == T::IQ3_XS ? N::iq3_xxs : type_ == T::IQ3_XXS ? N::iq2_s : default_; }

  N forGateOrUp(std::int64_t i) const {
    const std::int64_t n = inventory_.layers();
    return type_ == T::IQ3_XS && i >= n / 8 && i < 7 * n / 8 ? N::iq3_xxs : default_;
  }

  N forAttentionOutput() const {
    if (falcon_) return type_ == T::Q3_K_L ? N::q4_k : default_;
    if (eightExperts())
      return is({T::Q2_K, T::IQ3_XS, T::IQ3_XXS, T::Q3_K_S, T::Q3_K_M, T::IQ4_NL, T::Q4_K_S, T::Q4_K_M, T::IQ3_S,
                 T::IQ3_M, T::IQ4_XS})
                 ? N::q5_k
                 : default_;
    switch (type_) {
      case T::Q2_K:
        return N::q3_k;
      case T::IQ3_XXS:
        return N::iq3_s;
      case T::Q3_K_M:
      case T::IQ3_M:
        return N::q4_k;
      case T::Q3_K_L:
        return N::q5_k;
      default:
        return default_;
    }
  }

  N forDown(std::int64_t i) const {
    const std::int64_t n = inventory_.layers();
    const bool first = i < n / 8, important = importantLayer(i, n);
    switch (type_) {
      case T::Q2_K:
        return N::q3_k;
      case T::Q2_K_S:
        return first ? N::q4_k : default_;
      case T::IQ3_XXS:
        return first ? N::q4_k : N::q3_k;
      case T::Q3_K_M:
        return i < n / 16 ? N::q5_k : !falcon_ || important ? N::q4_k : N::q3_k;
      case T::IQ3_M:
        return first || (eightExperts() && important) ? N::q4_k : default_;
      case T::Q3_K_L:
        return falcon_ ? N::q4_k : N::q5_k;
      case T::Q4_K_M:
        if (falcon_) return i < n / 16 ? N::q6_k : important ? N::q5_k : N::q4_k;
        return important ? N::q6_k : default_;
      case T::Q5_K_M:
        return important ? N::q6_k : default_;
      case T::IQ4_NL:
      case T::IQ4_XS:
        return first ? N::q5_k : default_;
      case T::Q4_K_S:
        return !falcon_ && first ? N::q5_k : default_;
      default:
        return default_;
    }
  }

  const GgufInventory& inventory_;
  T type_;
  N default_;
  bool falcon_;
  std::int64_t values_ = 0;  // attention values in the whole file
  std::int64_t value_ = 0, down_ = 0, gate_ = 0, up_ = 0;
};

template <typename Choose>
std::vector<GgufStored> listTensors(const GgufInventory& inventory, Choose choose) {
  std::vector<GgufStored> list;
  const auto put = [&](const GgufTensor& t, int layer) {
    const N format = choose(t, layer);
    list.push_back({&t, layer, format, bytesFor(format, t.ne[1] * t.ne[2], t.ne[0])});
  };
  for (const GgufTensor& t : inventory.globals) put(t, -1);
  for (std::size_t layer = 0; layer < inventory.order.size(); ++layer)
    for (const GgufTensor& t : inventory.block(layer).tensors) put(t, static_cast<int>(layer));
  return list;
}

}  // namespace

std::vector<GgufStored> ggufMix(const GgufInventory& inventory, GgufFileType type) {
  Mix mix(inventory, type);
  return listTensors(inventory, [&](const GgufTensor& t, int layer) { return mix.formatOf(t, layer); });
}

std::vector<GgufStored> ggufAsStored(const GgufInventory& inventory) {
  return listTensors(inventory, [](const GgufTensor& t, int) { return t.stored; });
}

Bytes ggufTensorBytes(const Model& model, GgufFileType type, bool latentHalves) {
  Bytes sum;
  const GgufInventory inventory = ggufInventory(model, latentHalves);
  for (const GgufStored& t : ggufMix(inventory, type)) sum += t.bytes;
  return sum;
}

std::optional<GgufFileType> ggufFileTypeOf(NumberFormat format) {
  switch (format) {
    case N::fp64:
    case N::fp32:
      return T::F32;
    case N::fp16:
      return T::F16;
    case N::bf16:
      return T::BF16;
    case N::mxfp4:
    case N::ggml_mxfp4:
      return T::MXFP4_MOE;
    case N::q2_k:
      return T::Q2_K_S;
    case N::q3_k:
      return T::Q3_K_S;
    case N::q4_k:
      return T::Q4_K_S;
    case N::q5_k:
      return T::Q5_K_S;
    case N::iq2_xs:
      return T::IQ2_XS;
    case N::iq3_s:
      return T::IQ3_S;
    default:
      break;
  }
  for (const GgufFileTypeInfo& t : allGgufFileTypes())
    if (t.defaultFormat == format && isBlockFormat(format)) return t.type;
  return std::nullopt;
}

}  // namespace headroom
