// Accelerators that a user adds in files of their own (core/base/user_files.h), read one file at a time.
#pragma once

#include <span>
#include <vector>

#include "core/base/user_files.h"
#include "core/hardware/accelerator.h"

namespace headroom {

// The entries that stand in the files, whatever else has their names; what is wrong with one is noted.
std::vector<Accelerator> readOwnAccelerators(std::span<const UserFile> files);

}  // namespace headroom
