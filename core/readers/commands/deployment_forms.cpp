#include "core/readers/commands/deployment_forms.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/lower_case.h"
#include "core/readers/commands/file_words.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/shell_text.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string>;

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

// "maxModelLen" is "--max-model-len".
std::string optionOf(std::string key) {
  for (std::size_t at = key.find("LoRA"); at != key.npos; at = key.find("LoRA", at)) key.replace(at, 4, "Lora");
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

// What a manifest's address names: of the hub the id, of a volume the place.
std::string modelOfUri(const std::string& uri) {
  if (uri.starts_with("hf://")) return uri.substr(5, uri.find(':', 5) - 5);
  if (uri.starts_with("ollama://")) return uri.substr(9);
  const std::size_t scheme = uri.find("://");
  return scheme == uri.npos ? uri : "/" + uri.substr(scheme + 3);
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
  if (const std::string uri = textAt(object, "storageUri"); !model && !uri.empty())
    call.arguments.insert(call.arguments.end(), {"--model", modelOfUri(uri)});
  return call;
}

// KServe's LLMInferenceService: the model, how it is shared, and the container's own words (kserve docs, v1alpha1).
std::optional<ServerCall> ofLlmService(const Json& object) {
  const std::string uri = textAt(at(object, "model"), "uri");
  if (uri.empty() || !(object.contains("template") || object.contains("parallelism") || object.contains("router")))
    return std::nullopt;
  ServerCall call;
  call.engine = "vllm", call.program = "LLMInferenceService";
  call.arguments = {"--model", modelOfUri(uri)};
  const Json& parallel = at(object, "parallelism");
  for (const char* part : {"tensor", "pipeline", "data"})
    if (const Json& n = at(parallel, part); n.is_number_integer())
      call.arguments.push_back(std::string("--") + part + "-parallel-size=" + wordOf(n));
  if (at(parallel, "expert") == true) call.arguments.emplace_back("--enable-expert-parallel");
  for (const Json& container : at(at(object, "template"), "containers")) {
    addWords(call.arguments, at(container, "args"));
    for (const Json& variable : at(container, "env"))
      if (textAt(variable, "name") == "VLLM_ADDITIONAL_ARGS")
        if (const Result<ShellScript> script = shellScript(textAt(variable, "value")))
          for (const ShellCommand& words : script->commands)
            call.arguments.insert(call.arguments.end(), words.words.begin(), words.words.end());
  }
  return call;
}

// KubeAI's Model (kubeai.org: url, engine, args).
std::optional<ServerCall> ofKubeAi(const Json& object) {
  const std::string url = textAt(object, "url");
  const std::string engine = lowerCase(textAt(object, "engine"));
  if (url.find("://") == url.npos || engine.empty()) return std::nullopt;
  if (engine != "vllm" && engine != "ollama") return std::nullopt;
  ServerCall call;
  call.engine = engine, call.program = "KubeAI " + engine, call.positional = true;
  std::string name = modelOfUri(url);
  name.resize(std::min(name.find('?'), name.size()));
  call.arguments = {name};
  addWords(call.arguments, at(object, "args"));
  for (const auto& [variable, value] : at(object, "env").items())
    if (value.is_string()) call.environment.emplace_back(variable, value.get<std::string>());
  return call;
}

// A model of vLLM's own recipes (recipes.vllm.ai): its id and the arguments every variant of it takes.
std::optional<ServerCall> ofVllmRecipe(const Json& object) {
  const std::string model = textAt(object, "model_id");
  if (model.empty() || !object.contains("base_args")) return std::nullopt;
  ServerCall call;
  call.engine = "vllm", call.program = "recipe", call.positional = true;
  call.arguments = {model};
  addWords(call.arguments, at(object, "base_args"));
  return call;
}

// A model of a compose file, which Docker Model Runner serves (docs.docker.com/ai/compose).
std::vector<ServerCall> ofComposeModel(const Json& object) {
  const std::string model = textAt(object, "model");
  if (!model.starts_with("ai/") && !model.starts_with("hf.co/")) return {};
  if (!object.contains("context_size") && !object.contains("runtime_flags") && object.size() > 1) return {};
  Words words = {"docker", "model", "run"};
  if (const Json& length = at(object, "context_size"); length.is_number_integer())
    words.insert(words.end(), {"--context-size", wordOf(length)});
  words.push_back(model);
  words.emplace_back("--");
  addWords(words, at(object, "runtime_flags"));
  return serverCalls(words, {});
}

// A model of the vLLM production stack's Helm values (docs.vllm.ai/projects/production-stack: modelSpec, vllmConfig).
std::optional<ServerCall> ofProductionStack(const Json& whole) {
  // The operator's VLLMRuntime has the model's part in an object of its own.
  Json object = whole;
  if (const Json& part = at(whole, "model"); !textAt(part, "modelURL").empty()) {
    // Its first version had the settings beside the model.
    constexpr std::string_view kOwn[] = {"replicas", "deploymentStrategy", "v0", "v1"};
    if (!whole.contains("vllmConfig"))
      for (const auto& [key, value] : whole.items())
        if ((!value.is_structured() || key == "extraArgs") && std::ranges::find(kOwn, key) == std::end(kOwn))
          object["vllmConfig"][key] = value;
    for (const auto& [key, value] : part.items())
      if (key == "modelURL")
        object[key] = value;
      else if (!value.is_structured() && !key.starts_with("enableTool") && value != "")
        object["vllmConfig"][key] = value;
    const Json& image = at(whole.contains("image") ? whole : at(whole, "deploymentConfig"), "image");
    if (const std::string name = textAt(image, "name"); !name.empty()) {
      object["repository"] = name.substr(0, name.rfind(':'));
      object["tag"] = name.rfind(':') == name.npos ? "" : name.substr(name.rfind(':') + 1);
    }
  }
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
  if (const Json& n = at(object, "tensorParallelSize"); n.is_number_integer())
    call.arguments.push_back("--tensor-parallel-size=" + wordOf(n));
  for (const Json* place : {&settings, static_cast<const Json*>(&object)})
    addWords(call.arguments, at(*place, "extraArgs"));
  return call;
}

// GPUStack's model files (docs.gpustack.ai: backend, backend_parameters).
std::optional<ServerCall> ofGpuStack(const Json& object) {
  if (!object.is_object() || !object.contains("backend_parameters")) return std::nullopt;
  const std::string backend = lowerCase(textAt(object, "backend"));
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

// A SkyPilot or dstack task: its variables and its devices stand in its commands (docs.skypilot.co, YAML
// specification; dstack.ai/docs/reference/dstack.yml).
std::string scriptOf(const Json& object) {
  if (!object.is_object()) return {};
  std::string run = textAt(object, "run"), text;
  const Json& resources = at(object, "resources");
  const bool sky = !run.empty() && (!resources.is_null() || object.contains("envs") || object.contains("setup"));
  const bool dstack = at(object, "commands").is_array() && object.contains("type");
  if (!sky && !dstack) return {};
  const Json& envs = at(object, sky ? "envs" : "env");
  for (const auto& [name, value] : envs.items()) {
    if (value.is_structured() || value.is_null()) continue;
    const std::string word = wordOf(value);  // ["NAME=value"]: the name is the place in the list
    if (!envs.is_array())
      text += name + "=" + shellQuoted(word) + "\n";
    else if (const std::size_t equals = word.find('='); equals != word.npos)
      text += word.substr(0, equals + 1) + shellQuoted(word.substr(equals + 1)) + "\n";
  }
  const Json& devices = at(resources, sky ? "accelerators" : "gpu");
  std::string count = "1";
  if (devices.is_string() && devices.get<std::string>().find(':') != std::string::npos)
    count = devices.get<std::string>().substr(devices.get<std::string>().rfind(':') + 1);
  if (devices.is_object() && sky && !devices.empty()) count = wordOf(devices.front());
  if (const Json& said = at(devices, "count"); !said.is_structured() && !said.is_null()) count = wordOf(said);
  if (count.empty() || count.find_first_not_of("0123456789") != count.npos) count = "1";
  if (!devices.is_null())
    for (const char* name : {"SKYPILOT_NUM_GPUS_PER_NODE", "DSTACK_GPUS_NUM", "DSTACK_GPUS_PER_NODE"})
      text += std::string(name) + "=" + count + "\n";
  for (const Json& command : at(object, "commands"))
    if (dstack && command.is_string()) run += command.get<std::string>() + "\n";
  return text + run;
}

std::vector<ServerCall> ofTask(const Json& object) {
  std::vector<ServerCall> calls;
  const std::string text = scriptOf(object);
  const Result<ShellScript> script = shellScript(text);
  if (text.empty() || !script) return calls;
  for (const ShellCommand& command : script->commands)
    for (ServerCall& call : serverCalls(command.words, command.environment)) {
      const std::string pinned = call.engine + "==", setup = textAt(object, "setup");
      if (const std::size_t from = setup.find(pinned); call.version.empty() && from != setup.npos) {
        const std::string rest = setup.substr(from + pinned.size());
        call.version = rest.substr(0, rest.find_first_not_of("0123456789."));
      }
      if (const ServerCall of = callOfImage(textAt(object, "image")); call.version.empty() && of.engine == call.engine)
        call.version = of.version;
      calls.push_back(std::move(call));
    }
  return calls;
}

// llm-d's Helm values (github.com/llm-d-incubation/llm-d-modelservice: modelArtifacts, decode; its first installer:
// sampleApplication.model), whose containers run vLLM.
std::optional<ServerCall> ofLlmD(const Json& object) {
  const Json& model = object.contains("modelArtifacts") ? at(object, "modelArtifacts") : at(object, "model");
  std::string uri = textAt(model, "uri");
  if (uri.empty()) uri = textAt(model, "modelArtifactURI");
  if (uri.empty() || !(object.contains("decode") || object.contains("prefill"))) return std::nullopt;
  ServerCall call;
  call.engine = "vllm", call.program = "llm-d";
  // A volume's place says less than the name.
  const std::string name = textAt(model, "modelName").empty() ? textAt(model, "name") : textAt(model, "modelName");
  call.arguments = {"--model", uri.starts_with("hf://") || name.empty() ? modelOfUri(uri) : name};
  const Json& decode = at(object, "decode");
  for (const char* part : {"tensor", "data"})
    if (const Json& n = at(at(decode, "parallelism"), part); n.is_number_integer())
      call.arguments.push_back(std::string("--") + part + "-parallel-size=" + wordOf(n));
  for (const Json& container : at(decode, "containers")) addWords(call.arguments, at(container, "args"));
  addWords(call.arguments, at(decode, "extraArgs"));
  return call;
}

// What LM Studio and others that load llama.cpp as a library call its parameters (llama-cpp-python's names).
std::optional<ServerCall> ofLlamaParameters(const Json& object) {
  if (!object.contains("n_ctx") || !(object.contains("n_gpu_layers") || object.contains("n_batch")))
    return std::nullopt;
  ServerCall call;
  call.engine = "llama.cpp", call.program = "parameters", call.server = false, call.modelElsewhere = true;
  constexpr std::pair<const char*, const char*> kNames[] = {{"n_ctx", "--ctx-size"},
                                                            {"n_batch", "--batch-size"},
                                                            {"n_ubatch", "--ubatch-size"},
                                                            {"n_gpu_layers", "-ngl"},
                                                            {"model_path", "--model"}};
  for (const auto& [key, option] : kNames)
    if (const Json& value = at(object, key); value.is_number() || value.is_string())
      call.arguments.insert(call.arguments.end(), {option, wordOf(value)});
  return call;
}

// Workers that prefill and workers that decode, each with TensorRT-LLM's own options (NVIDIA's srt-slurm and Dynamo).
std::vector<ServerCall> ofWorkers(const Json& object) {
  std::vector<ServerCall> calls;
  for (const char* part : {"prefill", "decode"})
    if (std::optional<ServerCall> call = trtllmOptions(at(object, part))) calls.push_back(std::move(*call));
  return calls;
}

}  // namespace

std::vector<ServerCall> deploymentCalls(const Json& object) {
  if (!object.is_object()) return {};
  if (std::vector<ServerCall> calls = ofWorkers(object); calls.size() == 2) return calls;
  for (const auto read : {ofKserve, ofLlmService, ofProductionStack, ofGpuStack, ofRay, ofKubeAi, ofVllmRecipe, ofLlmD,
                          ofLlamaParameters})
    if (std::optional<ServerCall> call = read(object)) return {std::move(*call)};
  if (std::vector<ServerCall> calls = ofComposeModel(object); !calls.empty()) return calls;
  return ofTask(object);
}

std::string taskScript(std::string_view text) {
  constexpr std::size_t kLongest = 64 * 1024;
  if (text.size() > kLongest || (text.find("commands:") == text.npos && text.find("run:") == text.npos)) return {};
  const Result<recipes::RecipeTree> tree = recipes::parseRecipe(text, "");
  return tree ? scriptOf(tree->root) : std::string();
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
