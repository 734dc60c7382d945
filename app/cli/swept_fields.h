// Fields with their values on a command line, as sweep and map take them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/scenario_options.h"
#include "core/base/result.h"
#include "core/report/sweep_report.h"

namespace headroom {

constexpr std::size_t kMostPoints = 10'000;

std::vector<std::string> split(const std::string& text, char at);

// FIELD=from:to[:steps] or FIELD=value,value,…
Result<SweptField> sweptField(const std::string& argument);

// Tells fields from the file among a command's arguments.
struct FieldsAndFile {
  std::vector<SweptField> fields;
  std::string file;
};
Result<FieldsAndFile> fieldsAndFile(const std::vector<std::string>& arguments);

// The options with a field at a value: a flag's name, or a key as --set takes it.
ScenarioOptions withField(const ScenarioOptions& options, const std::string& name, const std::string& value);

}  // namespace headroom
