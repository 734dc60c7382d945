// Ollama: a Modelfile (docs/modelfile.md) below the server's variables (envconfig/config.go).
#include <fmt/format.h>

#include <algorithm>

#include "core/readers/commands/launch_words.h"

namespace headroom {
namespace {

bool isVariable(std::string_view option) {
  return option.starts_with("ollama_") || option.starts_with("llama_arg_");
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

}  // namespace

std::string modelfile(const Scenario& s, const std::string& model, std::vector<std::string>& notes) {
  std::string variables, parameters;
  const auto variable = [&](std::string_view name, const std::string& value) {
    variables += fmt::format("{}={}\n", name, value);
  };
  const auto parameter = [&](std::string_view name, const std::string& value) {
    parameters += fmt::format("PARAMETER {} {}\n", name, value);
  };
  if (s.batch) variable("OLLAMA_NUM_PARALLEL", std::to_string(*s.batch));
  if (s.attention) variable("OLLAMA_FLASH_ATTENTION", *s.attention == AttentionImplementation::flash ? "1" : "0");
  if (s.precision.kvCache && s.precision.kvCache->k == s.precision.kvCache->v)
    variable("OLLAMA_KV_CACHE_TYPE", ggmlWord(s.precision.kvCache->k));
  else if (s.precision.kvCache)
    notes.emplace_back("Ollama has one format for keys and values alike.");
  if (s.context) parameter("num_ctx", std::to_string(*s.context));
  if (s.prefillTokens) parameter("num_batch", std::to_string(*s.prefillTokens));
  if (s.offload.gpuLayers) parameter("num_gpu", std::to_string(*s.offload.gpuLayers));
  if (s.speculative && s.speculative->method != DraftMethod::ngram)
    parameter("draft_num_predict", std::to_string(s.speculative->tokens));
  for (const AskedOption& o : s.engineOptions)
    isVariable(o.name) ? variable(upper(o.name), valueText(o)) : parameter(o.name, valueText(o));
  std::string from = model;
  if (!model.ends_with(".gguf")) {
    const std::string tag = ggufTag(s);
    from = "hf.co/" + model + (tag.empty() ? "" : ":" + tag);
    notes.emplace_back("FROM hf.co/… wants a repository that holds GGUF files of the model.");
  }
  if (s.lora) notes.emplace_back("Adapters are named by ADAPTER, one file each.");
  const std::string draft = draftName(s);
  return variables + "FROM " + from + "\n" + (draft.empty() ? "" : "DRAFT " + draft + "\n") + parameters;
}

}  // namespace headroom
