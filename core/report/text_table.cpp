#include "core/report/text_table.h"

#include <algorithm>
#include <cctype>

#include "core/base/printable.h"

namespace headroom {
namespace {

std::string padded(const std::string& text, std::size_t width, TextTable::Align align) {
  const std::size_t used = displayWidth(text);
  const std::string blanks(width > used ? width - used : 0, ' ');
  return align == TextTable::Align::right ? blanks + text : text + blanks;
}

// RFC 4180: quotes where a comma, a quote or a line feed stands.
std::string csvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) (c == '"' ? out += "\"" : out) += c;
  return out + "\"";
}

std::string escaped(const std::string& text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Letters outside ASCII that occur in our tables, as LaTeX without packages knows them.
std::string latexCell(const std::string& text) {
  std::string out = escaped(text, "&%$#_{}");
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"×", "$\\times$"}, {"–", "--"}, {"…", "\\dots{}"}, {"≤", "$\\le$"}};
  for (const auto& [sign, command] : kSigns)
    for (std::size_t at = 0; (at = out.find(sign, at)) != std::string::npos; at += command.size())
      out.replace(at, sign.size(), command);
  return out;
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

// Markdown lets HTML through: what would begin a tag is written as text, as is what would end the cell.
std::string markdownCell(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    const bool tag = text[i] == '<' && (std::isalpha(next) != 0 || next == '/' || next == '!' || next == '?');
    if (tag || text[i] == '|') out += '\\';
    out += text[i];
  }
  return out;
}

std::size_t displayWidth(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void TextTable::column(const std::string& header, Align align) {
  columns_.push_back({printable(header), align});
}

void TextTable::row(std::vector<std::string> cells) {
  constexpr std::size_t kMostOfACell = 20'000;  // formulas of many terms are long
  for (std::string& cell : cells) cell = printable(cell, kMostOfACell);
  rows_.push_back({std::move(cells), false});
}

const std::string& TextTable::cell(const Row& row, std::size_t column) const {
  static const std::string kNone;
  return column < row.cells.size() ? row.cells[column] : kNone;
}

std::string TextTable::text(ReportFormat format) const {
  switch (format) {
    case ReportFormat::markdown:
      return markdown();
    case ReportFormat::latex:
      return latex();
    case ReportFormat::csv:
    case ReportFormat::json:
      return csv();
    case ReportFormat::table:
      break;
  }
  return aligned();
}

std::string TextTable::aligned() const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = displayWidth(columns_[c].header);
    for (const Row& r : rows_) width = std::max(width, displayWidth(cell(r, c)));
    widths.push_back(width);
  }
  std::size_t total = columns_.empty() ? 0 : 2 * (columns_.size() - 1);
  for (std::size_t w : widths) total += w;
  std::string rule;
  for (std::size_t i = 0; i < total; ++i) rule += "─";
  rule += "\n";
  std::string out, header;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    header += (c > 0 ? "  " : "") + padded(columns_[c].header, widths[c], columns_[c].align);
  out = trimmed(header) + rule;
  for (const Row& r : rows_) {
    std::string line;
    for (std::size_t c = 0; c < columns_.size(); ++c)
      line += (c > 0 ? "  " : "") + padded(cell(r, c), widths[c], columns_[c].align);
    out += r.rule ? rule : trimmed(line);
  }
  return out;
}

std::string TextTable::csv() const {
  std::string out;
  for (std::size_t c = 0; c < columns_.size(); ++c) out += (c > 0 ? "," : "") + csvCell(columns_[c].header);
  out += "\n";
  for (const Row& r : rows_) {
    if (r.rule) continue;
    for (std::size_t c = 0; c < columns_.size(); ++c) out += (c > 0 ? "," : "") + csvCell(cell(r, c));
    out += "\n";
  }
  return out;
}

std::string TextTable::markdown() const {
  std::string out = "|", marks = "|";
  for (const Column& c : columns_) {
    out += " " + markdownCell(c.header) + " |";
    marks += c.align == Align::right ? " ---: |" : " :--- |";
  }
  out += "\n" + marks + "\n";
  for (const Row& r : rows_) {
    if (r.rule) continue;
    out += "|";
    for (std::size_t c = 0; c < columns_.size(); ++c) out += " " + markdownCell(cell(r, c)) + " |";
    out += "\n";
  }
  return out;
}

std::string TextTable::latex() const {
  std::string out = "\\begin{tabular}{";
  for (const Column& c : columns_) out += c.align == Align::right ? 'r' : 'l';
  out += "}\n\\hline\n";
  for (std::size_t c = 0; c < columns_.size(); ++c) out += (c > 0 ? " & " : "") + latexCell(columns_[c].header);
  out += " \\\\\n\\hline\n";
  for (const Row& r : rows_) {
    if (r.rule) {
      out += "\\hline\n";
      continue;
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) out += (c > 0 ? " & " : "") + latexCell(cell(r, c));
    out += " \\\\\n";
  }
  return out + "\\hline\n\\end{tabular}\n";
}

}  // namespace headroom
