#include "core/base/version.h"

namespace headroom {

const char* headroomVersion() {
  return HEADROOM_VERSION;
}

}  // namespace headroom
