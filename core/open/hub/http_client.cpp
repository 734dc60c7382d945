#include "core/open/hub/http_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <string_view>

#include "core/base/version.h"
#include "core/open/hub/curl_library.h"
#include "core/open/hub/hub.h"

namespace headroom {
namespace {

constexpr int kMaxRedirects = 5;
constexpr std::size_t kMaxHeaderBytes = 256 * 1024;
constexpr std::string_view kTooSlow = "The server is too slow or stopped answering; try again, or open a local copy.";

struct Transfer {
  const HttpRequest* request = nullptr;
  HttpAnswer answer;
  std::size_t headerBytes = 0;
  bool cut = false;  // the body reached what was asked for
  bool oversized = false;
  bool cancelled = false;
};

std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* user) {
  Transfer& t = *static_cast<Transfer*>(user);
  std::size_t length = size * count;
  if (t.answer.body.size() + length > t.request->maxBytes) {
    t.cut = t.request->lastByte.has_value();  // a server that ignores the range sends the whole file: stop here
    t.oversized = !t.cut;
    length = t.request->maxBytes - t.answer.body.size();
  }
  t.answer.body.append(bytes, length);
  if (t.request->progress && !t.request->progress(t.answer.body.size())) t.cancelled = true;
  return t.cut || t.oversized || t.cancelled ? 0 : size * count;
}

std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* user) {
  Transfer& t = *static_cast<Transfer*>(user);
  t.headerBytes += size * count;
  if (t.headerBytes > kMaxHeaderBytes) return 0;
  std::string_view line(bytes, size * count);
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && std::isspace(static_cast<unsigned char>(value.front()))) value.remove_prefix(1);
    while (!value.empty() && std::isspace(static_cast<unsigned char>(value.back()))) value.remove_suffix(1);
    t.answer.headers[name] = std::string(value);
  }
  return size * count;
}

int onProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  Transfer& t = *static_cast<Transfer*>(user);
  if (t.request->progress && !t.request->progress(t.answer.body.size())) t.cancelled = true;
  return t.cancelled ? 1 : 0;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> totalSizeOf(const HttpAnswer& answer) {
  const auto header = [&](const char* name) {
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string() : found->second;
  };
  if (const std::string range = header("content-range"); range.find('/') != std::string::npos)
    return number(std::string_view(range).substr(range.find('/') + 1));
  if (const auto linked = number(header("x-linked-size"))) return linked;
  return answer.status == 200 ? number(header("content-length")) : std::nullopt;
}

struct Address {
  std::string scheme, host, port;
  bool operator==(const Address&) const = default;
};

std::string part(const CurlLibrary& curl, CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl.urlGet(url, which, &text, flags) != CURLUE_OK) return {};
  std::string result(text);
  curl.free(text);
  return result;
}

// The address `location` leads to, seen from `base` (empty: an absolute one is demanded); nothing if it is malformed.
std::optional<std::pair<std::string, Address>> resolved(const CurlLibrary& curl, const std::string& base,
                                                        const std::string& location) {
  const std::unique_ptr<CURLU, decltype(curl.urlCleanup)> url(curl.url(), curl.urlCleanup);
  if (!url) return std::nullopt;
  if (!base.empty() && curl.urlSet(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK) return std::nullopt;
  if (curl.urlSet(url.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK) return std::nullopt;
  return std::pair(part(curl, url.get(), CURLUPART_URL),
                   Address{part(curl, url.get(), CURLUPART_SCHEME), part(curl, url.get(), CURLUPART_HOST),
                           part(curl, url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT)});
}

// One request without following redirects.
Result<void> perform(const CurlLibrary& curl, const std::string& address, bool withToken, Transfer& t) {
  const std::string url = withoutUserInfo(address);  // to be named
  const std::unique_ptr<CURL, decltype(curl.easyCleanup)> handle(curl.easyInit(), curl.easyCleanup);
  if (!handle) return fail(ErrorCode::network, "libcurl could not be started.", url);
  CURL* const h = handle.get();
  const HttpRequest& r = *t.request;
  curl_slist* list = nullptr;
  if (withToken) list = curl.slistAppend(list, ("Authorization: Bearer " + r.token).c_str());
  const std::unique_ptr<curl_slist, decltype(curl.slistFreeAll)> headers(list, curl.slistFreeAll);

  curl.easySetopt(h, CURLOPT_URL, address.c_str());
  curl.easySetopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
  curl.easySetopt(h, CURLOPT_FOLLOWLOCATION, 0L);
  curl.easySetopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
  curl.easySetopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
  curl.easySetopt(h, CURLOPT_NOSIGNAL, 1L);
  const std::string program = std::string("headroom/") + headroomVersion();
  curl.easySetopt(h, CURLOPT_USERAGENT, program.c_str());
  curl.easySetopt(h, CURLOPT_CONNECTTIMEOUT, r.connectSeconds);
  curl.easySetopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl.easySetopt(h, CURLOPT_LOW_SPEED_TIME, r.stallSeconds);
  if (r.until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*r.until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return fail(ErrorCode::network, std::string(kTooSlow), url);
    curl.easySetopt(h, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  }
  curl.easySetopt(h, CURLOPT_HTTPHEADER, headers.get());
  curl.easySetopt(h, CURLOPT_WRITEFUNCTION, &onBody);
  curl.easySetopt(h, CURLOPT_WRITEDATA, &t);
  curl.easySetopt(h, CURLOPT_HEADERFUNCTION, &onHeader);
  curl.easySetopt(h, CURLOPT_HEADERDATA, &t);
  curl.easySetopt(h, CURLOPT_XFERINFOFUNCTION, &onProgress);
  curl.easySetopt(h, CURLOPT_XFERINFODATA, &t);
  curl.easySetopt(h, CURLOPT_NOPROGRESS, 0L);
  const std::string range = r.lastByte ? fmt::format("0-{}", *r.lastByte) : std::string();
  if (r.lastByte) curl.easySetopt(h, CURLOPT_RANGE, range.c_str());

  const CURLcode code = curl.easyPerform(h);
  curl.easyGetinfo(h, CURLINFO_RESPONSE_CODE, &t.answer.status);
  if (t.cancelled) return fail(ErrorCode::network, "Cancelled.", url);
  if (t.oversized)
    return fail(
        ErrorCode::network,
        fmt::format("The answer is larger than the {} bytes such a file may have; it was not read.", r.maxBytes), url);
  if (code == CURLE_OK || t.cut) return {};
  if (code == CURLE_OPERATION_TIMEDOUT) return fail(ErrorCode::network, std::string(kTooSlow), url);
  if (code == CURLE_PARTIAL_FILE)
    return fail(ErrorCode::network, "The answer was cut off before its end; try again.", url);
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT)
    return fail(ErrorCode::network,
                "The server cannot be reached; check the connection, or open a local copy of the model.", url);
  return fail(ErrorCode::network, fmt::format("The request failed: {}.", curl.easyStrerror(code)), url);
}

bool isRedirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

Result<HttpAnswer> httpGet(const HttpRequest& request) {
  const CurlLibrary* const curl = CurlLibrary::get();
  if (curl == nullptr)
    return fail(ErrorCode::network, "libcurl is not installed, so nothing can be downloaded; install libcurl4.",
                withoutUserInfo(request.url));
  auto at = resolved(*curl, {}, request.url);
  if (!at) return fail(ErrorCode::usage, "This is not a web address.", withoutUserInfo(request.url));
  const Address home = at->second;
  std::string commit;
  std::optional<std::uint64_t> linkedSize;
  for (int hop = 0; hop <= kMaxRedirects; ++hop) {
    Transfer transfer;
    transfer.request = &request;
    const bool withToken = !request.token.empty() && at->second == home;
    if (auto done = perform(*curl, at->first, withToken, transfer); !done) return tl::unexpected(done.error());
    HttpAnswer& answer = transfer.answer;
    if (const auto found = answer.headers.find("x-repo-commit"); found != answer.headers.end()) commit = found->second;
    if (const auto found = answer.headers.find("x-linked-size"); found != answer.headers.end())
      linkedSize = number(found->second);
    const auto location = answer.headers.find("location");
    if (!isRedirect(answer.status) || location == answer.headers.end()) {
      answer.commit = commit;
      answer.totalSize = totalSizeOf(answer);
      if (!answer.totalSize) answer.totalSize = linkedSize;
      return std::move(answer);
    }
    auto next = resolved(*curl, at->first, location->second);
    const bool allowed = next && (next->second.scheme == "https" || next->second.scheme == home.scheme);
    if (!allowed)
      return fail(ErrorCode::network, "The server redirects to an address that is not safe to follow.",
                  withoutUserInfo(at->first));
    at = std::move(next);
  }
  return fail(ErrorCode::network, fmt::format("The server redirects more than {} times.", kMaxRedirects),
              withoutUserInfo(request.url));
}

}  // namespace headroom
