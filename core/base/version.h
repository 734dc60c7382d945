// The version of the program and the library; CMakeLists.txt says it.
#pragma once

namespace headroom {

const char* headroomVersion();  // "0.2.0"

}  // namespace headroom
