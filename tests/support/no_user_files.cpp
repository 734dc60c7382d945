// The catalogues are read without what the person who runs the tests has added to them.
#include <cstdlib>

namespace {

[[maybe_unused]] const int kNone = setenv("XDG_CONFIG_HOME", HEADROOM_BINARY_DIR "/no-user-files", 1);

}  // namespace
