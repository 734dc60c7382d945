// What the scenarios come to beside each other: the verdict, every component with its difference to the baseline, the
// total and the room, and below them the settings in which they differ.
#pragma once

#include "ui/document/snapshot.h"
#include "ui/tables/sheet.h"

namespace headroom::ui {

Sheet compareSheet(const Snapshot& snapshot);

}  // namespace headroom::ui
