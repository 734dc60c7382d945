#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/open/hub/hub.h"

namespace headroom {
namespace {

// Names the hub allows: letters, digits, '-', '_' and '.', at most 96 characters (huggingface_hub
// utils/_validators.py).
bool isName(std::string_view name) {
  return !name.empty() && name.size() <= 96 && name != "." && name != ".." &&
         std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; });
}

std::string_view takeSegment(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return segment;
}

// Takes the scheme and the host off an address; the endpoint decides where to ask. Browsers often leave the scheme
// away. What the page shows of a file ("?show_file_info=x.gguf") goes to `shown`.
bool takeAddress(std::string_view& text, std::string& shown) {
  const std::size_t scheme = text.find("://");
  bool address = scheme != std::string_view::npos;
  if (address) {
    text.remove_prefix(scheme + 3);
    takeSegment(text);
  } else {
    for (const std::string_view host : {"huggingface.co/", "www.huggingface.co/", "hf.co/"})
      if (text.starts_with(host)) text.remove_prefix(host.size()), address = true;
  }
  if (!address) return false;
  constexpr std::string_view kShown = "show_file_info=";
  if (const std::size_t at = text.find(kShown); at != std::string_view::npos) {
    const std::string_view rest = text.substr(at + kShown.size());
    shown = rest.substr(0, rest.find_first_of("&#"));
  }
  text = text.substr(0, text.find_first_of("?#"));
  return true;
}

}  // namespace

Result<HubId> parseHubId(std::string_view text) {
  const std::string whole(text);
  HubId id;
  const bool address = takeAddress(text, id.file);
  const std::string_view org = takeSegment(text);
  if (address && (org == "datasets" || org == "spaces"))
    return fail(ErrorCode::usage, fmt::format("This is the address of one of the hub's {}, not of a model.", org),
                whole);
  std::string_view name = takeSegment(text);
  if (const std::size_t at = name.find('@'); !address && at != std::string_view::npos) {
    id.revision = name.substr(at + 1);
    name = name.substr(0, at);
    if (id.revision.empty()) return fail(ErrorCode::usage, "The revision behind the @ is missing.", whole);
  }
  if (!isName(org) || !isName(name))
    return fail(ErrorCode::usage, "This is no hub id; write it as \"org/name\", for example \"Qwen/Qwen3-8B\".", whole);
  id.id = std::string(org) + "/" + std::string(name);
  const std::string_view kind = takeSegment(text);
  if (kind == "tree" || kind == "blob" || kind == "resolve") {
    id.revision = takeSegment(text);
    if (kind != "tree") id.file = text;
  }
  if (!id.revision.empty() && !isName(id.revision))
    return fail(ErrorCode::usage, "The revision in this address cannot be read.", whole);
  return id;
}

}  // namespace headroom
