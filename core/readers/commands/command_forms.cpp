#include "core/readers/commands/command_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/printable.h"
#include "core/readers/commands/deployment_forms.h"
#include "core/readers/commands/described_pod.h"
#include "core/readers/commands/file_words.h"
#include "core/readers/commands/helm_values.h"
#include "core/readers/commands/option_files.h"
#include "core/readers/commands/option_forms.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/powershell_lists.h"
#include "core/readers/commands/python_servers.h"
#include "core/readers/commands/server_config.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/commands/terminal_text.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/commands/unit_files.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string>;
constexpr std::size_t kLongest = 256 * 1024, kMostCalls = 64;

// llama-swap's macros, put in where a command uses them.
Json withMacros(const Json& root) {
  if (!root.is_object() || !root.contains("macros")) return root;
  const Environment macros = environmentOf(root["macros"]);
  Json out = root;
  out.erase("macros");
  if (macros.empty()) return out;
  const auto walk = [&](const auto& self, Json& value, int depth) -> void {
    if (depth > 16) return;
    if (value.is_string()) value = withNames(value.get<std::string>(), "${", '}', macros);
    if (value.is_structured())
      for (Json& inner : value) self(self, inner, depth + 1);
  };
  walk(walk, out, 0);
  return out;
}

bool isInterpreter(std::string_view word) {
  word = word.substr(std::min(word.rfind('/') + 1, word.size()));
  for (const std::string_view program : {"sh", "bash", "zsh", "python", "python3"})
    if (word == program) return true;
  return false;
}

// Compose, Kubernetes, llama-swap, Helm, ECS, launch.json: wherever an object has a command, the words of its parts in
// their order, behind the image's own program.
class FileWalk {
 public:
  explicit FileWalk(FoundCalls& out) : out_(out) {}

  void walk(const Json& value, int depth = 0) {
    if (depth > 16 || out_.calls.size() >= kMostCalls) return;
    if (value.is_object() && take(value)) return;
    if (value.is_structured())
      for (const Json& inner : value) walk(inner, depth + 1);
  }

 private:
  bool take(const Json& object) {
    // A stage of vLLM-Omni's (vllm_omni/model_executor/stage_configs).
    Json options = object.contains("stage_id") ? object : Json();
    for (const char* own : {"stage_id", "devices", "default_sampling_params", "input_connectors"})
      if (options.is_object()) options.erase(own);
    if (options.is_object())
      if (std::optional<ServerCall> stage = callOfOptions(options)) {
        out_.calls.push_back(std::move(*stage));
        return true;
      }
    if (std::vector<ServerCall> calls = deploymentCalls(object); !calls.empty()) {
      for (ServerCall& call : calls) out_.calls.push_back(std::move(call));
      return true;
    }
    // TabbyAPI's config.yml (config_sample.yml, 2024 to 2026).
    constexpr const char* kTabbys[] = {"inline_model_loading", "gpu_split_auto", "cache_mode", "autosplit_reserve",
                                       "draft_model_name"};
    if (std::ranges::any_of(kTabbys, [&](const char* key) { return object.contains(key); }) &&
        (object.size() < 5 || object.contains("model_name") || object.contains("model_dir")))
      unsupported_ = "TabbyAPI";
    constexpr const char* kParts[] = {"entrypoint", "program", "module",    "command",
                                      "cmd",        "args",    "extraArgs", "containerArgs"};
    Words words;
    for (const char* part : kParts) {
      if (!object.contains(part)) continue;
      Words more = wordsOf(object[part]);
      words.insert(words.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    putArguments(words);
    Environment environment;
    for (const char* key : {"environment", "env"})
      if (object.contains(key)) environment = environmentOf(object[key]);
    // Kubernetes puts in what $(NAME) stands for.
    for (std::string& word : words) word = withNames(std::move(word), "$(", ')', environment);
    std::string image;
    if (object.contains("image")) {
      const Json& named = object["image"];
      if (named.is_string()) image = named.get<std::string>();
      if (named.is_object() && named.contains("repository") && named["repository"].is_string())
        image = named["repository"].get<std::string>() +
                (named.contains("tag") && !named["tag"].is_null() ? ":" + wordOf(named["tag"]) : "");
    }
    std::vector<ServerCall> found = serverCalls(words, environment);
    // A pod's command stands in the place of the image's own program.
    const bool other = !words.empty() && isInterpreter(words.front());
    if (found.empty() && !image.empty() && !object.contains("entrypoint") && !other)
      if (ServerCall call = callOfImage(image); !call.engine.empty() && (!words.empty() || !environment.empty())) {
        call.arguments = words, call.environment = environment;
        found.push_back(std::move(call));
      }
    const bool model = std::ranges::any_of(words, [](const std::string& word) { return word.starts_with("--model"); });
    if (found.empty() && (out_.calls.empty() || model) && callOfImage(image).engine.empty())
      if (std::optional<ServerCall> call = callOfWords(words)) call->environment = environment, found.push_back(*call);
    // Ollama's variables of a service whose image stands elsewhere.
    if (found.empty() && words.empty() && image.empty() && std::ranges::any_of(environment, [](const auto& pair) {
          return pair.first.starts_with("OLLAMA_") && optionTable("ollama")->find(pair.first).option != nullptr;
        })) {
      ServerCall call;
      call.engine = "ollama", call.program = "Modelfile", call.modelElsewhere = true;
      for (auto& [name, value] : environment)
        if (name.starts_with("OLLAMA_")) {
          const Result<ShellScript> plain = shellScript("echo " + value);  // ${NAME:-2}
          const bool one = plain && plain->commands.size() == 1 && plain->commands.front().words.size() == 2;
          call.environment.emplace_back(name, one ? plain->commands.front().words[1] : value);
        }
      found.push_back(std::move(call));
    }
    if (found.empty() && !words.empty() && out_.form.empty() && !unsupportedServer(words).empty())
      unsupported_ = unsupportedServer(words);
    for (ServerCall& call : found) {
      if (const ServerCall of = callOfImage(image); call.version.empty() && of.engine == call.engine)
        call.version = of.version;
      out_.calls.push_back(std::move(call));
    }
    return !found.empty();
  }

 public:
  std::string_view unsupported_;

 private:
  FoundCalls& out_;
};

void ofDocuments(std::string_view text, FoundCalls& out, std::string_view& unsupported) {
  FileWalk walk(out);
  std::string document;
  const auto end = [&] {
    if (trimmed(document).empty() || out.calls.size() >= kMostCalls) return document.clear();
    if (trimmed(document).starts_with("- -")) document.insert(0, "args:\n");  // a container's arguments alone
    Result<recipes::RecipeTree> tree = recipes::parseRecipe(document, "");
    const bool whole = tree.has_value();
    for (int less = 0; !tree && less < 3; ++less) tree = recipes::parseRecipe(closedFlow(document, less), "");
    if (tree) {
      const std::size_t before = out.calls.size();
      if (std::optional<ServerCall> call = callOfValues(tree->root))
        out.calls.push_back(std::move(*call));
      else
        walk.walk(withMacros(tree->root));
      if (out.calls.empty())
        for (const auto read : {callOfOptions, trtllmOptions})
          if (auto call = out.calls.empty() ? read(tree->root) : std::nullopt)
            out.calls.push_back(std::move(*call)), out.form = "options file";
      if (!whole && out.calls.size() > before)
        out.notes.emplace_back("The file breaks off; what stands there is read.");
    }
    document.clear();
  };
  eachLine(text, [&](std::string_view line) {
    if (trimmed(line) == "---") return end();
    document.append(line).push_back('\n');
  });
  end();
  unsupported = walk.unsupported_;
}

// ENTRYPOINT and CMD of a Dockerfile, behind its FROM.
void ofDockerfile(std::string_view text, FoundCalls& out) {
  std::string image;
  Words entry, command;
  Environment environment;
  std::string joined;
  eachLine(text, [&](std::string_view raw) {
    raw = trimmed(raw);
    if (raw.ends_with('\\')) return void(joined.append(raw.substr(0, raw.size() - 1)).push_back(' '));
    const std::string line = joined + std::string(raw);
    joined.clear();
    const std::size_t space = line.find(' ');
    if (space == line.npos) return;
    const std::string word = line.substr(0, space), rest(trimmed(std::string_view(line).substr(space)));
    const auto words = [&] {
      const Json list = Json::parse(rest, nullptr, false);
      return wordsOf(list.is_array() ? list : Json(rest));
    };
    if (word == "FROM") image = rest.substr(0, rest.find(' '));
    if (word == "ENTRYPOINT") entry = words();
    if (word == "CMD") command = words();
    if (word == "ENV")
      if (const Result<ShellScript> script = shellScript(rest))
        for (const ShellCommand& c : script->commands)
          environment.insert(environment.end(), c.environment.begin(), c.environment.end());
  });
  const bool own = !entry.empty();
  entry.insert(entry.end(), command.begin(), command.end());
  if (entry.empty()) return;
  std::vector<ServerCall> found = serverCalls(entry, environment);
  if (found.empty() && !own)
    if (ServerCall call = callOfImage(image); !call.engine.empty())
      call.arguments = entry, call.environment = environment, found.push_back(std::move(call));
  // A script of one's own that hands the options on.
  if (found.empty() && own)
    if (std::optional<ServerCall> call = callOfWords(command)) {
      if (const ServerCall of = callOfImage(image); of.engine == call->engine) call->version = of.version;
      call->environment = environment, found.push_back(std::move(*call));
    }
  for (ServerCall& call : found) out.calls.push_back(std::move(call));
}

bool hasLine(std::string_view text, auto fits) {
  bool found = false;
  eachLine(text, [&](std::string_view line) { found = found || fits(trimmed(line)); });
  return found;
}

// `ollama pull X` before `ollama run X`, `docker model configure X` before its run: one model that is served once.
bool sameAgain(const ServerCall& before, const ServerCall& call) {
  const bool told = before.program.starts_with("docker model") || before.program == "ollama pull";
  return told && before.engine == call.engine && call.arguments.size() <= before.arguments.size() &&
         std::equal(call.arguments.begin(), call.arguments.end(), before.arguments.begin());
}

// Whether the text names a program that serves, whose command may have an open quote.
bool namesServer(std::string_view text) {
  constexpr std::string_view kNames[] = {"vllm serve", "api_server",   "sglang", "llama-server", "llama-cli",
                                         "ollama run", "trtllm-serve", "mlx_lm", "docker run",   "koboldcpp"};
  return std::ranges::any_of(kNames, [text](std::string_view name) { return text.find(name) != text.npos; });
}

Result<void> ofShell(std::string_view text, FoundCalls& out, std::string_view& unsupported) {
  const Result<ShellScript> script = shellScript(unwrapped(text));
  if (!script) return tl::unexpected(script.error());
  for (const ShellCommand& command : script->commands) {
    for (ServerCall& call : serverCalls(command.words, command.environment)) {
      if (!out.calls.empty() && sameAgain(out.calls.back(), call)) continue;
      takeConfigFile(call, *script);
      out.calls.push_back(std::move(call));
    }
    if (const Json values = helmValues(command, *script); values.is_object()) {
      const std::size_t before = out.calls.size();
      FileWalk(out).walk(values);
      if (std::optional<ServerCall> call = out.calls.size() == before ? callOfChart(values, command) : std::nullopt)
        out.calls.push_back(std::move(*call));
    }
    // kubectl apply -f - <<EOF
    if (!command.words.empty() && command.words.front() == "kubectl")
      for (const auto& [file, lines] : script->files)
        if (file == "-" && out.calls.empty()) {
          std::string_view none;
          ofDocuments(lines, out, none);
        }
    if (unsupported.empty()) unsupported = unsupportedServer(command.words);
    if (out.calls.size() >= kMostCalls) break;
  }
  // A command that a variable is given: SERVE_COMMAND="vllm serve …" ./bench.sh
  for (const ShellCommand& command : out.calls.empty() ? script->commands : std::vector<ShellCommand>())
    for (const auto& [name, value] : command.environment)
      if (value.find(' ') != value.npos && namesServer(value) && out.calls.size() < kMostCalls)
        for (ServerCall& call : serverCalls({value}, {})) out.calls.push_back(std::move(call));
  // A script that the script writes: cat > launch.sbatch <<EOF
  for (const auto& [file, lines] : out.calls.empty() ? script->files : decltype(script->files)())
    if ((file.ends_with(".sh") || file.ends_with(".sbatch") || lines.starts_with("#!")) && lines.size() < text.size()) {
      std::string_view none;
      (void)ofShell(lines, out, none);
    }
  if (out.calls.size() == 1) takeConfigLines(out.calls.front(), text);
  if (!out.calls.empty()) out.notes.insert(out.notes.end(), script->notes.begin(), script->notes.end());
  return {};
}

// A page that shows commands beside a script: those of its fences that hold no script, before or behind it.
void besidePython(std::string_view text, FoundCalls& out) {
  constexpr std::string_view kFence = "```";
  FoundCalls before, behind;
  bool passed = false;
  for (std::size_t at = text.find(kFence); at != text.npos; at = text.find(kFence, at)) {
    const std::size_t end = std::min(text.find(kFence, at + 3), text.size());
    const std::size_t line = std::min(text.find('\n', at), end);
    const std::string_view inside = text.substr(line, end - line);
    FoundCalls python;
    pythonServers(inside, python);
    std::string_view ignored;
    if (!python.calls.empty())
      passed = true;
    else
      (void)ofShell(inside, passed ? behind : before, ignored);
    at = std::min(end + 3, text.size());
  }
  out.calls.insert(out.calls.begin(), before.calls.begin(), before.calls.end());
  out.calls.insert(out.calls.end(), behind.calls.begin(), behind.calls.end());
}

}  // namespace

Result<FoundCalls> findCalls(std::string_view text) {
  if (text.size() > kLongest) return fail(ErrorCode::value, "A command of more than 256 KiB is not read.");
  FoundCalls out;
  const std::string_view bare = trimmed(text);
  std::string_view unsupported;
  const auto done = [&](std::string_view form) {
    if (out.calls.empty()) return false;
    if (out.form.empty()) out.form = form;
    return true;
  };
  if (bare.starts_with('[')) {
    const Json list = Json::parse(bare, nullptr, false);
    if (list.is_array()) {
      const Words words = wordsOf(list);
      out.calls = serverCalls(words, {});
      if (done("list of words")) return out;
      unsupported = unsupportedServer(words);
      FileWalk(out).walk(list);
      if (done("JSON file")) return out;
    }
  }
  if (hasLine(bare, [](std::string_view l) { return l.starts_with("Exec=") || !startOfLine(l).empty(); })) {
    unitFile(bare, out);
    if (done("unit")) return out;
  }
  if (hasLine(bare, [](std::string_view l) { return l == "Args:" || l == "Command:"; })) {
    describedPod(bare, out);
    if (done("pod")) return out;
  }
  if (hasLine(bare, [](std::string_view l) { return l.starts_with("CMD ") || l.starts_with("ENTRYPOINT "); })) {
    ofDockerfile(bare, out);
    if (done("Dockerfile")) return out;
  }
  for (const std::string_view call :
       {"LLM(", "EngineArgs(", "Engine(", "Runtime(", "Llama(", "Llama.from", "LlamaCpp(", "LlamaCPP(", "Popen(",
        "subprocess.", "import load", "LLMConfig(", "os.system(", "_cmd(", "_command("})
    if (bare.find(call) != bare.npos && out.calls.empty()) pythonServers(bare, out);
  if (!out.calls.empty()) besidePython(bare, out);
  if (done("Python")) return out;
  if (bare.find("@(") != bare.npos && namesServer(bare)) {
    ServerCall call;
    call.arguments = powershellWords(bare);
    for (const ServerCall& known :
         serverCalls({bare.find("llama-server") != bare.npos ? "llama-server" : "vllm", "serve"}, {}))
      call.engine = known.engine, call.program = known.program;
    call.modelElsewhere = true;
    if (!call.arguments.empty() && !call.engine.empty()) out.calls.push_back(std::move(call));
    if (done("PowerShell")) return out;
  }
  const bool yaml = bare.starts_with('{') || bare.starts_with("- --") || hasLine(bare, [](std::string_view l) {
                      if (l.starts_with("- ")) l.remove_prefix(2);
                      const std::size_t colon = l.find(':');
                      return colon != l.npos && colon > 0 && (colon + 1 == l.size() || l[colon + 1] == ' ') &&
                             l.front() != '-' && l.find_first_of(" \t") > colon;
                    });
  if (yaml) {
    // Not trimmed: the first line's indentation is that of its neighbours.
    ofDocuments(text, out, unsupported);
    if (done("file")) return out;
  }
  propertyList(bare, out);
  if (done("property list")) return out;
  if (bare.starts_with('[') || bare.find("\n[") != bare.npos) {
    presetFile(bare, out);
    if (done("presets")) return out;
  }
  if (bare.find("LLAMA_ARG_") != bare.npos) {
    variableFile(bare, out);
    if (done("variables")) return out;
  }
  // Quotes of a script in Python or of a file's texts are no shell's.
  const bool file = yaml && [&] {
    const Result<recipes::RecipeTree> tree = recipes::parseRecipe(text, "");
    return tree && tree->root.is_object();
  }();
  const bool prose = file || hasLine(bare, [](std::string_view l) { return l.starts_with("import "); });
  const Result<void> shell = ofShell(bare, out, unsupported);
  if (!out.calls.empty()) return out;
  // An apostrophe in the words around a command opens no quote of it.
  if (!shell && !prose) {
    std::string_view ignored;
    for (const std::string& block : paragraphs(bare)) (void)ofShell(block, out, ignored);
    // The text breaks off inside quotes; a command of one line alone may be wrong there.
    const bool page = bare.find('\n') != bare.npos;
    for (const char quote : {'"', '\''})
      if (const std::vector<std::string> blocks = paragraphs(bare);
          page && out.calls.empty() && namesServer(blocks.back())) {
        (void)ofShell(blocks.back() + quote, out, ignored);
        if (!out.calls.empty()) out.notes.emplace_back("The command breaks off inside quotes.");
      }
    if (!out.calls.empty()) return out;
  }
  if (const std::string again = withoutPrompts(bare); !again.empty()) {
    const Result<void> second = ofShell(again, out, unsupported);
    if (!out.calls.empty()) return out;
    if (!second && !shell && !prose && namesServer(bare)) return tl::unexpected(second.error());
  } else if (!shell && namesServer(bare) && !prose) {
    return tl::unexpected(shell.error());
  }
  // "Command to run: --host 0.0.0.0 --model …"
  hasLine(bare, [&](std::string_view line) {
    const std::size_t at = line.find(": --");
    const Result<ShellScript> words = shellScript(at == line.npos ? std::string_view() : line.substr(at + 2));
    if (at != line.npos && out.calls.empty() && words && words->commands.size() == 1)
      if (std::optional<ServerCall> call = callOfWords(words->commands.front().words))
        out.calls.push_back(std::move(*call)), out.form = "options";
    return false;
  });
  if (!out.calls.empty()) return out;
  if (const Result<ShellScript> words = shellScript(bare); words && words->commands.size() == 1)
    if (std::optional<ServerCall> call = callOfWords(words->commands.front().words)) {
      out.calls.push_back(std::move(*call)), out.form = "options";
      return out;
    }
  if (const Result<ShellScript> script = shellScript(bare); script && unsupported.empty())
    if (std::optional<ServerCall> call = callOfScript(*script)) {
      out.notes.push_back(fmt::format("What {} starts is not said; its options are read as those of {}.",
                                      printable(call->program, 60), call->engine));
      out.calls.push_back(std::move(*call)), out.form = "options";
      return out;
    }
  if (!unsupported.empty())
    return fail(
        ErrorCode::unsupported,
        fmt::format("This starts {}, which is recognised, but whose memory Headroom does not know.", unsupported));
  return fail(ErrorCode::unknown_name,
              "No server is started here; `vllm serve`, `python -m sglang.launch_server`, `llama-server` and `ollama "
              "run` are understood.");
}

}  // namespace headroom
