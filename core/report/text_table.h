// A table as text: aligned for a terminal, or as CSV, Markdown or LaTeX.
#pragma once

#include <string>
#include <vector>

#include "core/report/estimate_report.h"

namespace headroom {

class TextTable {
 public:
  enum class Align { left, right };

  void column(std::string header, Align align = Align::right) { columns_.push_back({std::move(header), align}); }
  // A row; missing cells are empty.
  void row(std::vector<std::string> cells) { rows_.push_back({std::move(cells), false}); }
  // A line across before the next row.
  void rule() { rows_.push_back({{}, true}); }

  bool empty() const { return rows_.empty(); }
  // Ends with a line feed. JSON is not a table's business: `json` gives CSV.
  std::string text(ReportFormat format) const;

 private:
  struct Column {
    std::string header;
    Align align;
  };
  struct Row {
    std::vector<std::string> cells;
    bool rule;
  };
  const std::string& cell(const Row& row, std::size_t column) const;
  std::string aligned() const;
  std::string csv() const;
  std::string markdown() const;
  std::string latex() const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

// Columns a UTF-8 text takes on a terminal, one per code point.
std::size_t displayWidth(std::string_view text);

}  // namespace headroom
