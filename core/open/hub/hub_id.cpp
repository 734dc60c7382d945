#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

#include "core/open/hub/hub.h"

namespace headroom {
namespace {

// Names the hub allows: letters, digits, '-', '_' and '.', at most 96 characters, neither "--" nor ".." in them
// (huggingface_hub utils/_validators.py).
bool isName(std::string_view name) {
  return !name.empty() && name.size() <= 96 && name != "." && name.find("--") == name.npos &&
         name.find("..") == name.npos &&
         std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; });
}

std::string_view takeSegment(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return segment;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// The host of an address, without what logs in and without a port.
std::string hostOf(std::string_view authority) {
  if (const std::size_t at = authority.rfind('@'); at != authority.npos) authority.remove_prefix(at + 1);
  std::string host = lower(authority.substr(0, authority.rfind(':')));
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

// Hosts that serve the hub's repositories: its own, the mirrors people set HF_ENDPOINT to, and the one that is set.
bool isHubHost(const std::string& host) {
  constexpr std::string_view kHosts[] = {"huggingface.co", "hf.co", "hf-mirror.com", "localhost", "127.0.0.1", "[::1]"};
  if (std::ranges::find(kHosts, host) != std::end(kHosts)) return true;
  const char* const set = std::getenv("HF_ENDPOINT");
  if (set == nullptr) return false;
  std::string_view endpoint(set);
  if (const std::size_t scheme = endpoint.find("://"); scheme != endpoint.npos) endpoint.remove_prefix(scheme + 3);
  return hostOf(takeSegment(endpoint)) == host;
}

// Other places that keep models, as people call them.
std::string_view placeName(const std::string& host) {
  constexpr std::pair<std::string_view, std::string_view> kPlaces[] = {
      {"modelscope.cn", "ModelScope"}, {"modelscope.ai", "ModelScope"}, {"lmstudio.ai", "LM Studio"},
      {"github.com", "GitHub"},        {"ollama.com", "Ollama"},        {"registry.ollama.ai", "Ollama"},
      {"kaggle.com", "Kaggle"},        {"gitee.com", "Gitee"},          {"hf-proxy.com", "a proxy"},
      {"civitai.com", "Civitai"},      {"gitcode.com", "GitCode"},      {"catalog.ngc.nvidia.com", "NGC"},
      {"replicate.com", "Replicate"},  {"wisemodel.cn", "WiseModel"},   {"raw.githubusercontent.com", "GitHub"}};
  for (const auto& [known, name] : kPlaces)
    if (host == known) return name;
  return {};
}

// "refs%2Fpr%2F1" → "refs/pr/1"; other escapes of an address alike.
std::string withoutEscapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int code = 0;
    const char* const end = text.data() + std::min(i + 3, text.size());
    if (text[i] == '%' && i + 2 < text.size() && std::from_chars(text.data() + i + 1, end, code, 16).ptr == end)
      out += static_cast<char>(code), i += 2;
    else
      out += text[i];
  }
  return out;
}

// Takes the scheme and the host off an address. Browsers often leave the scheme away. What the page shows of a file
// ("?show_file_info=x.gguf") goes to `shown`. Errors: the address of another place, whose model may be another one.
Result<bool> takeAddress(std::string_view& text, std::string& shown) {
  const std::string whole = withoutUserInfo(text);
  const std::size_t scheme = text.find("://");
  bool address = false;
  if (text.starts_with("hf://")) {
    text.remove_prefix(5);
  } else if (scheme != std::string_view::npos) {
    text.remove_prefix(scheme + 3);
    const std::string host = hostOf(takeSegment(text));
    address = true;
    if (!isHubHost(host)) {
      const std::string_view place = placeName(host);
      return fail(ErrorCode::unsupported,
                  fmt::format("This is an address of {} ({}), which is not asked: a model of the same name on another "
                              "host may be another one. Give its Hugging Face id, or open its files.",
                              place.empty() ? "another site" : place, host),
                  whole);
    }
  } else {
    for (const std::string_view host : {"huggingface.co/", "www.huggingface.co/", "hf.co/", "hf-mirror.com/"})
      if (text.starts_with(host)) text.remove_prefix(host.size()), address = true;
    const std::string host = hostOf(text.substr(0, text.find('/')));
    if (!address && !placeName(host).empty())
      return fail(ErrorCode::unsupported,
                  fmt::format("This is an address of {} ({}), which is not asked. Give the model's Hugging Face id, or "
                              "open its files.",
                              placeName(host), host),
                  whole);
  }
  if (!address) return false;
  constexpr std::string_view kShown = "show_file_info=";
  if (const std::size_t at = text.find(kShown); at != std::string_view::npos) {
    const std::string_view rest = text.substr(at + kShown.size());
    shown = withoutEscapes(rest.substr(0, rest.find_first_of("&#")));
  }
  text = text.substr(0, text.find_first_of("?#"));
  return true;
}

// A revision at the start of the rest of a path: a branch, a tag, a commit, or "refs/pr/12".
std::string takeRevision(std::string_view& text) {
  std::string revision = withoutEscapes(takeSegment(text));
  if (revision == "refs")
    for (int i = 0; i < 2; ++i) revision += "/" + std::string(takeSegment(text));
  return revision;
}

// Models of before organisations had names of one part; the hub still answers to them.
bool isOfBefore(std::string_view name) {
  constexpr std::string_view kWhole[] = {"gpt2",       "gpt2-medium", "gpt2-large", "gpt2-xl",
                                         "distilgpt2", "openai-gpt",  "ctrl"};
  constexpr std::string_view kStarts[] = {"bert-base-", "bert-large-",  "roberta-", "distilbert-", "distilroberta-",
                                          "albert-",    "xlm-roberta-", "xlnet-",   "t5-",         "camembert-",
                                          "transfo-xl-"};
  return std::ranges::find(kWhole, name) != std::end(kWhole) ||
         (isName(name) &&
          std::ranges::any_of(kStarts, [name](std::string_view start) { return name.starts_with(start); }));
}

}  // namespace

// What git allows and people use (git check-ref-format), less what an address or a file's name takes for its own.
bool isRevision(std::string_view revision) {
  constexpr std::size_t kMost = 200;
  constexpr std::string_view kSigns = "-_.+=/";
  return !revision.empty() && revision.size() <= kMost && !revision.starts_with('/') && !revision.ends_with('/') &&
         !revision.starts_with('.') && revision.find("..") == revision.npos && revision.find("//") == revision.npos &&
         revision.find("/.") == revision.npos && std::ranges::all_of(revision, [&](unsigned char c) {
           return (c < 0x80 && std::isalnum(c)) || kSigns.find(static_cast<char>(c)) != kSigns.npos;
         });
}

std::string withoutUserInfo(std::string_view address) {
  std::string out(address);
  const std::size_t scheme = out.find("://");
  if (scheme == std::string::npos) return out;
  const std::size_t host = scheme + 3, end = std::min(out.find_first_of("/?#", host), out.size());
  const std::size_t at = out.rfind('@', end);
  if (at != std::string::npos && at >= host && at < end) out.erase(host, at + 1 - host);
  return out;
}

Result<HubId> parseHubId(std::string_view text) {
  const std::string whole = withoutUserInfo(text);
  HubId id;
  const Result<bool> address = takeAddress(text, id.file);
  if (!address) return tl::unexpected(address.error());
  std::string_view org = takeSegment(text);
  constexpr std::string_view kSections[] = {"datasets", "spaces", "collections",   "papers", "blog",  "docs",
                                            "posts",    "tasks",  "organizations", "chat",   "learn", "buckets"};
  if (*address && std::ranges::find(kSections, org) != std::end(kSections))
    return fail(ErrorCode::usage, fmt::format("This is the address of one of the hub's {}, not of a model.", org),
                whole);
  // What the hub's programs ask: huggingface.co/api/models/org/name.
  if (*address && org == "api" && text.starts_with("models/")) {
    (void)takeSegment(text);
    org = takeSegment(text);
  }
  // The folder's name in a hub's cache: "models--org--name".
  std::string cached;
  if (org.starts_with("models--")) {
    cached = org.substr(8);
    if (const std::size_t dashes = cached.find("--"); dashes != cached.npos) {
      cached.replace(dashes, 2, "/");
      text = cached, org = takeSegment(text);
    }
  }
  if (text.empty() && isOfBefore(org)) return id.id = std::string(org), id;
  std::string_view name = takeSegment(text);
  if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
    id.revision = withoutEscapes(name.substr(at + 1));
    name = name.substr(0, at);
    if (id.revision == "refs") {
      for (int i = 0; i < 2; ++i) id.revision += "/" + std::string(takeSegment(text));
    }
    if (id.revision.empty()) return fail(ErrorCode::usage, "The revision behind the @ is missing.", whole);
  }
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    id.tag = name.substr(colon + 1);
    name = name.substr(0, colon);
    if (!isName(id.tag)) return fail(ErrorCode::usage, "The format behind the colon is missing.", whole);
  }
  if (!isName(org) || !isName(name))
    return fail(ErrorCode::usage, "This is no hub id; write it as \"org/name\", for example \"Qwen/Qwen3-8B\".", whole);
  id.id = std::string(org) + "/" + std::string(name);
  const std::string_view kind = takeSegment(text);
  if (kind == "tree" || kind == "blob" || kind == "resolve" || kind == "raw") {
    id.revision = takeRevision(text);
    if (kind != "tree") id.file = withoutEscapes(text);
  }
  if (!id.revision.empty() && !isRevision(id.revision))
    return fail(ErrorCode::usage, "The revision in this address cannot be read.", whole);
  return id;
}

}  // namespace headroom
