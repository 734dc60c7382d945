#include "core/readers/commands/deployment_forms.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string>;

std::string wordOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

const Json& at(const Json& object, const char* key) {
  static const Json kNone;
  const auto it = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && it != object.end() ? *it : kNone;
}

std::string textAt(const Json& object, const char* key) {
  const Json& value = at(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

void addWords(Words& words, const Json& list) {
  if (!list.is_array()) return;
  for (const Json& item : list)
    if (!item.is_structured() && !item.is_null()) words.push_back(wordOf(item));
}

std::string quoted(std::string text) {
  for (std::size_t at = text.find('\''); at != text.npos; at = text.find('\'', at + 4)) text.replace(at, 1, "'\\''");
  return "'" + text + "'";
}

// "maxModelLen" is "--max-model-len".
std::string optionOf(std::string_view key) {
  std::string name = "--";
  for (const char c : key) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) name.push_back('-');
    name.push_back(c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return name;
}

void addOptions(Words& words, const Json& settings) {
  if (!settings.is_object()) return;
  for (const auto& [key, value] : settings.items()) {
    if (value.is_null() || value.is_array()) continue;
    if (value.is_boolean())
      words.push_back(optionOf(key) + (value == true ? "" : "=false"));
    else
      words.push_back(optionOf(key) + "=" + wordOf(value));
  }
}

// KServe's Hugging Face runtime is vLLM with names of its own for the model (kserve docs, "Hugging Face Serving
// Runtime": --model_id, --model_dir, --model_name).
std::optional<ServerCall> ofKserve(const Json& object) {
  const std::string format = textAt(at(object, "modelFormat"), "name");
  if (format != "huggingface" && format != "vLLM" && format != "vllm") return std::nullopt;
  ServerCall call;
  call.engine = "vllm", call.program = "KServe " + format;
  addWords(call.arguments, at(object, "args"));
  bool model = false;
  for (std::string& word : call.arguments) {
    const std::string name = word.substr(0, word.find('='));
    const std::string rest = word.substr(name.size());
    std::string plain = name;
    std::ranges::replace(plain, '-', '_');
    if (plain == "__model_id" || plain == "__model_dir") word = "--model" + rest;
    if (plain == "__model_name") word = "--served-model-name" + rest;
    model = model || word.starts_with("--model");
  }
  if (const std::string uri = textAt(object, "storageUri"); !model && uri.starts_with("hf://")) {
    const std::string name = uri.substr(5);
    call.arguments.insert(call.arguments.end(), {"--model", name.substr(0, name.find(':'))});
  }
  return call;
}

// A model of the vLLM production stack's Helm values (docs.vllm.ai/projects/production-stack: modelSpec, vllmConfig).
std::optional<ServerCall> ofProductionStack(const Json& object) {
  const std::string model = textAt(object, "modelURL");
  const Json& settings = at(object, "vllmConfig");
  if (model.empty() || !(settings.is_object() || object.contains("requestGPU"))) return std::nullopt;
  ServerCall call;
  call.engine = "vllm", call.program = "modelSpec";
  call.version = callOfImage(textAt(object, "repository") + ":" + textAt(object, "tag")).version;
  call.arguments = {"--model", model};
  Json plain = settings.is_object() ? settings : Json::object();
  for (const char* own : {"v0", "v1", "extraArgs"}) plain.erase(own);
  addOptions(call.arguments, plain);
  addWords(call.arguments, at(settings, "extraArgs"));
  return call;
}

// GPUStack's model files (docs.gpustack.ai: backend, backend_parameters).
std::optional<ServerCall> ofGpuStack(const Json& object) {
  if (!object.is_object() || !object.contains("backend_parameters")) return std::nullopt;
  std::string backend = textAt(object, "backend");
  std::ranges::transform(backend, backend.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string engine = backend == "sglang"                                ? "sglang"
                             : backend == "llama-box" || backend == "llama.cpp" ? "llama.cpp"
                                                                                : "vllm";
  ServerCall call;
  call.engine = engine, call.program = "GPUStack " + backend, call.version = textAt(object, "backend_version");
  for (const char* key : {"huggingface_repo_id", "model_scope_model_id", "local_path"})
    if (const std::string name = textAt(object, key); !name.empty())
      call.arguments = {engine == "sglang" ? "--model-path" : engine == "llama.cpp" ? "--hf-repo" : "--model", name};
  addWords(call.arguments, at(object, "backend_parameters"));
  return call;
}

// Ray Serve's LLM configurations (docs.ray.io, serving LLMs: model_loading_config, engine_kwargs).
std::optional<ServerCall> ofRay(const Json& object) {
  const Json& settings = at(object, "engine_kwargs");
  const Json& loading = at(object, "model_loading_config");
  if (!loading.is_object()) return std::nullopt;
  ServerCall call;
  call.engine = "vllm", call.program = "Ray Serve";
  const std::string source = textAt(loading, "model_source");
  call.arguments = {"--model", source.empty() ? textAt(loading, "model_id") : source};
  addOptions(call.arguments, settings);
  return call;
}

// A SkyPilot task: its variables and its devices stand in its commands (docs.skypilot.co, YAML specification).
std::vector<ServerCall> ofSkyPilot(const Json& object) {
  const std::string run = textAt(object, "run");
  if (run.empty() || !(object.contains("resources") || object.contains("envs") || object.contains("setup"))) return {};
  std::string text;
  for (const auto& [name, value] : at(object, "envs").items())
    if (!value.is_structured() && !value.is_null()) text += name + "=" + quoted(wordOf(value)) + "\n";
  const Json& devices = at(at(object, "resources"), "accelerators");
  std::string count = "1";
  if (devices.is_string() && devices.get<std::string>().find(':') != std::string::npos)
    count = devices.get<std::string>().substr(devices.get<std::string>().find(':') + 1);
  if (devices.is_object() && !devices.empty()) count = wordOf(devices.front());
  if (!devices.is_null()) text += "SKYPILOT_NUM_GPUS_PER_NODE=" + count + "\n";
  std::vector<ServerCall> calls;
  const Result<ShellScript> script = shellScript(text + run);
  if (!script) return calls;
  for (const ShellCommand& command : script->commands)
    for (ServerCall& call : serverCalls(command.words, command.environment)) {
      const std::string pinned = call.engine + "==", setup = textAt(object, "setup");
      if (const std::size_t from = setup.find(pinned); call.version.empty() && from != setup.npos) {
        const std::string rest = setup.substr(from + pinned.size());
        call.version = rest.substr(0, rest.find_first_not_of("0123456789."));
      }
      calls.push_back(std::move(call));
    }
  return calls;
}

}  // namespace

std::vector<ServerCall> deploymentCalls(const Json& object) {
  if (!object.is_object()) return {};
  for (const auto read : {ofKserve, ofProductionStack, ofGpuStack, ofRay})
    if (std::optional<ServerCall> call = read(object)) return {std::move(*call)};
  return ofSkyPilot(object);
}

std::optional<ServerCall> trtllmOptions(const Json& root) {
  if (!root.is_object() || root.size() > 500) return std::nullopt;
  const OptionTable& table = *optionTable("tensorrt-llm");
  ServerCall call;
  call.engine = "tensorrt-llm", call.program = "options", call.modelElsewhere = true;
  std::size_t known = 0;
  const auto add = [&](const std::string& name, const Json& value) {
    const FoundOption found = table.find("--" + name);
    known += found.option != nullptr ? 1 : 0;
    if (value.is_boolean())
      call.arguments.push_back("--" + name + (value == true ? "" : "=false"));
    else
      call.arguments.push_back("--" + name + "=" + wordOf(value));
  };
  const bool its = root.contains("kv_cache_config") || root.contains("cuda_graph_config") ||
                   root.contains("moe_config") || root.contains("enable_attention_dp");
  if (!its) return std::nullopt;
  for (const auto& [key, value] : root.items()) {
    if (value.is_null()) continue;
    if (value.is_object() && table.find("--" + key).option == nullptr)
      for (const auto& [inner, own] : value.items()) add(key + "." + inner, own);
    else
      add(key, value);
  }
  return known >= 2 ? std::optional(std::move(call)) : std::nullopt;
}

}  // namespace headroom
