#include "core/readers/commands/python_servers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/deployment_forms.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/python_calls.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kMostCalls = 64;

std::string textOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

std::vector<std::string> textsOf(const Json& list) {
  std::vector<std::string> out;
  for (const Json& item : list)
    if (!item.is_null() && !item.is_structured()) out.push_back(textOf(item));
  return out;
}

// llama-cpp-python's names in llama.cpp's (llama_cpp/llama.py, 0.3: n_ctx=512 unless said).
ServerCall ofLlamaPython(const PythonCall& call) {
  ServerCall found;
  found.engine = "llama.cpp", found.program = "Llama(…)", found.server = false;
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"model_path", "--model"},     {"repo_id", "--hf-repo"},           {"filename", "--hf-file"},
      {"n_ctx", "--ctx-size"},       {"n_gpu_layers", "-ngl"},           {"n_batch", "--batch-size"},
      {"n_ubatch", "--ubatch-size"}, {"tensor_split", "--tensor-split"}, {"model_url", "--model-url"}};
  // What changes no memory; of LangChain's LlamaCpp(…) too.
  constexpr std::string_view kOther[] = {"verbose",
                                         "n_threads",
                                         "seed",
                                         "chat_format",
                                         "streaming",
                                         "callback_manager",
                                         "callbacks",
                                         "max_tokens",
                                         "temperature",
                                         "top_p",
                                         "top_k",
                                         "vocab_only",
                                         "use_mmap",
                                         "use_mlock",
                                         "stop",
                                         "generate_kwargs",
                                         "last_n_tokens_size"};
  // ggml.h enum ggml_type
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"0", "f32"}, {"1", "f16"}, {"2", "q4_0"}, {"3", "q4_1"}, {"6", "q5_0"}, {"7", "q5_1"}, {"8", "q8_0"}};
  std::string quant;
  for (const auto& [key, value] : call.named.items()) {
    if (value.is_null() || (key == "f16_kv" && value == true)) continue;
    const auto* const name =
        std::ranges::find(kNames, std::string_view(key), &std::pair<std::string_view, std::string_view>::first);
    std::string text = textOf(value);
    if (key == "filename" && text.find('*') != text.npos) {  // a pattern: the file's format is what it says
      if (const auto type = ggufTypeIn(text)) quant = ":" + *type;
      continue;
    }
    if (key == "type_k" || key == "type_v") {
      const auto* const type = std::ranges::find(kTypes, text, &std::pair<std::string_view, std::string_view>::first);
      if (type != std::end(kTypes)) {
        found.arguments.insert(found.arguments.end(), {key == "type_k" ? "-ctk" : "-ctv", std::string(type->second)});
        continue;
      }
    }
    if (key == "tensor_split") std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == ' '; });
    if (name != std::end(kNames))
      found.arguments.insert(found.arguments.end(), {std::string(name->second), text});
    else if (key == "flash_attn")
      found.arguments.insert(found.arguments.end(), {"-fa", value == true ? "on" : "off"});
    else if (key == "offload_kqv")
      found.arguments.emplace_back(value == true ? "--kv-offload" : "--no-kv-offload");
    else if (std::ranges::find(kOther, std::string_view(key)) == std::end(kOther))
      found.arguments.push_back("--" + key + "=" + text);
  }
  if (const auto at = std::ranges::find(found.arguments, "--hf-repo"); at + 1 < found.arguments.end() && !quant.empty())
    *(at + 1) += quant;
  if (!call.named.contains("n_ctx")) found.arguments.insert(found.arguments.end(), {"--ctx-size", "512"});
  return found;
}

// LlamaIndex's LlamaCPP(…) as what it hands to Llama(…) (llama_index/llms/llama_cpp/base.py: n_ctx is context_window,
// 3900 unless said).
PythonCall ofLlamaIndex(PythonCall call) {
  const Json given = call.named;
  const auto computed = [&](std::string_view key) { return std::ranges::find(call.unread, key) != call.unread.end(); };
  call.named = Json::object();
  if (!computed("context_window")) call.named["n_ctx"] = given.value("context_window", Json(3900));
  for (const char* key : {"model_path", "model_url"})
    if (given.contains(key) && !given[key].is_null()) call.named[key] = given[key];
  if (given.contains("model_kwargs") && given["model_kwargs"].is_object())
    for (const auto& [key, value] : given["model_kwargs"].items())
      if (!call.named.contains(key)) call.named[key] = value;
  return call;
}

// A class of one's own that is named so: LLM(url=…, headers=…, model=…).
bool isOwnLlm(const PythonCall& call) {
  int strange = 0;
  for (const auto& [key, value] : call.named.items()) {
    if (key == "url" || key == "base_url" || key == "api_key" || key == "headers" || key == "messages") return true;
    std::string name = "--" + key;
    std::ranges::replace(name, '_', '-');
    if (optionTable("vllm")->find(name).option == nullptr) ++strange;
  }
  return strange > 2 && 2 * strange > static_cast<int>(call.named.size());
}

// "from crewai import Agent, LLM": a client of that name is no engine.
bool isOthersLlm(std::string_view text) {
  bool others = false;
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    const std::size_t import = line.find(" import ");
    if (!line.starts_with("from ") || import == line.npos) return;
    const std::string_view from = line.substr(5, import - 5), names = line.substr(import + 8);
    const std::size_t at = names.find("LLM");
    const auto edge = [&](std::size_t i) { return i >= names.size() || names[i] == ' ' || names[i] == ','; };
    if (at == names.npos || !edge(at + 3) || (at > 0 && !edge(at - 1))) return;
    others = !from.starts_with("vllm") && !from.starts_with("tensorrt_llm");
  });
  return others;
}

// ["vllm", "serve", args.model, "--model-path", name]: the model that only the running script knows.
void leaveComputedModel(ServerCall& call, FoundCalls& out) {
  std::vector<std::string>& words = call.arguments;
  const auto at = std::ranges::find(words, "(computed)");
  if (at == words.end()) return;
  const bool named = at != words.begin() && (at - 1)->starts_with("--model");
  if (!named && (at != words.begin() || !call.positional)) return;
  words.erase(named ? at - 1 : at, at + 1);
  call.modelElsewhere = true, call.positional = false;
  out.notes.push_back("The script computes which model it loads.");
}

}  // namespace

// vllm/engine/arg_utils.py, get_batch_defaults: UsageContext.LLM_CLASS on a card below 70 GiB (0.8.5 to 0.33).
constexpr std::int64_t kOfflinePrefill = 8192;

void pythonServers(std::string_view text, FoundCalls& out) {
  const bool others = isOthersLlm(text);
  for (const PythonCall& call : pythonCalls(text)) {
    if (others && call.name == "LLM") continue;
    const std::string last = call.name.substr(call.name.rfind('.') == call.name.npos ? 0 : call.name.rfind('.') + 1);
    ServerCall found;
    if (last == "LLM" && text.find("tensorrt_llm") == text.npos && isOwnLlm(call)) continue;
    if (last == "LLM" || last == "EngineArgs" || last == "AsyncEngineArgs")
      found.engine = text.find("tensorrt_llm") != text.npos ? "tensorrt-llm" : "vllm";
    else if (last == "Engine" || last == "Runtime")
      found.engine = "sglang";
    else if (call.name == "Llama" || call.name == "llama_cpp.Llama" || call.name == "Llama.from_pretrained" ||
             call.name == "LlamaCpp" || call.name == "LlamaCPP") {
      const bool computed = std::ranges::any_of(
          call.unread, [](const std::string& key) { return key == "model_path" || key == "model_url"; });
      if (!computed && !call.named.contains("model_path") && !call.named.contains("model_url") &&
          !call.named.contains("repo_id"))
        continue;
      out.calls.push_back(ofLlamaPython(call.name == "LlamaCPP" ? ofLlamaIndex(call) : call));
      out.calls.back().program = call.name + "(…)";
      out.calls.back().modelElsewhere = computed;
      if (computed) out.notes.push_back("The script computes which model it loads.");
      continue;
    } else if (last == "LLMConfig") {
      // Ray Serve's, as in its files
      for (ServerCall& served : deploymentCalls(call.named)) out.calls.push_back(std::move(served));
      continue;
    } else if ((call.name == "load" || call.name == "mlx_lm.load") && text.find("mlx_lm") != text.npos) {
      // mlx_lm/utils.py load(path_or_hf_repo, …)
      const Json& name = call.named.contains("path_or_hf_repo") ? call.named["path_or_hf_repo"]
                         : call.positional.empty()              ? Json()
                                                                : call.positional.front();
      if (!name.is_string()) continue;
      found.engine = "mlx", found.program = "load(…)", found.server = false;
      found.arguments = {"--model", name.get<std::string>()};
      out.calls.push_back(std::move(found));
      continue;
    } else {
      if (!call.positional.empty() && call.positional.front().is_array())
        for (ServerCall& started : serverCalls(textsOf(call.positional.front()), {})) {
          leaveComputedModel(started, out);
          out.calls.push_back(std::move(started));
        }
      // os.system("vllm serve …"), launch_server_cmd(f"python -m sglang.launch_server …")
      std::vector<std::string> texts = call.commands;
      if (!call.positional.empty() && call.positional.front().is_string())
        if (std::string one = textOf(call.positional.front()); one.find(" --") != one.npos)
          texts.push_back(std::move(one));
      for (const std::string& one : texts)
        for (ServerCall& started : serverCalls({one}, {})) out.calls.push_back(std::move(started));
      continue;
    }
    const bool computed =
        std::ranges::any_of(call.unread, [](const std::string& key) { return key == "model" || key == "model_path"; });
    if (!call.named.contains("model") && !call.named.contains("model_path") && call.positional.empty() && !computed)
      continue;
    found.modelElsewhere = computed;
    if (last == "LLM" && found.engine == "vllm") found.usualPrefill = kOfflinePrefill;
    found.program = call.name + "(…)", found.positional = true, found.server = false;
    if (!call.positional.empty() && call.positional.front().is_string())
      found.arguments.push_back(textOf(call.positional.front()));
    for (const auto& [key, value] : call.named.items()) {
      std::string name = "--" + key;
      std::ranges::replace(name, '_', '-');
      if (value.is_null()) continue;
      if (value.is_boolean()) {
        found.arguments.push_back(name + (value == true ? "" : "=false"));
      } else if (value.is_array() && optionTable(found.engine)->find(name).option != nullptr &&
                 optionTable(found.engine)->find(name).option->takes == Takes::list) {
        found.arguments.push_back(name);
        for (const Json& item : value) found.arguments.push_back(textOf(item));
      } else {
        found.arguments.push_back(name + "=" + textOf(value));
      }
    }
    for (const std::string& key : call.unread)
      if (key == "model" || key == "model_path")
        out.notes.push_back("The script computes which model it loads.");
      else
        found.arguments.push_back("--" + key + "=(computed)");
    out.calls.push_back(std::move(found));
    if (out.calls.size() >= kMostCalls) return;
  }
}

}  // namespace headroom
