#include <algorithm>
#include <cstdlib>

#include "core/base/text_file.h"
#include "core/open/hub/hub.h"

namespace headroom {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string firstLine(const std::string& path) {
  constexpr std::int64_t kMostToken = 64 << 10;
  std::string line = readTextFile(path, kMostToken).value_or("");
  line.resize(std::min(line.find('\n'), line.size()));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

}  // namespace

HubOptions hubOptionsFromEnvironment() {
  HubOptions options;
  if (std::string endpoint = environment("HF_ENDPOINT"); !endpoint.empty()) {
    while (endpoint.ends_with('/')) endpoint.pop_back();
    options.endpoint = endpoint;
  }
  const std::string home = environment("HOME");
  const std::string cache = !environment("XDG_CACHE_HOME").empty() ? environment("XDG_CACHE_HOME") : home + "/.cache";
  options.cacheFolder = cache + "/headroom/hub";
  options.token = environment("HF_TOKEN");
  if (options.token.empty()) {
    std::string file = environment("HF_TOKEN_PATH");
    if (file.empty())
      file = (environment("HF_HOME").empty() ? cache + "/huggingface" : environment("HF_HOME")) + "/token";
    options.token = firstLine(file);
  }
  const std::string offline = environment("HF_HUB_OFFLINE");
  options.offline = offline == "1" || offline == "true" || offline == "TRUE" || offline == "ON" || offline == "YES";
  return options;
}

}  // namespace headroom
