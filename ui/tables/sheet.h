// Sheet: a table as a value: what every page's table of figures is made of. Pages build it with pure functions; one
// model and one view show it.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/estimate/estimate.h"

namespace headroom::ui {

struct SheetCell {
  enum class Ink : std::uint8_t { plain, quiet, accent };

  QString text;
  std::optional<double> key = {};       // what the column is put in order by; nothing comes last
  QString tip = {};                     // instead of the text
  std::optional<Verdict> verdict = {};  // its icon and colour stand with the text
  Ink ink = Ink::plain;
  bool editable = false;
};

struct SheetColumn {
  QString head;
  QString tip = {};
  bool number = true;  // aligned right
  int digits = 0;      // its width in digits; 0: shares what is left
  int rank = 0;        // a narrow view leaves out the highest first; 0 always stays
};

struct SheetRow {
  std::vector<SheetCell> cells;
  bool strong = false;   // its first text in bold
  bool section = false;  // a line above it: something else begins
};

struct Sheet {
  std::vector<SheetColumn> columns;
  std::vector<SheetRow> rows;
};

}  // namespace headroom::ui
