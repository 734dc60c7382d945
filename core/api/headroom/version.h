// The library's version, as of semantic versioning: until 1.0 a change of the middle number may break callers.
#pragma once

namespace headroom::api {

const char* version();  // "0.2.0"

}  // namespace headroom::api
