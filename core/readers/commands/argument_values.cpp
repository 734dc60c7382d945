// What the values of options mean in a scenario.
#include <algorithm>
#include <cmath>

#include "core/base/lower_case.h"
#include "core/numerics/number_format.h"
#include "core/open/option_values.h"
#include "core/readers/commands/argument_reader.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/pattern.h"

namespace headroom {
namespace {

// "auto", "none", -1 of a size: as if nothing was said.
bool meansNothing(const std::string& value) {
  const std::string word = lowerCase(value);
  return word == "auto" || word == "none" || word == "null" || word == "default";
}

// A way to quantize, in the scenario's words. "checkpoint": the checkpoint says it, in a format the word leaves open.
// vllm/model_executor/layers/quantization/__init__.py (0.6-0.28), sglang/srt/layers/quantization (0.5). bitsandbytes
// is NF4 with nested scales (model_loader/bitsandbytes_loader.py: compress_statistics=True).
struct Quantization {
  std::string_view name, format;
};
constexpr Quantization kQuantizations[] = {
    {"fp8", "fp8"},
    {"fp8_per_tensor", "fp8"},
    {"fp8_per_block", "fp8-block"},
    {"fbgemm_fp8", "fp8"},
    {"ptpc_fp8", "fp8"},
    {"w8a8_fp8", "fp8"},
    {"bitsandbytes", "nf4-dq"},
    {"awq", "awq-int4"},
    {"awq_marlin", "awq-int4"},
    {"gptq", "gptq-int4"},
    {"gptq_marlin", "gptq-int4"},
    {"compressed-tensors", "checkpoint"},
    {"modelopt", "checkpoint"},
    {"modelopt_fp4", "checkpoint"},
    {"modelopt_mixed", "checkpoint"},
    {"auto-round", "checkpoint"},
    {"quark", "checkpoint"},
    {"gguf", "checkpoint"},
    {"mxfp4", "checkpoint"},
    {"moe_wna16", "checkpoint"},
    {"auto-gptq", "checkpoint"},
};

// Tensors of a layer with experts, and of the rest of a model, as llama.cpp names them (src/llama-arch.cpp).
constexpr std::string_view kExpertTensors[] = {"ffn_gate_exps.weight", "ffn_up_exps.weight", "ffn_down_exps.weight"};
constexpr std::string_view kOtherTensors[] = {"attn_q.weight", "attn_output.weight",  "ffn_norm.weight",
                                              "ffn_up.weight", "ffn_gate_inp.weight", "ffn_up_shexp.weight"};

}  // namespace

bool ArgumentReader::take(const EngineOption& option, const std::string& value) {
  const std::string& reads = option.reads;
  if (reads == "model" || reads == "gguf-repository") return model_ = value, true;
  if (reads == "gguf-file") return file_ = value, true;
  if (reads == "revision") return revision_ = value, true;
  if (reads == "weights") return takeWeights(value);
  if (reads == "compute") return takeFormat(option.key, value, false);
  if (reads == "cache") return takeFormat(option.key, value, true);
  if (reads == "images") return takeImages(value);
  if (reads == "speculative") return takeSpeculative(value);
  if (reads == "draft-method") return takeDraftMethod(value);
  if (reads == "lora-paths") {  // sglang/srt/server_args.py: adapters that are named turn it on
    if (!out_.contains("lora")) out_["lora"] = Json::object();
    return servesAdapters_ = namesAdapters_ = true;
  }
  if (reads == "shares") return takeShares(value);
  if (reads == "override-tensor") return overrides_ += (overrides_.empty() ? "" : ",") + value, true;
  if (reads.empty() && option.takes == Takes::text) return at(option.key) = value, true;
  if (option.takes == Takes::integer || option.takes == Takes::number || option.takes == Takes::size ||
      reads == "layers" || reads == "expert-layers")
    return takeNumber(option, value);
  return takeWord(option, value);
}

bool ArgumentReader::takeNumber(const EngineOption& option, const std::string& value) {
  const std::string& reads = option.reads;
  // vllm/config/model.py: the longest context whose cache fits, which a limit's search answers.
  if (reads == "fitted" && (lowerCase(value) == "auto" || value == "-1")) return leaveOut(written_, true), true;
  if (meansNothing(value)) return true;
  if (reads == "layers" && value == "all") return at(option.key) = value, true;
  const std::optional<double> number = humanNumber(value);
  if (!number || std::abs(*number) > 1e15) return false;
  if (*number < 0) {
    if (reads == "slots") return true;
    // sglang/srt/server_args.py: the whole prompt at once.
    if (option.key == "/prefill_tokens" && call_.engine == "sglang") return leaveOut(written_, true), true;
    return *number == -1;  // the engine's own choice
  }
  if (option.takes == Takes::number) return at(option.key) = *number, true;
  if (*number != std::floor(*number)) return false;
  const auto whole = static_cast<std::int64_t>(*number);
  if (reads == "logical-batch") return logicalBatch_ = whole, true;
  if (reads == "cells") wholeContext_ = whole == 0;
  if (wholeContext_ && reads == "cells") return out_.erase("context"), true;  // the length the model was trained for
  if (reads == "slots") {
    slotsGiven_ = true;
    if (whole == 1) return out_.erase("batch"), true;  // as a scenario that does not say
  }
  if (reads == "expert-layers" && whole == 0) return true;
  at(option.key) = whole;
  return true;
}

bool ArgumentReader::takeWord(const EngineOption& option, const std::string& value) {
  const std::string& reads = option.reads;
  const std::string word = lowerCase(value);
  if (reads == "task") {
    if (meansNothing(value)) return true;
    constexpr std::string_view kPooled[] = {"pooling", "embed",    "embedding", "embeddings",
                                            "score",   "classify", "reward",    "rerank"};
    out_["task"] = std::ranges::find(kPooled, word) != std::end(kPooled) ? "embed" : "generate";
    return word == "generate" || out_["task"] == "embed" || word == "draft" || word == "transcription";
  }
  if (reads == "attention") {
    if (word != "auto" && word != "-1")
      at(option.key) = word == "off" || word == "0" || word == "false" || word == "disabled" ? "eager" : "flash";
    return true;
  }
  if (reads == "level") {
    if (value == "0") return at(option.key) = false, true;
    return value == "2" || value == "3";  // full graphs, as without the option
  }
  if (reads == "draft") {
    const Loader loader = call_.engine == "llama.cpp" ? Loader::gguf
                          : call_.engine == "ollama"  ? Loader::ollama
                                                      : Loader::hub;
    at(option.key) = namedModel(value, loader).reference;
    return true;
  }
  if (reads == "numbered-cache") {  // koboldcpp.py: 0 f16, 1 q8_0, 2 q4_0
    if (value != "0" && value != "1" && value != "2") return false;
    if (value != "0") at(option.key) = value == "1" ? "q8_0" : "q4_0";
    return true;
  }
  if (reads == "split-mode") {
    if (word == "none") splitNone_ = true;
    splitMode_ = word;
    return word == "layer" || word == "none" || word == "row" || word == "tensor";
  }
  if (reads == "load-format") {
    if (word == "bitsandbytes") return takeWeights(word);
    constexpr std::string_view kSame[] = {"auto",       "safetensors",  "pt", "npcache",        "dummy",
                                          "gguf",       "mistral",      "hf", "runai_streamer", "fastsafetensors",
                                          "tensorizer", "sharded_state"};
    return std::ranges::find(kSame, word) != std::end(kSame);
  }
  return false;
}

bool ArgumentReader::takeWeights(const std::string& value) {
  if (meansNothing(value)) return true;
  const std::string word = lowerCase(value);
  for (const Quantization& q : kQuantizations)
    if (q.name == word) return weightsAsked_ = q.format, true;
  return false;
}

bool ArgumentReader::takeFormat(std::string_view pointer, const std::string& value, bool cache) {
  if (meansNothing(value)) return true;
  std::string word = lowerCase(value);
  if (word == "half") word = "fp16";
  if (word == "float") word = "fp32";
  if (cache && (word == "fp8_e4m3" || word == "fp8_e5m2" || word == "fp8_inc" || word == "fp8_ds_mla")) word = "fp8";
  const std::optional<NumberFormat> format = numberFormat(word);
  if (!format) return false;
  at(pointer) = std::string(info(*format).id);
  return true;
}

// {"image": 2}, {"image": {"count": 2}}, or image=2,video=1 of older releases.
bool ArgumentReader::takeImages(const std::string& value) {
  const Json limits = Json::parse(value, nullptr, false);
  std::optional<double> images;
  const auto other = [&](const std::string& name, double count) {
    if (name == "image")
      images = count;
    else if (count > 0)
      leaveOut(written_ + ": " + name, true);
  };
  if (limits.is_object()) {
    for (const auto& [name, limit] : limits.items()) {
      const Json* count = &limit;
      if (limit.is_object() && limit.contains("count")) count = &limit["count"];
      if (!count->is_number()) return false;
      other(name, count->get<double>());
    }
  } else {
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      const std::string_view pair = rest.substr(0, end);
      const std::size_t equals = pair.find('=');
      const auto count = equals == pair.npos ? std::nullopt : humanNumber(pair.substr(equals + 1));
      if (!count) return false;
      other(std::string(pair.substr(0, equals)), *count);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  if (images && (*images < 0 || *images > 1e5)) return false;
  if (images) out_["images"] = {{"per_request", static_cast<std::int64_t>(*images)}};
  return true;
}

// The engines' names of ways to draft, in the scenario's words.
bool ArgumentReader::takeDraftMethod(const std::string& value) {
  std::string name = lowerCase(value);
  if (meansNothing(value)) return true;
  // "ngram-mod,draft-mtp": of several the one that takes memory.
  for (std::size_t comma = name.find(','); comma != name.npos; comma = name.find(',')) {
    const std::string first = name.substr(0, comma), rest = name.substr(comma + 1);
    const bool looksUp = first.find("ngram") != first.npos;
    name = looksUp ? rest : first + rest.substr(std::min(rest.find(','), rest.size()));
  }
  const std::string method = draftMethodNamed(name);
  if (method.empty()) return false;  // medusa, dflash, …: heads of their own
  out_["speculative"]["method"] = method;
  return true;
}

bool ArgumentReader::takeSpeculative(const std::string& value) {
  const Json config = Json::parse(value, nullptr, false);
  if (!config.is_object()) return false;
  const auto text = [&](const char* key) {
    return config.contains(key) && config[key].is_string() ? config[key].get<std::string>() : std::string();
  };
  const std::string model = text("model"), method = text("method");
  if (!method.empty()                          ? !takeDraftMethod(method)
      : model == "ngram" || model == "[ngram]" ? !takeDraftMethod("ngram")
                                               : false)
    return false;
  Json& out = out_["speculative"];
  if (!out.is_object()) out = Json::object();
  if (method.empty() && !out.contains("method"))
    out["method"] = lowerCase(model).find("eagle") != model.npos ? "eagle" : "draft-model";
  if (config.contains("num_speculative_tokens") && config["num_speculative_tokens"].is_number_integer())
    out["tokens"] = config["num_speculative_tokens"];
  if (!model.empty() && model != "ngram" && model != "[ngram]") out["model"] = namedModel(model, Loader::hub).reference;
  constexpr std::string_view kRead[] = {"model", "method", "num_speculative_tokens"},
                             kQuiet[] = {"prompt_lookup_max", "prompt_lookup_min", "disable_by_batch_size",
                                         "revision",          "code_revision",     "acceptance_method"};
  for (const auto& [key, setting] : config.items())
    if (std::ranges::find(kRead, key) == std::end(kRead))
      leaveOut("speculative-config." + key + " " +
                   setting.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 200),
               std::ranges::find(kQuiet, key) == std::end(kQuiet));
  return true;
}

bool ArgumentReader::takeShares(const std::string& value) {
  Json shares = Json::array();
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find_first_of(",/ "), rest.size());
    const std::optional<double> share = humanNumber(rest.substr(0, comma));
    if (!share || *share < 0) return false;
    shares.push_back(*share);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  out_["tensor_split"] = shares;
  return true;
}

// "\.ffn_.*_exps\.=CPU": what the pattern means for every layer decides. Experts alone, of all layers or of the first
// ones, have a key; anything else has none. Patterns that could take a matcher long are not tried.
bool ArgumentReader::takeOverride(const std::string& value) {
  constexpr std::size_t kLayers = 128;
  std::vector<bool> away(kLayers, false);
  std::string_view rest = value;
  for (int parts = 0; !rest.empty(); ++parts) {
    constexpr int kMostParts = 16;
    if (parts == kMostParts) return false;
    const std::size_t end = std::min(rest.find("=CPU,"), rest.size());
    std::string part(rest.substr(0, end == rest.size() ? end : end + 4));
    rest.remove_prefix(std::min(end + 5, rest.size()));
    if (!part.ends_with("=CPU")) return false;
    part.resize(part.size() - 4);
    const auto pattern = BoundedPattern::of(part);
    if (!pattern) return false;
    for (const char* name : {"token_embd.weight", "output.weight", "output_norm.weight"})
      if (pattern->within(name)) return false;
    for (std::size_t layer = 0; layer < kLayers; ++layer) {
      const auto matches = [&](std::string_view tensor) {
        return pattern->within("blk." + std::to_string(layer) + "." + std::string(tensor));
      };
      if (std::ranges::any_of(kOtherTensors, matches)) return false;
      const auto taken = std::ranges::count_if(kExpertTensors, matches);
      if (taken != 0 && taken != std::ranges::ssize(kExpertTensors)) return false;
      if (taken != 0) away[layer] = true;
    }
  }
  const auto first = std::ranges::find(away, false);
  const auto layers = first - away.begin();
  if (layers == 0 || std::find(first, away.end(), true) != away.end()) return false;
  at("/offload/experts") = first == away.end() ? Json("cpu") : Json(layers);
  return true;
}

}  // namespace headroom
