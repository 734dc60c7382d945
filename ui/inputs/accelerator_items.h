// Accelerators to choose from: those of the catalogue, and any amount of memory as a device of one's own.
#pragma once

#include <optional>
#include <vector>

#include "core/scenario/scenario.h"
#include "ui/inputs/picker_field.h"

namespace headroom::ui {

// "24 GB · Ada Lovelace · 2022"; with a scenario also whether it would fit on as many of them as it has devices.
std::vector<PickerItem> acceleratorItems(const Scenario* scenario = nullptr);

// "Custom: 24 GiB" for a text that is an amount of memory ("24", "24 GiB", "48gb").
std::optional<PickerItem> customAccelerator(const QString& text);
// The device such an item stands for; nothing for another's id.
std::optional<DeviceRequest> deviceOf(const QString& id);

// "RTX 4090", "Custom 24 GiB"; a device's own name where no catalogue knows it.
QString deviceLabel(const DeviceRequest& device);

}  // namespace headroom::ui
