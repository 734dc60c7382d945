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

// What LaTeX would take for a command, and signs of our tables that its fonts do not have as they are.
std::string latexCell(const std::string& text) {
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {{"\\", "\\textbackslash{}"},
                                                                      {"~", "\\textasciitilde{}"},
                                                                      {"^", "\\textasciicircum{}"},
                                                                      {"&", "\\&"},
                                                                      {"%", "\\%"},
                                                                      {"$", "\\$"},
                                                                      {"#", "\\#"},
                                                                      {"_", "\\_"},
                                                                      {"{", "\\{"},
                                                                      {"}", "\\}"},
                                                                      {"×", "$\\times$"},
                                                                      {"–", "--"},
                                                                      {"…", "\\dots{}"},
                                                                      {"≤", "$\\le$"},
                                                                      {"≥", "$\\ge$"},
                                                                      {"·", "$\\cdot$"},
                                                                      {"→", "$\\to$"},
                                                                      {"−", "$-$"},
                                                                      {"±", "$\\pm$"}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto* sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                    [rest](const auto& s) { return rest.substr(0, s.first.size()) == s.first; });
    const bool plain = sign == std::end(kSigns);
    out += plain ? rest.substr(0, 1) : sign->second;
    at += plain ? 1 : sign->first.size();
  }
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

// One row per format, in the order of the enumeration.
struct TextTable::Form {
  std::string_view name, alias;
  std::string (TextTable::*text)() const;
};

constexpr TextTable::Form TextTable::kForms[] = {{"table", "", &TextTable::aligned},
                                                 {"json", "", &TextTable::csv},
                                                 {"csv", "", &TextTable::csv},
                                                 {"md", "markdown", &TextTable::markdown},
                                                 {"latex", "", &TextTable::latex}};

std::optional<ReportFormat> reportFormat(std::string_view name) {
  for (const TextTable::Form& form : TextTable::kForms)
    if (!name.empty() && (form.name == name || form.alias == name))
      return static_cast<ReportFormat>(&form - TextTable::kForms);
  return std::nullopt;
}

std::vector<std::string> reportFormatNames() {
  std::vector<std::string> names;
  for (const TextTable::Form& form : TextTable::kForms) names.emplace_back(form.name);
  return names;
}

std::string TextTable::text(ReportFormat format) const {
  return (this->*kForms[static_cast<std::size_t>(format)].text)();
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
  std::string out = "% \\usepackage{booktabs}\n\\begin{tabular}{";
  for (const Column& c : columns_) out += c.align == Align::right ? 'r' : 'l';
  out += "}\n\\toprule\n";
  for (std::size_t c = 0; c < columns_.size(); ++c) out += (c > 0 ? " & " : "") + latexCell(columns_[c].header);
  out += " \\\\\n\\midrule\n";
  for (const Row& r : rows_) {
    if (r.rule) {
      out += "\\midrule\n";
      continue;
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) out += (c > 0 ? " & " : "") + latexCell(cell(r, c));
    out += " \\\\\n";
  }
  return out + "\\bottomrule\n\\end{tabular}\n";
}

}  // namespace headroom
