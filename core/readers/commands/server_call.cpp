#include "core/readers/commands/server_call.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/readers/commands/logged_ollama.h"
#include "core/readers/commands/other_launchers.h"
#include "core/readers/commands/shell_text.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {
namespace {

using Words = std::vector<std::string>;
using Environment = std::vector<std::pair<std::string, std::string>>;

// A program or a module, the word that must follow it, and what it starts.
struct Program {
  std::string_view name, next, engine;
  bool positional = false, server = true;
};
// Entry points of the packages (setup.py, pyproject.toml) and of llama.cpp's tools/.
constexpr Program kPrograms[] = {
    {"vllm", "serve", "vllm", true},
    {"vllm.entrypoints.cli.main", "serve", "vllm", true},
    {"vllm.entrypoints.openai.api_server", "", "vllm"},
    {"vllm.entrypoints.api_server", "", "vllm"},
    {"vllm.entrypoints.openai.run_batch", "", "vllm"},
    {"sglang", "serve", "sglang", true},
    {"sglang.launch_server", "", "sglang"},
    {"sglang.srt.launch_server", "", "sglang"},
    {"llama-server", "", "llama.cpp"},
    {"llama-cli", "", "llama.cpp", false, false},
    {"llama-mtmd-cli", "", "llama.cpp", false, false},
    {"llama-completion", "", "llama.cpp", false, false},
    {"llama-run", "", "llama.cpp", false, false},
    {"llama-simple", "", "llama.cpp", false, false},
    {"llama-perplexity", "", "llama.cpp", false, false},
    {"llama-embedding", "", "llama.cpp", false, false},
    {"llamafile", "", "llama.cpp"},
    {"llama_cpp.server", "", "llama.cpp", false, false},
    {"ollama", "run", "ollama", true},
    {"ollama", "serve", "ollama"},
    {"ollama", "pull", "ollama", true},
    {"ollama", "runner", "llama.cpp", false, false},
    {"trtllm-serve", "", "tensorrt-llm", true},
    {"trtllm-bench", "", "tensorrt-llm", false, false},
    {"mlx_lm.server", "", "mlx"},
    {"mlx_lm", "server", "mlx"},
    {"mlx_lm.generate", "", "mlx", false, false},
    {"mlx_lm", "generate", "mlx", false, false},
    {"mlx_lm.cache_prompt", "", "mlx", false, false},
    {"mlx_lm", "cache_prompt", "mlx", false, false},
    {"koboldcpp", "", "koboldcpp", true},
    {"koboldcpp-linux-x64", "", "koboldcpp", true},
    {"koboldcpp_cu12", "", "koboldcpp", true},
    {"vllm", "bench throughput", "vllm", false, false},
    {"vllm", "bench latency", "vllm", false, false},
    // NVIDIA Dynamo's workers take their engine's options (components/src/dynamo/{vllm,sglang}/args.py).
    {"dynamo.vllm", "", "vllm"},
    {"dynamo.sglang", "", "sglang"},
    {"trl", "vllm-serve", "vllm"},  // trl/scripts/vllm_serve.py: vLLM's own words
};
// Of before 2024-06 llama.cpp's programs were called so; too common words to be taken without a model behind them.
constexpr std::string_view kOldPrograms[] = {"server", "main"};

// What an image runs by itself (the Dockerfiles' ENTRYPOINT), and whose images have the program's version for a tag;
// others' tags count their own releases ("nvcr.io/nvidia/vllm:26.01-py3", "lmcache/vllm-openai:v0.3.1").
struct Image {
  std::string_view part, engine;
  bool positional = false;
  std::string_view own = {};
};
constexpr Image kImages[] = {{"vllm", "vllm", true, "vllm/vllm-"},
                             {"vllm", "vllm", true, "vllm-ascend"},
                             {"sglang", "sglang", false, "lmsysorg/"},
                             {"llama.cpp", "llama.cpp"},
                             {"llama-cpp", "llama.cpp"},
                             {"llamacpp", "llama.cpp"},
                             {"ollama", "ollama"},
                             {"tensorrt-llm", "tensorrt-llm"},
                             {"tensorrt_llm", "tensorrt-llm"},
                             {"koboldcpp", "koboldcpp", true}};

constexpr std::string_view kUnsupported[] = {"lmdeploy",
                                             "text-generation-launcher",
                                             "text-generation-inference",
                                             "aphrodite",
                                             "tabbyapi",
                                             "ktransformers",
                                             "mlc_llm",
                                             "exllamav2",
                                             "exllamav3",
                                             "xinference",
                                             "openllm",
                                             "tritonserver",
                                             "fastchat",
                                             "fastchat.serve.model_worker",
                                             "lms",
                                             "text-embeddings-router",
                                             "text-embeddings-inference",
                                             "mistralrs-server",
                                             "mistralrs",
                                             "rkllm",
                                             "openvino",
                                             "ctranslate2",
                                             "deepspeed-mii",
                                             "infinity_emb",
                                             "tgi",
                                             "llama-bench",
                                             "mlx_vlm",
                                             "trtllm-build",
                                             "disaggregated",
                                             "disaggregated_mpi_worker",
                                             "lightllm",
                                             "swift",
                                             "ramalama"};

// An image's tag as a version: "v0.6.4", "server-cuda-b4719", "v0.5.3.post1-cu126".
std::string versionOf(std::string_view image) {
  image = image.substr(0, image.find('@'));  // "…:v0.23.0@sha256:6d84…"
  const std::size_t colon = image.rfind(':');
  if (colon == image.npos || image.find('/', colon) != image.npos) return {};
  std::string_view tag = image.substr(colon + 1);
  if (const std::size_t build = tag.rfind("-b");
      build != tag.npos && build + 2 < tag.size() && std::isdigit(static_cast<unsigned char>(tag[build + 2])))
    return std::string(tag.substr(build + 1));
  if (tag.starts_with('v')) tag.remove_prefix(1);
  if (tag.empty() || std::isdigit(static_cast<unsigned char>(tag.front())) == 0 || tag.find('.') == tag.npos) return {};
  return std::string(tag.substr(0, tag.find('-')));
}

// docker's and podman's switches that take no value of their own; every other option takes one.
bool isSwitch(std::string_view option) {
  constexpr std::string_view kSwitches[] = {"--rm",
                                            "--detach",
                                            "--interactive",
                                            "--tty",
                                            "--privileged",
                                            "--init",
                                            "--read-only",
                                            "--publish-all",
                                            "--no-healthcheck",
                                            "--oom-kill-disable",
                                            "--quiet",
                                            "--replace",
                                            "--tls-verify"};
  if (std::ranges::find(kSwitches, option) != std::end(kSwitches)) return true;
  return option.size() > 1 && option[1] != '-' && option.find_first_not_of("ditqP", 1) == option.npos;
}

void takeVariable(Environment& environment, std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals != word.npos)
    environment.emplace_back(std::string(word.substr(0, equals)), std::string(word.substr(equals + 1)));
}

// docker run … IMAGE …: the image's program with what stands behind it.
void ofContainer(const Words& words, std::size_t at, Environment environment, std::vector<ServerCall>& out) {
  std::string entry;
  for (; at < words.size() && words[at].starts_with('-'); ++at) {
    std::string name = words[at], value;
    if (const std::size_t equals = name.find('='); name.starts_with("--") && equals != name.npos) {
      value = name.substr(equals + 1), name.resize(equals);
    } else if (!isSwitch(name)) {
      // "-p80:80", "-dp 80:80": what stands behind a short option's letter is its value
      const std::size_t letter = name[1] == '-' ? name.npos : name.find_first_not_of("ditqP", 1);
      if (letter != name.npos && letter + 1 < name.size()) {
        value = name.substr(letter + 1), name = std::string("-") + name[letter];
      } else {
        if (++at >= words.size()) return;
        value = words[at];
      }
    }
    if (name == "-e" || name == "--env") takeVariable(environment, value);
    if (name == "--entrypoint") entry = value;
  }
  if (at >= words.size()) return;
  const ServerCall image = callOfImage(words[at]);
  Words inside;
  if (!entry.empty()) inside.push_back(entry);
  inside.insert(inside.end(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
  std::vector<ServerCall> found = serverCalls(inside, environment);
  // Another program of the engine's, or a shell: "… lmsysorg/sglang:dev sglang generate …".
  const std::string first = inside.empty() ? std::string() : programOf(inside.front());
  const bool other = first == image.engine || first.starts_with("python") || first == "bash" || first == "sh";
  if (found.empty() && !image.engine.empty() && entry.empty() && !other) {
    ServerCall call = image;
    call.arguments = std::move(inside);
    call.environment = environment;
    found.push_back(std::move(call));
  }
  for (ServerCall& call : found) {
    if (call.version.empty() && call.engine == image.engine) call.version = image.version;
    out.push_back(std::move(call));
  }
}

// `docker model run ai/NAME:TAG` of Docker Model Runner, whose llama.cpp takes a length that `docker model configure`
// may say (docs.docker.com/ai/model-runner).
bool ofModelRunner(const Words& words, std::size_t at, std::vector<ServerCall>& out) {
  const std::string program = programOf(words[at]);
  std::size_t i = at + (program == "docker" && at + 1 < words.size() && words[at + 1] == "model" ? 2 : 1);
  if ((program != "docker" || i != at + 2) && program != "model-cli" && program != "docker-model") return false;
  if (i >= words.size()) return false;
  const std::string& does = words[i++];
  if (does != "run" && does != "configure" && does != "pull" && does != "package") return false;
  ServerCall call;
  call.engine = "llama.cpp", call.program = "docker model " + does;
  std::string model, backend;
  for (; i < words.size(); ++i) {
    const std::string& word = words[i];
    const auto value = [&] {
      const std::size_t equals = word.find('=');
      return equals != word.npos ? word.substr(equals + 1) : i + 1 < words.size() ? words[++i] : std::string();
    };
    if (word == "--") {  // the engine's own words
      call.arguments.insert(call.arguments.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      break;
    }
    if (word.starts_with("--context-size"))
      call.arguments.insert(call.arguments.end(), {"--ctx-size", value()});
    else if (word.starts_with("--backend"))
      backend = value();
    else if (word.starts_with("--color") || word.starts_with("--gguf") || word.starts_with("--license"))
      (void)value();
    else if (!word.starts_with('-') && model.empty())
      model = word;
  }
  if (model.empty()) return false;
  // Of another registry it is a container that brings its own server: nvcr.io/nim/google/gemma-3-1b-it.
  const std::string host = model.substr(0, std::min(model.find('/'), model.size()));
  if (host.find('.') != host.npos && host != "hf.co" && host != "huggingface.co" && host != "docker.io")
    call.engine = host + "'s container";
  const bool vllm = backend == "vllm" || model.ends_with("-vllm");
  if (vllm) call.engine = "vllm";
  for (std::string& word : call.arguments)
    if (vllm && word == "--ctx-size") word = "--max-model-len";
  // Of Docker's own library the names are the publishers', as in Ollama's: ai/qwen3:8B-Q4_K_M.
  const bool library = model.starts_with("ai/") || model.starts_with("docker.io/ai/");
  call.library = library && !vllm, call.server = false, call.usualContext = 4096;
  if (call.library) model.erase(0, model.find("ai/") + 3);
  if (library && vllm && model.starts_with("ai/")) model.insert(0, "docker.io/");  // no hub's namesake
  call.arguments.insert(call.arguments.begin(), {vllm ? "--model" : library ? "-m" : "-hf", model});
  out.push_back(std::move(call));
  return true;
}

// Programs that are told a server's name and start none: `pkill llama-server`, `cmake --target llama-server`.
bool namesOnly(const Words& words) {
  constexpr std::string_view kOthers[] = {"pkill", "killall", "pgrep", "which",     "whereis",    "echo", "grep",
                                          "cmake", "make",    "ninja", "systemctl", "journalctl", "curl", "wget",
                                          "pip",   "apt",     "brew",  "chmod",     "cp",         "ls",   "printf"};
  std::size_t first = 0;
  while (first < words.size() && (words[first] == "sudo" || words[first] == "$")) ++first;
  // A function that prints the command it stands for.
  const auto options = std::ranges::count_if(words, [](const std::string& w) { return w.starts_with("--"); });
  if (first + 3 < words.size() && words[first] == "echo" && words[first + 1].starts_with("python") &&
      words[first + 2] == "-m" && options > 2)
    return false;
  return first < words.size() && std::ranges::find(kOthers, programOf(words[first])) != std::end(kOthers);
}

bool isContainerRun(const Words& words, std::size_t at) {
  const std::string program = programOf(words[at]);
  return (program == "docker" || program == "podman" || program == "nerdctl") && at + 1 < words.size();
}

const Program* programAt(const Words& words, std::size_t at) {
  // The value of an option is no program.
  if (words[at].starts_with('$') && at > 0 && words[at - 1].starts_with('-')) return nullptr;
  const std::string name = programOf(words[at]);
  const std::string next = at + 1 < words.size() ? words[at + 1] : std::string();
  const std::string both = at + 2 < words.size() ? next + " " + words[at + 2] : next;
  // A build by its commit: llama-server-f3252055
  const bool built = name.starts_with("llama-server-") && name.find_first_not_of("0123456789abcdef", 13) == name.npos;
  for (const Program& p : kPrograms)
    if (name == p.name || (built && p.name == "llama-server"))
      if (p.next.empty() || p.next == next || p.next == both) return &p;
  // python path/to/vllm/entrypoints/openai/api_server.py
  if (words[at].ends_with("openai/api_server.py")) return &kPrograms[2];
  if (name == "api_server" && std::ranges::find(words, "--model") != words.end()) return &kPrograms[2];
  if (std::ranges::find(kOldPrograms, name) != std::end(kOldPrograms) &&
      words[at].find_first_of("/\\") != std::string::npos)
    if (std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), "-m") != words.end() ||
        std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), "-hf") != words.end())
      return name == "server" ? &kPrograms[8] : &kPrograms[9];
  return nullptr;
}

}  // namespace

ServerCall callOfImage(std::string_view image) {
  ServerCall call;
  // "${VLLM_IMAGE:-vllm/vllm-openai:v0.27.1}"
  if (const std::size_t other = image.rfind(":-");
      image.starts_with("${") && image.ends_with('}') && other != image.npos)
    image = image.substr(other + 2, image.size() - other - 3);
  const std::string_view name = image.substr(0, image.find('@'));
  for (const Image& known : kImages) {
    if (name.find(known.part) == name.npos) continue;
    call.engine = known.engine, call.positional = known.positional;
    call.program = std::string(image);
    if (name.find(known.own) == name.npos) continue;
    call.version = versionOf(image);
    break;
  }
  return call;
}

std::vector<ServerCall> serverCalls(const Words& words, const Environment& environment) {
  std::vector<ServerCall> out;
  if (namesOnly(words)) return out;
  // Commands inside one word (bash -c "…") are looked at where no program stands outside; the depth is bounded by the
  // text growing shorter with every quote.
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (ofModelRunner(words, i, out)) return out;
    if (isContainerRun(words, i))
      for (std::size_t k = i + 1; k < std::min(words.size(), i + 4); ++k)
        if (words[k] == "run" || words[k] == "create") return ofContainer(words, k + 1, environment, out), out;
    if (ofHarness(words, i, out) || ofSwift(words, i, out)) return out;
    const Program* const program = programAt(words, i);
    if (program == nullptr) continue;
    ServerCall call;
    call.engine = program->engine;
    call.program = program->next.empty() ? std::string(program->name)
                                         : std::string(program->name) + " " + std::string(program->next);
    call.positional = program->positional, call.server = program->server;
    call.environment = environment;
    for (std::size_t k = 0; k < i; ++k)
      if (!words[k].starts_with('-')) takeVariable(call.environment, words[k]);  // env NAME=value, ssh host NAME=value
    std::size_t first = i + 1;
    if (!program->next.empty()) first += 1 + static_cast<std::size_t>(std::ranges::count(program->next, ' '));
    if (call.engine == "tensorrt-llm" && first < words.size() && words[first] == "serve") ++first;
    // What hands requests on, and workers that a file of its own describes (tensorrt_llm/commands/serve.py, 0.18).
    if (first < words.size() && words[first].starts_with("disaggregated")) return out;
    call.arguments.assign(words.begin() + static_cast<std::ptrdiff_t>(std::min(first, words.size())), words.end());
    // A process that the server started, of a model that is a blob.
    if (program->next == "runner") call.arguments = runnerArguments(call.arguments), call.modelElsewhere = true;
    if (program->name == "llama_cpp.server") call.arguments = ofLlamaPythonServer(call.arguments);
    if (words[i].starts_with('[') && !call.arguments.empty() && call.arguments.back().ends_with(']') &&
        call.arguments.back().find('[') == std::string::npos)
      call.arguments.back().pop_back();
    out.push_back(std::move(call));
    return out;
  }
  for (const std::string& word : words) {
    if (word.find(' ') == word.npos || word.size() > 20'000) continue;
    // What is set outside stands for its names inside: bash -c "vllm serve ${MODEL}" of a pod that has MODEL.
    std::string set;
    for (const auto& [name, value] : environment)
      if (word.find('$') != word.npos && set.size() < 20'000) set += name + "=" + shellQuoted(value) + "\n";
    const Result<ShellScript> inner = shellScript(set + word);
    if (!inner) continue;
    for (const ShellCommand& command : inner->commands) {
      if (command.words.size() == 1 && command.words.front() == word) continue;
      Environment all = set.empty() ? environment : Environment();
      all.insert(all.end(), command.environment.begin(), command.environment.end());
      for (ServerCall& call : serverCalls(command.words, all)) out.push_back(std::move(call));
      if (out.size() > 64) return out;
    }
    if (!out.empty()) return out;
  }
  return out;
}

std::string_view unsupportedServer(const Words& words) {
  // TabbyAPI's own words without a program in front of them.
  const auto says = [&](std::string_view option) { return std::ranges::find(words, option) != words.end(); };
  if (says("--max-seq-len") && (says("--model-name") || says("--inline-model-loading"))) return "TabbyAPI";
  for (const std::string& word : words) {
    const std::string name = programOf(word);
    for (const std::string_view known : kUnsupported)
      if (name == known || name.starts_with(std::string(known) + ":") || name.starts_with(std::string(known) + "."))
        return known;
  }
  return {};
}

}  // namespace headroom
