#include <algorithm>
#include <cctype>

#include "core/hub/hub.h"

namespace headroom {
namespace {

// Names the hub allows: letters, digits, '-', '_' and '.', at most 96 characters (huggingface_hub utils/_validators.py).
bool isName(std::string_view name) {
  return !name.empty() && name.size() <= 96 && name != "." && name != ".." && std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_' || c == '.';
  });
}

std::string_view takeSegment(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return segment;
}

}  // namespace

Result<HubId> parseHubId(std::string_view text) {
  const std::string_view whole = text;
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    text.remove_prefix(scheme + 3);
    takeSegment(text);  // the host: the endpoint decides where to ask
    text = text.substr(0, text.find_first_of("?#"));
  }
  HubId id;
  const std::string_view org = takeSegment(text), name = takeSegment(text);
  if (!isName(org) || !isName(name))
    return fail(ErrorCode::usage, "This is no hub id; write it as \"org/name\", for example \"Qwen/Qwen3-8B\".", std::string(whole));
  id.id = std::string(org) + "/" + std::string(name);
  const std::string_view kind = takeSegment(text);
  if (kind == "tree" || kind == "blob" || kind == "resolve") {
    id.revision = takeSegment(text);
    if (kind != "tree") id.file = text;
  }
  if (!id.revision.empty() && !isName(id.revision)) return fail(ErrorCode::usage, "The revision in this address cannot be read.", std::string(whole));
  return id;
}

}  // namespace headroom
