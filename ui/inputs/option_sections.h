// OptionSections: the finer settings in folded sections, with a field above them that finds any by its name, by the
// scenario file's key, by the engine's name for it, by what it changes or by what may be chosen in it.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QWidget>
#include <array>
#include <vector>

#include "ui/inputs/folded_section.h"
#include "ui/inputs/option_row.h"

namespace headroom::ui {

class Document;
class EngineOptionsTable;

class OptionSections : public QWidget {
  Q_OBJECT

 public:
  explicit OptionSections(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  QStringList open() const;
  QLineEdit* search() const { return search_; }

 private:
  void showOpen(const QStringList& names);
  void fill(Section section);
  void renderSection(Section section, const Snapshot& snapshot);
  void renderIdle(const Snapshot& snapshot);
  bool found(const Option& option) const;
  FoldedSection* at(Section section) const { return sections_[static_cast<std::size_t>(section)]; }

  Document& document_;
  QLineEdit* search_;
  QStringList words_;  // of the search, reduced to letters and digits
  std::array<FoldedSection*, kSectionCount> sections_{};
  std::vector<OptionRow*> rows_;
  EngineOptionsTable* options_ = nullptr;
  QLabel* idle_;  // what is found elsewhere, or has no place in the job
};

}  // namespace headroom::ui
