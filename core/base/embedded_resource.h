// The files of resources/ that are compiled into the program.
#pragma once

#include <string_view>

namespace headroom {

// The bytes of resources/<name> ("catalogue/models.json"); empty for an unknown name. Valid for the program's life.
std::string_view embeddedResource(std::string_view name);

}  // namespace headroom
