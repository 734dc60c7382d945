// A small HTTP client on libcurl for reading the beginnings of files. TLS is verified, redirects are followed by hand
// so that a token never reaches another host, and every answer has a size beyond which it is cut off.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace headroom {

struct HttpRequest {
  std::string url;
  std::string token;                      // sent as a bearer token to the host of `url` only
  std::optional<std::uint64_t> lastByte;  // Range: bytes=0-lastByte
  std::uint64_t maxBytes = 0;             // a longer body is an error, except with a range: then it is cut here
  long connectSeconds = 10;
  long stallSeconds = 30;  // gives up after this long with less than one byte per second
  std::optional<std::chrono::steady_clock::time_point> until;  // gives up then, redirects included
  std::function<bool(std::uint64_t received)> progress;        // false cancels; may be empty
};

struct HttpAnswer {
  long status = 0;
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case, of the last answer in a chain of redirects
  std::string commit;                          // X-Repo-Commit of any answer in the chain
  std::optional<std::uint64_t> totalSize;      // of the file, from Content-Range, X-Linked-Size or Content-Length
};

// Performs a GET. A status of 400 and above is an answer, not an error; errors (ErrorCode::network) are an unreachable
// host, a failed TLS check, a stalled or oversized transfer, a bad redirect, a cancel, a missing libcurl.
Result<HttpAnswer> httpGet(const HttpRequest& request);

}  // namespace headroom
