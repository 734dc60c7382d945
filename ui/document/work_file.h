// The document's file: the shown scenario as any scenario file has it, and under "window" what only the window knows:
// the scenarios before and after it, the baseline, the compared devices and the open panels.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "ui/document/work.h"

namespace headroom {
struct HubOptions;
}

namespace headroom::ui {

// `usual`: what a new document holds; what is as there is left out, so that one plain scenario is a plain file.
std::string writeWork(const Work& work, const Work& usual);

// `usual` stands in for what the file does not say. `hub`: how a hub is asked; null: as the environment says.
Result<Work> readWork(std::string_view text, const std::string& where, const std::string& folder, const Work& usual,
                      const HubOptions* hub = nullptr);
Result<Work> readWorkFile(const std::string& path, const Work& usual, const HubOptions* hub = nullptr);

// The devices the way the file has them; those no catalogue knows are left out.
std::vector<DeviceRequest> devicesNamed(const QStringList& ids);

}  // namespace headroom::ui
