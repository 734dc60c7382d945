#include "core/open/hub/curl_library.h"

#include <dlfcn.h>

namespace headroom {
namespace {

template <typename F>
bool load(void* library, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(library, name));
  return function != nullptr;
}

const CurlLibrary* open() {
  // The soname every libcurl 7.16 – 8.x carries; never unloaded, because its TLS library registers exit handlers.
  void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  static CurlLibrary curl;
  decltype(&curl_global_init) globalInit = nullptr;
  const bool complete =
      load(library, "curl_global_init", globalInit) && load(library, "curl_easy_init", curl.easyInit) &&
      load(library, "curl_easy_setopt", curl.easySetopt) && load(library, "curl_easy_perform", curl.easyPerform) &&
      load(library, "curl_easy_getinfo", curl.easyGetinfo) && load(library, "curl_easy_cleanup", curl.easyCleanup) &&
      load(library, "curl_easy_strerror", curl.easyStrerror) && load(library, "curl_easy_escape", curl.easyEscape) &&
      load(library, "curl_free", curl.free) && load(library, "curl_slist_append", curl.slistAppend) &&
      load(library, "curl_slist_free_all", curl.slistFreeAll) && load(library, "curl_url", curl.url) &&
      load(library, "curl_url_set", curl.urlSet) && load(library, "curl_url_get", curl.urlGet) &&
      load(library, "curl_url_cleanup", curl.urlCleanup);
  if (!complete || globalInit(CURL_GLOBAL_DEFAULT) != CURLE_OK) return nullptr;
  return &curl;
}

}  // namespace

const CurlLibrary* CurlLibrary::get() {
  static const CurlLibrary* const library = open();
  return library;
}

}  // namespace headroom
