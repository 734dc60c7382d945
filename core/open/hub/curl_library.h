// libcurl, loaded when the network is first asked for. Linked in the usual way it costs every start of the command line
// 6.7 ms of dynamic linking (measured: 7.5 ms against 0.75 ms for an empty program), more than the estimate itself.
#pragma once

#include <curl/curl.h>

namespace headroom {

struct CurlLibrary {
  decltype(&curl_easy_init) easyInit = nullptr;
  decltype(&curl_easy_setopt) easySetopt = nullptr;
  decltype(&curl_easy_perform) easyPerform = nullptr;
  decltype(&curl_easy_getinfo) easyGetinfo = nullptr;
  decltype(&curl_easy_cleanup) easyCleanup = nullptr;
  decltype(&curl_easy_strerror) easyStrerror = nullptr;
  decltype(&curl_easy_escape) easyEscape = nullptr;
  decltype(&curl_free) free = nullptr;
  decltype(&curl_slist_append) slistAppend = nullptr;
  decltype(&curl_slist_free_all) slistFreeAll = nullptr;
  decltype(&curl_url) url = nullptr;
  decltype(&curl_url_set) urlSet = nullptr;
  decltype(&curl_url_get) urlGet = nullptr;
  decltype(&curl_url_cleanup) urlCleanup = nullptr;

  // The library, loaded and initialised once per process; nullptr where it is not installed.
  static const CurlLibrary* get();
};

}  // namespace headroom
