#include "core/estimate/serving/llama_cpp/refusals.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/word_list.h"
#include "core/scenario/build_number.h"

namespace headroom::llama {
namespace {

struct Brought {
  int build;
  std::string_view architectures;
};

// src/llama-arch.cpp LLM_ARCH_NAMES, as mybigday/llama.rn carries it commit by commit (2024-02 to b10256): a build is
// the one after the last that was seen without the name; those before b5233 are dated, not numbered there.
// clang-format off
constexpr int kNever = 1'000'000;
constexpr Brought kBrought[] = {
    {kNever, "mllama"},  // Ollama's own engine alone
    {2227, "(unknown) command-r mamba starcoder2"},
    {2441, "dbrx grok olmo phi3 qwen2moe xverse"},
    {2727, "arctic deepseek2 jina-bert-v2"},
    {3034, "bitnet chatglm gemma2 jais openelm t5"},
    {3433, "exaone nemotron t5encoder"},
    {3623, "chameleon granite granitemoe minicpm3 olmoe rwkv6"},
    {4020, "olmo_1124"},
    {4136, "deci deepseek olmo2 qwen2vl wavtokenizer-dec"},
    {4380, "cohere2"},
    {4451, "phimoe rwkv6qwen2"},
    {4557, "gemma3"},
    {4887, "arwkv7 rwkv7"},
    {4961, "bailingmoe glm4 llama4 nomic-bert-moe plm qwen3 qwen3moe"},
    {5234, "arcee dots1 neo-bert"},
    {5704, "gemma3n"},
    {5754, "ernie4_5"},
    {5779, "hunyuan-moe mamba2 smollm3"},
    {5857, "dream ernie4_5-moe exaone4 falcon-h1 granitehybrid jamba lfm2 plamo2"},
    {5962, "smallthinker"},
    {6031, "hunyuan-dense llada"},
    {6083, "glm4moe gpt-oss"},
    {6101, "seed_oss"},
    {6258, "jina-bert-v3 nemotron_h"},
    {6328, "gemma-embedding"},
    {6452, "llada-moe"},
    {6570, "grovemoe"},
    {6639, "apertus lfm2moe"},
    {6793, "bailingmoe2"},
    {6871, "cogvlm minimax-m2 qwen3vl qwen3vlmoe"},
    {6932, "pangu-embedded"},
    {7046, "afmoe"},
    {7139, "rnd1"},
    {7171, "qwen3next"},
    {7206, "mistral3"},
    {7343, "nemotron_h_moe"},
    {7494, "llama-embed maincoder mimo2 modern-bert plamo3"},
    {7683, "exaone-moe"},
    {7952, "kimi-linear step35"},
    {7989, "qwen35 qwen35moe"},
    {7993, "glm-dsa"},
    {8096, "eurobert jais2 paddleocr"},
    {8190, "mistral4"},
    {8498, "deepseek2-ocr"},
    {8548, "gemma4"},
    {8828, "hunyuan_vl"},
    {9310, "cohere2moe deepseek32 eagle3 gemma4-assistant mellum talkie"},
    {9770, "deepseek4 dflash"},
    {9983, "hy_v3"},
    {10055, "laguna minimax-m3 nanbeige"},
    {10257, "barbet"},
};
// clang-format on

// A quantized cache is made of whole blocks in every head (src/llama-context.cpp, llama_init_from_model, b6327 to
// b10256; ggml stopped in the first graph before).
std::int64_t unevenHead(const Run& run, NumberFormat format, std::int64_t AttentionSpec::*size) {
  const std::int64_t block = info(format).blockElements;
  if (block <= 1) return 0;
  for (const LayerKind& k : run.model->kinds) {
    const bool caches = k.attention.kind != AttentionKind::none && k.attention.kind != AttentionKind::latent;
    if (caches && k.attention.*size % block != 0) return k.attention.*size;
  }
  return 0;
}

}  // namespace

bool precedesArchitecture(std::string_view printed, std::string_view architecture) {
  const int build = buildNumber(printed).value_or(kNever - 1);
  return std::ranges::any_of(
      kBrought, [&](const Brought& b) { return build < b.build && listedIn(b.architectures, architecture); });
}

void diagnoseLimits(EstimateContext& c, const Run& run) {
  for (const auto& [format, size] :
       {std::pair(run.kv.k, &AttentionSpec::headDim), {run.kv.v, &AttentionSpec::valueDim}})
    if (const std::int64_t uneven = unevenHead(run, format, size); uneven > 0)
      return c.refuse("uneven-blocks",
                      fmt::format("llama.cpp refuses a cache in {}, whose blocks do not divide heads of {} elements",
                                  info(format).id, uneven),
                      "precision.kv_cache");
  const bool latent = std::ranges::any_of(run.model->kinds,
                                          [](const LayerKind& k) { return k.attention.kind == AttentionKind::latent; });
  if (latent && run.kv.k != run.kv.v && run.backends.rules.latentKeysOnly && run.latentHalves)
    c.refuse("latent-cache", "llama.cpp refuses keys and values of different formats of a model with latent attention",
             "precision.kv_cache");
  // src/llama-cparams.h LLAMA_MAX_SEQ: 64, and 256 since autumn 2025.
  constexpr std::int64_t kMost = 256;
  if (run.sequences > kMost)
    c.refuse("too-many-sequences", fmt::format("llama.cpp takes {} sequences at most, not {}", kMost, run.sequences),
             "batch");
}

}  // namespace headroom::llama
