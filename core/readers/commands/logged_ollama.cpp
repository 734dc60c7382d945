#include "core/readers/commands/logged_ollama.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/server_call.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {
namespace {

constexpr std::size_t kLongestLine = 32 * 1024;

// What stands in quotes behind the last of the words, in which slog writes \" for a quote and \\ for a backslash.
std::string quotedBehind(std::string_view text, std::string_view words) {
  const std::size_t at = text.rfind(words);
  if (at == text.npos) return {};
  std::string out;
  const std::string_view rest = text.substr(at + words.size(), kLongestLine);
  for (std::size_t i = 0; i < rest.size() && rest[i] != '"' && rest[i] != '\n'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
    out += rest[i] == '\\' ? '/' : rest[i];
  }
  return out;
}

// "KvSize:4096" of "{Operation:commit … KvSize:4096 …}"; empty where it is not said.
std::string valueOf(const std::string& request, std::string_view name) {
  const std::size_t at = request.find(" " + std::string(name) + ":");
  if (at == request.npos) return {};
  const std::string value = request.substr(at + name.size() + 2);
  return value.substr(0, value.find_first_of(" [}"));
}

// Its own engine is told what to load by a request (llm/server.go LoadRequest, since 0.11).
std::vector<std::string> ofRequest(const std::string& request) {
  std::vector<std::string> out;
  constexpr std::pair<std::string_view, const char*> kNames[] = {
      {"KvSize", "-c"}, {"Parallel", "-np"}, {"BatchSize", "-ub"}, {"GPULayers", "-ngl"}};
  for (const auto& [name, option] : kNames)
    if (std::string value = valueOf(request, name); !value.empty() && value != "0")
      out.insert(out.end(), {option, std::move(value)});
  if (const std::string type = valueOf(request, "KvCacheType"); !type.empty())
    out.insert(out.end(), {"-ctk", type, "-ctv", type});
  if (const std::string flash = valueOf(request, "FlashAttention"); !flash.empty())
    out.insert(out.end(), {"-fa", flash == "true" || flash == "Enabled" ? "on" : flash == "Auto" ? "auto" : "off"});
  return out;
}

std::vector<std::string> ofCommand(const std::string& command) {
  const Result<ShellScript> script = shellScript(command);
  return script && !script->commands.empty() ? runnerArguments(script->commands.front().words)
                                             : std::vector<std::string>();
}

// "map[OLLAMA_FLASH_ATTENTION:true OLLAMA_KV_CACHE_TYPE:q8_0 …]" (envconfig/config.go): what is set at all.
ServerCall ofVariables(const std::string& map) {
  ServerCall call;
  call.engine = "ollama", call.program = "log";
  for (std::size_t at = map.find("OLLAMA_"); at != map.npos; at = map.find("OLLAMA_", at + 1)) {
    const std::string pair = map.substr(at, map.find_first_of(" ]", at) - at);
    const std::size_t colon = pair.find(':');
    if (colon == pair.npos || (at > 0 && map[at - 1] != ' ' && map[at - 1] != '[')) continue;
    const std::string name = pair.substr(0, colon), value = pair.substr(colon + 1);
    constexpr std::string_view kPlaces[] = {"OLLAMA_HOST", "OLLAMA_MODELS", "OLLAMA_ORIGINS", "OLLAMA_KEEP_ALIVE",
                                            "OLLAMA_LOAD_TIMEOUT"};
    if (value.empty() || value == "0" || value == "false" || std::ranges::find(kPlaces, name) != std::end(kPlaces))
      continue;
    call.environment.emplace_back(name, value);
  }
  return call;
}

// "offload to cuda" … layers.model=62 layers.offload=5 (llm/memory.go, 0.1.33 to 0.11): how many of a model's layers go
// to the devices, where not all of them do.
std::string offeredLayers(std::string_view text) {
  const auto number = [&](std::string_view words) {
    const std::size_t at = text.rfind(words);
    const std::string_view rest = at == text.npos ? std::string_view() : text.substr(at + words.size(), 6);
    return std::string(rest.substr(0, rest.find_first_not_of("0123456789")));
  };
  std::string all = number(" layers.model="), offered = number(" layers.offload=");
  return all == offered ? std::string() : offered;
}

// "layers.split=31,32": how many stand on each device.
std::vector<std::int64_t> splitLayers(std::string_view text) {
  constexpr std::string_view kWords = " layers.split=";
  constexpr std::size_t kMostDevices = 64, kMostDigits = 4;
  const std::size_t at = text.rfind(kWords);
  std::vector<std::int64_t> out;
  if (at == text.npos) return out;
  for (std::size_t i = at + kWords.size(), digits = 0; i < text.size() && out.size() < kMostDevices; ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (digit && digits == 0) out.push_back(0);
    if (digit && ++digits <= kMostDigits) out.back() = out.back() * 10 + (text[i] - '0');
    if (!digit && text[i] != ',') break;
    if (!digit) digits = 0;
  }
  return out;
}

}  // namespace

// The runner's own command (llm/server.go, 0.1 to 0.30): llama.cpp's options, --ctx-size of all slots together.
std::vector<std::string> runnerArguments(const std::vector<std::string>& words) {
  // What every start is given says nothing; a blob has no name.
  constexpr std::string_view kAlone[] = {"--embedding", "--log-disable", "--verbose",      "--ollama-engine",
                                         "--offline",   "--no-webui",    "--no-log-prefix"};
  constexpr std::string_view kPairs[] = {"--model", "--port", "--threads", "--host", "--gpu"};
  std::vector<std::string> out;
  for (std::size_t i = !words.empty() && !words.front().starts_with('-') ? 1 : 0; i < words.size(); ++i) {
    if (std::ranges::find(kAlone, words[i]) != std::end(kAlone) || words[i] == "runner") continue;
    if (std::ranges::find(kPairs, words[i]) != std::end(kPairs)) {
      ++i;
    } else if (words[i] == "--kv-cache-type" && i + 1 < words.size()) {
      out.insert(out.end(), {"-ctk", words[i + 1], "-ctv", words[i + 1]}), ++i;
    } else if (words[i] == "--batch-size" && i + 1 < words.size()) {
      out.insert(out.end(), {"-ub", words[i + 1]}), ++i;  // its runner's n_ubatch is its n_batch
    } else {
      out.push_back(words[i]);
    }
  }
  return out;
}

std::optional<Reading> loggedOllama(std::string_view text) {
  ServerCall call;
  call.engine = "llama.cpp", call.program = "log", call.server = false, call.modelElsewhere = true;
  if (const std::string request = quotedBehind(text, "request=\"{"); !request.empty())
    call.arguments = ofRequest(" " + request);
  for (const char* words : {"msg=\"starting llama-server\" cmd=\"", "msg=\"starting llama server\" cmd=\"",
                            "msg=\"starting runner\" cmd=\"", "msg=\"starting ollama runner\" cmd=\""})
    if (call.arguments.empty())
      if (const std::string command = quotedBehind(text, words); !command.empty()) call.arguments = ofCommand(command);
  if (call.arguments.empty()) {
    const std::string map = quotedBehind(text, "server config\" env=\"map[");
    const std::string older = map.empty() ? quotedBehind(text, "server config env=\"map[") : map;
    const std::string layers = offeredLayers(text);
    if (older.empty() && layers.empty()) return std::nullopt;
    call = ofVariables("[" + older);
    if (!layers.empty()) call.environment.emplace_back("num_gpu", layers);
  }
  Result<Reading> reading = readServerCall(call);
  if (!reading) return std::nullopt;
  nlohmann::ordered_json scenario = nlohmann::ordered_json::parse(reading->scenario, nullptr, false);
  if (const std::vector<std::int64_t> split = splitLayers(text); split.size() > 1 && !scenario.contains("tensor_split"))
    scenario["tensor_split"] = split, reading->scenario = jsonText(scenario, 2);
  reading->recognised = "ollama log";
  return std::move(*reading);
}

}  // namespace headroom
