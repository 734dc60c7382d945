// Snapshots with figures written by hand, so that chart tests do not depend on what estimate() knows.
#pragma once

#include "ui/document/snapshot.h"

namespace headroom::ui {

// Inference on one 24 GB card: 20.4 GiB of 23.6, a band, limits, three cache formats, three devices side by side.
Snapshot servingSample();
// Training in four pipeline stages that differ, the first one too large for its device.
Snapshot trainingSample();

}  // namespace headroom::ui
