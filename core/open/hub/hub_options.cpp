#include <cctype>
#include <cstdlib>

#include "core/base/text_file.h"
#include "core/open/hub/hub.h"

namespace headroom {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// As huggingface_hub takes a switch of the environment (constants.py, _is_true).
bool isTrue(std::string value) {
  for (char& c : value) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return value == "1" || value == "ON" || value == "YES" || value == "TRUE";
}

// A token is what stands there without line ends and blanks around (utils/_auth.py, _clean_token): nothing else may
// come into the header it is sent in.
std::string cleaned(std::string token) {
  std::erase_if(token, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  const std::size_t first = token.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return token.substr(first, token.find_last_not_of(' ') - first + 1);
}

std::string contentOf(const std::string& path) {
  constexpr std::int64_t kMostToken = 64 << 10;
  return readTextFile(path, kMostToken).value_or("");
}

std::string orElse(const std::string& first, const std::string& second) {
  return first.empty() ? second : first;
}

}  // namespace

HubOptions hubOptionsFromEnvironment() {
  HubOptions options;
  if (std::string endpoint = environment("HF_ENDPOINT"); !endpoint.empty()) {
    while (endpoint.ends_with('/')) endpoint.pop_back();
    options.endpoint = endpoint;
  }
  const std::string home = environment("HOME");
  // A relative folder is none (XDG Base Directory Specification 0.8).
  std::string cache = environment("XDG_CACHE_HOME");
  if (!cache.starts_with('/')) cache = home.empty() ? "" : home + "/.cache";
  if (!cache.empty()) options.cacheFolder = cache + "/headroom/hub";
  const auto expanded = [&](std::string path) {
    if (path == "~" || path.starts_with("~/")) path.replace(0, 1, home);
    return path;
  };
  options.token = cleaned(orElse(environment("HF_TOKEN"), environment("HUGGING_FACE_HUB_TOKEN")));
  if (options.token.empty()) {
    const std::string hub = orElse(expanded(environment("HF_HOME")), cache + "/huggingface");
    options.token = cleaned(contentOf(orElse(expanded(environment("HF_TOKEN_PATH")), hub + "/token")));
  }
  if (isTrue(environment("HF_HUB_DISABLE_IMPLICIT_TOKEN"))) options.token.clear();
  options.offline = isTrue(orElse(environment("HF_HUB_OFFLINE"), environment("TRANSFORMERS_OFFLINE")));
  return options;
}

}  // namespace headroom
