#include <headroom/c.h>
#include <headroom/estimate.h>
#include <headroom/version.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>
#include <string>

#include "core/analysis/remarks.h"
#include "core/analysis/verdict.h"
#include "core/api/content.h"
#include "core/base/json_text.h"
#include "core/report/estimate_report.h"

// NOLINTNEXTLINE(readability-identifier-naming): the name C callers know
struct headroom_scenario {
  headroom::api::Scenario value;
};

namespace {

using headroom::api::Failure;
using headroom::api::Result;
using headroom::api::Scenario;

char* copyOf(const std::string& text) {
  auto* out = static_cast<char*>(std::malloc(text.size() + 1));
  if (out != nullptr) std::memcpy(out, text.c_str(), text.size() + 1);
  return out;
}

headroom_status failed(const Failure& f, char** error) {
  if (error != nullptr)
    *error = copyOf(
        headroom::jsonText(nlohmann::ordered_json{{"code", f.code}, {"message", f.message}, {"where", f.where}}));
  return HEADROOM_FAILED;
}

const Failure kNull{"usage", "An argument that must not be null is null.", ""};

// What a call that may run out of memory answers: no exception crosses the border to C.
template <typename Call>
headroom_status guarded(char** error, Call call) {
  if (error != nullptr) *error = nullptr;
  try {
    return call();
  } catch (const std::bad_alloc&) {
    // Without a std::string, which would need memory too.
    constexpr const char* kFull = R"({"code": "io", "message": "There is not enough memory for this.", "where": ""})";
    if (error != nullptr) *error = ::strdup(kFull);
    return HEADROOM_FAILED;
  } catch (const std::exception& e) {
    return failed({"io", e.what(), ""}, error);
  }
}

headroom_status given(const Result<Scenario>& read, headroom_scenario** scenario, char** error) {
  if (!read) return failed(read.failure(), error);
  *scenario = new headroom_scenario{read.value()};
  return HEADROOM_OK;
}

}  // namespace

extern "C" {

const char* headroom_version(void) {
  return headroom::api::version();
}

headroom_status headroom_scenario_read(const char* json, const char* folder, headroom_scenario** scenario,
                                       char** error) {
  return guarded(error, [&] {
    if (json == nullptr || scenario == nullptr) return failed(kNull, error);
    *scenario = nullptr;
    return given(Scenario::read(json, folder == nullptr ? "" : folder), scenario, error);
  });
}

headroom_status headroom_scenario_recognise(const char* text, headroom_scenario** scenario, char** error) {
  return guarded(error, [&] {
    if (text == nullptr || scenario == nullptr) return failed(kNull, error);
    *scenario = nullptr;
    return given(Scenario::recognise(text), scenario, error);
  });
}

headroom_status headroom_scenario_with(const headroom_scenario* scenario, const char* key, const char* value,
                                       headroom_scenario** changed, char** error) {
  return guarded(error, [&] {
    if (scenario == nullptr || key == nullptr || value == nullptr || changed == nullptr) return failed(kNull, error);
    *changed = nullptr;
    return given(scenario->value.with(key, value), changed, error);
  });
}

char* headroom_scenario_write(const headroom_scenario* scenario) {
  char* out = nullptr;
  guarded(nullptr, [&] {
    if (scenario != nullptr) out = copyOf(scenario->value.write());
    return HEADROOM_OK;
  });
  return out;
}

void headroom_scenario_free(headroom_scenario* scenario) {
  delete scenario;
}

char* headroom_estimate(const headroom_scenario* scenario, int depth) {
  char* out = nullptr;
  guarded(nullptr, [&] {
    if (scenario == nullptr) return HEADROOM_FAILED;
    const headroom::Scenario& asked = scenario->value.content().scenario;
    headroom::Estimate e = headroom::estimate(asked);
    headroom::addRemarks(asked, e);
    out = copyOf(headroom::estimateJson(asked, e, {}, -1, depth < 0 ? 0 : depth));
    return HEADROOM_OK;
  });
  return out;
}

int64_t headroom_total_bytes(const headroom_scenario* scenario) {
  int64_t out = -1;
  guarded(nullptr, [&] {
    if (scenario != nullptr) out = headroom::judge(headroom::estimate(scenario->value.content().scenario)).need.value();
    return HEADROOM_OK;
  });
  return out;
}

int headroom_fits(const headroom_scenario* scenario) {
  int out = -1;
  guarded(nullptr, [&] {
    if (scenario == nullptr) return HEADROOM_FAILED;
    const auto verdict = headroom::estimate(scenario->value.content().scenario).verdict();
    if (verdict) out = *verdict == headroom::Verdict::exceeds ? 0 : 1;
    return HEADROOM_OK;
  });
  return out;
}

headroom_status headroom_estimate_json(const char* scenario_json, char** estimate_json, char** error) {
  if (estimate_json == nullptr) return guarded(error, [&] { return failed(kNull, error); });
  *estimate_json = nullptr;
  headroom_scenario* scenario = nullptr;
  if (headroom_scenario_read(scenario_json, nullptr, &scenario, error) != HEADROOM_OK) return HEADROOM_FAILED;
  *estimate_json = headroom_estimate(scenario, 1000);
  headroom_scenario_free(scenario);
  return HEADROOM_OK;
}

void headroom_free(char* text) {
  std::free(text);
}

}  // extern "C"
