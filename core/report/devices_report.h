// Which device runs this, as a table or a document.
#pragma once

#include <span>
#include <string>

#include "core/analysis/devices.h"
#include "core/base/format.h"
#include "core/hardware/detection.h"
#include "core/report/estimate_report.h"

namespace headroom {

// A row per answer, in their order; the last column says of each other number of devices why it is not the answer.
// JSON has schema headroom-devices/1; it and CSV hold bytes as integers.
std::string devicesReport(std::span<const DeviceAnswer> answers, const DeviceQuestion& question, ReportFormat format,
                          ByteUnit unit);

// What drivers told of this machine; schema headroom-detected/1.
std::string detectedReport(std::span<const DetectedAccelerator> found, ReportFormat format, ByteUnit unit);

}  // namespace headroom
