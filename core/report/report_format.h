// The formats a report is asked for in. Each is a row of text_table.cpp: its word and how a table is written in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

enum class ReportFormat { table, json, csv, markdown, latex };

// By its word ("table", "json", "csv", "md", "latex") or its other one ("markdown"); nothing for another word.
std::optional<ReportFormat> reportFormat(std::string_view name);
// The words, in the order of the enumeration.
std::vector<std::string> reportFormatNames();

}  // namespace headroom
