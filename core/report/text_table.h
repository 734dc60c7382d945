// A table as text: aligned for a terminal, or as CSV, Markdown or LaTeX.
#pragma once

#include <string>
#include <vector>

#include "core/report/report_format.h"

namespace headroom {

class TextTable {
 public:
  enum class Align { left, right };

  // Texts may come from an input: they are made printable here, so no table steers a terminal.
  void column(const std::string& header, Align align = Align::right);
  // A row; missing cells are empty.
  void row(std::vector<std::string> cells);
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
  friend std::optional<ReportFormat> reportFormat(std::string_view name);
  friend std::vector<std::string> reportFormatNames();
  struct Form;
  static const Form kForms[];
  const std::string& cell(const Row& row, std::size_t column) const;
  std::string aligned() const;
  std::string csv() const;
  std::string markdown() const;
  std::string latex() const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

// A printable text as a cell of a Markdown table: markup in it stays text.
std::string markdownCell(const std::string& text);

// Columns a UTF-8 text takes on a terminal, one per code point.
std::size_t displayWidth(std::string_view text);

}  // namespace headroom
