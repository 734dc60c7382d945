#include "core/readers/commands/other_launchers.h"

#include <algorithm>

#include "core/base/lower_case.h"

namespace headroom {

using Words = std::vector<std::string>;

namespace {

// "$LLAMA_SERVER_BIN", "${VLLM_CLI}", Nix's "${llama-server}": a variable that is called like what it holds.
std::string programOfVariable(std::string_view word) {
  std::string name = lowerCase(word.substr(std::min(word.find_first_not_of("${"), word.size())));
  if (name.ends_with('}')) name.pop_back();
  const auto endsWith = [&](auto... ends) { return (name.ends_with(ends) || ...); };
  if (!endsWith("server", "bin", "cli", "exe", "cmd", "binary", "vllm", "sglang", "ollama")) return {};
  if (name.find("sglang") != name.npos) return "sglang";
  if (name.find("vllm") != name.npos) return "vllm";
  if (name.find("ollama") != name.npos) return "ollama";
  return name.find("llama") == name.npos ? "" : name.find("cli") == name.npos ? "llama-server" : "llama-cli";
}

}  // namespace

std::string programOf(std::string_view word) {
  if (word.starts_with('$') && word.size() > 6 && word.find('/') == word.npos)
    if (std::string name = programOfVariable(word); !name.empty()) return name;
  word.remove_prefix(std::min(word.find_first_not_of("[('\""), word.size()));
  const std::size_t slash = word.find_last_of("/\\");
  std::string name = lowerCase(slash == word.npos ? word : word.substr(slash + 1));
  for (const std::string_view end : {".exe", ".py", ".sh", ".llamafile"})
    if (name.ends_with(end)) name.resize(name.size() - end.size());
  return name;
}

bool ofHarness(const Words& words, std::size_t at, std::vector<ServerCall>& out) {
  const std::string harness = programOf(words[at]);
  if (harness != "lm_eval" && harness != "lm-eval" && harness != "lighteval") return false;
  const auto serves = [&](std::string_view engine) {
    return std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), engine) != words.end() ||
           std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), "--model=" + std::string(engine)) !=
               words.end();
  };
  const std::string_view engine = serves("vllm") ? "vllm" : serves("sglang") ? "sglang" : "";
  if (engine.empty()) return false;
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"pretrained", "model"},
      {"model_name", "model"},
      {"max_length", "max_model_len"},
      {"max_model_length", "max_model_len"},
      {"gpu_memory_utilisation", "gpu_memory_utilization"}};
  for (std::size_t i = at + 1; i < words.size(); ++i) {
    std::string_view rest = words[i];
    for (const std::string_view option : {"--model_args=", "--model-args="})
      if (rest.starts_with(option)) rest.remove_prefix(option.size());
    if (!rest.starts_with("pretrained=") && !rest.starts_with("model_name=")) continue;
    ServerCall call;
    call.engine = engine, call.program = harness, call.server = false;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      const std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t equals = std::min(pair.find('='), pair.size());
      std::string name(pair.substr(0, equals));
      for (const auto& [own, engines] : kNames)
        if (name == own) name = engines == "model" && engine == "sglang" ? "model-path" : std::string(engines);
      const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
      const bool yes = value == "True" || value == "true", no = value == "False" || value == "false";
      call.arguments.push_back("--" + name + (yes ? "" : no ? "=false" : "=" + std::string(value)));
    }
    out.push_back(std::move(call));
    return true;
  }
  return false;
}

bool ofSwift(const Words& words, std::size_t at, std::vector<ServerCall>& out) {
  if (programOf(words[at]) != "swift" || at + 1 >= words.size()) return false;
  const std::string& does = words[at + 1];
  if (does != "deploy" && does != "infer" && does != "rollout" && does != "app") return false;
  std::string engine = does == "rollout" ? "vllm" : "";
  for (std::size_t i = at + 2; i + 1 < words.size(); ++i)
    if (words[i] == "--infer_backend") engine = words[i + 1];
  if (engine != "vllm" && engine != "sglang") return false;
  ServerCall call;
  call.engine = engine, call.program = "swift " + does;
  for (std::size_t i = at + 2; i < words.size(); ++i) {
    if (words[i] == "--infer_backend" && i + 1 < words.size()) {
      ++i;
    } else if (words[i].starts_with("--" + engine + "_")) {
      call.arguments.push_back("--" + words[i].substr(engine.size() + 3));
    } else {
      call.arguments.push_back(words[i] == "--model" && engine == "sglang" ? "--model-path" : words[i]);
    }
  }
  out.push_back(std::move(call));
  return true;
}

Words ofLlamaPythonServer(const Words& given) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"--n_ctx", "-c"},
                                                                      {"--n_gpu_layers", "-ngl"},
                                                                      {"--n_batch", "-b"},
                                                                      {"--n_ubatch", "-ub"},
                                                                      {"--clip_model_path", "--mmproj"},
                                                                      {"--tensor_split", "-ts"},
                                                                      {"--type_k", "--type-k"},
                                                                      {"--hf_model_repo_id", "-hf"},
                                                                      {"--draft_model", "--draft-model"},
                                                                      {"--flash_attn", "-fa"},
                                                                      {"--n_threads", "-t"}};
  Words out;
  bool length = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = given[i];
    const std::string name = word.substr(0, word.find('='));
    if (name == "--chat_format" || name == "--model_alias") {  // of the answers' form
      if (name == word) ++i;
      continue;
    }
    const auto* const known =
        std::ranges::find(kNames, std::string_view(name), &std::pair<std::string_view, std::string_view>::first);
    length = length || name == "--n_ctx";
    if (known == std::end(kNames)) {
      out.push_back(word);
      continue;
    }
    out.emplace_back(known->second);
    if (name.size() < word.size()) out.push_back(word.substr(name.size() + 1));
  }
  for (std::string& word : out)
    if (word == "True" || word == "true") word = "on";
  if (!length) out.insert(out.end(), {"-c", "2048"});
  return out;
}

}  // namespace headroom
