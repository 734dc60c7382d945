// What a model is, for people and machines: the `inspect` answer of DESIGN 3.2.
#pragma once

#include <string>

#include "core/model/model.h"
#include "core/report/estimate_report.h"

namespace headroom {

// {id, family, parameters, active_parameters, groups, weight_bytes, layers[…], source, diagnostics} as JSON;
// weight_bytes in `format`, KV bytes per token and layer in the model's dtype on one device. indent < 0: one line.
// latentHalves: false for a GGUF file of before 2025-04, whose latent up-projection is one tensor.
std::string inspectJson(const Model& model, const WeightFormat& format, int indent = 2, bool latentHalves = true);

// The same as a table: groups with their share, then the kinds of layers. JSON where `report` is json.
std::string inspectTable(const Model& model, const WeightFormat& format, ReportFormat report, ByteUnit unit,
                         bool latentHalves = true);

}  // namespace headroom
