// What stands behind the library's values. Internal to core/api.
#pragma once

#include <headroom/result.h>
#include <headroom/scenario.h>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace headroom::api {

struct Scenario::Content {
  ::headroom::Scenario scenario;
};

Failure failureOf(const Error& error);

}  // namespace headroom::api
