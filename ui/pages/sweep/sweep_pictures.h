// What a document's sweep and map come to: pure functions, called off the window's thread.
#pragma once

#include <stop_token>
#include <string>

#include "core/report/estimate_report.h"
#include "ui/document/swept_value.h"
#include "ui/inputs/sweepable_field.h"

namespace headroom::ui {

struct SweepQuestion {
  Scenario scenario;
  std::vector<DeviceRequest> compared;
  SweepAsked asked;
  std::vector<SweepableField> fields;  // what there is to vary
  QString figure;                      // what is shown, in words
};
SweepQuestion sweepQuestion(const Work& work, const Snapshot& snapshot);

// Nothing where a field is no longer there, or when stopped.
SweepPicturePtr sweepPicture(const SweepQuestion& question, const std::stop_token& stop = {});
MapPicturePtr mapPicture(const SweepQuestion& question, const std::stop_token& stop = {});

// The figures a sweep can show: id and label.
std::vector<OptionChoice> sweepFigures(const Snapshot& snapshot);

// The same as tables, as headroom-cli writes them.
QString sweepText(const SweepQuestion& question, const SweepPicture& picture, ReportFormat format, ByteUnit unit);
QString mapText(const SweepQuestion& question, const MapPicture& picture, ReportFormat format, ByteUnit unit);

}  // namespace headroom::ui
